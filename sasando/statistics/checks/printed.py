"""A table as printed, seen the way the checks read it: label columns, rows with names, total rows, known numbers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from sasando.base.checks import Finding, Severity
from sasando.lib.names import letters_only
from sasando.lib.numbers import BLANK, Exact
from sasando.statistics.checks.arithmetic import Sum, shown
from sasando.statistics.checks.rulebook import Rules, rules
from sasando.statistics.checks.wording import Words, say
from sasando.statistics.results import (
    Basis,
    ReportedCellView,
    ReportedTableView,
    Role,
    TableResult,
    Value,
    YearView,
)

TABLE, INDICATORS, BUDGET, COUNTS = "table", "indicators", "budget", "counts"
NUMBER, ORDINAL, UNKNOWN, REFUSED, LABEL = "number", "ordinal", "unknown", "refused", "label"

_TOTAL = re.compile(r"(sub|grand)?(total|jumlah|jml)(total|keseluruhan|seluruh|seluruhnya|umum|akhir|besar)?")
_GRAND = re.compile(r"grandtotal|(total|jumlah|jml)(keseluruhan|seluruh|seluruhnya|umum|akhir|besar)")
_NOT_ADDITIVE = re.compile(
    r"(^|_)(no|number|year|tahun|code|kode|percent|persen|average|rata|rate|index|indeks|target)($|_)"
)
_UNCOUNTED = ("no", "note", "unit", "direction", "parent", "code")
_COUNTED_ROLES = {Role.COUNT, Role.AMOUNT}
NUMERIC_ROLES = {*_COUNTED_ROLES, Role.PERCENT, Role.NUMBER}
"""The roles of columns that hold numbers."""


def is_total(label: str) -> bool:
    """Whether a label says that its row is a total: `TOTAL`, `T O T A L`, `Jumlah`, `Total keseluruhan`."""
    return bool(_TOTAL.fullmatch(letters_only(label)))


ROW, ROW_TOTAL, COLUMN_TOTAL, GRAND_TOTAL = "row", "row total", "column total", "total"
_ROW_KINDS = {
    **dict.fromkeys(("row", "baris", "data"), ROW),
    **dict.fromkeys(("rowtotal", "totalbaris", "jumlahbaris"), ROW_TOTAL),
    **dict.fromkeys(("columntotal", "totalkolom", "jumlahkolom"), COLUMN_TOTAL),
    **dict.fromkeys(("total", "jumlah", "grandtotal", "jumlahtotal", "totalkeseluruhan"), GRAND_TOTAL),
}


def row_kind(text: str) -> str | None:
    """What the column `row` of a table of counts says: row, row total, column total, total; None for anything else."""
    return _ROW_KINDS.get(letters_only(text))


@dataclass(frozen=True)
class PrintedRow:
    """One row on the paper."""

    index: int
    label: str
    cells: Mapping[str, ReportedCellView]
    is_total: bool = False
    is_grand: bool = False

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.printed.strip() if cell else ""

    def number(self, column: str) -> Decimal | None:
        cell = self.cells.get(column)
        return cell.value if cell and cell.state == NUMBER else None

    def state(self, column: str) -> str | None:
        cell = self.cells.get(column)
        return cell.state if cell else None

    def is_blank(self, column: str) -> bool:
        """Nothing or only a dash stands there."""
        cell = self.cells.get(column)
        if cell is None or cell.state == NUMBER:
            return cell is None
        return not any(map(str.isalnum, cell.printed)) and cell.reason in ("", BLANK)


class Printed:
    """A reported table with the names of its columns and rows."""

    def __init__(self, table: ReportedTableView, view: YearView):
        self.table, self.view = table, view
        self.id = table.table_id
        self.rules: Rules = rules().get("tables", {}).get(self.id, {})

    @cached_property
    def computed(self) -> TableResult | None:
        """The table of the same id that the records give; None where there is none, or it is the reported one."""
        result = self.view.tables.get(self.id)
        return result if result and result.basis != Basis.REPORTED else None

    @cached_property
    def row_columns(self) -> tuple[str, ...]:
        """The columns whose texts name a row."""
        wanted = self.rules.get("rows") or _row_columns_of_kind(self.table.kind)
        if not wanted and self.id in self.view.tables:
            result = self.view.tables[self.id]
            wanted = [column.key for column in result.columns if column.role == Role.LABEL]
        if not wanted:
            wanted = [key for key in self.label_columns if key not in _UNCOUNTED]
        return tuple(key for key in wanted if key in self.table.columns)

    @cached_property
    def label_columns(self) -> tuple[str, ...]:
        """The columns read as labels in every row."""
        return tuple(
            key
            for key in self.table.columns
            if all(row[key].state == LABEL for row in self.table.rows if key in row)
        )

    @cached_property
    def rows(self) -> tuple[PrintedRow, ...]:
        """All rows in printed order, totals included."""
        return tuple(self._row(index, cells) for index, cells in enumerate(self.table.rows))

    def _row(self, index: int, cells: Mapping[str, ReportedCellView]) -> PrintedRow:
        texts = [cells[key].printed.strip() for key in self.row_columns if key in cells]
        label = _joined([text for text in texts if text])
        marks = [cells[key].printed for key in self.label_columns if key in cells] + texts
        total = next((mark for mark in marks if is_total(mark)), None)
        grand = bool(total and _GRAND.fullmatch(letters_only(total)))
        return PrintedRow(index, label or (total or "").strip(), cells, total is not None, grand)

    @cached_property
    def body(self) -> tuple[PrintedRow, ...]:
        """The rows that are not totals."""
        return tuple(row for row in self.rows if not row.is_total)

    @cached_property
    def totals(self) -> tuple[PrintedRow, ...]:
        """The total rows, the grand total left out."""
        return tuple(row for row in self.rows if row.is_total and row not in self.grand_totals)

    @cached_property
    def grand_totals(self) -> tuple[PrintedRow, ...]:
        """Rows that print one number for all columns together, below a row of column totals."""
        plain = any(row.is_total and not row.is_grand for row in self.rows)
        return tuple(
            row
            for row in self.rows
            if row.is_grand and plain and sum(row.number(key) is not None for key in self.table.columns) == 1
        )

    @cached_property
    def numeric_columns(self) -> tuple[str, ...]:
        """The columns that hold at least one number."""
        return tuple(
            key for key in self.table.columns if any(row.number(key) is not None for row in self.rows)
        )

    @cached_property
    def additive_columns(self) -> tuple[str, ...]:
        """The columns whose rows may be added up: counts and amounts."""
        result = self.view.tables.get(self.id)
        known = {column.key: column.role for column in result.columns} if result else {}
        return tuple(
            key
            for key in self.numeric_columns
            if (known[key] in _COUNTED_ROLES if key in known else not _NOT_ADDITIVE.search(key))
        )

    def sum_of(self, column: str, rows: Iterable[PrintedRow]) -> Sum:
        """What the rows' known cells add up to. Rows of the file that were refused may hold more."""
        total, known, blank = Fraction(0), 0, 0
        illegible = int(self.table.options.get("refused_rows", 0))
        for row in rows:
            value = row.number(column)
            if value is not None:
                total, known = total + Fraction(value), known + 1
            elif row.is_blank(column):
                blank += 1
            else:
                illegible += 1
        return Sum(total, known, blank, illegible)

    def find(self, label: str) -> PrintedRow | None:
        """The row whose label, or one of whose label cells, says this."""
        wanted = _key(label)
        for row in self.rows:
            marks = [row.label, *(row.text(key) for key in self.label_columns)]
            if any(_key(mark) == wanted for mark in marks if mark):
                return row
        return None

    def finding(
        self,
        check: str,
        severity: Severity,
        row: PrintedRow | str,
        column: str,
        indonesian: str,
        english: str,
        *,
        computed: Exact | str | None = None,
        printed: str | None = None,
        **values: Words,
    ) -> Finding:
        """A finding about one printed cell; its sentences may name {table}, {row}, {column}, {printed}, {computed}.

        `row` is the printed row, or only what it is called, with `printed` where there is a text to show.
        """
        label = row if isinstance(row, str) else row.label
        text = printed if isinstance(row, str) else row.text(column)
        known = {
            "table": self.name,
            "row": label,
            "column": self.column_name(column),
            "printed": text,
            "computed": computed,
        }
        value = computed if isinstance(computed, str) else shown(computed)
        sentence = say(indonesian, english, **known | values)
        return Finding(check, severity, self.id, label, column, text, value, sentence)

    @cached_property
    def name(self) -> Mapping[str, str]:
        return table_name(self.view, self.id)

    def column_name(self, column: str) -> Mapping[str, str]:
        return column_name(self.view, self.id, column)


def _joined(texts: list[str]) -> str:
    """`2.3 KTK yang ...` for a numbered row, `Rote Tengah / Suebela` for a place in a place."""
    numbered = len(texts) > 1 and not any(map(str.isalpha, texts[0]))
    return " ".join([texts[0], " / ".join(texts[1:])]) if numbered else " / ".join(texts)


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _row_columns_of_kind(kind: str) -> Sequence[str]:
    return {INDICATORS: ("indicator",), BUDGET: ("item",), COUNTS: ("period", "area", "category", "sex")}.get(
        kind, ()
    )


def printed_tables(view: YearView, kind: str | None = None) -> Iterator[Printed]:
    """The reported tables of a year, of one kind or all; lists that only carry names (`kind: names`) left out."""
    names = set(rules().get("name_lists", {}))
    for table_id, table in view.reported.items():
        if table_id not in names and kind in (None, table.kind):
            yield Printed(table, view)


def printed_table(view: YearView, table_id: str) -> Printed | None:
    table = view.reported.get(table_id)
    return Printed(table, view) if table else None


def table_name(view: YearView, table_id: str) -> Mapping[str, str]:
    """What a sentence calls a table: `Tabel 3` of the book, else its title, else the document it came from."""
    rule = rules().get("tables", {}).get(table_id, {})
    if "name" in rule:
        return rule["name"]
    if table_id in view.tables:
        return view.tables[table_id].title
    if table_id in view.reported and view.reported[table_id].kind != TABLE:
        return {"id": f"Berkas {table_id}", "en": f"File {table_id}"}
    return {"id": f"Tabel {table_id}", "en": f"Table {table_id}"}


def column_name(view: YearView, table_id: str, column: str) -> Mapping[str, str]:
    """What a sentence calls a column."""
    result = view.tables.get(table_id)
    for known in result.columns if result else ():
        if known.key == column and known.title:
            return known.title
    named = rules().get("columns", {}).get(column)
    return named or {"id": column.replace("_", " "), "en": column.replace("_", " ")}


@dataclass(frozen=True)
class Place:
    """A number somewhere in the year: on paper, or computed where nothing was printed."""

    table: str
    row: str
    column: str
    printed: str | None
    value: Decimal | int | None


def at(view: YearView, reference: Mapping[str, object]) -> Place | None:
    """The number a rule's reference means: `{table, column}` of the total row, with `row` of that row.

    `columns` adds several columns of the total row; `grand: true` is the grand total, else the sum of the
    column totals; `count: true` counts the rows, `distinct: column` its different values. None where the year
    has no such table or cell.
    """
    table_id = str(reference["table"])
    printed = printed_table(view, table_id)
    if printed:
        found = _at_printed(printed, reference)
        if found:
            return found
    result = view.tables.get(table_id)
    return _at_computed(result, reference) if result else None


def _at_printed(printed: Printed, reference: Mapping[str, object]) -> Place | None:
    column = str(reference.get("column", ""))
    if reference.get("count") or reference.get("distinct"):
        key = str(reference.get("distinct") or reference["count"])
        texts = [row.text(key) for row in printed.body if row.text(key)]
        number = len(set(texts)) if reference.get("distinct") else len(texts)
        return Place(printed.id, "", key, None, number) if texts else None
    if "row" in reference:
        row = printed.find(str(reference["row"]))
        return _place(printed, row, column)
    if "columns" in reference:
        columns = [str(key) for key in reference["columns"]]
        row = next(iter(printed.totals), None)
        values = [row.number(key) for key in columns] if row else [None]
        if None in values:
            return None
        return Place(printed.id, row.label, "+".join(columns), None, sum(values, Decimal(0)))
    if reference.get("grand"):
        row = next(iter(printed.grand_totals), None)
        key = next((key for key in printed.additive_columns if row and row.number(key) is not None), "")
        return _place(printed, row, key)
    row = next((row for row in printed.totals if row.number(column) is not None), None)
    if row is None:
        added = printed.sum_of(column, printed.body)
        where = reference.get("where")
        if where:
            chosen = [r for r in printed.body if all(r.text(k) == v for k, v in dict(where).items())]
            added = printed.sum_of(column, chosen)
        return Place(printed.id, "", column, None, _plain(added.total)) if added.known else None
    return _place(printed, row, column)


def _place(printed: Printed, row: PrintedRow | None, column: str) -> Place | None:
    if row is None or row.number(column) is None:
        return None
    return Place(printed.id, row.label, column, row.text(column), row.number(column))


def _plain(value: Fraction) -> Decimal | int:
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


def _at_computed(result: TableResult, reference: Mapping[str, object]) -> Place | None:
    column = str(reference.get("column", ""))
    if reference.get("count") or reference.get("distinct"):
        key = str(reference.get("distinct") or reference["count"])
        values = [row.get(key) for row in result.rows if row.get(key) not in (None, "")]
        number = len(set(values)) if reference.get("distinct") else len(values)
        return Place(result.id, "", key, None, number) if values else None
    if "row" in reference:
        wanted = _key(str(reference["row"]))
        for row in result.rows:
            if any(isinstance(value, str) and _key(value) == wanted for value in row.values()):
                return _computed(result.id, str(reference["row"]), column, row.get(column))
        return None
    if "columns" in reference or reference.get("grand"):
        counted = [column.key for column in result.columns if column.role in _COUNTED_ROLES]
        columns = [str(key) for key in reference.get("columns", counted)]
        values = [result.totals.get(key) for key in columns]
        known = [Decimal(value) for value in values if is_number(value)]
        return Place(result.id, "TOTAL", "+".join(columns), None, sum(known)) if known else None
    return _computed(result.id, "TOTAL", column, result.totals.get(column))


def _computed(table: str, row: str, column: str, value: Value) -> Place | None:
    return Place(table, row, column, None, value) if is_number(value) else None


def is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
