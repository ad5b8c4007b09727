"""The invented people and their aid yield the printed tables; built once for this module, all taken back afterwards."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F, Sum

from sasando.demo import aid, budget, office, partners, people, places, programmes, surveys
from sasando.demo.context import Demo
from sasando.demo.tests.regency import rows_of
from sasando.lib.identity import parse_kk, parse_nik
from sasando.lib.names import match_name
from sasando.places.models import Level
from sasando.programmes.facts import FACTS as AID
from sasando.programmes.models import Entitlement, EntitlementLine
from sasando.programmes.rules import eligible_components
from sasando.registry.facts import FACTS as REGISTER
from sasando.registry.models import CategoryHolding, Family, Identifier, Membership, Person
from sasando.registry.rules import category_doubts
from sasando.trail.models import TrailEntry
from sasando.trail.queries import breaks, details

pytestmark = pytest.mark.django_db
BOOK = Path(__file__).parents[4] / "shared/data/rote-ndao-2020"
STEPS = (places, office, budget, people, partners, programmes, aid, surveys)
NEGLECTED = {"01", "02", "08", "09", "11", "12"}
LOGISTICS = {"LOGISTIK-LANSIA", "LOGISTIK-DISABILITAS"}

shared = [
    pytest.mark.shared,
    pytest.mark.skipif(not BOOK.exists(), reason="the reference tables are not here"),
]


def against_book(test):
    """A test that reads a printed table."""
    for mark in shared:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        regency = Demo()
        for step in STEPS:
            step.build(regency)
        yield regency
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def districts(demo) -> dict[str, str]:
    """Name of a district of 2020 by code."""
    return {spot.code: spot.name for spot in demo.atlas.at_level(Level.DISTRICT)}


@pytest.fixture(scope="module")
def deliveries(demo) -> list[dict]:
    return rows_of(AID, "deliveries")


@pytest.fixture(scope="module")
def entitlements(demo) -> list[dict]:
    return rows_of(AID, "entitlements")


def printed(table: str) -> list[dict]:
    """The numbered rows of a printed table."""
    with (BOOK / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["no"]]


def by_district(rows, districts, value=lambda row: 1) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for row in rows:
        sums[districts[row["district_code"]]] += value(row)
    return dict(sums)


def test_listed_families_live_in_every_village(demo):
    families = rows_of(REGISTER, "families")
    assert len(families) == sum(row["listed"] for row in families) == 22_579
    sizes = Counter(row["village_code"] for row in families)
    assert len(sizes) == 119 and min(sizes.values()) >= 50
    assert 85_000 < Person.objects.count() < 95_000
    assert (
        not Person.objects.filter(is_demo=False).exists()
        and not Family.objects.filter(is_demo=False).exists()
    )


def test_numbers_are_valid_and_of_the_demo_range(demo):
    codes = {spot.code for spot in demo.atlas.at_level(Level.DISTRICT)}
    numbers = Identifier.objects.select_related("person").order_by("id")
    assert numbers.values("kind", "number_hash").distinct().count() == numbers.count()
    for row in numbers.filter(kind="nik", id__lt=20_000):
        read = parse_nik(row.number)
        assert read.birth_date(date(2020, 1, 1), row.person.birth_date) == row.person.birth_date
        assert read.sex == ("L" if row.person.sex == "male" else "P")
        assert read.region_code in codes and 9001 <= read.serial <= 9999
    for row in numbers.filter(kind="kk", id__lt=20_000):
        read = parse_kk(row.number)
        assert read.region_code in codes and 9001 <= read.serial <= 9999 and not read.warnings


def test_equal_chance_gives_equal_people(demo):
    again, _codes = people._draft_families(demo, demo.random("people"))
    stored = Person.objects.order_by("id").values_list("name", "sex", "birth_date")
    assert list(stored) == [member[:3] for row in again for member in row.members]


def test_families_are_families(demo):
    relations: defaultdict[int, Counter] = defaultdict(Counter)
    births: defaultdict[int, dict] = defaultdict(dict)
    rows = Membership.objects.values_list("family_id", "relation", "person__birth_date", "person__sex")
    for family, relation, born, _sex in rows:
        relations[family][relation] += 1
        births[family].setdefault(relation, []).append(born)
    assert all(count["head"] == 1 and count["spouse"] <= 1 for count in relations.values())
    for of in births.values():
        mother = max(of.get("spouse", of["head"]))
        assert all((child - mother).days > 16 * 365 for child in of.get("child", ()))
        assert all((min(of["head"]) - parent).days > 14 * 365 for parent in of.get("parent", ()))


def test_neglected_persons_fit_their_categories(demo):
    rows = rows_of(REGISTER, "category_holdings")
    neglected = {row["person"] for row in rows if row["category"] in NEGLECTED}
    assert len(neglected) == 3_455 < sum(row["category"] in NEGLECTED for row in rows)
    for held in CategoryHolding.objects.select_related("category", "person"):
        for day in (held.valid_from, date(2020, 12, 31)):
            doubts = category_doubts(
                min_age=held.category.min_age,
                max_age=held.category.max_age,
                only_sex=held.category.sex,
                sex=held.person.sex,
                birth_date=held.person.birth_date,
                on=day,
            )
            assert not doubts, (held.category.code, held.person.birth_date, doubts)


@against_book
def test_pkh_families_and_rupiah_are_the_books(entitlements, districts):
    pkh = [row for row in entitlements if row["programme"] == "PKH"]
    assert len(pkh) == len({row["family"] for row in pkh}) == 11_731
    assert sum(row["amount_idr"] for row in pkh) == 12_157_475_000
    assert {row["begins_on"] for row in pkh} == {date(2020, 1, 1)}
    book = printed("t03_pkh")
    assert by_district(pkh, districts) == {row["district"]: int(row["families"]) for row in book}
    assert by_district(pkh, districts, lambda row: row["amount_idr"]) == {
        row["district"]: int(row["amount_idr"]) for row in book
    }


def test_each_pkh_line_is_for_a_member_it_fits(demo):
    disabled = set(CategoryHolding.objects.filter(category__code="09").values_list("person_id", flat=True))
    lines = EntitlementLine.objects.filter(entitlement__cycle__programme__code="PKH")
    counted = Counter(lines.values_list("entitlement_id", flat=True))
    assert max(counted.values()) == 4
    wrong = lines.exclude(person__memberships__family=F("entitlement__family"))
    assert not wrong.exists()
    rows = lines.values_list(
        "tariff__component", "person__birth_date", "person__sex", "person__memberships__relation", "person_id"
    )
    for component, born, sex, relation, person in rows.iterator(chunk_size=10_000):
        assert component in eligible_components(
            birth_date=born, sex=sex, relation=relation, disabled=person in disabled, on=date(2020, 1, 1)
        )


def test_entitlements_are_the_sums_of_their_lines_and_raise_no_doubt(demo):
    sums = Entitlement.objects.annotate(sum=Sum("lines__amount_idr"))
    assert not sums.exclude(sum=F("amount_idr")).exists()
    received = TrailEntry.objects.filter(action="programmes.receive_list")
    assert [details(entry)["doubts"] for entry in received] == [0] * 11


@against_book
def test_bpnt_families_and_months_are_the_books(entitlements, districts):
    bpnt = [row for row in entitlements if row["programme"] == "BPNT"]
    assert len(bpnt) == 86_847 and {row["amount_idr"] for row in bpnt} == {200_000}
    assert {row["begins_on"].month for row in bpnt} == set(range(3, 13))
    home = {row["family"]: row for row in bpnt}
    assert by_district(home.values(), districts) == {
        row["district"]: int(row["families"]) for row in printed("t08_bpnt")
    }
    assert {row["family"] for row in entitlements if row["programme"] == "PKH"} <= home.keys()


@against_book
def test_rice_and_emergency_aid_are_the_books(deliveries, districts):
    rice = [row for row in deliveries if row["programme"] == "CBP"]
    emergency = [row for row in deliveries if row["programme"] == "TANGGAP-DARURAT"]
    book = printed("t02_relief")
    assert by_district(rice, districts) == {
        row["district"]: int(row["rice_reserve_families"]) for row in book
    }
    assert by_district(emergency, districts) == {
        row["district"]: int(row["emergency_families"]) for row in book if row["emergency_families"]
    }
    assert {row["quantity"] for row in rice} == {8} and sum(row["quantity"] for row in rice) <= 100_000
    assert len({row["recipient"] for row in (*rice, *emergency)}) == 10_600


@against_book
def test_logistics_are_the_books_rows(deliveries, demo):
    served = Counter(
        (row["village_code"], row["programme"]) for row in deliveries if row["programme"] in LOGISTICS
    )
    book = {}
    for row in printed("t04_logistics"):
        if row["village"]:
            district = next(d for d in demo.atlas.at_level(Level.DISTRICT) if d.name == row["district"])
            villages = {
                s.code: s.name for s in demo.atlas.at_level(Level.VILLAGE) if s.parent_id == district.id
            }
            code = match_name(row["village"], villages).key
            book[code, "LOGISTIK-LANSIA"] = int(row["elderly_persons"])
            book[code, "LOGISTIK-DISABILITAS"] = int(row["disabled_persons"])
    assert served == book and sum(book.values()) == 336


def test_the_351_served_are_among_the_neglected(deliveries, demo):
    served = [row for row in deliveries if row["programme"] in LOGISTICS | {"JAMINAN-HIDUP"}]
    persons = {row["recipient"] for row in served}
    assert len(served) == len(persons) == 351
    holdings = rows_of(REGISTER, "category_holdings")
    assert persons <= {row["person"] for row in holdings if row["category"] in NEGLECTED}
    home = [row for row in served if row["programme"] == "JAMINAN-HIDUP"]
    assert len(home) == 15 and {row["through"] for row in home} == {"Panti Mercy Indonesia"}
    children = {row["person"] for row in holdings if row["category"] == "02"}
    assert {row["recipient"] for row in home} <= children


def test_groups_and_youth_got_their_share(deliveries):
    counts = Counter(row["programme"] for row in deliveries)
    assert (counts["KUBE"], counts["KARANG-TARUNA"]) == (30, 5)
    assert all(row["amount_idr"] for row in deliveries if row["programme"] in ("KUBE", "KARANG-TARUNA"))


@against_book
def test_surveyed_villages_are_the_books(demo, districts):
    surveys_done = rows_of(REGISTER, "village_surveys")
    assert len({row["village_code"] for row in surveys_done}) == 60
    names = Counter((districts[row["district_code"]]) for row in surveys_done)
    assert names == {row["district"]: int(row["total"]) for row in printed("t06_pmks_survey_totals")}
    kinds = Counter(demo.atlas.by_code[row["village_code"]].kind for row in surveys_done)
    assert kinds == {"desa": 54, "kelurahan": 6}


def test_the_trail_holds(demo):
    assert list(breaks()) == []


@pytest.mark.parametrize("total", [0, 1, 7, 22_579])
def test_shares_add_up_and_follow_the_weights(total):
    parts = people.shares(total, [3, 1, 2.5])
    assert sum(parts) == total and parts[0] >= parts[2] >= parts[1] >= 0


def test_lines_that_cannot_reach_the_sum_are_refused():
    line = programmes.Line(1, 1, 225_000)
    with pytest.raises(ValueError, match="less than the target"):
        programmes.fit_lines([[line]], 300_000, Demo().random("x"))
