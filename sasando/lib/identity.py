"""Identity numbers: NIK of a person, KK of a family card, NIP of a civil servant.

Structure alone is checked; only Dukcapil (persons, families) and BKN (staff) can say that a number was
issued. A district that is not in today's list is no error, since a number keeps the code of the place and
day of its issue; `places` compares the codes. No error repeats the number itself, because errors reach
logs. Sources: UU 23/2006 with UU 24/2013 (NIK, KK), Perka BKN 22/2007 (NIP).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lokal.provinces import PROVINCES

from sasando.lib.dates import age_on
from sasando.lib.errors import ReasonedError, gettext_noop

Sex = Literal["L", "P"]
"""As identity cards have it: L (laki-laki) male, P (perempuan) female."""

NUMERIC_CELL = gettext_noop(
    "The cell holds a number, not text. A spreadsheet keeps 15 digits of a number and loses the rest;"
    " format the column as text and type or export the numbers again."
)
SCIENTIFIC = gettext_noop(
    "The cell was shortened by a spreadsheet (like 5.31402E+15) and the lost digits cannot be restored;"
    " format the column as text and type or export the numbers again."
)


class IdentityError(ReasonedError):
    """A text that cannot be the identity number it should be; `reason` says why."""


def excel_damage(cell: object) -> str | None:
    """The sentence saying how a spreadsheet damaged an identity number, or None without such damage."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return NUMERIC_CELL
    if isinstance(cell, str) and re.fullmatch(r"\s*'?[0-9]+([.,][0-9]*)?E\+?[0-9]+\s*", cell, re.IGNORECASE):
        return SCIENTIFIC
    return None


def _digits(cell: object, kind: str, length: int) -> str:
    if damage := excel_damage(cell):
        raise IdentityError(damage)
    digits = re.sub(r"[\s.'’‘`\"-]", "", str(cell or ""))
    if not re.fullmatch("[0-9]*", digits):
        raise IdentityError(gettext_noop("The %(kind)s holds characters that are not digits."), kind=kind)
    if len(digits) != length:
        raise IdentityError(
            gettext_noop("A %(kind)s has %(length)s digits; this one has %(count)s."),
            kind=kind,
            length=length,
            count=len(digits),
        )
    return digits


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _region(digits: str, kind: str) -> str:
    """The dotted code of the first six digits; the province must exist, the rest only not be 00."""
    province, regency, district = digits[:2], digits[2:4], digits[4:6]
    if province not in PROVINCES or "00" in (regency, district):
        raise IdentityError(
            gettext_noop("The first six digits of the %(kind)s are no region code."), kind=kind
        )
    return f"{province}.{regency}.{district}"


@dataclass(frozen=True, slots=True)
class Nik:
    """A person's NIK, `PPKKCC DDMMYY SSSS`, taken apart.

    `region_code` is where it was issued (`53.14.02`), not where the person lives. `birth_day` is without
    the 40 added for women.
    """

    number: str
    region_code: str
    birth_day: int
    birth_month: int
    birth_year2: int
    sex: Sex
    serial: int

    def birth_date(self, reference: date, stored: date | None = None) -> date:
        """The birth date with its century: 19xx or 20xx, never after `reference` (the day of reading).

        A NIK has no century. A `stored` birth date decides it (nearest to it), so that a person of over 100
        years is not read as a child; without one the latest possible date holds. A result that differs from
        `stored` is for Dukcapil to clear, not to be corrected here. Raises IdentityError when every
        possible date lies after `reference`.
        """
        days = (_date(c + self.birth_year2, self.birth_month, self.birth_day) for c in (2000, 1900))
        possible = [day for day in days if day and day <= reference]
        if not possible:
            raise IdentityError(gettext_noop("The birth date in the NIK lies after the day of reading."))
        return min(possible, key=lambda day: abs(day - stored)) if stored else possible[0]


def parse_nik(cell: object) -> Nik:
    """Read a NIK, ignoring spaces, dots, dashes and apostrophes.

    Raises IdentityError: not 16 digits, a number damaged by a spreadsheet, no region, a day that is neither
    a man's (01-31) nor a woman's (41-71), a date that no year of 19xx or 20xx has, serial 0000. Sex and
    birth date that contradict the person's record are not looked at: real records have such cases and
    Dukcapil clears them.
    """
    digits = _digits(cell, "NIK", 16)
    region_code = _region(digits, "NIK")
    day, month, year2, serial = (int(digits[a:b]) for a, b in ((6, 8), (8, 10), (10, 12), (12, 16)))
    if not (1 <= day <= 31 or 41 <= day <= 71):
        raise IdentityError(
            gettext_noop("The day in the NIK is %(day)02d: neither a man's (01-31) nor a woman's (41-71)."),
            day=day,
        )
    sex: Sex = "P" if day > 40 else "L"
    day %= 40
    if not (_date(2000 + year2, month, day) or _date(1900 + year2, month, day)):
        raise IdentityError(gettext_noop("The birth date in the NIK is no date of the calendar."))
    if not serial:
        raise IdentityError(gettext_noop("The serial number of a NIK is never 0000."))
    return Nik(digits, region_code, day, month, year2, sex, serial)


def _make(region_code: str, day: int, when: date, serial: int) -> str:
    return f"{region_code.replace('.', '')}{day:02d}{when:%m%y}{serial:04d}"


def make_nik(region_code: str, birth: date, sex: Sex, serial: int) -> str:
    """A well-formed NIK for invented people; region with or without dots, serial 1-9999 (IdentityError)."""
    return parse_nik(_make(region_code, birth.day + 40 * (sex == "P"), birth, serial)).number


@dataclass(frozen=True, slots=True)
class Kk:
    """A family card's number, `PPKKCC DDMMYY SSSS`: region and day of issue, without the 40 of the NIK.

    `warnings` are sentences about what looks odd but occurs on real cards.
    """

    number: str
    region_code: str
    day: int
    month: int
    year2: int
    serial: int
    warnings: tuple[str, ...] = ()


def parse_kk(cell: object) -> Kk:
    """Read a KK number, softly: a day that the month does not have, and serial 0000, are warnings.

    Raises IdentityError: not 16 digits, damaged by a spreadsheet, no region, or a month not 01-12.
    """
    digits = _digits(cell, "KK", 16)
    region_code = _region(digits, "KK")
    day, month, year2, serial = (int(digits[a:b]) for a, b in ((6, 8), (8, 10), (10, 12), (12, 16)))
    if not 1 <= month <= 12:
        raise IdentityError(gettext_noop("The month in the KK is %(month)02d, not 01-12."), month=month)
    odd = {
        gettext_noop("The date in the KK is no date of the calendar."): not _date(2000 + year2, month, day),
        gettext_noop("The serial number of the KK is 0000."): not serial,
    }
    return Kk(digits, region_code, day, month, year2, serial, tuple(s for s, holds in odd.items() if holds))


def make_kk(region_code: str, issued: date, serial: int) -> str:
    """A well-formed KK for invented families; region with or without dots, serial 0-9999 (IdentityError)."""
    return parse_kk(_make(region_code, issued.day, issued, serial)).number


@dataclass(frozen=True, slots=True)
class Nip:
    """A civil servant's NIP, `YYYYMMDD YYYYMM S NNN`. For a PPPK only `birth` is read; the rest is None."""

    number: str
    birth: date
    appointed: date | None
    sex: Sex | None
    serial: int | None


def parse_nip(cell: object, *, pppk: bool = False) -> Nip:
    """Read a NIP; `appointed` is the first day of the month the holder became a candidate (TMT CPNS).

    Raises IdentityError: not 18 digits, spreadsheet damage, no birth date, no month of appointment,
    appointed before the age of 18, no sex digit (1 L, 2 P). With `pppk` (NI PPPK) positions 9-18 have
    another meaning and are kept unread.
    """
    digits = _digits(cell, "NIP", 18)
    birth = _date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    if not birth:
        raise IdentityError(gettext_noop("The birth date in the NIP is no date of the calendar."))
    if pppk:
        return Nip(digits, birth, None, None, None)
    appointed = _date(int(digits[8:12]), int(digits[12:14]), 1)
    if not appointed:
        raise IdentityError(
            gettext_noop(
                "Digits 9-14 of the NIP are no month of appointment; the number of a PPPK is read as NI PPPK."
            )
        )
    if appointed < birth or age_on(birth, appointed) < 18:
        raise IdentityError(gettext_noop("By the NIP its holder was appointed before the age of 18."))
    if digits[14] not in "12":
        raise IdentityError(gettext_noop("Digit 15 of the NIP is neither 1 (male) nor 2 (female)."))
    return Nip(digits, birth, appointed, "L" if digits[14] == "1" else "P", int(digits[15:]))


def make_nip(birth: date, appointed: date, sex: Sex, serial: int) -> str:
    """A well-formed NIP for invented staff, serial 0-999; else IdentityError."""
    return parse_nip(f"{birth:%Y%m%d}{appointed:%Y%m}{'1' if sex == 'L' else '2'}{serial:03d}").number


def format_nip(number: str) -> str:
    """The NIP in groups, as letters print it: `19640607 198603 1 002`. Another text stays as it is."""
    return re.sub(r"^([0-9]{8})([0-9]{6})([0-9])([0-9]{3})$", r"\1 \2 \3 \4", number)


def mask(number: str) -> str:
    """An identity number for the screen, first and last four characters readable: `5314••••••••0001`.

    A number of eight characters or fewer is masked whole.
    """
    if len(number) <= 8:
        return "•" * len(number)
    return number[:4] + "•" * (len(number) - 8) + number[-4:]
