"""The home, twenty Karang Taruna, thirty KUBE with three hundred families; the events behind the relief."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from sasando.base.models import holds_on
from sasando.budget.models import FundSource
from sasando.demo import partners, places, relief
from sasando.demo.context import Demo
from sasando.partners.errors import GroupSizeError
from sasando.partners.models import Group, GroupMembership, Organisation
from sasando.partners.tests.families import make_families, make_family
from sasando.places.models import Level, Place
from sasando.programmes.models import Delivery, Programme
from sasando.relief.models import AffectedFamily, Event, ReliefDelivery

REFERENCE = Path(__file__).parents[4] / "shared/data/rote-ndao-2020"


@pytest.fixture
def demo(db):
    demo = Demo()
    places.build(demo)
    return demo


def group_villages(demo) -> dict[str, int]:
    """The families each village of the groups' file gives, by code."""
    families: Counter[str] = Counter()
    for row in demo.rows("partners/groups.csv"):
        families[row["village"]] += int(row["families"])
    return families


def place(demo, code) -> Place:
    return Place.objects.get(pk=demo.atlas.by_code[code].id)


@pytest.fixture
def built(demo):
    for code, families in group_villages(demo).items():
        make_families(place(demo, code), families + 1)
    partners.build(demo)
    return demo


def test_thirty_groups_of_three_hundred_listed_families(built):
    assert Group.objects.filter(is_demo=True).count() == 30
    members = GroupMembership.objects.filter(holds_on(date(2020, 12, 31)))
    assert members.values("family").distinct().count() == members.count() == 300
    assert set(Counter(members.values_list("group", flat=True)).values()) == {10}


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference tables are not here")
def test_the_groups_stand_where_the_book_has_them(built):
    with (REFERENCE / "t07_kube.csv").open(encoding="utf-8", newline="") as file:
        book = {
            (row["district"], row["village"]): (int(row["groups"]), int(row["families"]))
            for row in csv.DictReader(file)
            if row["no"]
        }
    atlas = built.atlas
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for group in Group.objects.all():
        where = atlas.ancestor(group.village_id, Level.DISTRICT).name, atlas.name(group.village_id)
        groups, families = found.get(where, (0, 0))
        found[where] = groups + 1, families + group.memberships.count()
    assert found == book


def test_one_home_and_two_karang_taruna_a_district(built):
    (home,) = Organisation.objects.filter(kind="home")
    assert home.name == "Panti Mercy Indonesia"
    assert built.atlas.ancestor(home.village_id, Level.DISTRICT).name == "Lobalain"
    youth = Organisation.objects.filter(kind="karang_taruna").holding_on(date(2020, 12, 31))
    assert youth.values("village").distinct().count() == youth.count() == 20
    districts = Counter(built.atlas.district_code(each.village_id) for each in youth)
    assert set(districts.values()) == {2}
    assert len(districts) == 10


def test_a_village_with_too_few_listed_families_forms_no_group(demo):
    for code in group_villages(demo):
        make_families(place(demo, code), 4)
    with pytest.raises(GroupSizeError):
        partners.build(demo)
    assert not Group.objects.exists()


def deliver(demo, programme, code, day, count):
    """So many deliveries of a programme to families of the first village of a district."""
    source, _new = FundSource.objects.get_or_create(code="BTT", defaults={"name": "BTT"})
    row, _new = Programme.objects.get_or_create(
        code=programme,
        defaults={"name": programme, "kind": "own", "recipient_kind": "family", "fund_source": source},
    )
    village = next(s for s in demo.atlas.at_level(Level.VILLAGE) if demo.atlas.district_code(s.id) == code)
    village = place(demo, village.code)
    for number in range(count):
        Delivery.objects.create(
            programme=row,
            family=make_family(village, f"Kepala {number}"),
            village=village,
            delivered_on=day,
            item="Beras",
            fund_source=source,
            recorded_at=timezone.now(),
            recorded_by_name="Dina",
        )


def test_each_event_gets_the_families_and_deliveries_of_its_programme_and_district(demo):
    emergency, rice = date(2020, 2, 17), date(2020, 4, 20)
    deliver(demo, "TANGGAP-DARURAT", "53.14.01", emergency, 2)
    deliver(demo, "TANGGAP-DARURAT", "53.14.03", emergency, 3)
    deliver(demo, "TANGGAP-DARURAT", "53.14.10", emergency, 1)
    for code, count in (("53.14.01", 4), ("53.14.09", 2)):
        deliver(demo, "CBP", code, rice, count)
    deliver(demo, "PKH", "53.14.01", rice, 1)
    relief.build(demo)
    families = Counter(AffectedFamily.objects.values_list("event__kind", flat=True))
    assert families == {"fire": 2, "wind": 3, "flood": 1, "food_shortage": 6}
    assert Counter(ReliefDelivery.objects.values_list("event__kind", flat=True)) == families
    assert Event.objects.get(kind="wind").name == "Angin kencang Lobalain"
