"""Formulas of achievement, against the printed numbers of 2020 and against plain properties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.planning.rules import achievement, label_of, mean, measure, realisation, rounded, target_figure

SCALE = [(0, "Belum"), (85, "Sangat"), (55, "Cukup"), (70, "Berhasil")]
positive = st.decimals("0.01", "1000000", places=2)
amount = st.decimals("0", "1000000", places=2)


@pytest.mark.parametrize(
    ("direction", "target", "realised", "expected"),
    [
        ("lower", "3.89", "5.36", "62.21"),
        ("lower", "24.65", "27.54", "88.28"),
        ("lower", "10", "0", "200.00"),
        ("lower", "10", "25", "-50.00"),
        ("higher", "63", Fraction(15141 * 100, 22579), "106.44"),
        ("higher", "1.33", Fraction(300 * 100, 22579), "99.90"),
        ("higher", "55.5", Fraction(11731 * 100, 22579), "93.61"),
        ("higher", "4.89", Fraction(405 * 100, 3455), "239.72"),
        ("higher", "50", "0", "0.00"),
        ("higher", "0", "5", None),
        ("higher", None, "5", None),
        ("lower", "5", None, None),
    ],
)
def test_achievement(direction, target, realised, expected):
    target = target and Decimal(target)
    realised = Decimal(realised) if isinstance(realised, str) else realised
    assert rounded(achievement(direction, target, realised)) == (expected and Decimal(expected))


def test_a_cap_is_the_most_that_counts():
    assert achievement("higher", 50, 60, cap_percent=100) == 100
    assert achievement("higher", 50, 40, cap_percent=100) == 80
    assert achievement("higher", 50, 60, cap_percent=Decimal("110.5")) == Fraction("110.5")


@given(positive, amount, amount)
def test_more_is_better_or_worse_as_the_direction_says(target, one, other):
    low, high = sorted((one, other))
    assert achievement("higher", target, low) <= achievement("higher", target, high)
    assert achievement("lower", target, low) >= achievement("lower", target, high)


@given(positive)
def test_reaching_the_target_is_100_both_ways(target):
    assert achievement("higher", target, target) == achievement("lower", target, target) == 100


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_share", "expected"),
    [
        (60, 119, True, "50.42"),
        (0, 20, True, "0.00"),
        (5, 0, True, None),
        (20, None, True, None),
        (None, 20, True, None),
        (Decimal("5.36"), None, False, "5.36"),
        (0, None, False, "0.00"),
    ],
)
def test_realisation(numerator, denominator, is_share, expected):
    found = realisation(numerator, denominator, is_share=is_share)
    assert rounded(found) == (expected and Decimal(expected))


def test_a_mean_leaves_out_what_is_not_known():
    assert mean([100, None, 0]) == 50
    assert mean([None]) is None
    assert mean([]) is None


@given(st.lists(amount, min_size=1))
def test_a_mean_lies_between_its_parts(values):
    assert min(values) <= mean(values) <= max(values)


@pytest.mark.parametrize(
    ("percent", "label"),
    [
        ("85", "Sangat"),
        ("84.995", "Sangat"),  # shown as 85.00
        ("84.99", "Berhasil"),
        ("70", "Berhasil"),
        ("62.21", "Cukup"),
        ("54.99", "Belum"),
        ("-3", "Belum"),
        ("111.29", "Sangat"),
    ],
)
def test_the_label_is_that_of_the_highest_band_reached(percent, label):
    assert label_of(Decimal(percent), SCALE) == label


def test_without_value_or_scale_there_is_no_label():
    assert label_of(None, SCALE) is None
    assert label_of(80, []) is None


def test_a_measured_value_is_rounded_once():
    value = measure(
        direction="higher", target=63, numerator=15141, denominator=22579, is_share=True, basis="records"
    )
    assert (value.realised, value.achievement) == (Decimal("67.0579"), Decimal("106.4411"))
    empty = measure(
        direction="higher", target=63, numerator=20, denominator=None, is_share=True, basis="manual"
    )
    assert (empty.numerator, empty.realised, empty.achievement, empty.basis) == (20, None, None, "manual")


def test_the_figure_that_states_a_blank_target():
    assert target_figure("3.1") == "target.3_1"
    assert target_figure("P1") == "target.p1"
