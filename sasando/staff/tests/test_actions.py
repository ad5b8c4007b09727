"""Appointing: one definitive holder a post, acting ones beside, and the past kept."""

from datetime import date

import pytest

from sasando.lib.identity import IdentityError
from sasando.office.models import Post
from sasando.staff import actions
from sasando.staff.errors import BackwardsError, NipTakenError, PositionMismatchError, PostHeldError
from sasando.staff.models import Appointment, RankHolding
from sasando.staff.queries import chart
from sasando.trail.models import TrailEntry

DAY = date(2020, 3, 1)


@pytest.fixture
def post(people):
    return Post.objects.create(code="KA-FM-DK", unit=people.section, name="Kepala Seksi", echelon="IV.a")


@pytest.fixture
def employee(people):
    def employee(name="Ada Umpama", serial=1):
        nip = f"19650101200001100{serial}"
        birth = date(1965, 1, 1)
        return actions.register_employee(
            name=name, nip=nip, sex="male", birth_date=birth, by=people.secretary
        )

    return employee


def test_a_second_holder_is_refused_and_leaves_nothing(people, post, employee):
    ada, ben = employee(), employee("Ben Misal", 2)
    actions.appoint(ada, people.section, post=post, valid_from=DAY, by=people.secretary)
    before = TrailEntry.objects.count()
    with pytest.raises(PostHeldError, match="Ada Umpama"):
        actions.appoint(ben, people.section, post=post, valid_from=date(2021, 1, 1), by=people.secretary)
    assert (Appointment.objects.count(), TrailEntry.objects.count()) == (1, before)


def test_acting_beside_ones_own_post_and_the_post_stays_vacant(people, post, employee):
    ada = employee()
    actions.appoint(ada, people.office_unit, valid_from=date(2018, 1, 1), by=people.secretary)
    actions.appoint(ada, people.section, post=post, kind="acting", valid_from=DAY, by=people.secretary)
    found = chart(people.reader(people.secretary), DAY)
    (held,) = found.tops[0].parts[0].posts
    assert (held.is_vacant, [str(a.employee) for a in held.acting], found.vacant) == (True, ["Ada Umpama"], 1)
    assert found.tops[0].staff == 1


def test_a_new_appointment_ends_the_one_before(people, post, employee):
    ada = employee()
    actions.appoint(ada, people.section, valid_from=date(2018, 1, 1), by=people.secretary)
    actions.appoint(ada, people.section, post=post, valid_from=DAY, by=people.secretary)
    assert list(ada.appointments.order_by("id").values_list("valid_to", flat=True)) == [DAY, None]
    with pytest.raises(BackwardsError):
        actions.appoint(ada, people.section, valid_from=DAY, by=people.secretary)


def test_an_ended_appointment_frees_the_post(people, post, employee):
    ada, ben = employee(), employee("Ben Misal", 2)
    first = actions.appoint(ada, people.section, post=post, valid_from=DAY, by=people.secretary)
    actions.end_appointment(first, on=date(2021, 1, 1), by=people.secretary)
    actions.appoint(ben, people.section, post=post, valid_from=date(2021, 1, 1), by=people.secretary)
    with pytest.raises(BackwardsError):
        actions.end_appointment(first, on=DAY, by=people.secretary)


def test_posts_and_units_belong_together(people, post, employee):
    with pytest.raises(PositionMismatchError):
        actions.appoint(employee(), people.office_unit, post=post, valid_from=DAY, by=people.secretary)
    with pytest.raises(PositionMismatchError):
        actions.appoint(
            employee("Ben", 2), people.section, kind="acting", valid_from=DAY, by=people.secretary
        )


def test_ranks_follow_one_another(people, employee):
    ada = employee()
    actions.grant_rank(ada, "III/c", valid_from=date(2016, 4, 1), by=people.secretary)
    actions.grant_rank(ada, "III/d", valid_from=date(2020, 4, 1), by=people.secretary)
    assert RankHolding.objects.holding_on(date(2020, 3, 31)).get().rank == "III/c"
    assert RankHolding.objects.holding_on(date(2020, 4, 1)).get().rank == "III/d"
    with pytest.raises(BackwardsError):
        actions.grant_rank(ada, "IV/a", valid_from=date(2020, 4, 1), by=people.secretary)


def test_a_nip_belongs_to_one_person(people, employee):
    employee()
    with pytest.raises(NipTakenError, match="Ada"):
        employee("Ben Misal")
    with pytest.raises(IdentityError):
        actions.register_employee(
            name="X", nip="123", sex="male", birth_date=date(1965, 1, 1), by=people.secretary
        )
