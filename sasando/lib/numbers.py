"""Numbers as the office computes them and as its papers print them.

Rounding is half-up (away from zero), which reproduces every percent of the yearly profile's budget tables;
the half-even rounding of Python and of spreadsheets' "banker's" mode does not.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sasando.lib.errors import gettext_noop

Separator = Literal[",", "."]
Exact = int | Decimal | Fraction


def _with_places(scaled: Fraction, places: int, half: Fraction) -> Decimal:
    """`scaled` / 10**places with exactly that many places, cut after adding `half` to its magnitude."""
    whole = math.floor(abs(scaled) + half)
    return Decimal((int(scaled < 0 < whole), tuple(map(int, str(whole))), -places))


def round_half_up(value: Exact | float, places: int = 0) -> Decimal:
    """`value` rounded half-up, away from zero, to `places` (0 or more) decimals.

    Exact for int, Decimal and Fraction of any size; a float counts as the decimal it prints (2.675 ->
    2.68). Raises ValueError for NaN and infinity. Source: percents of the profile's budget tables
    (Permendagri 13/2006 reports).
    """
    return _with_places(Fraction(str(value)) * 10**places, places, Fraction(1, 2))


def _percent(numerator: Exact | None, denominator: Exact | None, half: Fraction) -> Decimal | None:
    if numerator is None or not denominator:
        return None
    return _with_places(Fraction(numerator) / Fraction(denominator) * 10**4, 2, half)


def percent(numerator: Exact | None, denominator: Exact | None) -> Decimal | None:
    """The share in percent, half-up to two decimals: percent(11731, 22579) is 51.96.

    None when the numerator is not known, or the denominator is 0 or not known: a share of nothing is not a
    number. Source: realisation and achievement tables of the performance report (SAKIP).
    """
    return _percent(numerator, denominator, Fraction(1, 2))


def percent_truncated(numerator: Exact | None, denominator: Exact | None) -> Decimal | None:
    """As `percent`, but cut after two decimals: percent_truncated(11731, 22579) is 51.95.

    Only for explaining a printed figure whose author cut instead of rounding; never for a figure of our own.
    """
    return _percent(numerator, denominator, Fraction(0))


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that holds a number. `unit` is what follows it as printed (`Orang`, `KPM`), `Rp` for money, `%`,
    or empty.

    `51,95%` has the value 51.95 and the unit `%`.
    """

    printed: str
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A cell that holds a grade or word instead of a number: a target such as `B`, `AA`, `WTP`, `Baik`."""

    printed: str
    value: str


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A cell that says nothing: blank, dash, `n/a`, cut off. Never to be counted as zero."""

    printed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell with digits that allow no one reading; a person must look at the paper."""

    printed: str
    reason: str


LARGEST = Decimal(10) ** 18
"""From here on a number is none that an office has; what is below, a database holds and arithmetic keeps exact."""

BLANK = gettext_noop("The cell is blank or holds only a dash or another mark.")
SAYS_NOT_KNOWN = gettext_noop("The cell says that the number is not known.")
CUT_OFF = gettext_noop("The cell is cut off on the paper.")
SHEET_ERROR = gettext_noop("The cell holds an error of the spreadsheet.")
NOT_ONE_NUMBER = gettext_noop("The cell mixes digits with other text, or holds more than one number.")
TOO_LONG = gettext_noop("The number has more digits than any number of an office.")
CONTRADICTORY = gettext_noop("The points and commas of the number contradict each other.")

_ZERO_WORDS = {"nihil", "nol"}
_NOT_KNOWN_WORDS = {
    *("na", "n/a", "n.a", "n.a.", "nan", "null", "none", "unknown", "not known", "rp", "rp.", "idr"),
    *("tad", "t.a.d", "t.a.d.", "kosong", "tidak ada", "tidak ada data", "belum ada data"),
    *("tidak diketahui", "tidak tersedia"),
}
_CUT_OFF = re.compile(r"cut off|terpotong|tidak terbaca", re.IGNORECASE)
_SCALE = {
    **dict.fromkeys(("ribu", "rb"), 10**3),
    **dict.fromkeys(("juta", "jt", "million"), 10**6),
    **dict.fromkeys(("miliar", "milyar", "billion"), 10**9),
    **dict.fromkeys(("triliun", "trilyun", "trillion"), 10**12),
}
_PRINTED = re.compile(
    r"""(?P<open>\()? \s* (?P<minus>[-−–]?) \s*
        (?P<rupiah>(?:rp|idr)\.?)? \s* (?P<minus_after>[-−]?) \s*
        (?P<digits>(?:[1-9][0-9]{0,2}(?:[ ][0-9]{3})+(?![0-9])|[0-9]+)(?:[.,][0-9]+)*)
        (?:[.,]?\s?[-–—=]+|[.,]+)? \s*              # the closing ,- or .- of an amount of money
        (?P<unit>%|k?m[23]|[^\W\d_][^\d]*?|%\s*[^\W\d_]*)? [.]? \s* (?P<close>\))?""",
    re.VERBOSE | re.IGNORECASE,
)
_READING = {
    decimal: re.compile(
        rf"([0-9]+|[1-9][0-9]{{0,2}}(?:{re.escape(thousands)}[0-9]{{3}})+)(?:{re.escape(decimal)}([0-9]+))?"
    )
    for decimal, thousands in ((",", "."), (".", ","))
}


def _tidy(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _readings(match: re.Match) -> dict[str, Decimal]:
    """The values (none, one or two) the matched digits may have, by the decimal separator each supposes."""
    digits = match["digits"].replace(" ", "")
    readings = {
        decimal: Decimal(re.sub("[.,]", "", found[1]) + "." + (found[2] or "0"))
        for decimal, pattern in _READING.items()
        if (found := pattern.fullmatch(digits))
    }
    if len(set(readings.values())) == 2:
        separator = re.search("[.,]", digits)[0]
        unit = (match["unit"] or "").casefold().partition(" ")[0]
        if unit.startswith(("%", "persen")) or unit in _SCALE:
            return {separator: readings[separator]}
        if match["rupiah"]:
            del readings[separator]
    return readings


def guess_decimal_separator(cells: Iterable[object]) -> Separator:
    """The decimal separator of a column of printed cells, as most of its unambiguous cells have it.

    `51,95`, `12.157.475.000`, `Rp 500.000` speak for the comma; `3.89`, `29,526,875,000`, `Rp 500,000` for
    the point. A cell like `1.234` or a whole number says nothing. The comma (Indonesian spelling, EYD) wins
    a draw and an empty column.
    """
    votes = {",": 0, ".": 0}
    for cell in cells:
        match = _PRINTED.fullmatch(_tidy(cell)) if isinstance(cell, str) else None
        readings = _readings(match) if match else {}
        if len(readings) == 1:
            votes[next(iter(readings))] += 1
    return "." if votes["."] > votes[","] else ","


def parse_printed_number(
    cell: object, decimal: Separator | None = None
) -> Number | Ordinal | NotKnown | Refused:
    """Read one printed cell (text, or a typed number from a spreadsheet). Never raises.

    A file may mix `51,95%` and `1.33`; each cell is read alone, and where its own points and commas allow
    only one reading, that one holds whatever `decimal` says: `12.157.475.000`, `29,526,875,000`, `3.89`,
    `0.123`, `1.234,5`.

    Ambiguous is only one separator followed by exactly three digits, `1.234` or `1,234`. In money it
    separates thousands, since rupiah have no third decimal; in a percent, or before `juta`,
    `miliar` and the like, it is a decimal; otherwise `decimal` decides (see `guess_decimal_separator`), by
    default the Indonesian comma: `1.234` is 1234 and `1,234` is 1.234.

    Brackets around a number are the accounts' minus. `ribu`, `juta`, `miliar`, `triliun` multiply. `Nihil`
    is a stated zero; a dash, a blank, `n/a`, `(cut off)`, `?`, `#REF!` are NotKnown. Words are Ordinal.
    Everything else is Refused.
    """
    printed = _tidy(cell)
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        if not Decimal(cell).is_finite():
            return NotKnown(printed, SHEET_ERROR)
        if abs(cell) >= LARGEST:
            return Refused(printed, TOO_LONG)
        return Number(printed, Decimal(int(cell)) if cell == int(cell) else Decimal(printed))
    word = printed.casefold()
    if printed.startswith("#"):
        return NotKnown(printed, SHEET_ERROR)
    if not any(map(str.isalnum, printed)):
        return NotKnown(printed, BLANK)
    if _CUT_OFF.search(printed):
        return NotKnown(printed, CUT_OFF)
    if word.strip("()[] -–") in _NOT_KNOWN_WORDS:
        return NotKnown(printed, SAYS_NOT_KNOWN)
    if word in _ZERO_WORDS:
        return Number(printed, Decimal(0))
    if not any(map(str.isnumeric, printed)):
        return NotKnown(printed, SAYS_NOT_KNOWN) if printed.startswith("(") else Ordinal(printed, printed)

    match = _PRINTED.fullmatch(printed)
    if not match or bool(match["open"]) != bool(match["close"]):
        return Refused(printed, NOT_ONE_NUMBER)
    readings = _readings(match)
    if not readings:
        return Refused(printed, CONTRADICTORY)
    value = readings.get(decimal or ",", next(iter(readings.values())))
    unit = (match["unit"] or "").strip()
    first, _, rest = unit.partition(" ")
    if scale := _SCALE.get(first.casefold()):
        value, unit = value * scale, rest
    if value >= LARGEST:
        return Refused(printed, TOO_LONG)
    if match["open"] or match["minus"] or match["minus_after"]:
        value = -value
    if match["rupiah"]:
        unit = "Rp"
    elif unit.casefold() == "persen":
        unit = "%"
    return Number(printed, value, unit)
