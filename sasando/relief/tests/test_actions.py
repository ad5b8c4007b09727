"""A family counts once an event; a delivery answers one event, and only for a family it hit."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sasando.base.reader import NamedActor
from sasando.partners.tests.families import make_families, make_family
from sasando.relief import errors
from sasando.relief.actions import add_affected_families, link_deliveries, open_event
from sasando.relief.models import AffectedFamily, Event, EventKind, ReliefDelivery
from sasando.relief.tests.aid import make_delivery
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details

BY = NamedActor("Dina")
BEGAN = date(2020, 5, 1)


def flood(**changes):
    return open_event(**{"name": "Banjir", "kind": EventKind.FLOOD, "began_on": BEGAN, "by": BY} | changes)


def test_an_event_is_opened(db):
    event = flood(ended_on=BEGAN, decree="SK 1")
    assert (event.kind, event.recorded_by_name) == ("flood", "Dina")
    assert TrailEntry.objects.latest("sequence").subject_id == event.pk


@pytest.mark.parametrize(
    "changes",
    [{"ended_on": BEGAN - timedelta(days=1)}, {"began_on": timezone.localdate() + timedelta(days=1)}],
    ids=["ends before it begins", "begins tomorrow"],
)
def test_impossible_days_are_refused(db, changes):
    with pytest.raises(errors.EventDatesError):
        flood(**changes)
    assert not Event.objects.exists()


def test_an_unknown_kind_is_refused_with_the_known_ones(db):
    with pytest.raises(errors.UnknownEventKindError, match="food_shortage"):
        flood(kind="meteor")


def test_families_are_added_once(people):
    event = flood()
    families = make_families(people.village, 3)
    village = people.village.pk
    assert (
        add_affected_families(event, [(f, village) for f in families[:2]] + [(families[0], village)], by=BY)
        == 2
    )
    assert add_affected_families(event, [(f, people.other_village.pk) for f in families], by=BY) == 1
    assert event.families.count() == 3
    assert event.families.get(family=families[0]).village == people.village


def test_one_family_may_be_hit_by_two_events(people):
    family = make_family(people.village)
    for event in (flood(), flood(name="Banjir lagi")):
        assert add_affected_families(event, [(family.pk, people.village.pk)], by=BY) == 1


def test_unknown_families_and_places_keep_all_out(people):
    event = flood()
    family = make_family(people.village)
    with pytest.raises(errors.UnknownFamilyError, match="999"):
        add_affected_families(event, [(family.pk, people.village.pk), (999, people.village.pk)], by=BY)
    with pytest.raises(errors.NotAVillageError, match=str(people.district.pk)):
        add_affected_families(event, [(family.pk, people.district.pk)], by=BY)
    assert not AffectedFamily.objects.exists()


def test_adding_many_leaves_one_entry_and_costs_no_query_a_family(people):
    event = flood()
    few, many = make_families(people.village, 3), make_families(people.village, 30)

    def cost(families):
        with CaptureQueriesContext(connection) as made:
            add_affected_families(event, [(f, people.village.pk) for f in families], by=BY)
        return len([q for q in made if 'INSERT INTO "relief' not in q["sql"]])

    before = TrailEntry.objects.count()
    assert cost(few) == cost(many)
    assert TrailEntry.objects.count() == before + 2
    assert details(TrailEntry.objects.latest("sequence"))["families"] == 30


@pytest.fixture
def hit(people):
    """An event and a family it hit."""
    event, family = flood(), make_family(people.village)
    add_affected_families(event, [(family.pk, people.village.pk)], by=BY)
    return event, family


def test_deliveries_are_linked_once(people, hit):
    event, family = hit
    ids = [make_delivery(people.village, family).pk for _ in range(3)]
    assert link_deliveries(event, [*ids[:2], ids[0]], by=BY) == 2
    assert link_deliveries(event, ids, by=BY) == 1
    assert ReliefDelivery.objects.filter(event=event).count() == 3


def test_a_delivery_to_a_village_needs_no_family(people, hit):
    assert link_deliveries(hit[0], [make_delivery(people.village, None).pk], by=BY) == 1


def test_a_delivery_to_another_family_is_refused_and_all_with_it(people, hit):
    event, family = hit
    good, bad = (
        make_delivery(people.village, family),
        make_delivery(people.village, make_family(people.village)),
    )
    with pytest.raises(errors.FamilyNotAffectedError, match=f": {bad.pk}\\."):
        link_deliveries(event, [good.pk, bad.pk], by=BY)
    assert not ReliefDelivery.objects.exists()


def test_a_delivery_before_the_event_is_refused(people, hit):
    event, family = hit
    with pytest.raises(errors.DeliveryBeforeEventError):
        link_deliveries(event, [make_delivery(people.village, family, BEGAN - timedelta(days=1)).pk], by=BY)
    assert link_deliveries(event, [make_delivery(people.village, family, BEGAN).pk], by=BY) == 1


def test_a_delivery_answers_one_event(people, hit):
    event, family = hit
    other = flood(name="Banjir lagi")
    add_affected_families(other, [(family.pk, people.village.pk)], by=BY)
    delivery = make_delivery(people.village, family).pk
    link_deliveries(event, [delivery], by=BY)
    with pytest.raises(errors.DeliveryOfOtherEventError):
        link_deliveries(other, [delivery], by=BY)


def test_an_unknown_delivery_is_refused(hit):
    with pytest.raises(errors.UnknownDeliveryError, match="12345"):
        link_deliveries(hit[0], [12345], by=BY)
