"""Twenty cases by district and by kind as the book has them; village and crossing by chance, never the book's."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sasando.accounts.actions import grant_role, open_account
from sasando.base.facts import AsOf
from sasando.base.reader import NamedActor
from sasando.cases.facts import FACTS
from sasando.cases.models import Case, HomeVisit
from sasando.demo import cases, places
from sasando.demo.context import Demo
from sasando.lib.names import Match, match_name
from sasando.office.models import Unit, UnitKind
from sasando.places.models import Level
from sasando.registry.models import Family, Membership, Person, Relation, Residence

BY = NamedActor("Dina")
SHARED = Path(__file__).parents[4] / "shared"
REFERENCE = SHARED / "data/rote-ndao-2020"
BOOK = SHARED / "seed/profil-dinas-sosial-rote-ndao-2020.txt"
DISTRICT_ALIASES = {"Barat Laut": "Rote Barat Laut"}


@pytest.fixture
def demo(db):
    demo = Demo()
    places.build(demo)
    return demo


@pytest.fixture
def draws(demo):
    return cases.draw_cases(demo, demo.random(cases.CHANCE))


def printed_villages(demo) -> set[int]:
    """The villages that the book's Tabel 5 names, read from the book itself."""
    text = BOOK.read_text(encoding="utf-8")
    table = text[text.index("\nTabel 5\n") : text.index("\nTabel 6\n")]
    districts = {spot.name: spot.id for spot in demo.atlas.at_level(Level.DISTRICT)}
    found = set()
    for row in re.findall(r"^\d\.\t(.+?) : (.+?)\t", table, re.MULTILINE):
        district = districts[DISTRICT_ALIASES.get(row[0], row[0])]
        within = {s.id: s.name for s in demo.atlas.at_level(Level.VILLAGE) if s.parent_id == district}
        for printed in re.findall(r"- (?:Desa|Kelurahan) ([^-]+)", row[1]):
            match = match_name(printed.strip(), within)
            assert isinstance(match, Match), printed
            found.add(match.key)
    assert len(found) == 17
    return found


@pytest.mark.shared
@pytest.mark.skipif(not BOOK.exists(), reason="the book is not here")
def test_no_case_lies_in_a_village_that_the_book_names(demo, draws):
    assert not {draw.village_id for draw in draws} & printed_villages(demo)


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference tables are not here")
@pytest.mark.parametrize(
    ("name", "column"), [("t05_violence_by_district", "district"), ("t05_violence_by_kind", "case_kind")]
)
def test_both_margins_are_those_of_the_book(demo, draws, name, column):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        book = {row[column]: int(row["children"]) for row in csv.DictReader(file) if row["no"]}
    if column == "district":
        drawn = Counter(demo.atlas.ancestor(draw.village_id, Level.DISTRICT).name for draw in draws)
    else:
        drawn = Counter(" dan ".join(kind.capitalize() for kind in draw.kinds) for draw in draws)
    assert drawn == book


def test_the_same_chance_draws_the_same_cases(demo, draws):
    assert cases.draw_cases(demo, demo.random(cases.CHANCE)) == draws


def test_village_and_crossing_come_from_chance(demo, draws):
    others = [cases.draw_cases(demo, demo.random(f"other {number}")) for number in range(5)]
    assert all(
        {(draw.village_id, draw.kinds) for draw in other} != {(draw.village_id, draw.kinds) for draw in draws}
        for other in others
    )


def build_children(demo, draws):
    """In each drawn village a few families with a child of school age, one of them too young and one too old."""
    for village in {draw.village_id for draw in draws}:
        for number, born in enumerate([date(2018, 5, 5), date(2002, 5, 5), *[date(2009, 5, 5)] * 6]):
            family = Family.objects.create(is_demo=True)
            Residence.objects.create(family=family, village_id=village)
            child = Person.objects.create(name=f"Anak {number}", sex="female", birth_date=born, is_demo=True)
            Membership.objects.create(person=child, family=family, relation=Relation.CHILD)


def test_the_cases_are_filed_assigned_and_visited(demo, draws, people_of_the_office):
    worker = people_of_the_office
    build_children(demo, draws)
    cases.build(demo)
    assert Case.objects.count() == 20
    assert Case.objects.values("person").distinct().count() == 20
    assert not Case.objects.exclude(person__is_demo=True).exists()
    assert HomeVisit.objects.filter(recorded_by_id=worker.pk).count() == HomeVisit.objects.count() >= 20
    (fact,) = FACTS
    rows = list(fact.rows(AsOf(date(2020, 1, 1), date(2020, 12, 31), date(2020, 1, 1), demo.atlas)))
    assert len(rows) == 20
    assert Counter(row[3] for row in rows)["Pencabulan dan Penelantaran"] == 2
    assert all(5 <= row[5] <= 17 and row[7] >= 1 for row in rows)
    assert Counter(row[2] for row in rows) == {
        "53.14.02": 5, "53.14.08": 4, "53.14.03": 5, "53.14.01": 2, "53.14.07": 4,
    }  # fmt: skip


@pytest.fixture
def people_of_the_office(demo):
    unit = Unit.objects.create(code=cases.UNIT, kind=UnitKind.SECTION, name="Seksi", order=1)
    worker = open_account(cases.WORKER, "Sari Contoh", None, by=BY)
    grant_role(worker, "social_worker", by=BY, unit=unit)
    return worker
