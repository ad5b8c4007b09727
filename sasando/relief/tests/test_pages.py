"""Who sees which event, family and delivery, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.accounts.actions import grant_role, open_account
from sasando.base.facts import AsOf
from sasando.base.reader import NamedActor
from sasando.partners.tests.families import make_family
from sasando.places.queries import Atlas
from sasando.relief import queries
from sasando.relief.actions import add_affected_families, link_deliveries, open_event
from sasando.relief.facts import FACTS
from sasando.relief.models import EventKind, ReliefDelivery
from sasando.relief.tests.aid import make_delivery

BY = NamedActor("Dina")
DAY = date(2020, 5, 4)


@pytest.fixture
def shortage(people):
    """A food shortage: two families here with three deliveries, one family elsewhere with one."""
    event = open_event(name="Rawan pangan", kind=EventKind.FOOD_SHORTAGE, began_on=date(2020, 4, 20), by=BY)
    near = [make_family(people.village, f"Kepala Dekat {n}") for n in (1, 2)]
    far = make_family(people.other_village, "Kepala Jauh")
    add_affected_families(event, [(f.pk, people.village.pk) for f in near], by=BY)
    add_affected_families(event, [(far.pk, people.other_village.pk)], by=BY)
    made = [make_delivery(people.village, f, DAY).pk for f in (near[0], near[0], near[1])]
    made.append(make_delivery(people.other_village, far, date(2021, 1, 4)).pk)
    link_deliveries(event, made, by=BY)
    return event


@pytest.fixture
def district_officer(people):
    user = open_account("petugas", "Petugas Contoh", None, by=BY)
    grant_role(user, "section_officer", by=BY, place=people.district)
    return user


def test_the_list_counts_families_once_however_many_deliveries(people, log_in, shortage):
    page = log_in(people.section_head).get(reverse("relief:events"))
    assert page.context["rows"][0][4:] == [3, 4]
    assert page.context["totals"][4:] == [3, 4]


def test_the_event_page_has_villages_with_totals_and_deliveries(people, log_in, shortage):
    page = log_in(people.section_head).get(reverse("relief:event", args=[shortage.pk]))
    assert [[row[0]["text"], *row[1:]] for row in page.context["villages"]] == [
        ["Oelunggu", "Lobalain", 2, 3],
        ["Papela", "Rote Timur", 1, 1],
    ]
    assert page.context["village_totals"][2:] == [3, 4]
    (item,) = page.context["items"]
    assert (item[1], item[2], item[3], item[5]) == ("Beras", 4, 32, 320_000)


def test_counts_and_names_stay_within_the_readers_places(log_in, district_officer, shortage):
    client = log_in(district_officer)
    assert client.get(reverse("relief:events")).context["rows"][0][4:] == [2, 3]
    assert b"Papela" not in client.get(reverse("relief:event", args=[shortage.pk])).content
    families = client.get(reverse("relief:families", args=[shortage.pk])).content.decode()
    assert "Kepala Dekat 1" in families
    assert "Kepala Jauh" not in families


def test_the_family_list_filters_by_village(people, log_in, shortage):
    client = log_in(people.section_head)
    address = reverse("relief:families", args=[shortage.pk])
    rows = client.get(address, {"village": people.other_village.pk}).context["rows"]
    assert [(row[0]["text"], row[3]) for row in rows] == [("Kepala Jauh", 1)]
    assert len(client.get(address, {"village": "x"}).context["rows"]) == 3


def test_filters_by_kind_and_year(people, log_in, shortage):
    client = log_in(people.section_head)

    def found(**wanted):
        return len(client.get(reverse("relief:events"), wanted).context["rows"])

    assert (
        found(kind="food_shortage", year=2020),
        found(kind="flood"),
        found(year=2019),
        found(year="x"),
    ) == (1, 0, 0, 1)


@pytest.mark.parametrize("who", ["operator", "stranger", "treasurer", "social_worker"])
def test_readers_without_the_permission_are_refused(people, log_in, shortage, who):
    client = log_in(getattr(people, who))
    assert client.get(reverse("relief:events")).status_code == 403
    for page in ("relief:event", "relief:families"):
        assert client.get(reverse(page, args=[shortage.pk])).status_code == 403
    assert not queries.families(people.reader(getattr(people, who)), shortage).exists()


def test_an_event_that_does_not_exist_is_not_found(people, log_in):
    client = log_in(people.section_head)
    for page in ("relief:event", "relief:families"):
        assert client.get(reverse(page, args=[999])).status_code == 404


def test_nobody_reads_without_log_in(client, shortage):
    assert client.get(reverse("relief:events")).status_code == 302


@pytest.mark.parametrize("page", ["events", "event", "families"])
def test_pages_cost_the_same_queries_with_3_and_with_30_rows(people, log_in, shortage, page):
    client = log_in(people.section_head)
    address = reverse(f"relief:{page}", args=[] if page == "events" else [shortage.pk])

    def cost():
        with CaptureQueriesContext(connection) as made:
            client.get(address)
        return len(made)

    cost()
    small = cost()
    for number in range(27):
        family = make_family(people.village, f"Kepala {number}")
        add_affected_families(shortage, [(family.pk, people.village.pk)], by=BY)
        link_deliveries(shortage, [make_delivery(people.village, family, DAY).pk], by=BY)
        open_event(name=f"Banjir {number}", kind=EventKind.FLOOD, began_on=DAY, by=BY)
    assert cost() == small


def test_relief_deliveries_of_the_period_are_facts(people, shortage):
    (fact,) = FACTS
    day = date(2020, 1, 1)
    rows = list(fact.rows(AsOf(day, date(2020, 12, 31), day, Atlas(day))))
    assert len(rows) == 3
    assert all(len(row) == len(fact.columns) for row in rows)
    assert {(row[2], row[3], *row[5:]) for row in rows} == {
        (shortage.pk, "food_shortage", people.village.code, people.district.code)
    }
    assert len({row[4] for row in rows}) == 2


def test_records_open_within_the_readers_scope_only(people, district_officer, shortage):
    (fact,) = FACTS
    ids = list(ReliefDelivery.objects.values_list("id", flat=True))
    assert len(fact.open(people.reader(people.section_head), ids).rows) == 4
    assert len(fact.open(people.reader(district_officer), ids).rows) == 3
    assert fact.open(people.reader(people.stranger), ids).rows == []
