"""The book's tables as a workbook: a contents sheet, then a sheet for each table with real numbers.

A text is always stored as text: one that begins with `=`, `+`, `-` or `@` never becomes a formula.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sasando.publications.document import Cell, Document, Table, tables
from sasando.publications.writers import fitted, head_rows, printable, under_table, words

_LONGEST = 32_000
_EXACT = 10**15
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def write(document: Document) -> bytes:
    """The workbook. Equal documents give equal bytes."""
    stored = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stored, options) as book:
        _Workbook(book, document).fill()
    return stored.getvalue()


def sheet_names(found: tuple[Table, ...], first: str) -> list[str]:
    """A name for each table's sheet: its id as far as a spreadsheet allows, each once."""
    used = {first.lower(), "history"}
    names = []
    for number, table in enumerate(found, 1):
        wish = _FORBIDDEN.sub(" ", printable(table.id)).strip()[:31].strip() or f"tabel {number}"
        name, count = wish, 1
        while name.lower() in used:
            count += 1
            name = f"{wish[: 31 - len(str(count)) - 1]} {count}"
        used.add(name.lower())
        names.append(name)
    return names


class _Workbook:
    def __init__(self, book: xlsxwriter.Workbook, document: Document):
        self.book = book
        self.document = document
        self.words = words(document)
        self.formats: dict[tuple[Any, ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": "Calibri", "font_size": 11, "valign": "top", **properties}
            )
        return self.formats[key]

    def fill(self) -> None:
        document = self.document
        moment = document.timestamp
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        self.book.set_properties(
            {
                "title": printable(document.title)[:255],
                "subject": printable(document.subtitle)[:255],
                "author": printable(f"{document.office} {document.regency}").strip()[:255],
                "comments": printable(document.notice)[:255],
                "created": moment.replace(microsecond=0),
            }
        )
        found = tables(document)
        first = self.words["tables"]
        names = sheet_names(found, first)
        contents = self.book.add_worksheet(first)
        self.contents(contents, found, names)
        for table, name in zip(found, names, strict=True):
            self.table(self.book.add_worksheet(name), table, first)

    def text(self, sheet: Worksheet, row: int, column: int, text: object, form: Format) -> None:
        content = printable(text)
        if len(content) > _LONGEST:
            content = content[: _LONGEST - 1] + "…"
        if content:
            sheet.write_string(row, column, content, form)
        else:
            sheet.write_blank(row, column, None, form)

    def contents(self, sheet: Worksheet, found: tuple[Table, ...], names: list[str]) -> None:
        document = self.document
        self.text(sheet, 0, 0, f"{document.title} {document.year}", self.format(bold=True, font_size=16))
        self.text(sheet, 1, 0, f"{document.office} {document.regency}".strip(), self.format())
        self.text(sheet, 2, 0, document.edition_label, self.format())
        self.text(sheet, 3, 0, document.notice, self.format(italic=True, font_color="#9A4B00"))
        head = self.format(bold=True, bg_color="#F1ECE0", border=1, border_color="#8C8474")
        for column, label in enumerate((self.words["table"], self.words["title"], self.words["source"])):
            self.text(sheet, 5, column, label, head)
        line = self.format(border=1, border_color="#8C8474", text_wrap=True)
        link = self.format(border=1, border_color="#8C8474", font_color="#17495C", underline=1)
        for row, (table, name) in enumerate(zip(found, names, strict=True), 6):
            label = table.number or name
            sheet.write_url(row, 0, f"internal:'{name}'!A1", link, string=printable(label))
            self.text(sheet, row, 1, table.caption or table.id, line)
            self.text(sheet, row, 2, table.source, line)
        if not found:
            self.text(sheet, 6, 0, self.words["empty"], self.format(italic=True))
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 2, 44)
        sheet.freeze_panes(6, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def table(self, sheet: Worksheet, table: Table, contents: str) -> None:
        label = f"{self.words['table']} {table.number}. " if table.number else ""
        self.text(sheet, 0, 0, label + (table.caption or table.id), self.format(bold=True, font_size=13))
        sheet.write_url(
            1, 0, f"internal:'{contents}'!A1", self.format(font_color="#17495C", underline=1), string=contents
        )
        if self.document.notice:
            self.text(sheet, 1, 1, self.document.notice, self.format(italic=True, font_color="#9A4B00"))
        row = top = 3
        row = self.head(sheet, table, row)
        sheet.freeze_panes(row, 0)
        sheet.repeat_rows(top, row - 1)
        for cells in table.rows:
            self.row(sheet, row, table, cells)
            row += 1
        if not table.rows:
            self.text(sheet, row, 0, self.words["empty"], self.format(italic=True))
            row += 1
        if table.totals:
            self.row(sheet, row, table, table.totals, total=True)
            row += 1
        row += 1
        for name, text in under_table(table, self.words):
            self.text(sheet, row, 0, f"{name}: {text}", self.format(font_size=9))
            row += 1
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width)
        if sum(_widths(table)) > 95:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")

    def head(self, sheet: Worksheet, table: Table, row: int) -> int:
        form = self.format(
            bold=True,
            bg_color="#F1ECE0",
            border=1,
            border_color="#8C8474",
            align="center",
            valign="vcenter",
            text_wrap=True,
        )
        rows = head_rows(table.columns)
        for level, cells in enumerate(rows):
            for cell in cells:
                line = row + level
                if cell.span > 1 or cell.rows > 1:
                    last_row, last_column = line + cell.rows - 1, cell.start + cell.span - 1
                    sheet.merge_range(line, cell.start, last_row, last_column, "", form)
                self.text(sheet, line, cell.start, cell.text, form)
        return row + len(rows)

    def row(
        self, sheet: Worksheet, row: int, table: Table, cells: tuple[Cell, ...], *, total: bool = False
    ) -> None:
        for cell, at, span in fitted(cells, len(table.columns)):
            properties: dict[str, Any] = {"border": 1, "border_color": "#8C8474"}
            if total:
                properties["bold"] = True
            if table.columns[at].align != "left":
                properties["align"] = table.columns[at].align
            if span > 1:
                sheet.merge_range(row, at, row, at + span - 1, "", self.format(**properties))
            self.cell(sheet, row, at, cell, properties)

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, properties: dict[str, Any]) -> None:
        value = cell.value
        if isinstance(value, datetime | date):
            moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            form = self.format(**properties, num_format="yyyy-mm-dd")
            sheet.write_datetime(row, column, moment, form)
        elif _is_number(value):
            form = self.format(**properties, num_format=number_format(cell))
            sheet.write_number(row, column, value, form)
        else:
            text = value if isinstance(value, str) and not cell.text else cell.text
            properties = {**properties, "text_wrap": True}
            if text[:1] in ("=", "+", "-", "@"):
                properties["quote_prefix"] = True
            self.text(sheet, row, column, text, self.format(**properties))


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return isfinite(value) and abs(value) < _EXACT


def number_format(cell: Cell) -> str:
    """How a spreadsheet shows the number the way it is printed: grouping, decimals, `Rp`, `%`.

    A percent is stored as printed (51.96, not 0.5196), so its sign is a plain character in the format.
    """
    text = printable(cell.text).strip()
    exponent = Decimal(str(cell.value)).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    grouped = re.search(r"\d[.,]\d{3}(?!\d)", text) and abs(Decimal(str(cell.value))) >= 1000
    form = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    if text.startswith(("Rp", "-Rp", "(Rp")):
        return f'"Rp"{form}'
    return f'{form}"%"' if text.endswith("%") else form


def _widths(table: Table) -> list[float]:
    widths = [max(6.0, min(len(column.label) * 0.7, 16)) for column in table.columns]
    for row in (*table.rows[:500], *((table.totals,) if table.totals else ())):
        for cell, at, span in fitted(row, len(table.columns)):
            if span == 1:
                widths[at] = max(widths[at], min(len(cell.text) * 1.05 + 2, 60))
    return widths
