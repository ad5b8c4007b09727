"""Rules of cases as pure functions, each with its source."""

from typing import NamedTuple


class KindRow(NamedTuple):
    """A kind of harm as offices name it."""

    code: str
    name: str
    name_en: str


STANDARD_KINDS = (
    KindRow("persetubuhan", "Persetubuhan", "Sexual intercourse with a child"),
    KindRow("pencabulan", "Pencabulan", "Indecent assault"),
    KindRow("penelantaran", "Penelantaran", "Neglect"),
    KindRow("penganiayaan", "Penganiayaan", "Physical abuse"),
)
"""The offences that offices report (UU 35/2014 art. 76A to 76E), in the order in which they are written together."""


def initials(name: str) -> str:
    """A name as lists may show it, at most three letters: `Y. M. C.` (UU 11/2012 art. 19: identity is kept secret)."""
    words = [word for word in name.split() if word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in words[:3])


def case_number(year: int, serial: int) -> str:
    """The number under which a case is filed and spoken of, of the year it was reported in."""
    return f"{year}-{serial:04d}"


def joined(kinds: list[str]) -> str:
    """Several kinds in one cell, as offices write them: `Pencabulan dan Penelantaran`."""
    return " dan ".join(kinds)
