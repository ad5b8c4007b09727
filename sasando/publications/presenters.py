"""Tables and figures of a year as they are printed: in words, in the language of the book, for its audience.

A null prints a dash and a note says that the dash is no zero. A sensitive table leaves the office with its total only.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from sasando.lib.money import number, percent_text, rupiah
from sasando.lib.numbers import percent
from sasando.publications.document import Align, Cell, Column, Table
from sasando.publications.models import Audience
from sasando.statistics.results import (
    Basis,
    FigureValue,
    Role,
    Sensitivity,
    TableColumn,
    TableResult,
    Value,
)

DASH = "–"
NOTE_KEY = "note"
"""Key of the column that holds a remark to its row."""

BASIS_WORDS = {
    Basis.RECORDS: {"id": "dihitung dari catatan", "en": "counted from records"},
    Basis.REPORTED: {"id": "dilaporkan sebagai rekapitulasi", "en": "reported as totals"},
    Basis.MANUAL: {"id": "diisi dengan alasan tertulis", "en": "typed with a written reason"},
}
NUMBER = {"id": "No", "en": "No"}
TOTAL = {"id": "Jumlah", "en": "Total"}
MEAN = {"id": "Rata-rata", "en": "Mean"}
YEAR = {"id": "Tahun", "en": "in"}
UNKNOWN = {"id": "belum diketahui", "en": "not yet known"}
WITHHELD_ROWS = {"id": "Rincian tidak dimuat", "en": "Rows withheld"}
WITHHELD_NOTE = {
    "id": "Rincian tabel ini hanya dimuat dalam edisi internal, demi perlindungan orang yang bersangkutan; "
    "yang disajikan di sini jumlah seluruh kabupaten.",
    "en": "The rows of this table stand in the internal edition only, to protect the persons concerned; "
    "given here is the total of the whole regency.",
}
DASH_NOTE = {
    "id": "Tanda “–” berarti tidak diketahui atau tidak diisi, bukan nol.",
    "en": "“–” means not known or left blank, not zero.",
}

GROUPS = {
    "male": {"id": "Jenis Kelamin", "en": "Sex"},
    "female": {"id": "Jenis Kelamin", "en": "Sex"},
    "grade_": {"id": "Golongan", "en": "Grade"},
    "edu_": {"id": "Pendidikan Terakhir", "en": "Last education"},
}
"""Head cells above neighbouring columns, by key or by the beginning of a key."""

SHORT = {
    "male": {"id": "L", "en": "M"},
    "female": {"id": "P", "en": "F"},
    "grade_iv": {"id": "IV", "en": "IV"},
    "grade_iii": {"id": "III", "en": "III"},
    "grade_ii": {"id": "II", "en": "II"},
    "grade_i": {"id": "I", "en": "I"},
}
"""Shorter labels for columns that stand under a head cell of GROUPS."""

WORDS = {
    ("kind", "contract"): {"id": "Tenaga kontrak daerah", "en": "Contract staff"},
    ("kind", "pkh_facilitator"): {"id": "Pendamping sosial PKH", "en": "PKH facilitator"},
    ("kind", "social_worker"): {"id": "Pekerja sosial", "en": "Social worker"},
    ("kind", "tagana"): {"id": "Relawan bencana", "en": "Disaster volunteer"},
    ("kind", "tksk"): {"id": "Tenaga kesejahteraan sosial kecamatan", "en": "District social worker"},
    ("kind", "desa"): {"id": "Desa", "en": "Desa"},
    ("kind", "kelurahan"): {"id": "Kelurahan", "en": "Kelurahan"},
    ("direction", "higher"): {"id": "naik", "en": "up"},
    ("direction", "lower"): {"id": "turun", "en": "down"},
}
"""What a code in a cell is called in print."""


def of(words: Mapping[str, str], language: str) -> str:
    """The word in the language, Indonesian where it has none."""
    return words.get("en" if language.startswith("en") else "id") or words.get("id", "")


def is_withheld(table: TableResult, audience: str) -> bool:
    """Whether the audience gets the total only."""
    return audience == Audience.PUBLIC and table.sensitivity == Sensitivity.SENSITIVE


def figure_text(figure: FigureValue, language: str = "id") -> str:
    """The figure as it stands in a sentence: `11.731`, `Rp12.157.475.000`, `51,96%`; in words where it is not known."""
    if figure.value is None:
        return of(UNKNOWN, language)
    if figure.unit == "IDR":
        return rupiah(int(figure.value), language)
    if figure.unit in ("%", "percent"):
        return percent_text(figure.value, language)
    return number(plain(figure.value), language)


def share_text(part: FigureValue, whole: FigureValue, language: str = "id") -> str:
    """How much of one figure another is, in percent, half-up; in words where it cannot be known."""
    share = percent(part.value, whole.value)
    return of(UNKNOWN, language) if share is None else percent_text(share, language)


def plain(value: int | Decimal) -> int | Decimal:
    """A number without trailing zeros, whole where it is whole: 3.8900 is 3.89, 300.00 is 300."""
    if isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else Decimal(f"{value.normalize():f}")


def cell_of(column: TableColumn, value: Value, language: str = "id") -> Cell:
    """One cell, printed as its column says."""
    if value is None or value == "":
        return Cell(DASH, None)
    if isinstance(value, str):
        words = WORDS.get((column.key, value))
        return Cell(of(words, language) if words else value, value)
    value = plain(value)
    if column.role == Role.AMOUNT:
        return Cell(rupiah(int(value), language), int(value))
    if column.role == Role.PERCENT:
        return Cell(percent_text(value, language), value)
    return Cell(number(value, language), value)


def table_of(
    table: TableResult, *, year: int, office: str, audience: str = "internal", language: str = "id"
) -> Table:
    """The table of the book: numbered rows, equal neighbours printed once, total, source, basis, notes."""
    title = of(table.title, language)
    withheld = is_withheld(table, audience)
    numbered = not any(column.role == Role.ORDINAL for column in table.columns) and not _is_tree(table)
    kept = tuple(column for column in table.columns if column.key not in ("parent", NOTE_KEY))
    columns = _columns(kept, language)
    if numbered:
        columns = (Column("#", of(NUMBER, language), "center"), *columns)
    if withheld:
        rows: tuple[tuple[Cell, ...], ...] = ((Cell(of(WITHHELD_ROWS, language), span=len(columns)),),)
    else:
        rows = tuple(_rows(table, kept, numbered, language))
    notes = [of(WITHHELD_NOTE, language)] if withheld else []
    if not withheld and any(
        row.get(column.key) is None for row in table.rows for column in kept if column.role != Role.LABEL
    ):
        notes.append(of(DASH_NOTE, language))
    if not withheld:
        notes.extend(_remarks(table))
    return Table(
        id=table.id,
        caption=title if str(year) in title else f"{title} {of(YEAR, language)} {year}",
        columns=columns,
        rows=rows,
        totals=_totals(table, kept, numbered, language),
        source=f"{office}, {year}" + (f" ({table.source})" if table.source else ""),
        notes=tuple(notes),
        basis_label=of(BASIS_WORDS[table.basis], language),
    )


def _remarks(table: TableResult) -> list[str]:
    """The remarks to single rows, which stand below the table and leave its columns to the figures."""
    if NOTE_KEY not in {column.key for column in table.columns}:
        return []
    names = [column.key for column in table.columns if column.role == Role.LABEL and column.key != NOTE_KEY]
    return [
        f"{next((row[key] for key in names if row.get(key)), DASH)}: {row[NOTE_KEY]}"
        for row in table.rows
        if row.get(NOTE_KEY)
    ]


def _is_tree(table: TableResult) -> bool:
    return {"code", "parent"} <= {column.key for column in table.columns}


def without_unit(label: str) -> str:
    """`Pagu (Rp)` -> `Pagu`: the cells carry their unit."""
    return label.removesuffix(" (Rp)").removesuffix(" (%)")


def _columns(columns: Sequence[TableColumn], language: str) -> tuple[Column, ...]:
    titles = [of(column.title, language) for column in columns]
    short = [without_unit(title) for title in titles]
    return tuple(
        _column(column, name if short.count(name) == 1 else title, language)
        for column, title, name in zip(columns, titles, short, strict=True)
    )


def _column(column: TableColumn, label: str, language: str) -> Column:
    group = next(
        (of(words, language) for key, words in GROUPS.items() if _belongs(column.key, key)),
        "",
    )
    if group and column.key in SHORT:
        label = of(SHORT[column.key], language)
    align: Align = {Role.LABEL: "left", Role.ORDINAL: "center"}.get(column.role, "right")
    return Column(column.key, label, align, group)


def _belongs(key: str, group: str) -> bool:
    return key.startswith(group) if group.endswith("_") else key == group


def _rows(table: TableResult, columns: Sequence[TableColumn], numbered: bool, language: str):
    """The rows; where the first of several labels repeats, it is printed once and its rows count as one."""
    labels = [column.key for column in columns if column.role == Role.LABEL]
    first = labels[0] if len(labels) > 1 else None
    leading = next((column.key for column in columns if column.role == Role.ORDINAL), None)
    grouped = {first} if first and table.rows and _repeats(table, first) else set()
    if columns and columns[0].key == leading and _repeats(table, leading):
        grouped.add(leading)
    count, before = 0, object()
    for row in table.rows:
        key = tuple(row.get(each) for each in sorted(grouped)) if grouped else object()
        same = key == before
        before = key
        count += not same
        cells = []
        for column in columns:
            cell = cell_of(column, row.get(column.key), language)
            cells.append(Cell("", cell.value) if same and column.key in grouped else cell)
        yield (Cell("" if same else f"{count}.", count), *cells) if numbered else tuple(cells)


def _repeats(table: TableResult, key: str) -> bool:
    values = [row.get(key) for row in table.rows]
    return any(one is not None and one == other for one, other in pairwise(values))


def _totals(
    table: TableResult, columns: Sequence[TableColumn], numbered: bool, language: str
) -> tuple[Cell, ...] | None:
    known = {key for key, value in table.totals.items() if value is not None}
    if not known & {column.key for column in columns}:
        return None
    summed = [
        column for column in columns if column.key in known and column.role in (Role.COUNT, Role.AMOUNT)
    ]
    lead = next(index for index, column in enumerate(columns) if column.key in known)
    word = of(TOTAL if summed else MEAN, language)
    span = lead + numbered
    cells = [Cell(word, span=span)] if span else []
    for column in columns[lead:]:
        value = table.totals.get(column.key)
        cells.append(cell_of(column, value, language) if value is not None else Cell(""))
    return tuple(cells)
