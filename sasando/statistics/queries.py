"""Reads: a year as it was sealed, and the records behind its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.accounts.models import RoleHolding
from sasando.accounts.roles import ROLES
from sasando.base.collect import declared_lists
from sasando.base.facts import Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader, Scope
from sasando.places.queries import Atlas
from sasando.statistics.engine import Facts, drill
from sasando.statistics.errors import UnknownTableError
from sasando.statistics.models import ReportedCell, ReportedFigure, ReportedTable, Snapshot
from sasando.statistics.results import (
    ReportedCellView,
    ReportedTableView,
    Sensitivity,
    TableResult,
    TextFigure,
    YearView,
)
from sasando.statistics.snapshot import read_results, snapshots_folder, stored_sql
from sasando.statistics.specs import TableSpec

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
        computed = read_results(folder_of(snapshot))
        tables, figures = computed.tables, computed.figures
        facts = Facts(folder_of(snapshot), figures.values())
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


def visible_tables(reader: Reader, view: YearView) -> dict[str, TableResult]:
    """The tables a reader may open on screen: sensitive ones only with the permission for them."""
    sees_all = reader.may(Permission.SEE_SENSITIVE_STATISTICS)
    return {
        id: table
        for id, table in view.tables.items()
        if sees_all or table.sensitivity is not Sensitivity.SENSITIVE
    }


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
    found = drill(view.facts, _spec(view.facts.folder, table), labels, column)
    fact = facts_by_name()[table.fact]
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


def _spec(folder: Path, table: TableResult) -> TableSpec:
    return TableSpec(
        table.id, table.title, table.columns, stored_sql(folder, table.id), folder / "tables.json"
    )


def _within(scope: Scope, found: Sequence[tuple[int, str | None]], day: date) -> list[int]:
    """The ids of the records in villages of the scope. Facts without villages are narrowed by their room's `open`."""
    if scope.all_places or not any(village for _id, village in found):
        return [record for record, _village in found]
    codes = {spot.code for spot in Atlas(day).spots.values() if spot.id in scope.place_ids}
    return [record for record, village in found if village in codes]


def facts_by_name() -> dict[str, Fact]:
    """What the rooms declare."""
    return {fact.name: fact for fact in declared_lists("facts", "FACTS")}


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
