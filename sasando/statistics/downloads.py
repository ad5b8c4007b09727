"""A list or table as a file to take along: CSV for programs, XLSX for people. Each says what it is, of which day.

A text that a spreadsheet would run as a formula stays a text in both.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

from sasando.statistics.results import Role

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula."""

FORMATS = {Role.COUNT: "#,##0", Role.AMOUNT: '"Rp"#,##0', Role.PERCENT: '0.00"%"', Role.NUMBER: "#,##0.##"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Sheet:
    """What goes into a file: a title, lines that say what it is (filter, day, edition), heads, rows and a total."""

    name: str
    title: str
    notes: Sequence[str]
    heads: Sequence[str]
    roles: Sequence[Role]
    rows: Sequence[Sequence[object]]
    totals: Sequence[object] | None = field(default=None)


def response(sheet: Sheet, file_format: str) -> HttpResponse:
    """The file as a download."""
    content = as_csv(sheet) if file_format == "csv" else as_xlsx(sheet)
    answer = HttpResponse(content, content_type=TYPES[file_format])
    answer["Content-Disposition"] = f'attachment; filename="{slugify(sheet.name)}.{file_format}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def as_csv(sheet: Sheet) -> bytes:
    """CSV in UTF-8 with its mark; a blank line stands between the notes and the head row."""
    text = io.StringIO(newline="")
    write = csv.writer(text).writerow
    for line in (sheet.title, *sheet.notes):
        write([harmless(line)])
    write([])
    for row in _lines(sheet):
        write([_csv_value(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook with one sheet: real numbers, texts only as texts, the head row staying in sight."""
    stored = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stored, options) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
        for line, note in enumerate(sheet.notes, 1):
            page.write_string(line, 0, note, book.add_format({"font_color": "#555555"}))
        top = len(sheet.notes) + 2
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = [_look(book, role) for role in sheet.roles]
        strong = [_look(book, role, bold=True, top=1) for role in sheet.roles]
        for column, text in enumerate(sheet.heads):
            page.write_string(top, column, text, head)
            page.set_column(column, column, _width(sheet, column))
        for number, row in enumerate(sheet.rows, top + 1):
            for column, value in enumerate(row):
                _write(page, number, column, value, plain[column])
        for column, value in enumerate(sheet.totals or ()):
            _write(page, top + 1 + len(sheet.rows), column, value, strong[column])
        page.freeze_panes(top + 1, 0)
    return stored.getvalue()


def harmless(text: str) -> str:
    """A text as a CSV may hold it: an apostrophe keeps a spreadsheet from running it."""
    return f"'{text}" if text.startswith(RUNS) else text


def _lines(sheet: Sheet) -> Iterable[Sequence[object]]:
    yield sheet.heads
    yield from sheet.rows
    if sheet.totals:
        yield sheet.totals


def _csv_value(value: object) -> object:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else value


def _look(book: xlsxwriter.Workbook, role: Role, **more):
    return book.add_format(
        {"valign": "top", **more, **({"num_format": FORMATS[role]} if role in FORMATS else {})}
    )


def _width(sheet: Sheet, column: int) -> int:
    texts = [str(row[column]) for row in sheet.rows[:200] if row[column] is not None]
    return min(max([len(sheet.heads[column]) // 2, 9, *map(len, texts)]) + 2, 60)


def _write(page, row: int, column: int, value: object, look) -> None:
    if value is None:
        page.write_blank(row, column, None, look)
    elif isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        page.write_string(row, column, value.isoformat() if isinstance(value, date) else str(value), look)
    elif abs(value) < 10**15:
        page.write_number(row, column, float(value), look)
    else:
        page.write_string(row, column, str(value), look)
