"""A KUBE has 5 to 20 heads of family of one village; a village has one Karang Taruna."""

from datetime import date, timedelta

import pytest

from sasando.base.reader import NamedActor
from sasando.partners import errors
from sasando.partners.actions import (
    GroupDraft,
    dissolve_group,
    form_group,
    form_groups,
    register_organisation,
)
from sasando.partners.models import Group, GroupMembership, Organisation, OrganisationKind
from sasando.partners.tests.families import make_families, make_family
from sasando.registry.models import Membership, PovertyListing
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details

BY = NamedActor("Dina")
DAY = date(2020, 3, 2)


def form(village, families, **changes):
    return form_group(
        **{
            "name": "KUBE Lontar",
            "village_id": village.pk,
            "family_ids": families,
            "formed_on": DAY,
            "by": BY,
        }
        | changes
    )


@pytest.mark.parametrize("size", [5, 20])
def test_a_group_of_five_to_twenty_families_is_formed(people, size):
    group = form(people.village, make_families(people.village, size))
    members = group.memberships.order_by("id")
    assert [m.role for m in members] == ["chair", "secretary", "treasurer"] + ["member"] * (size - 3)
    assert {m.valid_from for m in members} == {DAY}


@pytest.mark.parametrize("size", [0, 4, 21])
def test_other_sizes_are_refused_and_nothing_is_kept(people, size):
    families = make_families(people.village, size)
    entries = TrailEntry.objects.count()
    with pytest.raises(errors.GroupSizeError):
        form(people.village, families)
    assert not Group.objects.exists()
    assert TrailEntry.objects.count() == entries


def test_a_family_of_another_village_is_refused_by_its_number(people):
    foreign = make_family(people.other_village).pk
    with pytest.raises(errors.FamilyOfOtherVillageError, match=str(foreign)):
        form(people.village, [*make_families(people.village, 5), foreign])
    assert not GroupMembership.objects.exists()


def test_a_family_without_head_is_refused(people):
    families = make_families(people.village, 5)
    Membership.objects.filter(family_id=families[2]).delete()
    with pytest.raises(errors.FamilyWithoutHeadError, match=str(families[2])):
        form(people.village, families)


def test_a_family_outside_the_poverty_list_is_refused(people):
    families = make_families(people.village, 5)
    PovertyListing.objects.filter(family_id=families[4]).update(valid_to=DAY)
    with pytest.raises(errors.FamilyNotListedError, match=str(families[4])):
        form(people.village, families)


def test_a_family_given_twice_is_refused(people):
    families = make_families(people.village, 5)
    with pytest.raises(errors.FamilyGivenTwiceError):
        form(people.village, [*families, families[0]])


def test_a_family_belongs_to_one_group_at_a_time(people):
    families = make_families(people.village, 5)
    first = form(people.village, families)
    with pytest.raises(errors.FamilyInOtherGroupError):
        form(people.village, families, formed_on=DAY + timedelta(days=1))
    dissolve_group(first, last_day=DAY + timedelta(days=9), by=BY)
    assert form(people.village, families, formed_on=DAY + timedelta(days=10)).memberships.count() == 5


def test_a_district_is_no_village(people):
    with pytest.raises(errors.NotAVillageError):
        form(people.district, make_families(people.village, 5))


def test_many_groups_are_all_formed_or_none_with_one_entry(people):
    families = make_families(people.village, 11)
    good = GroupDraft("KUBE A", people.village.pk, families[:5], DAY)
    before = TrailEntry.objects.count()
    with pytest.raises(errors.FamilyInOtherGroupError):
        form_groups([good, GroupDraft("KUBE B", people.village.pk, families[4:], DAY)], by=BY)
    assert not Group.objects.exists()
    assert form_groups([good, GroupDraft("KUBE B", people.village.pk, families[5:], DAY)], by=BY) == list(
        Group.objects.order_by("id").values_list("id", flat=True)
    )
    assert TrailEntry.objects.count() == before + 1
    entry = TrailEntry.objects.latest("sequence")
    assert (details(entry)["groups"], details(entry)["families"]) == (2, 11)


def test_a_group_cannot_end_before_it_began(people):
    group = form(people.village, make_families(people.village, 5))
    with pytest.raises(errors.GroupEndError):
        dissolve_group(group, last_day=DAY - timedelta(days=1), by=BY)
    dissolve_group(group, last_day=DAY, by=BY)
    assert list(group.memberships.holding_on(DAY + timedelta(days=1))) == []
    assert group.memberships.holding_on(DAY).count() == 5


def register(village, kind=OrganisationKind.KARANG_TARUNA, name="Karang Taruna Oelunggu"):
    return register_organisation(name=name, kind=kind, village_id=village and village.pk, by=BY)


def test_a_village_has_one_karang_taruna(people):
    register(people.village)
    with pytest.raises(errors.OrganisationExistsError):
        register(people.village, name="Karang Taruna Lain")
    register(people.other_village)
    assert Organisation.objects.count() == 2


def test_a_karang_taruna_needs_a_village_and_a_home_does_not(people):
    with pytest.raises(errors.NotAVillageError):
        register(None)
    with pytest.raises(errors.NotAVillageError):
        register(people.district)
    assert register(None, OrganisationKind.HOME, "Panti Contoh").village is None


def test_a_home_is_registered_once(people):
    register(people.village, OrganisationKind.HOME, "Panti Contoh")
    with pytest.raises(errors.OrganisationExistsError):
        register(people.village, OrganisationKind.HOME, "panti contoh")


def test_an_unknown_kind_is_refused_with_the_known_ones(people):
    with pytest.raises(errors.UnknownOrganisationKindError, match="karang_taruna"):
        register(people.village, "klub")
