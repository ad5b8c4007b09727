"""A list as a CSV file to take along, saying what it is, by which filter, of which day."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.text import slugify

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula."""


def harmless(value: object) -> object:
    """A text that a spreadsheet would run stays a text; null is an empty cell; all else as it is."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUNS) else value


def csv_response(
    name: str, *, notes: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """CSV in UTF-8 with its mark as a download. `notes` (title, filter, day) stand above the head row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([harmless(note)] for note in notes)
    writer.writerow([])
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([harmless(value) for value in row] for row in rows)
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
