"""Equal records have equal texts and hashes; anything else does not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.base.facts import Column, ColumnType
from sasando.statistics.counting.canonical import canonical_text, fact_digest

COLUMNS = [Column("record", ColumnType.INTEGER, ""), Column("name", ColumnType.TEXT, "")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "\\N"),
        ("", ""),
        ("\\N", "\\\\N"),
        ("a\tb\nc\r", "a\\tb\\nc\\r"),
        ("Ba'a", "Ba'a"),
        (True, "true"),
        (0, "0"),
        (-12, "-12"),
        (Decimal("8.000000"), "8"),
        (Decimal("100"), "100"),
        (Decimal("-0.00"), "0"),
        (Decimal("0.50"), "0.5"),
        (date(2020, 12, 31), "2020-12-31"),
    ],
)
def test_texts(value, text):
    assert canonical_text(value) == text


@given(
    st.lists(st.tuples(st.integers(1, 99), st.one_of(st.none(), st.text())), unique_by=lambda row: row[0]),
    st.randoms(),
)
def test_the_order_of_rows_does_not_matter(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert fact_digest(COLUMNS, rows) == fact_digest(COLUMNS, shuffled)


@given(st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_different_values_have_different_digests(one, other):
    equal = fact_digest(COLUMNS, [(1, one)]) == fact_digest(COLUMNS, [(1, other)])
    assert equal == (one == other)


def test_the_digest_is_pinned():
    """Old snapshots must stay provable: this text may never change."""
    assert fact_digest(COLUMNS, [(2, None), (1, "Papela")]) == (
        "ff871c9d92f80def848c324c5d6d7e75a3a6f4e9ee2610f3a018c37eb74a77ef"
    )


def test_columns_belong_to_the_digest():
    other = [COLUMNS[0], Column("title", ColumnType.TEXT, "")]
    assert fact_digest(COLUMNS, []) != fact_digest(other, [])


def test_a_record_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        fact_digest(COLUMNS, [(1, "a"), (1, "b")])
