"""Shares, sums and trees."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.budget.rules import (
    Difference,
    differences,
    levels_by_depth,
    parent_by_code,
    parents_of,
    remaining,
    share_spent,
)


@pytest.mark.parametrize(
    ("realised", "ceiling", "share", "left"),
    [
        (3_497_552_382, 3_772_191_098, "92.72", 274_638_716),
        (32_302_000, 51_172_000, "63.12", 18_870_000),
        (0, 100, "0.00", 100),
        (120, 100, "120.00", -20),
        (None, 100, None, None),
        (100, None, None, None),
        (0, 0, None, 0),
    ],
)
def test_share_and_remainder(realised, ceiling, share, left):
    assert share_spent(realised, ceiling) == (share and Decimal(share))
    assert remaining(realised, ceiling) == left


def test_parts_that_do_not_add_up_are_named():
    lines = [("A", None, 10), ("1", "A", 4), ("2", "A", 5), ("2a", "2", 5)]
    assert differences(lines) == [Difference("A", 10, 9)]


def test_a_part_without_amount_is_not_zero():
    assert differences([("A", None, 10), ("1", "A", 4), ("2", "A", None)]) == []
    assert differences([("A", None, None), ("1", "A", 4)]) == []


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
def test_a_total_made_of_its_parts_never_differs(amounts):
    lines = [("T", None, sum(amounts)), *((str(n), "T", amount) for n, amount in enumerate(amounts))]
    assert differences(lines) == []
    lines[0] = ("T", None, sum(amounts) + 1)
    assert differences(lines) == [Difference("T", sum(amounts) + 1, sum(amounts))]


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("2a.1", "2a"),
        ("2a", "2"),
        ("2", None),
        ("10", None),
        ("1.06.02", "1.06"),
        ("1.060", "1"),
        ("A", None),
    ],
)
def test_the_parent_a_code_names(code, above):
    assert parent_by_code(code, ["A", "1", "2", "2a", "2a.1", "10", "1.06", "1.06.02", "1.060"]) == above


def test_lines_under_no_code_belong_to_the_one_total():
    lines = [("1", "", "Belanja Langsung"), ("1.1", "", "Program"), ("T", "", "Total")]
    assert parents_of(lines) == {"1": "T", "1.1": "1", "T": None}
    assert levels_by_depth(parents_of(lines)) == {"1": "group", "1.1": "programme", "T": "total"}


def test_parents_the_file_names_hold():
    assert parents_of([("A", "", "Belanja"), ("1", "A", "x"), ("1.1", "A", "y")]) == {
        "A": None,
        "1": "A",
        "1.1": "A",
    }
