"""What a printed cell is read as, by what its column holds. Nothing is guessed where the paper is silent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_noop

from sasando.lib.names import letters_only
from sasando.lib.numbers import (
    NotKnown,
    Number,
    Ordinal,
    Refused,
    guess_decimal_separator,
    parse_printed_number,
    round_half_up,
)
from sasando.statistics.models import CellState, ReportedKind
from sasando.statistics.results import ReportedCellView

LONGEST, LONGEST_COLUMN = 300, 60
LARGEST, PLACES = Decimal(10) ** 18, 6

TOO_LARGE = gettext_noop("The number is too large to be stored.")
NEGATIVE = gettext_noop("A count cannot be negative.")
NOT_MONEY = gettext_noop("The cell names a unit that is not money.")
TOO_LONG = gettext_noop("The cell is longer than 300 characters.")
NOT_STORABLE = gettext_noop("The cell holds characters that cannot be stored.")


class Holds(StrEnum):
    """What a column holds, and so how an ambiguous `1.234` in it is read."""

    LABEL = "label"
    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    MEASURE = "measure"
    GRADE = "grade"
    """A word of a scale."""


COLUMNS: Mapping[str, Mapping[str, Holds]] = {
    ReportedKind.INDICATORS: {
        "target": Holds.MEASURE,
        "realisation": Holds.MEASURE,
        "published_achievement": Holds.PERCENT,
        "published_scale": Holds.GRADE,
        "numerator": Holds.MEASURE,
        "denominator": Holds.MEASURE,
    },
    ReportedKind.BUDGET: {"pagu": Holds.MONEY, "realisasi": Holds.MONEY, "published_pct": Holds.PERCENT},
    ReportedKind.COUNTS: {"value": Holds.COUNT},
}
"""The columns of each kind that are not labels."""

_ORDINAL_KEY = re.compile(r"(^|_)(no|nomor|number|code|kode|parent|level|year|tahun)$")
_PERCENT_KEY = re.compile(r"percent|persen|pct|average|rata")
_MONEY_KEY = re.compile(r"_idr$|pagu|realisasi|anggaran|rupiah")


@dataclass(frozen=True)
class ReadTable:
    """A table as read: its column keys, and its rows of cells."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, ReportedCellView], ...]


def holds_by_key(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> Mapping[str, Holds]:
    """What the columns of a table of the book hold, from their keys and from what stands in them."""
    return {key: _holds(key, [row.get(key, "") for row in rows]) for key in columns}


def _holds(key: str, texts: Sequence[str]) -> Holds:
    if _ORDINAL_KEY.search(key):
        return Holds.LABEL
    read = [parse_printed_number(text) for text in texts]
    said = [cell for cell in read if not isinstance(cell, NotKnown)]
    numbers = sum(isinstance(cell, Number) for cell in said)
    if not said or numbers * 2 < len(said):
        return Holds.LABEL
    if _PERCENT_KEY.search(key):
        return Holds.PERCENT
    if _MONEY_KEY.search(key):
        return Holds.MONEY
    return Holds.MEASURE if any(_has_decimals(cell) for cell in said) else Holds.COUNT


def _has_decimals(cell: object) -> bool:
    return isinstance(cell, Number) and cell.value != cell.value.to_integral_value()


def read_table(
    rows: Sequence[Mapping[str, str]], columns: Sequence[str], holds: Mapping[str, Holds]
) -> ReadTable:
    """Every cell of a table: a number, an ordinal, not known, refused with its reason, or a label."""
    measures = [key for key in columns if holds.get(key, Holds.LABEL) not in (Holds.LABEL, Holds.GRADE)]
    decimal = {key: guess_decimal_separator(row.get(key, "") for row in rows) for key in measures}
    return ReadTable(
        tuple(columns),
        tuple(
            {
                key: read_cell(
                    row.get(key, ""), holds.get(key, Holds.LABEL), decimal.get(key, ","), row.get("unit", "")
                )
                for key in columns
            }
            for row in rows
        ),
    )


def read_cell(printed: str, holds: Holds, decimal: str = ",", unit: str = "") -> ReportedCellView:
    """Read one printed cell; the printed text stays as it is."""
    if reason := unstorable(printed):
        return ReportedCellView("", CellState.REFUSED, None, reason)
    if holds == Holds.LABEL:
        return ReportedCellView(printed, CellState.LABEL, None)
    parsed = parse_printed_number(printed, decimal)
    if holds == Holds.GRADE and not isinstance(parsed, NotKnown):
        return ReportedCellView(printed, CellState.ORDINAL, None)
    if isinstance(parsed, NotKnown):
        return ReportedCellView(printed, CellState.UNKNOWN, None, parsed.reason)
    if isinstance(parsed, Ordinal):
        return ReportedCellView(printed, CellState.ORDINAL, None)
    if isinstance(parsed, Refused):
        return ReportedCellView(printed, CellState.REFUSED, None, parsed.reason)
    if holds == Holds.MONEY and letters_only(parsed.unit) not in _OF_MONEY:
        return ReportedCellView(printed, CellState.REFUSED, None, NOT_MONEY)
    value = _as_column_says(printed, parsed.value, holds, unit)
    if holds == Holds.COUNT and value < 0:
        return ReportedCellView(printed, CellState.REFUSED, None, NEGATIVE)
    if abs(value) >= LARGEST:
        return ReportedCellView(printed, CellState.REFUSED, None, TOO_LARGE)
    kept = value if value.as_tuple().exponent >= -PLACES else round_half_up(value, PLACES)
    return ReportedCellView(printed, CellState.NUMBER, kept)


def unstorable(printed: str) -> str:
    """Why a cell cannot be kept as printed, in a database; empty where it can."""
    if len(printed) > LONGEST:
        return TOO_LONG
    if any((ord(sign) < 32 and sign not in "\t\n\r") or 0xD800 <= ord(sign) <= 0xDFFF for sign in printed):
        return NOT_STORABLE
    return ""


_OF_MONEY = ("", "rp", "rupiah", "idr")
_IN_PARTS = (
    *(
        "juta",
        "miliar",
        "milyar",
        "ribu",
        "rpjuta",
        "rpmiliar",
        "rpribu",
        "indeks",
        "index",
        "nilai",
        "skor",
        "poin",
    ),
    *(
        "point",
        "rasio",
        "ratio",
        "angka",
        "predikat",
        "level",
        "kg",
        "km",
        "ton",
        "ha",
        "hektar",
        "liter",
        "tahun",
    ),
)
"""Units that are measured in parts, where `1.234` may well be a decimal."""


def _as_column_says(printed: str, value: Decimal, holds: Holds, unit: str) -> Decimal:
    """Where one separator with three digits leaves two readings, the one that fits the column.

    Rupiah and heads have no third decimal, so `1.234` is a thousand; a percent is a decimal.
    """
    both = {
        cell.value
        for cell in (parse_printed_number(printed, "."), parse_printed_number(printed, ","))
        if isinstance(cell, Number)
    }
    if len(both) != 2:
        return value
    in_percent = holds == Holds.PERCENT or "%" in unit or letters_only(unit) in ("persen", "percent")
    if in_percent:
        return min(both, key=abs)
    said = letters_only(unit)
    whole = holds in (Holds.MONEY, Holds.COUNT) or (holds == Holds.MEASURE and said)
    return value if not whole or said.startswith(_IN_PARTS) else max(both, key=abs)


def states(rows: Iterable[Mapping[str, ReportedCellView]]) -> dict[str, int]:
    """How many cells ended as number, ordinal, not known and refused; labels are not counted."""
    counts = {str(state): 0 for state in CellState if state != CellState.LABEL}
    for row in rows:
        for cell in row.values():
            if cell.state != CellState.LABEL:
                counts[str(cell.state)] += 1
    return counts
