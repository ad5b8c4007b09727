"""A list or table as a file to take along: CSV for programs, XLSX for people. Each says what it is, of which day.

A text that a spreadsheet would run as a formula stays a text in both.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula."""

FORMATS = {"count": "#,##0", "amount": '"Rp"#,##0', "percent": '0.00"%"', "number": "#,##0.##"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ONLY_TEXTS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options of a workbook in which a text is never anything else."""


@dataclass(frozen=True)
class Sheet:
    """What goes into a file: a title, lines that say what it is (filter, day, edition), heads, rows and a total.

    `kinds` has one word a column: count, amount, percent or number (see FORMATS); any other is text.
    """

    name: str
    title: str
    notes: Sequence[str]
    heads: Sequence[str]
    kinds: Sequence[str]
    rows: Sequence[Sequence[object]]
    totals: Sequence[object] | None = None


def response(sheet: Sheet, file_format: str) -> HttpResponse:
    """The file as a download."""
    content = as_csv(sheet) if file_format == "csv" else as_xlsx(sheet)
    return download(content, f"{slugify(sheet.name)}.{file_format}")


def download(content: bytes, name: str) -> HttpResponse:
    """A file to be kept, its type by its ending."""
    answer = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def csv_response(
    name: str, *, notes: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A list as CSV. `notes` (title, filter, day) stand above the head row."""
    title, *more = notes
    return response(Sheet(name, title, more, headings, [], list(rows)), "csv")


def as_csv(sheet: Sheet) -> bytes:
    """CSV in UTF-8 with its mark; a blank line stands between the notes and the head row."""
    text = io.StringIO(newline="")
    lines = [[sheet.title], *([note] for note in sheet.notes), [], sheet.heads, *sheet.rows]
    if sheet.totals:
        lines.append(sheet.totals)
    csv.writer(text).writerows([harmless(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: object) -> object:
    """A text that a spreadsheet would run gets an apostrophe; null is an empty cell; all else as it is."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUNS) else value


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook with one sheet: real numbers, texts only as texts, the head row staying in sight."""
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored, ONLY_TEXTS) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
        for line, note in enumerate(sheet.notes, 1):
            page.write_string(line, 0, note, book.add_format({"font_color": "#555555"}))
        top = len(sheet.notes) + 2
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for column, text in enumerate(sheet.heads):
            page.write_string(top, column, text, head)
            page.set_column(column, column, _width(sheet, column))
        plain = [_look(book, kind) for kind in sheet.kinds]
        strong = [_look(book, kind, bold=True, top=1) for kind in sheet.kinds]
        lines = [(plain, row) for row in sheet.rows] + [(strong, sheet.totals or ())]
        for number, (looks, row) in enumerate(lines, top + 1):
            for column, value in enumerate(row):
                _write(page, number, column, value, looks[column])
        page.freeze_panes(top + 1, 0)
    return stored.getvalue()


def _look(book: xlsxwriter.Workbook, kind: str, **more):
    number = {"num_format": FORMATS[kind]} if kind in FORMATS else {}
    return book.add_format({"valign": "top", **more, **number})


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
