"""What of the register is counted, as of a day."""

from datetime import date

from sasando.base.facts import AsOf
from sasando.places.queries import Atlas
from sasando.registry.actions import (
    CategoryRow,
    SurveyRow,
    add_persons_to_categories,
    add_village_surveys,
    move_family,
)
from sasando.registry.facts import FACTS
from sasando.registry.models import Family, PovertyListing, VillageSurvey
from sasando.registry.tests.build import category, families
from tests.people import BUILDER

DAY = date(2020, 1, 1)


def rows(name, end=date(2020, 12, 31)):
    fact = next(fact for fact in FACTS if fact.name == name)
    found = list(fact.rows(AsOf(date(end.year, 1, 1), end, DAY, Atlas(DAY))))
    assert all(len(row) == len(fact.columns) for row in found)
    return [dict(zip([column.name for column in fact.columns], row, strict=True)) for row in found]


def opened(name, reader, ids):
    return next(fact for fact in FACTS if fact.name == name).open(reader, ids)


def test_families_are_counted_where_they_lived_and_listed_then(people):
    one, two = families(people.village, 2)
    PovertyListing.objects.filter(family=two.family_id).update(valid_to=date(2020, 6, 1))
    move_family(
        Family.objects.get(pk=one.family_id), village=people.other_village, on=date(2021, 3, 1), by=BUILDER
    )
    in_2020, in_2021 = rows("families"), rows("families", date(2021, 12, 31))
    assert [(r["record"], r["village_code"], r["listed"]) for r in in_2020] == [
        (one.family_id, "53.14.03.2001", True),
        (two.family_id, "53.14.03.2001", False),
    ]
    assert in_2021[0]["district_code"] == "53.14.06"


def test_a_listed_family_without_a_home_is_not_lost(people):
    (one,) = families(people.village)
    Family.objects.get(pk=one.family_id).residences.all().delete()
    assert [(r["record"], r["village_code"], r["listed"]) for r in rows("families")] == [
        (one.family_id, None, True)
    ]


def test_secret_categories_are_in_no_fact(people):
    (one,) = families(people.village)
    done = add_persons_to_categories(
        rows=[
            CategoryRow(category("02").pk, one.person_ids[2], since=date(2020, 2, 1)),
            CategoryRow(category("06", secret=True).pk, one.person_ids[2], since=date(2020, 2, 1)),
            CategoryRow(category("24", subject="family").pk, None, one.family_id),
        ],
        by=BUILDER,
    )
    child, family = rows("category_holdings")
    assert (child["record"], child["category"], child["age"], child["sex"]) == (
        done.holding_ids[0],
        "02",
        8,
        "male",
    )
    assert child["village_code"] == family["village_code"] == "53.14.03.2001"
    assert (family["person"], family["family"], family["age"]) == (None, one.family_id, None)
    assert [r["category"] for r in rows("category_holdings", date(2019, 12, 31))] == ["24"]
    reader = people.reader(people.social_worker)
    page = opened("category_holdings", reader, list(done.holding_ids))
    assert [texts[1] for _url, texts in page.rows] == ["Kategori 02", "Kategori 24"]


def test_opening_shows_only_what_is_in_scope(people):
    mine, theirs = families(people.village, 2), families(people.other_village, 1, first=50)
    ids = [one.family_id for one in (*theirs, *reversed(mine))]
    page = opened("families", people.reader(people.operator), ids)
    assert [texts[0] for _url, texts in page.rows] == ["Kepala 2", "Kepala 1"]
    assert len(opened("families", people.reader(people.section_head), ids).rows) == 3
    assert len(opened("families", people.reader(people.treasurer), ids).rows) == 0


def test_surveys_count_within_the_period(people):
    ids = add_village_surveys(
        rows=[SurveyRow(people.village.pk, date(2020, 7, 1)), SurveyRow(people.village.pk, date(2021, 1, 1))],
        by=BUILDER,
    )
    assert [(r["record"], r["surveyed_on"]) for r in rows("village_surveys")] == [(ids[0], date(2020, 7, 1))]
    assert len(opened("village_surveys", people.reader(people.operator), list(ids)).rows) == 2
    assert len(opened("village_surveys", people.reader(people.stranger), list(ids)).rows) == 0
    assert VillageSurvey.objects.count() == 2
