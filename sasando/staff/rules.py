"""What follows from a rank, a degree or a post."""

from collections.abc import Iterable
from datetime import date

from sasando.office.models import UnitKind
from sasando.staff.models import Education, PositionGroup

RANKS = {
    *(f"{grade}/{room}" for grade in ("I", "II", "III") for room in "abcd"),
    *(f"IV/{room}" for room in "abcde"),
}
"""Golongan/ruang of civil servants (PNS), PP 7/1977 with its changes."""

PPPK_RANKS = {
    *(
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
        "VIII",
        "IX",
        "X",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
        "XVI",
        "XVII",
    )
}
"""Golongan of contract civil servants (PPPK), Perpres 98/2020."""

_LEVELS = [Education.SLTA, Education.D3, Education.S1, Education.S2, Education.S3]

_GROUP_OF_UNIT = {
    UnitKind.OFFICE: PositionGroup.HEAD,
    UnitKind.SECRETARIAT: PositionGroup.SECRETARY,
    UnitKind.DIVISION: PositionGroup.DIVISION_HEAD,
    UnitKind.SUB_SECTION: PositionGroup.SECTION_HEAD,
    UnitKind.SECTION: PositionGroup.SECTION_HEAD,
    UnitKind.TECHNICAL_UNIT: PositionGroup.SECTION_HEAD,
}


def grade_of(rank: str | None) -> str | None:
    """The grade (golongan) of a rank: `III/d` is III. None where no rank is known."""
    return rank.partition("/")[0] if rank else None


def education_column(education: str | None) -> str | None:
    """The column of the staff table in which a degree is counted: S1 stands for S1 and higher."""
    return Education.S1.value if education in (Education.S2, Education.S3) else education


def highest(degrees: Iterable[tuple[date | None, str]]) -> str | None:
    """The degree that counts: the latest earned; of those without a day, the highest."""
    known = [(earned or date.min, _LEVELS.index(Education(degree)), degree) for earned, degree in degrees]
    return max(known)[2] if known else None


def group_of_post(unit_kind: str | None) -> str:
    """The row of the staff table for the holder of a post in a unit of this kind; None stands for no post."""
    return _GROUP_OF_UNIT[UnitKind(unit_kind)] if unit_kind else PositionGroup.STAFF
