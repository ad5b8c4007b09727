"""Filling a table of the book by hand: its blank rows, an XLSX template, and what each cell of it would come to.

Nothing is stored before its unit has seen each cell's fate; stored it is as printed, by `reported.store_table`.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _

from sasando.base.reader import Actor
from sasando.lib.sheets import SheetError, normalise_header, read_rows
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.statistics.checks.printed import is_total
from sasando.statistics.counting.specs import TableSpec
from sasando.statistics.errors import FillError
from sasando.statistics.models import CellState, CollectionTask, ReportedTable
from sasando.statistics.reporting import reported
from sasando.statistics.reporting.collection import reopen_after_change, switch_basis
from sasando.statistics.reporting.reading import holds_by_key, read_table, unstorable
from sasando.statistics.results import LABELS, Basis, ReportedCellView, ReportedTableView, Role
from sasando.trail.actions import recorded

BLANK_ROWS = 3
MOST_ROWS = 2000
MOST_INPUTS = 800
"""Cells up to which the page gives one input each; larger tables are pasted or uploaded."""

DISTRICT = "district"


@dataclass(frozen=True)
class FillColumn:
    """A column to fill: its key in the reported table, its titles, whether it names the row."""

    key: str
    title: Mapping[str, str]
    is_label: bool
    role: Role


Grid = list[list[str]]
"""Rows of texts, in the order of the columns."""


def columns_of(spec: TableSpec) -> tuple[FillColumn, ...]:
    """The columns of a table to be filled. A share that Sasando computes is taken as printed, beside it."""
    return tuple(
        FillColumn(
            f"{column.key}_printed" if column.key in spec.percents else column.key,
            column.title,
            column.role in LABELS,
            column.role,
        )
        for column in spec.columns
    )


def grid_to_fill(
    spec: TableSpec, printed: ReportedTableView | None, earlier: ReportedTableView | None, atlas: Atlas
) -> Grid:
    """What stands in the grid at first: what was reported; else the labels of the year before or the districts."""
    columns = columns_of(spec)
    if printed:
        rows = [[_text(row.get(column.key)) for column in columns] for row in printed.rows]
    elif earlier:
        rows = [
            [_text(row.get(column.key)) if column.is_label else "" for column in columns]
            for row in earlier.rows
        ]
    elif any(column.key == DISTRICT for column in columns):
        rows = [
            [_district_label(column, spot.name, number) for column in columns]
            for number, spot in enumerate(atlas.at_level(Level.DISTRICT), 1)
        ]
    else:
        rows = []
    return rows + [[""] * len(columns) for _row in range(BLANK_ROWS)]


def _text(cell: ReportedCellView | None) -> str:
    return cell.printed if cell else ""


def _district_label(column: FillColumn, name: str, number: int) -> str:
    if column.key == DISTRICT:
        return name
    return str(number) if column.role == Role.ORDINAL else ""


def template(spec: TableSpec, grid: Grid, language: str) -> bytes:
    """The grid as a workbook to be filled in and uploaded: one head row, the labels that are known below it."""
    stored = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stored, options) as book:
        page = book.add_worksheet(spec.id[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#ECE4D1"})
        page.write_string(0, 0, spec.title[language], book.add_format({"bold": True, "font_size": 14}))
        page.write_string(1, 0, _("Leave a cell blank where the number is not known; a zero means none."))
        for position, column in enumerate(columns_of(spec)):
            page.write_string(3, position, column.title[language], head)
            page.set_column(position, position, 24 if column.is_label and column.role == Role.LABEL else 14)
        for number, row in enumerate(grid, 4):
            for position, text in enumerate(row):
                if text:
                    page.write_string(number, position, text)
        page.freeze_panes(4, 0)
    return stored.getvalue()


def read_file(data: bytes, name: str, spec: TableSpec) -> Grid:
    """The grid of an uploaded workbook or CSV, its columns found by their headings. Raises FillError."""
    columns = columns_of(spec)
    try:
        sheet = read_rows(data, name, {column.key: column.title.values() for column in columns})
    except SheetError as error:
        raise FillError(_(error.template) % error.values) from error
    missing = [column for column in columns if column.key not in sheet.fields]
    if len(missing) == len(columns):
        raise FillError(_("%(name)s has none of this table's headings.") % {"name": name})
    rows = [[str(cells.get(column.key, "")) for column in columns] for _number, cells in sheet.records()]
    return checked(rows, len(columns))


def read_pasted(text: str, spec: TableSpec) -> Grid:
    """The grid of a pasted table: cells apart by tabs, semicolons or commas, with or without the headings.

    Raises FillError.
    """
    columns = columns_of(spec)
    delimiter = next((sign for sign in "\t;" if sign in text), ",")
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise FillError(_("The pasted text is not a table. Copy the cells from a spreadsheet.")) from error
    rows = [row for row in rows if any(row)]
    if not rows:
        raise FillError(_("The pasted text has no cells."))
    order = _order(rows[0], columns)
    if order is not None:
        rows = [[row[at] if at is not None and at < len(row) else "" for at in order] for row in rows[1:]]
    elif max(map(len, rows)) > len(columns):
        raise FillError(
            _("The pasted rows have more than the %(count)s columns of this table. Nothing was taken.")
            % {"count": len(columns)}
        )
    return checked([row + [""] * (len(columns) - len(row)) for row in rows], len(columns))


def _order(head: Sequence[str], columns: Sequence[FillColumn]) -> list[int | None] | None:
    """Where each column stands below a pasted head row; None where the first row is no head row."""
    said = [normalise_header(text) for text in head]
    order = [next((said.index(name) for name in _names(column) if name in said), None) for column in columns]
    found = sum(at is not None for at in order)
    return order if found * 2 > len(columns) else None


def _names(column: FillColumn) -> Iterable[str]:
    return (normalise_header(text) for text in (column.key, *column.title.values()))


def checked(rows: object, width: int) -> Grid:
    """A grid as it may be worked with. Raises FillError for anything else."""
    well_formed = isinstance(rows, list) and all(
        isinstance(row, list) and len(row) == width and all(isinstance(cell, str) for cell in row)
        for row in rows
    )
    if not well_formed:
        raise FillError(_("The table arrived damaged. Nothing was stored; please fill it in again."))
    if len(rows) > MOST_ROWS:
        raise FillError(
            _("More than %(most)s rows are no table of a book. Nothing was taken.") % {"most": MOST_ROWS}
        )
    for number, row in enumerate(rows, 1):
        for cell in row:
            if reason := unstorable(cell):
                raise FillError(_("Row %(number)s: %(reason)s") % {"number": number, "reason": _(reason)})
    return rows


def unpacked(text: str, width: int) -> Grid:
    """The grid that a preview carried along. Raises FillError."""
    try:
        return checked(json.loads(text), width)
    except (ValueError, RecursionError) as error:
        raise (
            error
            if isinstance(error, FillError)
            else FillError(_("The table arrived damaged. Nothing was stored; please fill it in again."))
        ) from error


def packed(grid: Grid) -> str:
    """The grid as a preview carries it along."""
    return json.dumps(grid, ensure_ascii=False, separators=(",", ":"))


def filled_rows(spec: TableSpec, grid: Grid) -> Grid:
    """The rows that say something: blank ones, and rows with labels alone that are totals, are left out."""
    columns = columns_of(spec)

    def says(row: Sequence[str]) -> bool:
        numbers = any(text.strip() for text, column in zip(row, columns, strict=True) if not column.is_label)
        return numbers or (any(text.strip() for text in row) and not any(map(is_total, row)))

    return [row for row in grid if says(row)]


def fates(spec: TableSpec, grid: Grid) -> list[list[ReportedCellView]]:
    """What each cell would come to: a number, a word, not known, refused with its reason, or a label."""
    keys = [column.key for column in columns_of(spec)]
    rows = [dict(zip(keys, row, strict=True)) for row in grid]
    read = read_table(rows, keys, holds_by_key(rows, keys))
    return [[row[key] for key in keys] for row in read.rows]


def counted(cells: Iterable[Iterable[ReportedCellView]]) -> dict[str, int]:
    """How many cells came to what."""
    counts = dict.fromkeys(CellState.values, 0)
    for row in cells:
        for cell in row:
            counts[cell.state] += 1
    return counts


def fill_table(
    task: CollectionTask, spec: TableSpec, grid: Grid, *, document: str, rests_on_it: bool, by: Actor
) -> ReportedTable:
    """Store a filled table as reported; with `rests_on_it` the book takes it instead of the records.

    A table already verified goes back to its unit. Raises FillError for a table without a row.
    """
    rows = filled_rows(spec, grid)
    if not rows:
        raise FillError(_("No row says anything, so nothing was stored."))
    keys = [column.key for column in columns_of(spec)]
    with recorded("statistics.fill_table", by=by, subject=task, year=task.year, table=spec.id) as note:
        before = ReportedTable.objects.filter(year=task.year, table_id=spec.id).order_by("id").last()
        table = reported.store_table(
            year=task.year,
            table_id=spec.id,
            columns=keys,
            rows=[dict(zip(keys, row, strict=True)) for row in rows],
            document=document,
            by=by,
        )
        if rests_on_it and task.basis != Basis.REPORTED:
            switch_basis(task, Basis.REPORTED, by=by)
        if before != table:
            reopen_after_change(task.year, spec.id, by=by)
        note.says(document=document, rows=len(rows), changed=before != table)
    return table
