"""The rows of a CSV, XLSX, XLS or ODS file an office loads, with the header row found under titles."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sasando.lib.errors import ReasonedError, gettext_noop
from sasando.lib.workbooks import DamagedError, ProtectedError, TooLargeError, WorkbookError, read_sheets

Cell = str | int | float
"""A cell as stripped text (blank "", dates ISO, truth TRUE/FALSE); a workbook's number stays a number."""

HEADER_WITHIN = 30
"""Rows from the top among which the header row is looked for."""

EMPTY = gettext_noop("%(name)s is empty.")
NOT_A_SPREADSHEET = gettext_noop("%(name)s is not a spreadsheet; save it as XLSX, XLS, ODS or CSV.")


class SheetError(ReasonedError):
    """A file that is no spreadsheet or has none of the headers looked for; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read.

    `headers` are as printed. `rows` are the rows below it that are not blank, at least as long as the
    headers; `row_numbers` are their numbers as the office's spreadsheet program shows them. `fields` is the
    column position of each wanted field that was found. `sheet_name` is None for CSV; `encoding` and
    `delimiter` are None for workbooks.
    """

    headers: list[str]
    rows: list[list[Cell]]
    row_numbers: list[int]
    fields: dict[str, int]
    sheet_name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def records(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Each row's number and its cells by wanted field; the other columns by their printed header, the
        first of equal ones.
        """
        columns = dict(self.fields)
        for position, header in enumerate(self.headers):
            if header and position not in self.fields.values():
                columns.setdefault(header, position)
        for number, row in zip(self.row_numbers, self.rows, strict=True):
            yield number, {key: row[position] for key, position in columns.items()}


def normalise_header(text: object) -> str:
    """A header for comparing, letters and digits in lower case: `No._KK ` and `NO KK` are both `no kk`."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", str(text)).lower()))


def read_rows(
    source: Path | str | bytes,
    name: str,
    wanted: Mapping[str, Iterable[str]] | None = None,
    sheet: str | None = None,
) -> Sheet:
    """Read a file, a path or its bytes, as what its content says it is; `name` is only for the sentences.

    `wanted` maps a field to the headers it may stand under, compared by `normalise_header`; the field's own
    name always counts. The header row is the one of the first `HEADER_WITHIN` rows with most fields, and a
    workbook's sheet the one with most fields, visible ones first. Without `wanted` it is the first row more
    than half as full as the fullest. `sheet` names the sheet to read. Two-row headers are not joined.

    CSV is UTF-8, UTF-16 with its mark, or else Windows-1252; the delimiter is the one of comma, semicolon
    and tab that finds most fields, then most rows of equal width.

    Raises SheetError, and nothing else: no such file, empty, not a spreadsheet, damaged, protected, too
    large, no such sheet, no header found.
    """
    aliases = {
        field: {normalise_header(alias) for alias in [field, *others]} - {""}
        for field, others in (wanted or {}).items()
    }
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except (OSError, ValueError) as error:
        raise SheetError(gettext_noop("%(name)s cannot be opened."), name=name) from error
    if not data.strip():
        raise SheetError(EMPTY, name=name)
    is_workbook = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    best = max(
        (
            (_find_header(grid, aliases), grid, where)
            for grid, where in (_workbook(data, name, sheet) if is_workbook else [_csv(data, name, aliases)])
        ),
        key=lambda found: found[0][0],
        default=None,
    )
    if best is None:
        raise SheetError(gettext_noop("%(name)s has no sheet with cells in it."), name=name)
    (rank, at, fields), grid, where = best
    if aliases and not rank[0]:
        raise SheetError(
            gettext_noop(
                "None of the first %(count)s rows of %(name)s has the headers looked for: %(wanted)s."
            ),
            count=HEADER_WITHIN,
            name=name,
            wanted=", ".join(aliases),
        )
    headers = [str(cell) for cell in grid[at]]
    while headers and not headers[-1]:
        headers.pop()
    filled = [(i + 1, row) for i, row in enumerate(grid) if i > at and any(cell != "" for cell in row)]
    rows = [row + [""] * (len(headers) - len(row)) for _, row in filled]
    return Sheet(headers, rows, [number for number, _ in filled], fields, **where)


Rank = tuple[int, int, int]


def _find_header(grid: list[list[Cell]], aliases: Mapping[str, set[str]]) -> tuple[Rank, int, dict[str, int]]:
    """A grid's fit (fields found, rows of equal width, that width), its header row's position and fields."""
    top = grid[:HEADER_WITHIN]
    widths = [sum(cell != "" for cell in row) for row in top]
    usual = max(set(widths), key=lambda width: (width > 1, widths.count(width), width))
    at, fields = next(i for i, width in enumerate(widths) if width * 2 > max(widths) or not any(widths)), {}
    for i, row in enumerate(top if aliases else []):
        texts = [normalise_header(cell) for cell in row]
        positions = (
            (field, [texts.index(a) for a in names if a in texts]) for field, names in aliases.items()
        )
        found = {field: min(at_columns) for field, at_columns in positions if at_columns}
        if len(found) > len(fields):
            at, fields = i, found
    return (len(fields), widths.count(usual) if usual > 1 else 0, usual), at, fields


def _csv(data: bytes, name: str, aliases: Mapping[str, set[str]]) -> tuple[list[list[Cell]], dict]:
    marks = {b"\xef\xbb\xbf": ["utf-8-sig"], b"\xff\xfe": ["utf-16"], b"\xfe\xff": ["utf-16"]}
    for encoding in next((e for mark, e in marks.items() if data.startswith(mark)), ["utf-8", "cp1252"]):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = "\0"
    if not re.search(r"[^\s,;\"]", text):
        raise SheetError(EMPTY, name=name)
    if re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text):
        raise SheetError(NOT_A_SPREADSHEET, name=name)
    if re.match(r"\s*<(?:!doctype|html|table|\?xml)", text, re.IGNORECASE):
        raise SheetError(
            gettext_noop(
                "%(name)s is a web page with the name of a spreadsheet; open it in a spreadsheet program"
                " and save it as XLSX."
            ),
            name=name,
        )

    def cells(delimiter: str) -> Iterator[list[Cell]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return ([cell.strip() for cell in row] for row in reader)

    try:
        delimiter = max(",;\t", key=lambda d: _find_header(list(islice(cells(d), HEADER_WITHIN)), aliases)[0])
        grid = list(cells(delimiter))
    except csv.Error as error:
        raise SheetError(NOT_A_SPREADSHEET, name=name) from error
    return grid, {"encoding": encoding, "delimiter": delimiter}


def _text_or_number(value: object) -> Cell:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    return str(value).translate(_NO_TEXT).strip()


_NO_TEXT = dict.fromkeys((*range(9), *range(14, 32)), None)
"""Control characters, which a cell may hold (`_x0000_`) and no database stores."""


def _workbook(data: bytes, name: str, wanted_sheet: str | None) -> Iterator[tuple[list[list[Cell]], dict]]:
    try:
        sheets = read_sheets(data)
    except WorkbookError as error:
        raise SheetError(REFUSALS[type(error)], name=name) from error
    if wanted_sheet is not None:
        sheets = [sheet for sheet in sheets if sheet[0] == wanted_sheet]
        if not sheets:
            raise SheetError(
                gettext_noop("%(name)s has no sheet called %(sheet)s."), name=name, sheet=wanted_sheet
            )
    for sheet_name, rows in sheets:
        grid = [[_text_or_number(value) for value in row] for row in rows]
        if any(cell != "" for row in grid for cell in row):
            yield grid, {"sheet_name": sheet_name}


REFUSALS: dict[type[WorkbookError], str] = {
    ProtectedError: gettext_noop("%(name)s is protected by a password; save it without one."),
    DamagedError: gettext_noop(
        "%(name)s is damaged or not a spreadsheet; open it in a spreadsheet program and save it anew."
    ),
    TooLargeError: gettext_noop(
        "%(name)s is too large; delete empty formatted rows and columns outside the table, or split the file."
    ),
}
