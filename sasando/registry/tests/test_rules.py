from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.registry.rules import age, category_doubts

ON = date(2020, 12, 31)


def doubts(born=None, sex="", only_sex="", **limits):
    limits = {"min_age": None, "max_age": None} | limits
    return category_doubts(only_sex=only_sex, sex=sex, birth_date=born, on=ON, **limits)


@pytest.mark.parametrize(
    ("born", "limits", "count"),
    [
        (date(1960, 12, 31), {"min_age": 60}, 0),
        (date(1961, 1, 1), {"min_age": 60}, 1),
        (date(2002, 12, 31), {"max_age": 17}, 1),
        (date(2003, 1, 1), {"max_age": 17}, 0),
        (date(2021, 1, 1), {"max_age": 5}, 1),
        (None, {"min_age": 60, "max_age": 70}, 0),
    ],
)
def test_ages_are_full_years_both_included(born, limits, count):
    assert len(doubts(born, **limits)) == count


def test_sex_is_doubted_only_where_known_and_described():
    assert doubts(sex="male", only_sex="female")
    assert not doubts(sex="female", only_sex="female")
    assert not doubts(sex="", only_sex="female")
    assert not doubts(sex="male")


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)))
def test_age_is_never_negative_and_grows_by_one_a_year(born):
    years = age(born, ON)
    if born > ON:
        assert years is None
    else:
        assert years >= 0
        assert age(born, ON + timedelta(days=366)) - years in (1, 2)
