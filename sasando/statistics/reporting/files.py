"""Files of what was reported: each row classed, refused or kept as printed, and what the checks say of it at once."""

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
from sasando.statistics.checks.findings import as_json, find
from sasando.statistics.checks.printed import row_kind
from sasando.statistics.checks.rulebook import RulesError
from sasando.statistics.checks.scales import OFFICE, shipped_scales
from sasando.statistics.errors import ReportedError
from sasando.statistics.models import CellState, ReportedKind, Snapshot
from sasando.statistics.queries import reported_tables, year_view
from sasando.statistics.reporting.reading import LONGEST_COLUMN, ReadTable, states, unstorable
from sasando.statistics.reporting.reported import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_ID,
    counts_of_text_figures,
    read_as_printed,
    store_read,
    store_text_figures,
    years,
)
from sasando.statistics.results import ReportedCellView, ReportedTableView
from sasando.trail.actions import recorded


@dataclass(frozen=True)
class _Line:
    """A row of a file: its number there, its texts, the year it speaks of."""

    number: int
    texts: Mapping[str, str]
    year: int


REQUIRED = {
    ReportedKind.INDICATORS: ("indicator", "target", "realisation"),
    ReportedKind.BUDGET: ("item", "pagu", "realisasi"),
    ReportedKind.COUNTS: ("value", "row"),
    ReportedKind.TABLE: (),
}


_NAMES = {ReportedKind.INDICATORS: "indicator", ReportedKind.BUDGET: "item"}


_YEAR_COLUMN = {ReportedKind.INDICATORS: "year", ReportedKind.COUNTS: "period"}


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def load_table(kind: str, rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
    """A table of one kind as printed. Raises ReportedError for a scale or cap that is none."""
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
    problems: set[str] = set()
    entry = (
        recorded("statistics.import_reported", by=by, kind=str(kind), table=table_id)
        if apply
        else nullcontext()
    )
    with entry:
        for year in taken_years:
            those = [line for line in lines if line.year == year]
            texts = [line.texts for line in those]
            read = read_as_printed(kind, _columns(kind, texts), texts)
            _class_rows(report, year, table_id, those, read)
            cells.update(states(read.rows))
            if apply:
                store_read(year, table_id, kind, document, read, kept_options, by)
            findings += _findings(year, table_id, kind, document, read, kept_options, problems)
    report.extra |= {"cells": dict(cells), "findings": findings}
    if problems:
        report.extra["not_checked"] = sorted(problems)
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
    filled = [key for key in keys if key in REQUIRED[kind] or any(row.get(key) for row in rows)]
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
    year: int,
    table_id: str,
    kind: str,
    document: str,
    read: ReadTable,
    options: Mapping[str, Any],
    problems: set[str],
) -> list[dict[str, object]]:
    """What the checks say about this table, stored or not; a problem of the office's own rules says why nothing."""
    view = year_view(year)
    shown = ReportedTableView(table_id, kind, document, read.columns, read.rows, options)
    try:
        found = find(replace(view, reported={**view.reported, table_id: shown}))
    except RulesError as error:
        problems.add(_(error.template) % error.values)
        return []
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
        became = {key: len(keys) for key, keys in store_text_figures(year=year, rows=taken, by=by).items()}
    else:
        became = counts_of_text_figures(year, taken)
    report.new, report.changed, report.unchanged = became["new"], became["changed"], became["unchanged"]
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
