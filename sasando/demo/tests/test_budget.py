"""The facts of the demo budget give every cell of the printed budget tables (Tabel 12 and 13)."""

from decimal import Decimal

import pytest

from sasando.budget.facts import FACTS
from sasando.budget.rules import differences, share_spent
from sasando.demo import budget, office
from sasando.demo.context import Demo
from sasando.demo.tests.regency import build_places, rows_of

APBD = {
    # code: ceiling, realised, percent printed
    "A": (3_772_191_098, 3_497_552_382, "92.72"),
    "1": (1_464_405_368, 1_418_623_079, "96.87"),
    "2": (2_307_785_730, 2_078_929_303, "90.08"),
    "2a": (400_959_000, 362_755_953, "90.47"),
    "2b": (894_012_250, 792_427_550, "88.64"),
    "2c": (539_731_100, 495_863_400, "91.87"),
    "2d": (51_172_000, 32_302_000, "63.12"),
    "2e": (421_911_380, 395_580_400, "93.76"),
}
APBN = {
    "Anggaran APBN": 29_526_875_000,
    "Program Peningkatan Perlindungan dan Jaminan Sosial": 12_157_475_000,
    "Program Penanganan Fakir Miskin": 17_369_400_000,
}


@pytest.fixture
def lines(db):
    build_places()
    demo = Demo()
    office.build(demo)
    budget.build(demo)
    return rows_of(FACTS, "budget_lines")


def test_the_regencys_budget_is_the_printed_one(lines):
    printed = [row for row in lines if row["fund_source"] == "APBD2" and row["level"] != "activity"]
    assert {
        row["code"]: (
            row["ceiling_idr"],
            row["realised_idr"],
            share_spent(row["realised_idr"], row["ceiling_idr"]),
        )
        for row in printed
    } == {code: (ceiling, realised, Decimal(percent)) for code, (ceiling, realised, percent) in APBD.items()}
    assert all(row["is_office_budget"] for row in printed)


def test_eighteen_activities_carry_no_amount(lines):
    activities = [row for row in lines if row["level"] == "activity"]
    assert len(activities) == 18
    assert {(row["ceiling_idr"], row["realised_idr"]) for row in activities} == {(None, None)}
    counts = [
        sum(row["parent_code"] == code for row in activities) for code in ("2a", "2b", "2c", "2d", "2e")
    ]
    assert counts == [7, 2, 5, 2, 2]


def test_the_states_budget_is_the_printed_one(lines):
    apbn = [row for row in lines if row["fund_source"] == "APBN"]
    assert {row["name"]: row["ceiling_idr"] for row in apbn} == APBN
    assert {row["name"]: row["realised_idr"] for row in apbn} == APBN
    assert not any(row["is_office_budget"] for row in apbn)


def test_lines_stand_in_the_order_of_the_ledger(lines):
    apbd = sorted((row for row in lines if row["fund_source"] == "APBD2"), key=lambda row: row["ordering"])
    assert [row["code"] for row in apbd][:6] == ["A", "1", "2", "2a", "2a.1", "2a.2"]
    assert [row["code"] for row in apbd][-3:] == ["2e", "2e.1", "2e.2"]


@pytest.mark.parametrize("column", ["ceiling_idr", "realised_idr"])
def test_everything_adds_up_within_a_source(lines, column):
    for source in ("APBD2", "APBN"):
        mine = [(r["code"], r["parent_code"], r[column]) for r in lines if r["fund_source"] == source]
        assert differences(mine) == []
