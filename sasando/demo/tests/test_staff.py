"""The facts of the demo staff give every cell of the printed staff table (Tabel 1)."""

from collections import Counter

import pytest

from sasando.demo import office, staff
from sasando.demo.context import Demo
from sasando.demo.tests.regency import build_places, rows_of
from sasando.staff.facts import FACTS
from sasando.staff.models import Auxiliary, Employee

PRINTED = {
    # position: male, female, IV, III, II, S1, D3, SLTA, total
    "head": (1, 0, 1, 0, 0, 1, 0, 0, 1),
    "secretary": (1, 0, 1, 0, 0, 0, 1, 0, 1),
    "division_head": (4, 0, 1, 3, 0, 4, 0, 0, 4),
    "section_head": (3, 5, 0, 8, 0, 7, 0, 1, 8),
    "staff": (3, 4, 0, 3, 4, 3, 0, 4, 7),
}
OTHERS = {
    ("contract", "Tenaga Administrasi"): 5,
    ("contract", "Penjaga Kantor"): 1,
    ("contract", "Supir"): 3,
    ("contract", "Cleaning Service"): 1,
    ("contract", "Operator Komputer"): 1,
    ("pkh_facilitator", "Pendamping Sosial PKH"): 51,
    ("social_worker", "SAKTI-PEKSOS"): 1,
    ("tagana", "TAGANA"): 30,
    ("tksk", "TKSK"): 10,
}


@pytest.fixture
def demo(db):
    build_places()
    demo = Demo()
    office.build(demo)
    staff.build(demo)
    return demo


def test_employees_count_as_the_printed_table(demo):
    rows = rows_of(FACTS, "employees")
    assert len(rows) == 21
    columns = [
        ("sex", "male"), ("sex", "female"), ("grade", "IV"), ("grade", "III"), ("grade", "II"),
        ("education", "S1"), ("education", "D3"), ("education", "SLTA"),
    ]  # fmt: skip
    counted = {}
    for group in PRINTED:
        mine = [row for row in rows if row["position_group"] == group]
        counted[group] = (*(sum(row[key] == value for row in mine) for key, value in columns), len(mine))
    assert counted == PRINTED


def test_the_others_count_as_the_printed_table(demo):
    rows = rows_of(FACTS, "auxiliaries")
    assert Counter((row["kind"], row["role"]) for row in rows) == OTHERS


def test_five_of_nineteen_posts_are_vacant(demo):
    rows = rows_of(FACTS, "posts")
    assert len(rows) == 19
    vacant = {row["code"] for row in rows if not row["filled"]}
    assert vacant == {"KA-DAYA-PAH", "KA-REH-DIS", "KA-REH-TS", "KA-JAM-DANA", "KA-FM-PES"}
    held = {row["post_code"] for row in rows_of(FACTS, "employees") if row["post_code"]}
    assert held == {row["code"] for row in rows if row["filled"]}


def test_everybody_is_marked_as_invented(demo):
    assert not Employee.objects.filter(is_demo=False).exists()
    assert not Auxiliary.objects.filter(is_demo=False).exists()


def test_facilitators_work_in_districts_of_that_year(demo):
    places = Auxiliary.objects.filter(kind="tksk").values_list("place__code", flat=True)
    assert sorted(places) == [f"53.14.{number:02d}" for number in range(1, 11)]
