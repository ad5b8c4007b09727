from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sasando.lib.identity import (
    IdentityError,
    excel_damage,
    format_nip,
    make_kk,
    make_nik,
    make_nip,
    mask,
    parse_kk,
    parse_nik,
    parse_nip,
)

BOOK = date(2020, 12, 31)
regions = st.sampled_from(["53.14.02", "531411", "32.01.01", "96.71.99"])
serials = st.integers(1, 9999)
sexes = st.sampled_from("LP")
births = st.dates(date(1921, 1, 1), BOOK)


@pytest.mark.parametrize(
    ("number", "sex", "birth", "region"),
    [
        ("5314021203709001", "L", date(1970, 3, 12), "53.14.02"),
        ("5314034107640001", "P", date(1964, 7, 1), "53.14.03"),
        ("5314032902000001", "L", date(2000, 2, 29), "53.14.03"),
        ("'5314 0341.0764\u00a00001 ", "P", date(1964, 7, 1), "53.14.03"),
    ],
)
def test_good_nik(number, sex, birth, region):
    nik = parse_nik(number)
    assert (nik.sex, nik.birth_date(BOOK), nik.region_code) == (sex, birth, region)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("5314113002990001", "no date of the calendar"),
        ("5314032902010001", "no date of the calendar"),
        ("5314033203900001", "day in the NIK is 32"),
        ("5314030003900001", "day in the NIK is 00"),
        ("5314037203900001", "day in the NIK is 72"),
        ("5314030706640000", "never 0000"),
        ("531403410764000", "16 digits; this one has 15"),
        ("53140341076400O1", "not digits"),
        ("5٣14034107640001", "not digits"),
        ("9914034107640001", "no region"),
        ("5300034107640001", "no region"),
        ("", "this one has 0"),
        (None, "this one has 0"),
        (5314034107640001, "as text"),
        (5314034107640001.0, "as text"),
        ("5.31402E+15", "shortened"),
        ("5,31402e+15", "shortened"),
    ],
)
def test_bad_nik_says_why_and_never_repeats_the_number(cell, reason):
    with pytest.raises(IdentityError, match=reason) as caught:
        parse_nik(cell)
    error = caught.value
    assert error.reason == str(error) == (error.template % error.values)
    assert not cell or str(cell) not in error.reason or "E+15" in str(cell)


@given(regions, births, sexes, serials)
def test_nik_reads_back(region, birth, sex, serial):
    nik = parse_nik(make_nik(region, birth, sex, serial))
    assert (nik.region_code.replace(".", ""), nik.sex, nik.serial) == (region.replace(".", ""), sex, serial)
    assert nik.birth_date(BOOK) == birth
    assert nik.birth_date(BOOK, stored=birth) == birth


def test_the_stored_birth_date_decides_the_century():
    nik = parse_nik(make_nik("531403", date(1918, 5, 4), "P", 1))
    assert nik.birth_date(BOOK) == date(2018, 5, 4)
    assert nik.birth_date(BOOK, stored=date(1918, 5, 4)) == date(1918, 5, 4)
    assert nik.birth_date(BOOK, stored=date(1918, 5, 5)) == date(1918, 5, 4)
    assert nik.birth_date(date(2018, 5, 3)) == date(1918, 5, 4)
    with pytest.raises(IdentityError, match="after"):
        parse_nik("5314032902000001").birth_date(date(1999, 1, 1))


@given(st.text() | st.text("0123456789", min_size=14, max_size=19) | st.integers() | st.floats() | st.none())
def test_any_cell_is_read_or_refused_with_a_sentence(cell):
    for parse in (parse_nik, parse_kk, parse_nip):
        try:
            assert parse(cell).number.isdigit()
        except IdentityError as error:
            assert error.reason.endswith(".")


@given(regions, births, serials)
def test_kk_reads_back(region, issued, serial):
    kk = parse_kk(make_kk(region, issued, serial))
    assert (kk.day, kk.month, kk.year2, kk.serial) == (issued.day, issued.month, issued.year % 100, serial)
    assert not kk.warnings


def test_kk_is_soft_on_days_and_hard_on_months():
    assert len(parse_kk("5314035203120001").warnings) == 1
    assert len(parse_kk("5314035203120000").warnings) == 2
    with pytest.raises(IdentityError, match="month in the KK is 13"):
        parse_kk("5314030113120001")


@given(births, births, sexes, st.integers(0, 999))
def test_nip_reads_back(birth, appointed, sex, serial):
    assume(appointed.replace(day=1).year - birth.year > 18)
    nip = parse_nip(format_nip(make_nip(birth, appointed, sex, serial)))
    assert (nip.birth, nip.appointed, nip.sex, nip.serial) == (birth, appointed.replace(day=1), sex, serial)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("196402301986031002", "birth date"),
        ("196406071986131002", "PPPK"),
        ("196406071980031002", "before the age of 18"),
        ("196406071950031002", "before the age of 18"),
        ("196406071986033002", "Digit 15"),
        ("19640607198603100", "18 digits; this one has 17"),
    ],
)
def test_bad_nip(number, reason):
    with pytest.raises(IdentityError, match=reason):
        parse_nip(number)


def test_pppk_and_grouping():
    pppk = parse_nip("199001012022211003", pppk=True)
    assert (pppk.birth, pppk.appointed, pppk.sex, pppk.serial) == (date(1990, 1, 1), None, None, None)
    assert format_nip("196406071986031002") == "19640607 198603 1 002"
    assert format_nip("-") == "-"


@given(st.text("0123456789", max_size=20))
def test_mask_keeps_length_and_at_most_eight_digits(number):
    masked = mask(number)
    assert len(masked) == len(number)
    assert sum(c != "•" for c in masked) == (8 if len(number) > 8 else 0)


def test_mask_and_damage():
    assert mask("5314021203700001") == "5314••••••••0001"
    assert excel_damage("5314021203700001") is None and excel_damage("") is None
    assert excel_damage(5.31402e15) and excel_damage(" 5.31402E+15 ")
