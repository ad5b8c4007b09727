"""Roles are held at places and in units, for dates; scope comes out of them."""

from datetime import date, timedelta

import pytest

from sasando.accounts.actions import grant_role, open_account
from sasando.accounts.errors import IncompatibleRoleError, UnknownRoleError, UsernameTakenError
from sasando.accounts.reader import AccountReader
from sasando.accounts.roles import ROLES
from sasando.base.permissions import Permission
from sasando.trail.models import TrailEntry
from tests.people import BUILDER

TODAY = date(2026, 1, 15)


def test_a_village_operator_reaches_the_village_only(people):
    scope = people.reader(people.operator).scope(Permission.SEE_FAMILIES)
    assert scope.place_ids == {people.village.pk} and not scope.all_places


def test_a_district_officer_reaches_the_district_and_its_villages(people):
    scope = people.reader(people.stranger).scope(Permission.SEE_FAMILIES)
    assert scope.place_ids == {people.other_district.pk, people.other_village.pk}


def test_a_role_in_a_unit_reaches_all_places_but_only_its_units(people):
    scope = people.reader(people.section_head).scope(Permission.HAND_IN_TABLES)
    assert scope.all_places and not scope.all_units and scope.unit_ids == {people.section.pk}


def test_a_role_of_the_whole_office_reaches_everything(people):
    assert people.reader(people.secretary).scope(Permission.SEE_FAMILIES).everywhere


def test_without_the_permission_the_scope_is_empty(people):
    scope = people.reader(people.treasurer).scope(Permission.SEE_CASES)
    assert not scope and not people.reader(people.treasurer).may(Permission.SEE_CASES)


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (29, True), (30, False)])
def test_an_acting_role_holds_for_its_days(people, days, holds):
    user = open_account("plt", "Plt. Contoh", None, by=BUILDER)
    grant_role(user, "treasurer", by=BUILDER, kind="acting", valid_from=TODAY, valid_to=TODAY + timedelta(30))
    assert AccountReader(user, TODAY + timedelta(days)).may(Permission.EDIT_BUDGET) is holds


def test_an_inactive_account_may_nothing(people):
    people.secretary.is_active = False
    assert not people.reader(people.secretary).permissions


def test_roles_that_exclude_each_other_are_refused(people):
    user = open_account("dua", "Dua Peran", None, by=BUILDER)
    grant_role(user, "planner", by=BUILDER, valid_to=TODAY)
    grant_role(user, "office_head", by=BUILDER, valid_from=TODAY)
    with pytest.raises(IncompatibleRoleError, match="may not hold both"):
        grant_role(user, "office_head", by=BUILDER)
    assert user.holdings.count() == 2


def test_no_role_both_prepares_and_publishes():
    for role in ROLES.values():
        assert not {Permission.PREPARE_EDITION, Permission.PUBLISH_EDITION} <= role.permissions, role.name


def test_unknown_roles_and_taken_names_are_refused(people):
    with pytest.raises(UnknownRoleError, match="The roles are"):
        grant_role(people.operator, "raja", by=BUILDER)
    with pytest.raises(UsernameTakenError):
        open_account("YULI.OP", "Lain", None, by=BUILDER)


def test_every_write_is_in_the_trail(people):
    actions = set(TrailEntry.objects.values_list("action", flat=True))
    assert {"accounts.open_account", "accounts.grant_role"} <= actions
