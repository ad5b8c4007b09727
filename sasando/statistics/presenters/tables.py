"""One table ready to print: on the page, as a file, as it was reported, and the records behind a cell."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sasando.base.exports import TYPES, Sheet
from sasando.base.reader import Reader
from sasando.base.templatetags import formats
from sasando.places.queries import Atlas
from sasando.statistics import queries
from sasando.statistics.forms import MeasureForm, RecordsForm
from sasando.statistics.models import Snapshot
from sasando.statistics.presenters.drawings import DISTRICT, drawing_of
from sasando.statistics.presenters.words import KINDS, basis_word, formats_of, title_of
from sasando.statistics.results import (
    LABELS,
    ReportedTableView,
    Role,
    TableColumn,
    TableResult,
    Value,
    YearView,
)

BESIDE = 5
"""Columns up to which a table has room beside its drawing."""


def table_context(
    reader: Reader, view: YearView, table: TableResult, measure_form: MeasureForm | None, atlas: Atlas
) -> dict:
    """The table with its drawing, as the reader may see both."""
    seen = queries.seen_by(reader, table)
    drawing = drawing_of(view, seen, measure_form.column, atlas) if measure_form and seen.rows else {}
    numbers = drawing.pop("numbers", {})
    columns = [_column(column, column == table.heading) for column in table.columns]
    opens = queries.may_open(reader, table)
    rows = [_row(view, table, row, opens) for row in seen.rows]
    totals = _totals(view, table, opens) if table.totals else None
    if numbers and not any(column.role == Role.ORDINAL for column in table.columns):
        columns.insert(0, {"label": _("Map"), "kind": "number"})
        for cells, row in zip(rows, seen.rows, strict=True):
            cells.insert(0, numbers.get(row[DISTRICT], ""))
        if totals:
            totals = [totals[0], "", *totals[1:]]
    return {
        "columns": columns,
        "rows": rows,
        "totals": totals,
        "only_total": not queries.in_full(reader, table),
        "opens": opens,
        "beside": len(columns) <= BESIDE,
        **drawing,
    }


def _column(column: TableColumn, heading: bool) -> dict:
    return {"label": title_of(column), "kind": KINDS.get(column.role, "text"), "heading": heading}


def _row(view: YearView, table: TableResult, row: Mapping[str, Value], opens: bool) -> list:
    return [_cell(view, table, row, column, row[column.key], opens) for column in table.columns]


def _totals(view: YearView, table: TableResult, opens: bool) -> list:
    totals = [
        _cell(view, table, None, column, table.totals.get(column.key, ""), opens) for column in table.columns
    ]
    return [_("Total"), *totals[1:]] if table.columns[0].role in LABELS else totals


def _cell(view: YearView, table: TableResult, row, column: TableColumn, value: Value, opens: bool) -> object:
    """A value; the address of its records where it leads to some (`row` None: those behind the total)."""
    if opens and column.records is not None and value and not isinstance(value, str):
        return {"text": value, "url": records_url(view.year, table, row, column.key)}
    if column.role in LABELS:
        return "" if value is None else str(value)
    return value


def records_url(year: int, table: TableResult, row: Mapping[str, Value] | None, column: str) -> str:
    """The page with the records behind a cell; `row` None: behind the total."""
    query = {"column": column}
    for each in table.columns:
        if row and each.role in LABELS and row[each.key] is not None:
            query[RecordsForm.field_name(each.key)] = str(row[each.key])
    return f"{reverse('statistics:records', args=[year, table.id])}?{urlencode(query)}"


def reported_context(reported: ReportedTableView, table: TableResult | None) -> dict:
    """A reported table as it was printed; cells that could not be read say why."""
    titles = {column.key: title_of(column) for column in table.columns} if table else {}
    heading = table.heading if table else None
    columns = [
        {"label": titles.get(key, key), "heading": bool(heading and heading.key == key)}
        for key in reported.columns
    ]
    rows = []
    for row in reported.rows:
        cells = []
        for key in reported.columns:
            cell = row.get(key)
            if cell is None:
                cells.append("")
            elif cell.state in ("refused", "unknown") and cell.printed:
                cells.append({"text": cell.printed, "note": _(cell.reason) if cell.reason else ""})
            else:
                cells.append(cell.printed)
        rows.append(cells)
    return {"columns": columns, "rows": rows, "document": reported.document}


def downloads(year: int, table: TableResult) -> list[dict]:
    """The table as a file of each kind."""
    return [
        {
            "label": _("This table"),
            "url": reverse("statistics:download", args=[year, table.id, kind]),
            "format": kind.upper(),
        }
        for kind in TYPES
    ]


def sheet_of(reader: Reader, view: YearView, table: TableResult, snapshot: Snapshot | None) -> Sheet:
    """The table as a file: no more than the reader sees, with what it is, of which day, and that it is no edition."""
    seen = queries.seen_by(reader, table)
    first = [_("Total")] if table.columns[0].role in LABELS else []
    totals = [table.totals.get(column.key) for column in table.columns]
    return Sheet(
        name=f"{table.id}-{view.year}",
        title=f"{title_of(table)}, {view.year}",
        notes=file_notes(
            view, snapshot, rows=_rows_note(reader, table), source=table.source, basis=table.basis
        ),
        heads=[title_of(column) for column in table.columns],
        kinds=[column.role for column in table.columns],
        rows=[[row[column.key] for column in table.columns] for row in seen.rows],
        totals=[*first, *totals[len(first) :]] if table.totals else None,
    )


def _rows_note(reader: Reader, table: TableResult) -> str:
    return _("all rows") if queries.in_full(reader, table) else _("the regency's total only")


def file_notes(
    view: YearView, snapshot: Snapshot | None, *, rows: str, source: str = "", basis: str = ""
) -> list[str]:
    """The lines at the top of a file: filter, day, basis, source, and what kind of edition it is."""
    sealed = (
        _("Sealed data sha256:%(digest)s; not a published edition.") % {"digest": snapshot.digest}
        if snapshot
        else _("Draft, not sealed; not a published edition.")
    )
    return [
        _("Filter: %(rows)s") % {"rows": rows},
        _("Data as of %(day)s, places as of %(places)s")
        % {"day": formats.day(view.as_of), "places": formats.day(view.places_as_of)},
        *([_("Basis: %(basis)s") % {"basis": basis_word(basis)}] if basis else []),
        *([_("Source: %(source)s") % {"source": source}] if source else []),
        _("Edition: internal.") + " " + sealed,
    ]


def cell_words(
    view: YearView, table: TableResult, row: Mapping[str, Value] | None, column: str
) -> list[dict]:
    """Which cell it is, in words."""
    found = table.column(column)
    labels = [column for column in table.columns if column.role in LABELS]
    words = [
        {"term": title_of(each), "text": str(row[each.key])}
        for each in labels
        if row and row[each.key] is not None
    ]
    value = row[column] if row else table.totals.get(column)
    kind = KINDS.get(found.role, "number")
    return [
        *(words or [{"term": _("Row"), "text": _("Total")}]),
        {"term": title_of(found), "text": formats_of(kind)(value)},
        {"term": _("Data as of"), "text": formats.day(view.as_of)},
    ]


def records_context(behind: queries.RecordsBehind) -> dict:
    """One page of the records behind a cell."""
    headings = behind.page.headings
    columns = [{"label": heading, "heading": index == 0} for index, heading in enumerate(headings)]
    rows = []
    for url, texts in behind.page.rows:
        first, *others = texts
        rows.append([{"text": first, "url": url} if url else first, *others])
    return {
        "columns": columns,
        "rows": rows,
        "scope_note": _("%(seen)s of %(total)s records lie in your scope.")
        % {"seen": formats.number(behind.in_scope), "total": formats.number(behind.total)},
        "pages": Paginator(range(behind.in_scope), queries.PAGE_SIZE).get_page(behind.number),
    }
