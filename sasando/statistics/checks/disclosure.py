"""Small cells in sensitive tables, and sensitive tables printed down to the village."""

from collections.abc import Iterator

from sasando.base.checks import Finding, Severity
from sasando.statistics.checks.gazetteer import VILLAGE
from sasando.statistics.checks.places import names_printed
from sasando.statistics.checks.printed import Printed, printed_table, printed_tables
from sasando.statistics.checks.rulebook import rules
from sasando.statistics.checks.wording import listed
from sasando.statistics.results import Sensitivity, YearView

CELLS = "small-cells"
VILLAGES = "sensitive-by-village"


def is_sensitive(view: YearView, table_id: str) -> bool:
    """Whether the small cells of a table are people: by its own header, or by the rules."""
    result = view.tables.get(table_id)
    by_rule = rules().get("tables", {}).get(table_id, {}).get("sensitive", False)
    return by_rule or (result is not None and result.sensitivity == Sensitivity.SENSITIVE)


def small_cells(view: YearView) -> Iterator[Finding]:
    """Sensitive tables whose printed cells count so few people that a neighbour knows who is meant."""
    limit = rules()["small_cells"]["fewer_than"]
    for printed in printed_tables(view):
        if is_sensitive(view, printed.id):
            for column in printed.additive_columns:
                yield from _column(printed, column, limit)


def _column(printed: Printed, column: str, limit: int) -> Iterator[Finding]:
    counted = [row for row in printed.body if row.number(column) is not None]
    small = [row for row in counted if 0 < row.number(column) < limit]
    if small:
        smallest = min(small, key=lambda row: row.number(column))
        yield printed.finding(
            CELLS,
            Severity.WARNING,
            listed([row.label for row in small]),
            column,
            "{table}, kolom {column}: {computed} dari {all} sel memuat kurang dari {limit} orang ({row}), yang terkecil"
            " {printed}; sel sekecil itu tidak boleh keluar dari dinas.",
            "{table}, column {column}: {computed} of {all} cells count fewer than {limit} people ({row}), the smallest"
            " {printed}; cells so small must not leave the office.",
            computed=len(small),
            printed=smallest.text(column),
            all=len(counted),
            limit=limit,
        )


def sensitive_by_village(view: YearView) -> Iterator[Finding]:
    """Sensitive tables that were printed with the names of villages. The sentence names no village."""
    tables = {name.table for name in names_printed(view) if name.level == VILLAGE}
    for table_id in sorted(tables):
        printed = printed_table(view, table_id)
        if is_sensitive(view, table_id) and printed:
            yield printed.finding(
                VILLAGES,
                Severity.ERROR,
                "",
                VILLAGE,
                "{table} dicetak sampai nama desa/kelurahan, padahal datanya rahasia: sel tentang satu orang dapat"
                " dikenali. Terbitkan hanya jumlah kabupaten.",
                "{table} was printed down to the village, though its data are secret: a cell about one person can be"
                " recognised. Publish the regency's total only.",
            )
