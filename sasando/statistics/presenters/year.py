"""A year ready to print: which data, its tables, its key figures."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sasando.base.checks import Finding
from sasando.base.templatetags import formats
from sasando.statistics.models import Snapshot
from sasando.statistics.presenters.words import basis_word, figure_text, language, title_of, unit_name
from sasando.statistics.results import FigureValue, YearView


def about(snapshot: Snapshot | None, view: YearView) -> list[dict]:
    """Which data the page shows: of which day, by whom sealed."""
    if snapshot is None:
        state = {"term": _("Sealed"), "text": _("not yet"), "note": _("Shown is what was reported.")}
    else:
        state = {
            "term": _("Sealed"),
            "text": _("%(day)s by %(name)s")
            % {"day": formats.day(timezone.localdate(snapshot.sealed_at)), "name": snapshot.sealed_by_name},
            "note": f"sha256:{snapshot.digest[:12]}…",
        }
    return [
        {"term": _("Data as of"), "text": formats.day(view.as_of)},
        {"term": _("Places as of"), "text": formats.day(view.places_as_of)},
        state,
    ]


def year_links(years: Sequence[int], year: int, url_name: str) -> list[dict]:
    """The same page of other years."""
    return [
        {"label": str(each), "url": reverse(url_name, args=[each])}
        if each != year
        else {"label": f"{each} ✓"}
        for each in years
    ]


def table_list(view: YearView, duties: Mapping[str, object], findings: Iterable[Finding]) -> dict:
    """The year's tables with basis, owning unit, and how many findings each has."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.table] = counts.get(finding.table, 0) + 1
    rows = []
    for table in view.tables.values():
        duty = duties.get(table.id)
        rows.append(
            [
                {"text": title_of(table), "url": reverse("statistics:table", args=[view.year, table.id])},
                basis_word(table.basis),
                unit_name(duty.task.unit) if duty else "",
                {"text": counts[table.id], "url": _findings_url(view.year, table.id)}
                if table.id in counts
                else "",
            ]
        )
    columns = [
        {"label": _("Table"), "heading": True},
        {"label": _("Basis")},
        {"label": _("Unit")},
        {"label": _("Notes on inconsistent data"), "kind": "number"},
    ]
    return {"columns": columns, "rows": rows}


def _findings_url(year: int, table_id: str) -> str:
    return f"{reverse('statistics:findings', args=[year])}?{urlencode({'table': table_id})}"


def figure_cards(view: YearView, ids: Iterable[str] | None = None) -> list[dict]:
    """Key figures as cards; those without a value last, for they still have to come."""
    wanted = view.figures.values() if ids is None else [view.figures[i] for i in ids if i in view.figures]
    cards = [figure_card(view, figure) for figure in wanted]
    return sorted(cards, key=lambda card: card["value"] is None)


def figure_card(view: YearView, figure: FigureValue) -> dict:
    """One figure: value with unit, definition or reason, basis."""
    note = figure.definition.get(language(), "") if figure.definition else ""
    return {
        "label": title_of(figure),
        "value": figure_text(figure.value, figure.unit),
        "note": note or figure.reason,
        "basis": str(figure.basis),
    }
