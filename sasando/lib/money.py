"""Money, counts and percents as the office prints them.

Money is whole rupiah in `int`. Indonesian (EYD): point for thousands, comma for decimals, `Rp` without a
space; English the reverse.
"""

from decimal import Decimal

from sasando.lib.numbers import round_half_up

MOST_IDR = 10**15 - 1
"""More money than any office has; thousands of such amounts still add up within a database's whole numbers."""


def number(value: int | Decimal, language: str = "id") -> str:
    """A count or measure, thousands grouped: `12.157.475`, `1.277,26`; in English `1,277.26`.

    A Decimal keeps the decimals it has. Any language but English (`en`, `en-us` ...) prints the Indonesian
    way.
    """
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    return text if language.startswith("en") else text.translate(str.maketrans(",.", ".,"))


def rupiah(amount: int, language: str = "id") -> str:
    """An amount in whole rupiah: `Rp12.157.475.000`, `-Rp5.000`; in English `Rp12,157,475,000`.

    Raises TypeError for anything but an int, since an amount with a fraction was computed wrongly.
    """
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise TypeError(f"Money is whole rupiah in int, not {type(amount).__name__}.")
    return ("-" if amount < 0 else "") + "Rp" + number(abs(amount), language)


def percent_text(value: int | Decimal, language: str = "id") -> str:
    """A percent (51.96 of a hundred) with two decimals, half-up: `51,96%`; in English `51.96%`."""
    return number(round_half_up(value, 2), language) + "%"
