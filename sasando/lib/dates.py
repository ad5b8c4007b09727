"""Dates as the office prints them, periods, age, and whether a dated fact holds."""

from dataclasses import dataclass
from datetime import date

MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def month_text(day: date, language: str = "id") -> str:
    """The month and year of a day: `Desember 2020`, in English `December 2020`."""
    return f"{MONTHS['en' if language.startswith('en') else 'id'][day.month - 1]} {day.year}"


def date_text(day: date, language: str = "id") -> str:
    """A day in full: `31 Desember 2020`, in English `31 December 2020`."""
    return f"{day.day} {month_text(day, language)}"


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report covers: `start` and `end` both included, `end` being its as-of date.

    Raises ValueError when `end` lies before `start`.
    """

    start: date
    end: date

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError(f"The period ends on {self.end}, before it starts on {self.start}.")

    def contains(self, day: date) -> bool:
        """Whether the day is one of the period's days."""
        return self.start <= day <= self.end


def year_period(year: int) -> Period:
    """The budget year (UU 17/2003: 1 January to 31 December)."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def age_on(birth: date, on: date) -> int:
    """Full years of age. Who is born on 29 February turns a year older on 1 March of a common year.

    Raises ValueError when `on` lies before the birth.
    """
    if on < birth:
        raise ValueError("The day lies before the date of birth.")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def holds_on(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a dated fact holds: from `valid_from` on, up to but not on `valid_to` (None: still open)."""
    return valid_from <= on and (valid_to is None or on < valid_to)
