from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.lib.dates import Period, age_on, date_text, holds_on, month_text, year_period

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def test_printed_dates():
    assert date_text(date(2020, 12, 31)) == "31 Desember 2020"
    assert date_text(date(2020, 5, 1), language="en") == "1 May 2020"
    assert month_text(date(2020, 8, 24)) == "Agustus 2020"


@given(days, days)
def test_period_has_both_ends(a, b):
    start, end = sorted((a, b))
    period = Period(start, end)
    assert period.contains(start) and period.contains(end)
    assert not period.contains(end + timedelta(1)) and not period.contains(start - timedelta(1))
    if start < end:
        with pytest.raises(ValueError, match="before"):
            Period(end, start)


def test_year():
    assert year_period(2020) == Period(date(2020, 1, 1), date(2020, 12, 31))


@given(days, st.integers(0, 120))
def test_age_grows_on_the_birthday(birth, years):
    birthday = date(birth.year + years, 3, 1) if (birth.month, birth.day) == (2, 29) else None
    if birthday is None:
        birthday = birth.replace(year=birth.year + years)
    elif (birthday - timedelta(1)).day == 29:
        birthday -= timedelta(1)
    assert age_on(birth, birthday) == years
    if years:
        assert age_on(birth, birthday - timedelta(1)) == years - 1


def test_no_age_before_birth():
    with pytest.raises(ValueError, match="before"):
        age_on(date(2020, 1, 2), date(2020, 1, 1))


@given(days, days, days)
def test_exactly_one_of_two_successors_holds(first, change, on):
    if first <= change:
        holds = holds_on(first, change, on) + holds_on(change, None, on)
        assert holds == (on >= first)
