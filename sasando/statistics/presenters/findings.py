"""The notes on inconsistent data ready to print."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sasando.base.checks import Finding
from sasando.base.exports import Sheet
from sasando.base.templatetags import formats
from sasando.statistics.forms import SEVERITIES, FindingFilter
from sasando.statistics.models import Snapshot
from sasando.statistics.presenters.tables import file_notes
from sasando.statistics.presenters.words import language, title_of
from sasando.statistics.results import Role, TableResult, YearView

PAPERS = {
    "figures_in_text": gettext_lazy("Numbers in the text"),
    "place_names_printed": gettext_lazy("Printed place names"),
}
"""What findings name that is no table of the book."""


def finding_items(view: YearView, findings: Sequence[Finding]) -> list[dict]:
    """Findings one by one: weight, where, the sentence."""
    items = []
    for finding in findings:
        table = view.tables.get(finding.table)
        items.append(
            {
                "severity": str(finding.severity),
                "weight": SEVERITIES[finding.severity],
                "title": title_of(table) if table else PAPERS.get(finding.table, finding.table),
                "url": reverse("statistics:table", args=[view.year, table.id]) if table else "",
                "place": _place_in(finding, table),
                "text": finding.message.in_language(language()),
            }
        )
    return items


def _place_in(finding: Finding, table: TableResult | None) -> str:
    titles = {column.key: title_of(column) for column in table.columns} if table else {}
    return ", ".join(part for part in (finding.row, titles.get(finding.column, finding.column)) if part)


def findings_sheet(
    view: YearView, snapshot: Snapshot | None, findings: Sequence[Finding], rows: str
) -> Sheet:
    """The findings as a file."""
    titles = {table.id: title_of(table) for table in view.tables.values()}
    return Sheet(
        name=f"findings-{view.year}",
        title=_("Notes on inconsistent data, %(year)s") % {"year": view.year},
        notes=file_notes(view, snapshot, rows=rows),
        heads=[_("Weight"), _("Table"), _("Row"), _("Column"), _("Printed"), _("Computed"), _("Sentence")],
        kinds=[Role.LABEL] * 7,
        rows=[
            [
                str(SEVERITIES[f.severity]),
                titles.get(f.table, f.table),
                f.row,
                f.column,
                f.printed or "",
                "" if f.computed is None else str(f.computed),
                f.message.in_language(language()),
            ]
            for f in findings
        ],
    )


def finding_summary(findings: Sequence[Finding]) -> str:
    """How many of each weight, in one line."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return " · ".join(f"{formats.number(count)} {SEVERITIES[severity]}" for severity, count in counts.items())


def filter_words(form: FindingFilter) -> str:
    """The filter in force, in words."""
    if not form.is_valid():
        return _("all")
    chosen = [
        str(dict(form.fields[name].choices)[value]) for name, value in form.cleaned_data.items() if value
    ]
    return ", ".join(chosen) or _("all")
