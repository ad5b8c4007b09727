"""Groups and organisations as facts."""

from datetime import date

import pytest

from sasando.base.facts import AsOf
from sasando.base.reader import NamedActor
from sasando.partners.actions import dissolve_group, form_group, register_organisation
from sasando.partners.facts import FACTS
from sasando.partners.models import OrganisationKind
from sasando.partners.tests.families import make_families
from sasando.places.queries import Atlas

BY = NamedActor("Dina")
FACT = {fact.name: fact for fact in FACTS}


@pytest.fixture
def group(people):
    return form_group(
        name="KUBE Lontar",
        village_id=people.village.pk,
        family_ids=make_families(people.village, 6),
        formed_on=date(2020, 3, 2),
        by=BY,
    )


def rows(fact, end):
    day = date(2020, 1, 1)
    return list(FACT[fact].rows(AsOf(day, end, day, Atlas(day))))


def test_a_group_counts_while_it_holds(people, group):
    assert rows("groups", date(2020, 3, 1)) == []
    assert rows("groups", date(2020, 12, 31)) == [(group.pk, people.village.code, people.district.code, 6)]
    group.memberships.filter(role="member").update(valid_to=date(2020, 6, 1))
    assert rows("groups", date(2020, 12, 31))[0][3] == 3
    dissolve_group(group, last_day=date(2020, 12, 30), by=BY)
    assert rows("groups", date(2020, 12, 31)) == []


def test_an_organisation_counts_with_its_kind(people):
    home = register_organisation(
        name="Panti",
        kind=OrganisationKind.HOME,
        village_id=people.village.pk,
        by=BY,
        valid_from=date(2019, 1, 1),
    )
    without = register_organisation(name="Yayasan", kind=OrganisationKind.OTHER, village_id=None, by=BY)
    assert rows("organisations", date(2020, 12, 31)) == [
        (home.pk, "home", people.village.code, people.district.code),
        (without.pk, "other", None, None),
    ]


def test_rows_have_as_many_values_as_the_fact_has_columns(people, group):
    for fact in FACTS:
        assert all(len(row) == len(fact.columns) for row in rows(fact.name, date(2020, 12, 31)))


def test_records_open_within_the_readers_scope_only(people, group):
    opened = FACT["groups"].open(people.reader(people.section_head), [group.pk])
    assert [texts[0] for _address, texts in opened.rows] == ["KUBE Lontar"]
    assert FACT["groups"].open(people.reader(people.stranger), [group.pk]).rows == []
    home = register_organisation(
        name="Panti", kind=OrganisationKind.HOME, village_id=people.village.pk, by=BY
    )
    assert len(FACT["organisations"].open(people.reader(people.section_head), [home.pk]).rows) == 1
    assert FACT["organisations"].open(people.reader(people.stranger), [home.pk]).rows == []
