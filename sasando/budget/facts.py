"""What may be counted of the budget: the lines of the documents in force on the last day, with what was spent."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.base.templatetags.formats import rupiah
from sasando.budget.models import BudgetLine
from sasando.budget.queries import spent_up_to, versions_in_force

TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER


def _lines(as_of: AsOf) -> Iterator[tuple]:
    versions = versions_in_force(as_of.year, as_of.end)
    spent = spent_up_to(versions, as_of.end)
    lines = BudgetLine.objects.filter(version__in=versions).select_related("version__fund_source", "parent")
    for line in lines.order_by("version__fund_source__code", "order", "id"):
        source = line.version.fund_source
        yield (
            line.id,
            source.code,
            source.is_office_budget,
            line.code,
            line.parent.code if line.parent else None,
            line.name,
            line.level,
            line.ceiling_idr,
            spent[line.id].amount_idr if line.id in spent else None,
            line.order,
        )


def _open(reader: Reader, ids: Sequence[int]) -> RecordPage:
    found = BudgetLine.objects.filter(id__in=ids).select_related("version__fund_source")
    seen = found if reader.may(Permission.SEE_BUDGET) else found.none()
    rows = [
        (
            reverse("budget:year", args=[line.version.year]),
            (str(line.version.fund_source), line.code, line.name, str(rupiah(line.ceiling_idr))),
        )
        for line in seen.order_by("version__fund_source__code", "order", "id")
    ]
    return RecordPage((_("Fund source"), _("Code"), _("Line"), _("Ceiling (Rp)")), rows)


FACTS = [
    Fact(
        name="budget_lines",
        title="Budget lines",
        columns=(
            Column("record", INTEGER, "the line"),
            Column(
                "fund_source",
                TEXT,
                "code of the fund source; amounts of different sources are never added up",
            ),
            Column("is_office_budget", ColumnType.BOOLEAN, "the source passes the office's own budget"),
            Column("code", TEXT, "code of the line in its document"),
            Column("parent_code", TEXT, "code of the line it is part of; null at the top"),
            Column("name", TEXT, "name of the line"),
            Column("level", TEXT, "total, group, programme or activity"),
            Column("ceiling_idr", INTEGER, "ceiling (pagu); null where the document gives none", "IDR"),
            Column("realised_idr", INTEGER, "spent up to the last report of the period", "IDR"),
            Column("ordering", INTEGER, "place in the document, the order of the treasurer's ledger"),
        ),
        rows=_lines,
        permission=Permission.SEE_BUDGET,
        open=_open,
        privacy=Privacy.PUBLIC,
    )
]
