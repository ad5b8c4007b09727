"""Two cases of one unit, each with a worker of its own, and the people who must not know of them."""

from dataclasses import dataclass
from datetime import date

import pytest

from sasando.accounts.actions import grant_role, open_account
from sasando.accounts.models import User
from sasando.base.reader import NamedActor
from sasando.cases.actions import assign_worker, load_standard_kinds, open_case, record_visit
from sasando.cases.models import Case
from sasando.office.models import Unit, UnitKind
from sasando.partners.tests.families import make_family
from sasando.registry.models import Person
from tests.people import People

BY = NamedActor("Dina")
NAME = "Melati Rahasia"
OTHER_NAME = "Kenanga Tersembunyi"
NOTE = "Catatan yang tidak boleh keluar"
REPORTED = date(2020, 2, 3)


@dataclass
class Room:
    """The people, the case of `people.social_worker`, and a colleague's."""

    people: People
    case: Case
    other: Case
    colleague: User
    """Social worker of the same unit, with the other case."""
    other_head: User
    """Head of another section."""

    @property
    def unit(self) -> Unit:
        return self.people.section


def make_child(village, name=NAME) -> Person:
    """A child of a listed family."""
    family = make_family(village, "Wali", children=1)
    child = family.memberships.get(relation="child").person
    child.name = name
    child.save()
    return child


def make_case(people, worker, name=NAME, village=None, **changes) -> Case:
    """A case of the section with a visit; `worker` has it since the report."""
    village = village or people.village
    values = {
        "person_id": make_child(village, name).pk,
        "village_id": village.pk,
        "kinds": ["penelantaran", "pencabulan"],
        "reported_on": REPORTED,
        "unit_id": people.section.pk,
        "note": NOTE,
        "by": BY,
    }
    case = open_case(**values | changes)
    if worker:
        assign_worker(case=case, worker=worker, from_day=case.reported_on, by=BY)
        record_visit(case=case, visited_on=case.reported_on, note=f"{NOTE} visit", by=worker)
    return case


@pytest.fixture
def kinds(db):
    load_standard_kinds(by=BY)


@pytest.fixture
def room(people, kinds) -> Room:
    colleague = open_account("rina.peksos", "Rina Peksos", None, by=BY)
    grant_role(colleague, "social_worker", by=BY, unit=people.section)
    other_unit = Unit.objects.create(
        code="REH-DIS", kind=UnitKind.SECTION, name="Seksi Lain", parent=people.office_unit, order=3
    )
    other_head = open_account("yosef.kasie", "Yosef Kasie", None, by=BY)
    grant_role(other_head, "section_head", by=BY, unit=other_unit)
    case = make_case(people, people.social_worker)
    other = make_case(people, colleague, OTHER_NAME, people.other_village)
    return Room(people, case, other, colleague, other_head)
