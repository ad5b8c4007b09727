"""Reads: a year as it was sealed, and the records behind its cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.accounts.models import RoleHolding
from sasando.accounts.roles import ROLES
from sasando.base.checks import Finding
from sasando.base.collect import declared_lists
from sasando.base.facts import Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader, Scope
from sasando.places.queries import Atlas
from sasando.statistics.counting.engine import drill
from sasando.statistics.counting.snapshot import open_sealed, snapshots_folder
from sasando.statistics.errors import UnknownTableError
from sasando.statistics.models import ReportedCell, ReportedFigure, ReportedTable, Snapshot
from sasando.statistics.results import (
    Basis,
    ReportedCellView,
    ReportedTableView,
    Sensitivity,
    TableResult,
    TextFigure,
    YearView,
)

PAGE_SIZE = 50
NAMED = 3
"""How many persons are named whom a reader may ask."""


def folder_of(snapshot: Snapshot) -> Path:
    """Where a snapshot's files lie in this data folder."""
    return snapshots_folder() / snapshot.folder


def current_snapshot(year: int) -> Snapshot | None:
    """The latest snapshot of a year; None when the year was never sealed."""
    return Snapshot.objects.filter(year=year).order_by("-sealed_at", "-id").first()


def sealed_years() -> list[int]:
    """The years that have a snapshot, latest first."""
    return list(Snapshot.objects.order_by("-year").values_list("year", flat=True).distinct())


def year_view(year: int | Snapshot) -> YearView:
    """A year as sealed, and what was reported of it. A year never sealed has no tables but may have reported ones."""
    snapshot = year if isinstance(year, Snapshot) else current_snapshot(year)
    number = snapshot.year if snapshot else int(year)
    tables, figures, facts = {}, {}, None
    if snapshot:
        sealed = open_sealed(folder_of(snapshot))
        tables, figures, facts = dict(sealed.computed.tables), dict(sealed.computed.figures), sealed.facts
    return YearView(
        year=number,
        as_of=snapshot.as_of if snapshot else date(number, 12, 31),
        places_as_of=snapshot.places_as_of if snapshot else date(number, 1, 1),
        tables=tables,
        figures=figures,
        reported=reported_tables(number),
        text_figures=text_figures(number),
        facts=facts,
    )


def reported_tables(year: int) -> dict[str, ReportedTableView]:
    """The tables reported for a year as printed; of two with the same id the later one."""
    tables = ReportedTable.objects.filter(year=year).order_by("id")
    rows: dict[int, dict[int, dict[str, ReportedCellView]]] = {}
    cells = ReportedCell.objects.filter(table__year=year).order_by("table", "row", "id")
    for cell in cells.values_list("table_id", "row", "column", "printed", "state", "value", "reason"):
        table, row, column, *said = cell
        rows.setdefault(table, {}).setdefault(row, {})[column] = ReportedCellView(*said)
    return {
        table.table_id: ReportedTableView(
            table_id=table.table_id,
            kind=table.kind,
            document=table.document,
            columns=table.columns,
            rows=list(rows.get(table.id, {}).values()),
            options=table.options,
        )
        for table in tables
    }


def text_figures(year: int) -> dict[str, TextFigure]:
    """The numbers printed in a year's running text."""
    figures = ReportedFigure.objects.filter(year=year)
    return {f.key: TextFigure(f.key, f.printed, f.unit, f.where) for f in figures}


# what the reader may see


def in_full(reader: Reader, table: TableResult) -> bool:
    """Whether the reader sees all cells; of a sensitive table others see the regency's total only."""
    return table.sensitivity != Sensitivity.SENSITIVE or reader.may(Permission.SEE_SENSITIVE_STATISTICS)


def seen_by(reader: Reader, table: TableResult) -> TableResult:
    """The table as the reader may see it."""
    return table if in_full(reader, table) else replace(table, rows=())


def findings_seen_by(reader: Reader, view: YearView, findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that would tell cells of a table which the reader sees only as a total."""
    hidden = {table.id for table in view.tables.values() if not in_full(reader, table)}
    return [finding for finding in findings if finding.table not in hidden]


def visible_tables(reader: Reader, view: YearView) -> dict[str, TableResult]:
    """The tables a reader may open cell by cell."""
    return {id: table for id, table in view.tables.items() if in_full(reader, table)}


# the records behind a cell


def facts_by_name() -> dict[str, Fact]:
    """What the rooms declare."""
    return {fact.name: fact for fact in declared_lists("facts", "FACTS")}


def fact_of(table: TableResult) -> Fact | None:
    """The fact whose records the table's cells count, as its room declares it."""
    return facts_by_name().get(table.fact)


def is_drillable(table: TableResult) -> bool:
    """Whether cells lead anybody to records."""
    counts = any(column.records is not None for column in table.columns)
    return table.basis == Basis.RECORDS and counts and fact_of(table) is not None


def is_secret(table: TableResult) -> bool:
    """Whether the records behind the cells are secret: opening one is recorded, and nobody is told whom to ask."""
    fact = fact_of(table)
    return fact is not None and fact.privacy is Privacy.SECRET


def may_open(reader: Reader, table: TableResult) -> bool:
    """Whether cells of the table lead this reader to records."""
    return is_drillable(table) and in_full(reader, table) and reader.may(fact_of(table).permission)


def whom_to_ask(reader: Reader, table: TableResult) -> str:
    """A sentence for a reader who may not open the records; nothing where there are none to open, or secret ones."""
    if not is_drillable(table) or is_secret(table):
        return ""
    return explain_access(reader, fact_of(table))


@dataclass(frozen=True)
class RecordsBehind:
    """The records behind a cell that a reader may open, one page of them, and how many there are."""

    table: TableResult
    labels: Mapping[str, object] | None
    """The cell's row; None for the total."""
    column: str
    page: RecordPage | None
    """None when the reader may open none of these records: then `refusal` says whom to ask."""
    number: int
    pages: int
    in_scope: int
    total: int
    refusal: str = ""


def records_behind(
    reader: Reader,
    view: YearView,
    table_id: str,
    row: int | None,
    column: str,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> RecordsBehind:
    """The records counted by the cell at `row` (its position; None: the total) and `column`, within the reader's scope.

    Scope comes before the page is cut. Raises UnknownTableError where there is no such cell, or not for this reader.
    """
    table = visible_tables(reader, view).get(table_id)
    if table is None or table.fact is None or view.facts is None or not _has_cell(table, row, column):
        raise UnknownTableError(f"{table_id}: {row}, {column}")
    labels = None if row is None else table.rows[row]
    found = drill(view.facts, open_sealed(view.facts.folder).specs[table_id], labels, column)
    fact = fact_of(table)
    refusal = explain_access(reader, fact)
    if refusal:
        return RecordsBehind(table, labels, column, None, 1, 1, 0, len(found), refusal)
    ids = _within(reader.scope(fact.permission), found, view.places_as_of)
    if fact.privacy is Privacy.SECRET:
        # Assignment, not place, decides here, and only the room knows it: count what it opens.
        opened = fact.open(reader, ids)
        count, cut = len(opened.rows), lambda part: RecordPage(opened.headings, opened.rows[part])
    else:
        count, cut = len(ids), lambda part: fact.open(reader, ids[part])
    pages = max(1, -(-count // size))
    number = min(max(page, 1), pages)
    shown = cut(slice((number - 1) * size, number * size))
    return RecordsBehind(table, labels, column, shown, number, pages, count, len(found))


def _has_cell(table: TableResult, row: int | None, column: str) -> bool:
    has_row = row is None or 0 <= row < len(table.rows)
    return has_row and any(c.key == column and c.records is not None for c in table.columns)


def _within(scope: Scope, found: Sequence[tuple[int, str | None]], day: date) -> list[int]:
    """The ids of the records in villages of the scope. Facts without villages are narrowed by their room's `open`."""
    if scope.all_places or not any(village for _id, village in found):
        return [record for record, _village in found]
    codes = {spot.code for spot in Atlas(day).spots.values() if spot.id in scope.place_ids}
    return [record for record, village in found if village in codes]


def explain_access(reader: Reader, fact: Fact) -> str:
    """Why the reader may not open a fact's records, and whom to ask; empty when the reader may."""
    if reader.may(fact.permission):
        return ""
    if fact.privacy is Privacy.SECRET:
        return _("The records behind this number are secret: only who is assigned to one may open it.")
    roles = [name for name, role in ROLES.items() if fact.permission in role.permissions]
    holdings = (
        RoleHolding.objects.holding_on(timezone.localdate())
        .filter(role__in=roles, place=None, user__is_active=True)
        .select_related("user")
        .order_by("user__full_name", "id")
    )
    persons = list(dict.fromkeys(f"{held.user} ({ROLES[held.role].label})" for held in holdings))[:NAMED]
    if not persons:
        return _("You may see this number but not the records behind it. Ask the administrator.")
    return _("You may see this number but not the records behind it. Ask %(persons)s.") % {
        "persons": ", ".join(persons)
    }
