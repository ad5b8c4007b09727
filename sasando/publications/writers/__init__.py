"""What the writers share: their own words, paper sizes, column widths, and text that any format can hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sasando.publications.document import (
    CHAPTER,
    PICTURE,
    TABLE,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Table,
    word,
)

TEMPLATES = Path(__file__).parent / "templates"

# Width and height in millimetres. F4 is the Indonesian folio, B5 is ISO.
PAPERS = {"a4": (210, 297), "f4": (215, 330), "b5": (176, 250)}

WORDS = {
    "chapter": CHAPTER,
    "table": TABLE,
    "picture": PICTURE,
    "government": {"id": "Pemerintah", "en": "Government of"},
    "year": {"id": "Tahun", "en": "Year"},
    "source": {"id": "Sumber", "en": "Source"},
    "basis": {"id": "Dasar data", "en": "Basis"},
    "note": {"id": "Catatan", "en": "Note"},
    "empty": {"id": "Belum ada data.", "en": "No data yet."},
    "nip": {"id": "NIP.", "en": "NIP."},
    "page": {"id": "Halaman", "en": "Page"},
    "tables": {"id": "Daftar Tabel", "en": "List of tables"},
    "contents": {"id": "Daftar isi", "en": "Contents"},
    "title": {"id": "Judul", "en": "Title"},
    "emblem": {"id": "Lambang", "en": "Emblem of"},
    "untitled": {"id": "Tanpa judul", "en": "Untitled"},
    "skip": {"id": "Langsung ke isi", "en": "Skip to the text"},
}

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NARROW = frozenset("iljtfrI.,:;'|!()[]/ -")
_WIDE = frozenset("mwMW%@")


class WriterError(Exception):
    """A format can't hold this document (a broken picture, say); the message names what is in the way."""


def words(document: Document) -> dict[str, str]:
    """The writers' own words in the document's language."""
    return {key: word(forms, document.language) for key, forms in WORDS.items()}


def printable(text: object) -> str:
    """The text without control characters, which XML, PDF and spreadsheets refuse."""
    return _UNPRINTABLE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def image_kind(data: bytes) -> str:
    """`png`, `jpg` or `svg`, by the first bytes."""
    if data.startswith(b"\x89PNG"):
        return "png"
    if data.startswith(b"\xff\xd8"):
        return "jpg"
    if b"<svg" in data[:4096] or b"<svg" in data:
        return "svg"
    raise WriterError("a picture is neither SVG nor PNG nor JPEG")


def outline_levels(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, int]]:
    """Each block with the level of its heading (0 for others).

    No level is skipped on the way down, and a heading without words is left out: a tagged PDF allows neither.
    """
    previous = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block, 0
        elif printable(block.text).strip():
            previous = max(1, min(block.level, previous + 1, 4))
            yield block, previous


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head: `span` columns wide, `rows` rows high, over the columns from `start`."""

    text: str
    start: int
    span: int = 1
    rows: int = 1
    align: str = "center"


def head_rows(columns: tuple[Column, ...]) -> tuple[tuple[HeadCell, ...], ...]:
    """The head of a table: one row, or two where columns are grouped."""
    if not any(column.group for column in columns):
        return (tuple(HeadCell(column.label, index) for index, column in enumerate(columns)),)
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for index, column in enumerate(columns):
        if not column.group:
            upper.append(HeadCell(column.label, index, rows=2))
            continue
        lower.append(HeadCell(column.label, index))
        before = upper[-1] if upper else None
        if before and before.rows == 1 and before.text == column.group:
            upper[-1] = HeadCell(column.group, before.start, before.span + 1)
        else:
            upper.append(HeadCell(column.group, index))
    return tuple(upper), tuple(lower)


def fitted(row: tuple[Cell, ...], width: int) -> tuple[tuple[Cell, int, int], ...]:
    """The row's cells as (cell, first column, span), cut or filled up to exactly `width` columns."""
    found: list[tuple[Cell, int, int]] = []
    at = 0
    for cell in row:
        if at >= width:
            break
        span = max(1, min(cell.span, width - at))
        found.append((cell, at, span))
        at += span
    found.extend((Cell(""), column, 1) for column in range(at, width))
    return tuple(found)


def text_width(text: str) -> float:
    """The width of a line of serif text in em, roughly."""
    return sum(0.33 if c in _NARROW else 0.86 if c in _WIDE else 0.7 if c.isupper() else 0.52 for c in text)


def column_widths(table: Table, width: float) -> tuple[float, tuple[float, ...]]:
    """(size of the type in points, width of each column in mm) for a table that fills `width` mm.

    Columns of figures get what their longest figure needs, columns of words share what is left. The type
    shrinks, down to 6.5 points, before a word or a figure has to break.
    """
    count = len(table.columns)
    need, want = [0.0] * count, [0.0] * count
    for index, column in enumerate(table.columns):
        label = max((text_width(part) for part in re.split(r"[\s/]+", column.label)), default=0) * 1.08
        need[index] = label
        want[index] = max(label, min(text_width(column.label) * 1.08, 14 if column.align == "left" else 9))
    rows = (*table.rows, *((table.totals,) if table.totals else ()))
    for row in rows:
        for cell, index, span in fitted(row, count):
            if span > 1:
                continue
            lines = printable(cell.text).split("\n")
            full = max(text_width(line) for line in lines)
            longest = max(text_width(part) for line in lines for part in line.split(" "))
            if table.columns[index].align != "left" and full < 16:
                longest = full
            need[index] = max(need[index], longest)
            want[index] = max(want[index], min(full, 60))
    need = [min(n, 24) for n in need]
    want = [max(n, w) for n, w in zip(need, want, strict=True)]
    padding = 3.2
    size = 10.0
    while size > 6.5 and sum(n * size * 0.3528 + padding for n in need) > width:
        size -= 0.5
    least = [n * size * 0.3528 + padding for n in need]
    most = [w * size * 0.3528 + padding for w in want]
    if sum(least) >= width:
        return size, tuple(n * width / sum(least) for n in least)
    spare = width - sum(least)
    longing = [m - n for m, n in zip(most, least, strict=True)]
    if sum(longing) >= spare:
        return size, tuple(n + spare * w / sum(longing) for n, w in zip(least, longing, strict=True))
    rest = spare - sum(longing)
    share = [0.0 if c.align == "center" else m for c, m in zip(table.columns, most, strict=True)]
    share = share if any(share) else most
    return size, tuple(m + rest * s / sum(share) for m, s in zip(most, share, strict=True))


def under_table(table: Table, own_words: dict[str, str]) -> list[tuple[str, str]]:
    """What stands below a table, as (label, text): its source, its basis, its notes."""
    found = [(own_words["source"], table.source), (own_words["basis"], table.basis_label)]
    found += [(own_words["note"], note) for note in table.notes]
    return [(label, text) for label, text in found if text]
