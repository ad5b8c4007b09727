"""Storing what was reported: printed tables and text figures, exactly as printed, beside what the records give.

A table handed in again under the same year and id does not overwrite the earlier one: the later row counts, the
earlier stays. Reading is in `queries`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.importing import ImportReport, RefusedRow
from sasando.base.reader import Actor
from sasando.planning.models import AchievementPolicy
from sasando.statistics.checks.printed import row_kind
from sasando.statistics.checks.scales import OFFICE, shipped_scales
from sasando.statistics.findings import as_json, find
from sasando.statistics.models import (
    CellState,
    ReportedCell,
    ReportedFigure,
    ReportedKind,
    ReportedTable,
    Snapshot,
)
from sasando.statistics.queries import reported_tables, year_view
from sasando.statistics.reading import (
    COLUMNS,
    LONGEST_COLUMN,
    ReadTable,
    holds_by_key,
    read_table,
    states,
    unstorable,
)
from sasando.statistics.results import ReportedCellView, ReportedTableView
from sasando.trail.actions import recorded

FIRST_YEAR, LAST_YEAR = 1945, 2200
LONGEST_ID, LONGEST_DOCUMENT = 80, 250


class ReportedError(ValueError):
    """A report that cannot be taken; the sentence says why and that nothing was stored."""


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
    return _store(year, table_id, kind, document, _read(kind, columns, rows), dict(options or {}), by)


def _read(kind: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> ReadTable:
    holds = COLUMNS[kind] if kind in COLUMNS else holds_by_key(rows, columns)
    return read_table(rows, columns, holds)


def _store(
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
    before = {figure.key: figure for figure in ReportedFigure.objects.filter(year=year)}
    became: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    with recorded("statistics.report_text_figures", by=by, year=year) as note:
        changes = []
        for row in rows:
            figure = before.get(row["key"]) or ReportedFigure(year=year, key=row["key"])
            said = (row["value"], row.get("unit", ""), row.get("where", ""))
            was = (figure.printed, figure.unit, figure.where)
            if figure.pk and was == said:
                became["unchanged"].append(figure.key)
                continue
            became["changed" if figure.pk else "new"].append(figure.key)
            if figure.pk:
                changes.append({"key": figure.key, "before": was[0], "after": said[0]})
            figure.printed, figure.unit, figure.where = said
            figure.recorded_at = timezone.now()
            figure.recorded_by_id, figure.recorded_by_name = by.actor_id, by.actor_name
            figure.save()
            before[figure.key] = figure
        note.says(new=len(became["new"]), changed=changes)
    return became


# files


@dataclass(frozen=True)
class _Line:
    """A row of a file: its number there, its texts, the year it speaks of."""

    number: int
    texts: Mapping[str, str]
    year: int


_REQUIRED = {
    ReportedKind.INDICATORS: ("indicator", "target", "realisation"),
    ReportedKind.BUDGET: ("item", "pagu", "realisasi"),
    ReportedKind.COUNTS: ("value", "row"),
    ReportedKind.TABLE: (),
}
_NAMES = {ReportedKind.INDICATORS: "indicator", ReportedKind.BUDGET: "item"}
_YEAR_COLUMN = {ReportedKind.INDICATORS: "year", ReportedKind.COUNTS: "period"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def load_table(rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    """A table of the book as printed; its id is the file's name."""
    return _load(ReportedKind.TABLE, rows, apply, by, options)


def load_indicators(rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    """A table of indicators as printed. Raises ReportedError for a scale or cap that is none."""
    return _load(ReportedKind.INDICATORS, rows, apply, by, options)


def load_budget(rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    """A budget table as printed."""
    return _load(ReportedKind.BUDGET, rows, apply, by, options)


def load_counts(rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    """A table of counts as printed."""
    return _load(ReportedKind.COUNTS, rows, apply, by, options)


def _load(kind: str, rows, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    kept_options = _checked_options(options)
    name = str(options.get("name") or options.get("file") or kind)
    table_id = _table_id(kind, name)
    document = str(options.get("document") or name)
    usual = _usual_year(options, name)
    report, lines = ImportReport(), []
    for number, texts in _numbered(rows):
        report.rows += 1
        line = _Line(number, texts, _year_of(kind, texts, usual))
        if reason := _refusal(kind, line):
            report.refused.append(RefusedRow(number, reason))
        else:
            lines.append(line)
    if report.refused:
        kept_options["refused_rows"] = len(report.refused)
    taken_years = sorted({line.year for line in lines})
    report.extra |= {"stored": 0, "kept_in_part": 0, "table": table_id, "years": taken_years}
    cells: Counter[str] = Counter()
    findings: list[dict[str, object]] = []
    entry = (
        recorded("statistics.import_reported", by=by, kind=str(kind), table=table_id)
        if apply
        else nullcontext()
    )
    with entry:
        for year in taken_years:
            those = [line for line in lines if line.year == year]
            texts = [line.texts for line in those]
            read = _read(kind, _columns(kind, texts), texts)
            _class_rows(report, year, table_id, those, read)
            cells.update(states(read.rows))
            if apply:
                _store(year, table_id, kind, document, read, kept_options, by)
            findings += _findings(year, table_id, kind, document, read, kept_options)
    report.extra |= {"cells": dict(cells), "findings": findings}
    if apply:
        report.extra["stored"] = report.new + report.changed + report.unchanged
    report.refused.sort(key=lambda row: row.line)
    return report


def _numbered(rows) -> Iterable[tuple[int, dict[str, str]]]:
    """Each row's number in its file (`line`, else by position below one header row) and its texts."""
    for position, row in enumerate(rows, start=2):
        texts = {str(key): "" if value is None else str(value) for key, value in row.items() if key != "line"}
        if _BOOK_LINE in texts:
            texts["line"] = texts.pop(_BOOK_LINE)
        yield int(row.get("line") or position), texts


_BOOK_LINE = "line_title"
"""How an importer takes a column that is itself headed `line`: that key carries the row's number."""


def _refusal(kind: str, line: _Line) -> str:
    """Why a row is not taken as a whole; empty where it is."""
    for column, text in line.texts.items():
        if reason := unstorable(text):
            return _("Column %(column)s: %(reason)s") % {"column": column, "reason": _(reason)}
    name = _NAMES.get(kind)
    if name and not any(map(str.isalnum, line.texts.get(name, ""))):
        return _("Column %(column)s is blank: the row has no name.") % {"column": name}
    if kind == ReportedKind.COUNTS and row_kind(line.texts.get("row", "")) is None:
        return _("Column row says “%(text)s”; it must be row, row total, column total or total.") % {
            "text": line.texts.get("row", "")
        }
    if not any(line.texts.values()):
        return _("The row is blank.")
    if not FIRST_YEAR <= line.year <= LAST_YEAR:
        return _("Column year: “%(text)s” is not a year.") % {"text": line.texts.get("year", "")}
    return ""


def _year_of(kind: str, texts: Mapping[str, str], usual: int) -> int:
    """The year a row speaks of: its own column's last year, else the file's; 0 for a year column that holds none."""
    column = _YEAR_COLUMN.get(kind)
    said = texts.get(column, "") if column else ""
    found = _YEAR.findall(said)
    if found:
        return int(found[-1])
    return 0 if column == "year" and any(map(str.isalnum, said)) else usual


def _usual_year(options: Mapping[str, Any], name: str) -> int:
    """The year of a file that does not say it: as told, of its name, the last sealed, the last reported, this one."""
    if options.get("year"):
        return int(options["year"])
    if found := _YEAR.findall(name):
        return int(found[-1])
    sealed = Snapshot.objects.order_by("-year").values_list("year", flat=True).first()
    return sealed or next(iter(years()), timezone.localdate().year)


def _table_id(kind: str, name: str) -> str:
    stem = PurePath(name).stem or str(kind)
    return (stem if kind == ReportedKind.TABLE else f"reported-{kind}/{stem}")[:LONGEST_ID]


def _columns(kind: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns that stand in the file: the required ones, and others where any cell is filled."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    filled = [key for key in keys if key in _REQUIRED[kind] or any(row.get(key) for row in rows)]
    return [key for key in filled if 0 < len(key) <= LONGEST_COLUMN]


def _class_rows(
    report: ImportReport, year: int, table_id: str, lines: Sequence[_Line], read: ReadTable
) -> None:
    """Class each row: refused in part, or new, changed, unchanged against what is stored."""
    stored = reported_tables(year).get(table_id)
    before = Counter(_row_text(row) for row in stored.rows) if stored else Counter()
    names = {_row_name(row) for row in stored.rows} if stored else set()
    for line, row in zip(lines, read.rows, strict=True):
        refused = {column: cell for column, cell in row.items() if cell.state == CellState.REFUSED}
        text = _row_text(row)
        if refused:
            report.extra["kept_in_part"] += 1
            reasons = [f"{column} “{cell.printed}”: {_(cell.reason)}" for column, cell in refused.items()]
            report.refused.append(
                RefusedRow(
                    line.number, "; ".join(reasons) + " " + _("The rest of the row is kept as printed.")
                )
            )
        elif before[text]:
            before[text] -= 1
            report.unchanged += 1
        elif _row_name(row) in names:
            report.changed += 1
        else:
            report.new += 1


def _row_text(row: Mapping[str, ReportedCellView]) -> tuple:
    return tuple(sorted((column, cell.printed) for column, cell in row.items() if cell.printed))


def _row_name(row: Mapping[str, ReportedCellView]) -> tuple:
    return tuple(cell.printed for cell in row.values() if cell.state == CellState.LABEL)


def _findings(
    year: int, table_id: str, kind: str, document: str, read: ReadTable, options: Mapping[str, Any]
) -> list[dict[str, object]]:
    """What the checks say about this table, stored or not."""
    view = year_view(year)
    shown = ReportedTableView(table_id, kind, document, read.columns, read.rows, options)
    found = find(replace(view, reported={**view.reported, table_id: shown}))
    return as_json(finding for finding in found if finding.table == table_id)["findings"]


def _checked_options(options: Mapping[str, Any]) -> dict[str, Any]:
    kept = {}
    if options.get("cap") is not None:
        kept["cap"] = _checked_cap(str(options["cap"]))
    if options.get("scale"):
        name = str(options["scale"])
        known = [
            *shipped_scales(),
            OFFICE,
            *AchievementPolicy.objects.order_by("name").values_list("name", flat=True),
        ]
        if name not in known:
            raise ReportedError(
                _("There is no scale “%(name)s”. The scales are: %(known)s. Nothing was stored.")
                % {"name": name, "known": ", ".join(dict.fromkeys(known))}
            )
        kept["scale"] = name
    return kept


def _checked_cap(text: str) -> str:
    if text.casefold() == "none":
        return "none"
    try:
        cap = Decimal(text.strip().rstrip("%").replace(",", "."))
    except InvalidOperation:
        cap = Decimal(0)
    if not cap.is_finite() or cap <= 0:
        raise ReportedError(
            _("The cap “%(cap)s” is neither a percentage above 0 nor none. Nothing was stored.")
            % {"cap": text}
        )
    return str(cap)


def load_text_figures(rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    """Numbers printed in running text: `key`, `value` as printed, `unit`, `where`."""
    year = _usual_year(options, str(options.get("name") or ""))
    report, taken, keys = ImportReport(), [], set()
    for number, texts in _numbered(rows):
        report.rows += 1
        reason = _text_refusal(texts, keys)
        if reason:
            report.refused.append(RefusedRow(number, reason))
        else:
            keys.add(texts["key"])
            taken.append(texts)
    if apply:
        became = store_text_figures(year=year, rows=taken, by=by)
        report.new, report.changed, report.unchanged = (
            len(became[key]) for key in ("new", "changed", "unchanged")
        )
    else:
        before = {f.key: (f.printed, f.unit, f.where) for f in ReportedFigure.objects.filter(year=year)}
        for row in taken:
            said = (row["value"], row.get("unit", ""), row.get("where", ""))
            if row["key"] not in before:
                report.new += 1
            elif before[row["key"]] == said:
                report.unchanged += 1
            else:
                report.changed += 1
    report.extra |= {"stored": len(taken) if apply else 0, "years": [year]}
    return report


_LENGTHS = {"key": 80, "value": 80, "unit": 30, "where": 100}


def _text_refusal(texts: Mapping[str, str], keys: set[str]) -> str:
    for column, longest in _LENGTHS.items():
        text = texts.get(column, "")
        if unstorable(text) or len(text) > longest:
            return _("Column %(column)s is longer than %(longest)s characters or cannot be stored.") % {
                "column": column,
                "longest": longest,
            }
    if not texts.get("key", "").strip() or not texts.get("value", "").strip():
        return _("A figure needs a key and a printed value.")
    if texts["key"] in keys:
        return _("The key %(key)s stands twice in the file; the first row counts.") % {"key": texts["key"]}
    return ""
