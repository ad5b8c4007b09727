"""Storing what was reported: printed tables and text figures, exactly as printed, beside what the records give.

A table handed in again under the same year and id does not overwrite the earlier one: the later row counts, the
earlier stays. Reading is in `queries`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.reader import Actor
from sasando.statistics.errors import ReportedError
from sasando.statistics.models import ReportedCell, ReportedFigure, ReportedKind, ReportedTable
from sasando.statistics.queries import reported_tables
from sasando.statistics.reporting.reading import COLUMNS, ReadTable, holds_by_key, read_table
from sasando.statistics.results import ReportedCellView
from sasando.trail.actions import recorded

FIRST_YEAR, LAST_YEAR = 1945, 2200


LONGEST_ID, LONGEST_DOCUMENT = 80, 250


def years() -> list[int]:
    """The years of which anything was reported, latest first."""
    tables = ReportedTable.objects.order_by().values_list("year", flat=True)
    figures = ReportedFigure.objects.order_by().values_list("year", flat=True)
    return sorted({*tables, *figures}, reverse=True)


def store_table(
    *,
    year: int,
    table_id: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    document: str,
    by: Actor,
    kind: str = ReportedKind.TABLE,
    options: Mapping[str, Any] | None = None,
) -> ReportedTable:
    """Store a table as printed and return it; the same content again returns the table that is there.

    `rows` are texts by column key, totals included as rows. Raises ReportedError.
    """
    return store_read(
        year, table_id, kind, document, read_as_printed(kind, columns, rows), dict(options or {}), by
    )


def read_as_printed(kind: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> ReadTable:
    """The rows read by what their columns hold."""
    holds = COLUMNS[kind] if kind in COLUMNS else holds_by_key(rows, columns)
    return read_table(rows, columns, holds)


def store_read(
    year: int, table_id: str, kind: str, document: str, read: ReadTable, options: dict[str, Any], by: Actor
) -> ReportedTable:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ReportedError(_("%(year)s is not a year. Nothing was stored.") % {"year": year})
    latest = ReportedTable.objects.filter(year=year, table_id=table_id).order_by("id").last()
    if latest and _is_the_same(latest, kind, document, read, options):
        return latest
    with recorded("statistics.report_table", by=by, year=year, table=table_id, kind=str(kind)) as note:
        table = ReportedTable.objects.create(
            year=year,
            table_id=table_id,
            kind=kind,
            document=document[:LONGEST_DOCUMENT],
            columns=list(read.columns),
            options=options,
            recorded_at=timezone.now(),
            recorded_by_id=by.actor_id,
            recorded_by_name=by.actor_name,
        )
        ReportedCell.objects.bulk_create(
            ReportedCell(
                table=table,
                row=index,
                column=column,
                printed=cell.printed,
                state=cell.state,
                value=cell.value,
                reason=cell.reason,
            )
            for index, row in enumerate(read.rows)
            for column, cell in row.items()
        )
        note.about(table)
        note.says(document=document, rows=len(read.rows), replaces=latest.pk if latest else None)
    return table


def _is_the_same(
    latest: ReportedTable, kind: str, document: str, read: ReadTable, options: dict[str, Any]
) -> bool:
    about = (latest.kind, latest.document, list(latest.columns), latest.options)
    if about != (kind, document[:LONGEST_DOCUMENT], list(read.columns), options):
        return False
    stored = reported_tables(latest.year)[latest.table_id]
    return [_printed(row) for row in stored.rows] == [_printed(row) for row in read.rows]


def _printed(row: Mapping[str, ReportedCellView]) -> dict[str, str]:
    return {column: cell.printed for column, cell in row.items()}


def store_text_figures(*, year: int, rows: Iterable[Mapping[str, str]], by: Actor) -> dict[str, list[str]]:
    """Store numbers of running text (`key`, `value`, `unit`, `where`); returns keys by new, changed, unchanged."""
    with recorded("statistics.report_text_figures", by=by, year=year) as note:
        became = _against_stored(year, rows)
        for figure, _before in [*became["new"], *became["changed"]]:
            figure.recorded_at = timezone.now()
            figure.recorded_by_id, figure.recorded_by_name = by.actor_id, by.actor_name
            figure.save()
        changes = [{"key": f.key, "before": before, "after": f.printed} for f, before in became["changed"]]
        note.says(new=len(became["new"]), changed=changes)
    return {state: [figure.key for figure, _before in found] for state, found in became.items()}


def counts_of_text_figures(year: int, rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """How many numbers of running text would be new, changed and unchanged; nothing is stored."""
    return {state: len(found) for state, found in _against_stored(year, rows).items()}


def _against_stored(
    year: int, rows: Iterable[Mapping[str, str]]
) -> dict[str, list[tuple[ReportedFigure, str]]]:
    """The figures as the rows say them, each with what was printed before, by what became of them."""
    known = {figure.key: figure for figure in ReportedFigure.objects.filter(year=year)}
    became: dict[str, list[tuple[ReportedFigure, str]]] = {"new": [], "changed": [], "unchanged": []}
    for row in rows:
        figure = known.setdefault(row["key"], ReportedFigure(year=year, key=row["key"]))
        was = (figure.printed, figure.unit, figure.where)
        said = (row["value"], row.get("unit", ""), row.get("where", ""))
        figure.printed, figure.unit, figure.where = said
        state = "new" if not figure.pk else "unchanged" if was == said else "changed"
        became[state].append((figure, was[0]))
    return became
