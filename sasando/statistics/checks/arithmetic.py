"""Comparing a printed number with a computed one, at the precision the paper has. Pure; no tables, no wording."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from sasando.lib.numbers import Exact, round_half_up

HUNDRED = 100
HIGHER, LOWER = "higher", "lower"


class Agreement(StrEnum):
    """How a printed number stands to the computed one."""

    SAME = "same"
    TRUNCATED = "truncated"
    """The author cut the decimals off instead of rounding half-up."""
    DIFFERENT = "different"


def exponent_printed(printed: str, value: Decimal) -> int:
    """The power of ten of the last digit on the paper: -2 for `51,95%`, 0 for `12.157.475.000`, 5 for `1,5 juta`.

    Found by setting the printed digits beside the value they were read as.
    """
    numeral = next((part for part in _numerals(printed) if part), "")
    digits = int("".join(filter(str.isdigit, numeral)) or 0)
    size = abs(Fraction(value))
    if digits and size:
        ratio, exponent = size / digits, 0
        while ratio >= 10 and exponent < 30:
            ratio, exponent = ratio / 10, exponent + 1
        while ratio < 1 and exponent > -30:
            ratio, exponent = ratio * 10, exponent - 1
        if ratio == 1:
            return exponent
    shown = Decimal(value).normalize().as_tuple().exponent
    return min(int(shown), 0) if isinstance(shown, int) else 0


def _numerals(printed: str) -> Iterable[str]:
    """The runs of digits, points, commas and inner spaces of a printed cell."""
    run = ""
    for sign in printed:
        if sign.isdigit() or (run and sign in "., \u00a0"):
            run += sign
        else:
            yield run
            run = ""
    yield run


def agreement(printed: str, value: Decimal, computed: Exact) -> Agreement:
    """Whether a printed number is the computed one, rounded half-up to as many digits as were printed."""
    exponent = exponent_printed(printed, value)
    unit = Fraction(10) ** exponent
    exact, seen = Fraction(computed), Fraction(value)
    sign = -1 if exact < 0 else 1
    if sign * floor(abs(exact) / unit + Fraction(1, 2)) * unit == seen:
        return Agreement.SAME
    if exponent < 0 and sign * floor(abs(exact) / unit) * unit == seen:
        return Agreement.TRUNCATED
    return Agreement.DIFFERENT


def share(numerator: Exact | None, denominator: Exact | None) -> Fraction | None:
    """The exact share in percent; None when either is not known or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator) / Fraction(denominator) * HUNDRED


def achievement(target: Exact | None, realised: Exact | None, direction: str) -> Fraction | None:
    """The exact achievement in percent: R / T, or (2T - R) / T where lower is better.

    None when target or realisation is not known or the target is zero. Source: formulas of the performance reports
    under Permenpan-RB 53/2014, as LKjIP of regency offices print them.
    """
    if target is None or realised is None or not target:
        return None
    goal, reached = Fraction(target), Fraction(realised)
    return ((2 * goal - reached) if direction == LOWER else reached) / goal * HUNDRED


def capped(value: Fraction | None, cap: Exact | None) -> Fraction | None:
    """The value, at most the cap; a cap of None leaves it as it is."""
    return value if value is None or cap is None else min(value, Fraction(cap))


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The simple mean; None of nothing."""
    known = list(values)
    return sum(known, Fraction(0)) / len(known) if known else None


def shown(value: Exact | None) -> Decimal | int | None:
    """A computed number as findings carry it: whole numbers as int, others half-up with two decimals."""
    if value is None:
        return None
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else round_half_up(exact, 2)


@dataclass(frozen=True)
class Sum:
    """What a column's known cells add up to, and how much is hidden in the cells that are not known."""

    total: Fraction
    known: int
    blank: int = 0
    illegible: int = 0

    @property
    def complete(self) -> bool:
        return not self.blank and not self.illegible
