"""The tables of a year's book, each on the basis it rests on: counted from records, or as it was reported."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sasando.lib.numbers import percent
from sasando.statistics.checks.printed import is_total
from sasando.statistics.counting.engine import adds_up
from sasando.statistics.counting.snapshot import office_tables
from sasando.statistics.counting.specs import Specs, TableError, TableSpec, load_specs
from sasando.statistics.models import CellState, ReportedKind
from sasando.statistics.reporting.collection import bases
from sasando.statistics.results import (
    LABELS,
    MEASURES,
    Basis,
    ReportedCellView,
    ReportedTableView,
    Role,
    TableResult,
    Value,
    YearView,
)


def book_specs() -> tuple[Specs, str]:
    """The tables of the book, the office's own among them; and what is wrong where one of those is broken.

    A broken file of the office leaves the tables that come with Sasando, so that every page still opens.
    """
    folder = office_tables()
    files = sorted([*folder.glob("*.sql"), *folder.glob("*.yaml")])
    return _read_specs(
        folder, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    )


@lru_cache(maxsize=2)
def _read_specs(folder: Path, files: tuple) -> tuple[Specs, str]:
    """Reading the files takes longer than a page may; they are read again when one of them changes."""
    try:
        return load_specs([folder]), ""
    except TableError as error:
        return load_specs(), error.reason


def book_tables(
    view: YearView, specs: Specs, basis_of: Mapping[str, str] | None = None
) -> dict[str, TableResult]:
    """Every table of the year's book on the basis it rests on (`basis_of`, by default the board's).

    Counted from records, unless the table is to be reported or its records give no row: then as it was reported. A
    table that is not in yet has no rows.
    """
    wanted = bases(view.year) if basis_of is None else basis_of
    tables = {}
    for table_id in sorted({*specs.tables, *view.tables}):
        spec, computed, printed = (each.get(table_id) for each in (specs.tables, view.tables, view.reported))
        is_reported = wanted.get(table_id) == Basis.REPORTED or computed is None or not computed.rows
        if is_reported and spec and printed and printed.kind == ReportedKind.TABLE:
            tables[table_id] = as_reported(spec, printed)
        elif computed is None or (is_reported and wanted.get(table_id) == Basis.REPORTED):
            tables[table_id] = (
                _empty(spec, wanted.get(table_id, Basis.REPORTED))
                if spec
                else replace(computed, rows=(), totals={}, basis=Basis.REPORTED)
            )
        else:
            tables[table_id] = computed
    return tables


def as_reported(spec: TableSpec, printed: ReportedTableView) -> TableResult:
    """A reported table in the shape of a counted one. What could not be read is not known; sums are made anew."""
    rows, printed_totals = [], {}
    for cells in printed.rows:
        row = {column.key: _value(column.role, cells.get(column.key)) for column in spec.columns}
        if any(is_total(cell.printed) for cell in cells.values() if cell.state == CellState.LABEL):
            printed_totals = row
        else:
            rows.append(row)
    totals = {}
    for column in spec.columns:
        how = spec.totals.get(column.key, "none")
        known = [row[column.key] for row in rows if row[column.key] is not None and adds_up(how, row)]
        if how in ("sum", "top"):
            totals[column.key] = sum(known) if known else None
        elif how != "none" and printed_totals.get(column.key) is not None:
            totals[column.key] = printed_totals[column.key]
    for line in (*rows, totals):
        line |= {key: percent(line.get(of), line.get(by)) for key, (of, by) in spec.percents.items()}
    return replace(
        _empty(spec, Basis.REPORTED), rows=tuple(rows), totals=totals, source=printed.document or spec.source
    )


def _empty(spec: TableSpec, basis: str) -> TableResult:
    return TableResult(
        id=spec.id,
        title=spec.title,
        source=spec.source,
        basis=Basis(basis),
        columns=spec.columns,
        rows=(),
        totals={},
        sensitivity=spec.sensitivity,
        fact=spec.fact,
        definition=spec.definition,
    )


def _value(role: Role, cell: ReportedCellView | None) -> Value:
    if cell is None:
        return None
    if role in LABELS:
        return cell.printed or None
    if cell.state != CellState.NUMBER or cell.value is None:
        return None
    whole = cell.value == cell.value.to_integral_value()
    return int(cell.value) if whole and role in MEASURES else cell.value
