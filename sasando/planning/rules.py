"""How realisations and achievements are computed. Everything is exact until `rounded`; only results are rounded.

Source: formulas of the performance reports under Permenpan-RB 53/2014 (LKjIP). A higher value is better: R / T. A lower
value is better: (T - (R - T)) / T = (2T - R) / T. Cap and scale are an office's own (`AchievementPolicy`), never code.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sasando.lib.numbers import round_half_up
from sasando.planning.models import Direction

Exact = int | Decimal | Fraction

PLACES_STORED = 4
PLACES_SHOWN = 2


@dataclass(frozen=True)
class MeasuredValue:
    """What an indicator came to: the two figures, the realisation, the achievement in percent, and on what it rests."""

    numerator: Decimal | None
    denominator: Decimal | None
    realised: Decimal | None
    achievement: Decimal | None
    basis: str


def realisation(
    numerator: Exact | None, denominator: Exact | None, *, is_share: bool = True
) -> Fraction | None:
    """The share of two figures in percent, or (`is_share` false) the one figure itself.

    None where a figure is not known or the denominator is 0: an indicator without a value is not zero.
    """
    if numerator is None:
        return None
    if not is_share:
        return Fraction(numerator)
    return Fraction(numerator) / Fraction(denominator) * 100 if denominator else None


def achievement(
    direction: str, target: Exact | None, realised: Exact | None, cap_percent: Exact | None = None
) -> Fraction | None:
    """The achievement (capaian) in percent, at most the cap where there is one.

    None where target or realisation is not known, or the target is 0. A lower-is-better value of more than twice its
    target is below 0, as the formula gives it.
    """
    if realised is None or not target:
        return None
    wanted, reached = Fraction(target), Fraction(realised)
    share = reached / wanted if direction == Direction.HIGHER else (2 * wanted - reached) / wanted
    percent = share * 100
    return percent if cap_percent is None else min(percent, Fraction(cap_percent))


def mean(values: Iterable[Exact | None]) -> Fraction | None:
    """The simple mean of what is known; None where nothing is. Over an objective's indicators, then over objectives."""
    known = [Fraction(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def label_of(percent: Exact | None, bands: Sequence[tuple[Exact, str]]) -> str | None:
    """The label of an achievement: that of the highest band it reaches; below all bands the lowest one's.

    Bands are (from percent, label) in any order. The achievement is compared as shown, rounded to two decimals.
    """
    if percent is None or not bands:
        return None
    shown = rounded(percent)
    ordered = sorted(bands, reverse=True)
    return next((label for at_least, label in ordered if shown >= at_least), ordered[-1][1])


def target_figure(code: str) -> str:
    """The id of the typed figure that states a target where the agreement leaves it blank: `target.3_1` for 3.1.

    The agreement's own cell stays blank; the typed figure says which other paper gives the number.
    """
    return "target." + re.sub("[^a-z0-9]+", "_", code.lower())


def rounded(value: Exact | None, places: int = PLACES_SHOWN) -> Decimal | None:
    """Half-up; None stays None."""
    return None if value is None else round_half_up(value, places)


def measure(
    *,
    direction: str,
    target: Exact | None,
    numerator: Exact | None,
    denominator: Exact | None,
    is_share: bool,
    basis: str,
    cap_percent: Exact | None = None,
) -> MeasuredValue:
    """An indicator's value from its figures, rounded to the four decimals that are stored."""
    reached = realisation(numerator, denominator, is_share=is_share)
    return MeasuredValue(
        numerator=rounded(numerator, PLACES_STORED),
        denominator=rounded(denominator, PLACES_STORED),
        realised=rounded(reached, PLACES_STORED),
        achievement=rounded(achievement(direction, target, reached, cap_percent), PLACES_STORED),
        basis=basis,
    )
