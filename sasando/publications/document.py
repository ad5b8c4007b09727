"""The one document model of a printed work: what the text says, never how a format draws it.

A book, a report or a summary is a `Document` of blocks. Three writers read it (`writers.html`, `writers.pdf`,
`writers.docx`), a fourth takes its tables (`writers.xlsx`). Every number arrives here already formatted:
`Cell.text` and `Run.text` are what is printed, `Cell.value` is the same number for a machine.

A newline inside a text is a line break. Texts are plain: no writer reads markup in them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Value = int | float | Decimal | date | str | None
Align = Literal["left", "center", "right"]
Paper = Literal["a4", "f4", "b5"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style: a named figure by `figure_id`, a mention of a table by `reference`."""

    text: str
    bold: bool = False
    italic: bool = False
    figure_id: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 is a chapter. `number` is the whole label (`BAB I`, `A.`); `numbered=False` never gets one."""

    level: int
    text: str
    number: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list whose items are blocks, so lists nest. `start` is the first number of an ordered list."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]
    start: int = 1

    def __post_init__(self) -> None:
        for block in (block for item in self.items for block in item):
            if not isinstance(block, Paragraph | ListBlock | Table | Picture | Signature):
                raise ValueError(f"a list can't hold a {type(block).__name__}")


@dataclass(frozen=True, slots=True)
class Column:
    """Neighbouring columns with the same `group` share one head cell above their own labels."""

    key: str
    label: str
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` is printed, `value` is the same for a machine; `span` counts the columns the cell covers.

    A cell with `figure_id` is where that figure is explained (an annex row): its mentions in the text lead
    there.
    """

    text: str
    value: Value = None
    span: int = 1
    figure_id: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures. Without a caption it is neither numbered nor listed."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    source: str = ""
    notes: tuple[str, ...] = ()
    basis_label: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"the table {self.id!r} has no columns")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, map, organisation chart (SVG) or photograph (PNG, JPEG). `alt` says in words what it shows."""

    svg: bytes
    alt: str
    caption: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing block: place and date, post, room for stamp and signature, name, rank, NIP."""

    place_and_date: str
    post: str
    office: str
    name: str
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


@dataclass(frozen=True, slots=True)
class Contents:
    title: str


@dataclass(frozen=True, slots=True)
class ListOfTables:
    title: str


@dataclass(frozen=True, slots=True)
class ListOfPictures:
    title: str


Block = (
    Heading
    | Paragraph
    | ListBlock
    | Table
    | Picture
    | Signature
    | PageBreak
    | Contents
    | ListOfTables
    | ListOfPictures
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole work. `front` has Roman page numbers, `body` Arabic ones from 1.

    `timestamp` is the moment the edition was made; writers use it wherever a format wants a date, so equal
    documents give equal bytes. `notice` ("DRAF", "DATA CONTOH ...") stands on every page. `emblem` is the
    regency's, as SVG, PNG or JPEG, supplied by the office.
    """

    title: str
    office: str
    regency: str
    year: int
    timestamp: datetime
    subtitle: str = ""
    language: str = "id"
    edition_label: str = ""
    header: str = ""
    notice: str = ""
    emblem: bytes | None = None
    paper: Paper = "a4"
    front: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()


CHAPTER = {"id": "BAB", "en": "CHAPTER"}
TABLE = {"id": "Tabel", "en": "Table"}
PICTURE = {"id": "Gambar", "en": "Figure"}


def word(words: Mapping[str, str], language: str) -> str:
    """The word in the document's language; Indonesian where it has none."""
    return words.get(language.split("-")[0].lower(), words["id"])


def roman(number: int) -> str:
    """4 -> "IV". Positive numbers below 4000."""
    if not 0 < number < 4000:
        raise ValueError(f"no Roman numeral for {number}")
    parts = []
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


def letters(number: int) -> str:
    """1 -> "A", 26 -> "Z", 27 -> "AA"."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside lists too."""
    for block in blocks:
        yield block
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from walk(item)


def tables(document: Document) -> tuple[Table, ...]:
    """The tables of the work in reading order."""
    return tuple(b for b in walk((*document.front, *document.body)) if isinstance(b, Table))


def numbered(document: Document) -> Document:
    """The document with chapters, headings, tables and pictures numbered, and references to tables resolved.

    Chapters of the body count `BAB I`, their sections `A.`, `1.`, `a.`; the front matter's headings carry
    no number. Tables and pictures count through the whole work. A number that is already set stays, and
    counting goes on from it, so numbering twice changes nothing. A reference to a table the work doesn't
    hold raises `KeyError`.
    """
    numbers = _Numbers(document.language)
    front = tuple(numbers.block(block, body=False) for block in document.front)
    body = tuple(numbers.block(block, body=True) for block in document.body)
    labels = {
        table.id: f"{word(TABLE, document.language)}\N{NO-BREAK SPACE}{table.number}"
        for table in tables(replace(document, front=front, body=body))
        if table.number
    }

    def resolve(paragraph: Paragraph) -> Paragraph:
        return Paragraph(
            tuple(
                replace(run, text=labels[run.reference]) if run.reference else run for run in paragraph.runs
            )
        )

    return replace(
        document,
        front=tuple(_map_paragraphs(block, resolve) for block in front),
        body=tuple(_map_paragraphs(block, resolve) for block in body),
    )


def _map_paragraphs(block: Block, change: Callable[[Paragraph], Paragraph]) -> Block:
    if isinstance(block, Paragraph):
        return change(block)
    if isinstance(block, ListBlock):
        items = tuple(tuple(_map_paragraphs(part, change) for part in item) for item in block.items)
        return replace(block, items=items)
    return block


class _Numbers:
    """The running numbers of one work."""

    def __init__(self, language: str):
        self.language = language
        self.headings = [0, 0, 0, 0]
        self.tables = 0
        self.pictures = 0

    def block(self, block: Block, *, body: bool) -> Block:
        match block:
            case Heading():
                return self.heading(block) if body else block
            case Table(caption=caption) if caption:
                self.tables, number = _next(self.tables, block.number)
                return replace(block, number=number)
            case Picture(caption=caption) if caption:
                self.pictures, number = _next(self.pictures, block.number)
                return replace(block, number=number)
            case ListBlock():
                items = tuple(tuple(self.block(part, body=body) for part in item) for item in block.items)
                return replace(block, items=items)
        return block

    def heading(self, heading: Heading) -> Heading:
        depth = min(max(heading.level, 1), len(self.headings))
        for deeper in range(depth, len(self.headings)):
            self.headings[deeper] = 0
        if not heading.numbered:
            return heading
        self.headings[depth - 1] += 1
        count = self.headings[depth - 1]
        if heading.number:
            return heading
        label = {
            1: lambda: f"{word(CHAPTER, self.language)} {roman(count)}",
            2: lambda: f"{letters(count)}.",
            3: lambda: f"{count}.",
            4: lambda: f"{letters(count).lower()}.",
        }[depth]()
        return replace(heading, number=label)


def _next(count: int, given: str) -> tuple[int, str]:
    if not given:
        return count + 1, str(count + 1)
    return (int(given) if given.isdecimal() else count), given
