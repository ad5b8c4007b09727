"""Printed against computed: each printed number of a table against the cell that the records give."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from sasando.base.checks import Finding, Severity
from sasando.lib.names import edit_distance_at_most_one, letters_only
from sasando.statistics.checks.arithmetic import Agreement, agreement
from sasando.statistics.checks.printed import (
    NUMERIC_ROLES,
    TABLE,
    Printed,
    PrintedRow,
    is_number,
    printed_tables,
)
from sasando.statistics.results import Role, TableResult, Value, YearView

CHECK = "printed-against-records"

_PRINTED_SUFFIX = "_printed"


def printed_against_records(view: YearView) -> Iterator[Finding]:
    """Every printed table that the records also give: its cells, its totals, and rows that only one of them has."""
    for printed in printed_tables(view, TABLE):
        if printed.computed is not None:
            yield from _table(printed, printed.computed)


def _table(printed: Printed, computed: TableResult) -> Iterator[Finding]:
    keys = tuple(
        key
        for key in printed.rules.get("match", printed.row_columns)
        if any(key in row for row in computed.rows)
    )
    if not keys or not computed.rows:
        return
    columns = _columns(printed, computed)
    left = {tuple(_letters(row.get(key)) for key in keys): row for row in computed.rows}
    for row in printed.body:
        match = _match(tuple(_letters(row.text(key)) for key in keys), left)
        if match is None:
            yield _only(printed, row.label, on_paper=True)
            continue
        cells = left.pop(match)
        for column, key in columns.items():
            value = cells.get(key)
            if is_number(value) and row.number(column) is not None:
                yield from _cell(printed, row, column, value)
    for cells in left.values():
        numbers = [cells.get(key) for key in columns.values()]
        if not columns or any(is_number(value) and value for value in numbers):
            label = " / ".join(str(cells[key]) for key in keys if cells.get(key))
            yield _only(printed, label, on_paper=False)
    for row in printed.totals:
        for column, key in columns.items():
            value = computed.totals.get(key)
            if (
                is_number(value)
                and row.number(column) is not None
                and not _explained(printed, row, column, value)
            ):
                yield from _cell(printed, row, column, value)


def _columns(printed: Printed, computed: TableResult) -> Mapping[str, str]:
    """Printed column -> computed column, for those that hold numbers in both."""
    roles = {column.key: column.role for column in computed.columns}
    pairs = {column: column for column in printed.table.columns if roles.get(column) in NUMERIC_ROLES}
    for column in printed.table.columns:
        base = column.removesuffix(_PRINTED_SUFFIX)
        if base != column and roles.get(base) == Role.PERCENT:
            pairs[column] = base
    return pairs


def _letters(value: Value) -> str:
    if value is None:
        return ""
    text = str(value)
    return letters_only(text) or text.strip()


def _match(wanted: tuple[str, ...], rows: Mapping[tuple[str, ...], object]) -> tuple[str, ...] | None:
    """The computed row with the same letters; else the only one that is one letter away in its last label."""
    if wanted in rows:
        return wanted
    near = [
        key
        for key in rows
        if key[:-1] == wanted[:-1]
        and key[-1]
        and wanted[-1]
        and edit_distance_at_most_one(key[-1], wanted[-1])
    ]
    return near[0] if len(near) == 1 else None


def _explained(printed: Printed, row: PrintedRow, column: str, value: Value) -> bool:
    """The printed rows already add up to the records: the total against its rows is the finding, said once."""
    return column in printed.additive_columns and printed.sum_of(column, printed.body).total == Fraction(
        value
    )


def _cell(printed: Printed, row: PrintedRow, column: str, value: Decimal | int) -> Iterator[Finding]:
    verdict = agreement(row.text(column), row.number(column), value)
    if verdict == Agreement.SAME:
        return
    cut = verdict == Agreement.TRUNCATED
    yield printed.finding(
        CHECK,
        Severity.WARNING if cut else Severity.ERROR,
        row,
        column,
        "{table}, {row}, kolom {column}: tercetak {printed}, hasil hitung dari catatan {computed}"
        + ("; angka cetak dipotong (truncated), bukan dibulatkan." if cut else "."),
        "{table}, {row}, column {column}: {printed} is printed, the records give {computed}"
        + ("; the printed number was truncated, not rounded." if cut else "."),
        computed=value,
    )


def _only(printed: Printed, label: str, *, on_paper: bool) -> Finding:
    template = (
        (
            "{table}: baris {row} tercetak, tetapi tidak ada dalam catatan.",
            "{table}: row {row} is printed, but the records do not have it.",
        )
        if on_paper
        else (
            "{table}: baris {row} ada dalam catatan, tetapi tidak tercetak.",
            "{table}: the records have row {row}, but it is not printed.",
        )
    )
    return printed.finding(CHECK, Severity.WARNING, label, "", *template, printed=label if on_paper else None)
