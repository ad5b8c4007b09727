from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.programmes.rules import Line, Rate, eligible_components, entitlement_amount, line_doubts, rice_kg

RATES = {
    1: Rate(1, "SD", 225_000, None),
    2: Rate(2, "SMP", 375_000, None),
    3: Rate(3, "SMA", 500_000, None),
    4: Rate(4, "LANSIA", 600_000, 1),
}


def lines(*tariffs):
    return [Line(tariff, at, RATES[tariff].amount_idr) for at, tariff in enumerate(tariffs)]


@given(st.lists(st.sampled_from(list(RATES)), max_size=8))
def test_lines_add_up_whatever_their_order(tariffs):
    paid = lines(*tariffs)
    assert entitlement_amount(paid) == sum(RATES[tariff].amount_idr for tariff in tariffs)
    assert entitlement_amount(reversed(paid)) == entitlement_amount(paid)
    assert entitlement_amount(paid) % 25_000 == 0


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=10))
def test_more_than_four_are_doubted_and_never_fewer(tariffs):
    assert bool(line_doubts(lines(*tariffs), RATES, 4)) == (len(tariffs) > 4)
    assert not line_doubts(lines(*tariffs), RATES, None)


@given(st.sampled_from(list(RATES)), st.integers(0, 2_000_000))
def test_another_amount_than_the_tariffs_is_doubted(tariff, amount):
    doubts = line_doubts([Line(tariff, 1, amount)], RATES, 4)
    assert bool(doubts) == (amount != RATES[tariff].amount_idr)


def test_limits_of_a_component_and_of_a_person():
    assert line_doubts(lines(4, 4), RATES, 4)
    assert line_doubts([Line(1, 7, 225_000), Line(2, 7, 375_000)], RATES, 4)
    assert not line_doubts([Line(1, None, 225_000), Line(2, None, 375_000)], RATES, 4)


@pytest.mark.parametrize(
    ("born", "sex", "relation", "disabled", "expected"),
    [
        (date(2013, 1, 2), "male", "child", False, ["USIA-DINI"]),
        (date(2013, 1, 1), "male", "child", False, ["SD"]),
        (date(2005, 1, 1), "female", "child", False, ["SMP"]),
        (date(2002, 1, 1), "male", "child", False, ["SMA"]),
        (date(1990, 1, 1), "female", "spouse", False, ["HAMIL"]),
        (date(1990, 1, 1), "female", "child", True, ["DISABILITAS"]),
        (date(1950, 1, 2), "male", "head", False, []),
        (date(1950, 1, 1), "male", "head", True, ["DISABILITAS", "LANSIA"]),
        (date(2020, 1, 2), "male", "child", False, []),
        (None, "male", "head", True, []),
    ],
)
def test_components_by_age_sex_relation(born, sex, relation, disabled, expected):
    found = eligible_components(
        birth_date=born, sex=sex, relation=relation, disabled=disabled, on=date(2020, 1, 1)
    )
    assert found == expected


def test_rice_of_the_2020_book():
    assert rice_kg(persons=4, days=5) == 8
    assert rice_kg(persons=1, days=2) == 0
