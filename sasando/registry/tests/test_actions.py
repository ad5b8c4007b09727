"""What the register takes, and what it refuses whole."""

from datetime import date

import pytest
from django.db import connection

from sasando.base.encryption import key_ring
from sasando.registry import errors
from sasando.registry.actions import (
    CategoryRow,
    FamilyRow,
    ListingRow,
    SurveyRow,
    add_families,
    add_family,
    add_persons_to_categories,
    add_village_surveys,
    correct_person,
    list_families_as_poor,
    move_family,
)
from sasando.registry.models import (
    CategoryHolding,
    Family,
    Identifier,
    Membership,
    Person,
    PovertyListing,
    Residence,
    VillageSurvey,
)
from sasando.registry.tests.build import category, families, member, nik
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details
from tests.people import BUILDER


def test_many_families_are_one_entry_in_the_trail(people):
    added = families(people.village, 3, listed=False)
    assert [len(one.person_ids) for one in added] == [3, 3, 3]
    assert (Family.objects.count(), Person.objects.count(), Membership.objects.count()) == (3, 9, 9)
    assert Person.objects.get(pk=added[1].person_ids[2]).name == "Anak 2"
    entry = TrailEntry.objects.get(action="registry.add_families")
    assert (details(entry)["families"], details(entry)["persons"]) == (3, 9)


def test_numbers_are_encrypted_and_found_by_their_hash(people):
    added = families(people.village)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM registry_identifier")
        stored = [row[0] for row in cursor.fetchall()]
    assert len(stored) == 4 and not any("5314" in text for text in stored)
    row = Identifier.objects.get(number_hash=key_ring().lookup(nik(1), "nik"))
    assert (row.number, row.person_id) == (nik(1), added[0].person_ids[0])


def test_bulk_and_single_give_the_same_rows(people):
    row = FamilyRow(people.village.pk, [member(nik=nik(7))], kk=nik(7, "010115"), address="RT 001")
    one = add_family(family=row, by=BUILDER)
    assert Residence.objects.get(family=one.family_id).address == "RT 001"
    assert Identifier.objects.filter(family=one.family_id, kind="kk").get().number == nik(7, "010115")


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        (lambda v: [FamilyRow(v, [])], errors.HeadError),
        (lambda v: [FamilyRow(v, [member(), member("Kedua")])], errors.HeadError),
        (lambda v: [FamilyRow(v, [member(nik="531403329980")])], errors.IdentityNumberError),
        (lambda v: [FamilyRow(v, [member()], kk="5314030113159001")], errors.IdentityNumberError),
        (
            lambda v: [FamilyRow(v, [member(nik=nik(1)), member("B", "child", nik=nik(1))])],
            errors.NumberTakenError,
        ),
        (
            lambda v: [FamilyRow(v, [member(nik=nik(1))]), FamilyRow(v, [member(nik=nik(1))])],
            errors.NumberTakenError,
        ),
        (lambda v: [FamilyRow(v + 1000, [member()])], errors.NotAVillageError),
    ],
)
def test_a_bad_row_refuses_the_batch_and_names_no_number(people, rows, error):
    given = [FamilyRow(people.village.pk, [member("Baik", nik=nik(99))]), *rows(people.village.pk)]
    with pytest.raises(error) as caught:
        add_families(families=given, by=BUILDER)
    assert not Family.objects.exists() and not Person.objects.exists()
    assert nik(1) not in str(caught.value)


def test_a_number_in_the_register_is_not_taken_twice(people):
    families(people.village)
    with pytest.raises(errors.NumberTakenError) as caught:
        families(people.other_village)
    assert caught.value.row == 1 and Family.objects.count() == 1


def test_a_district_is_no_village(people):
    with pytest.raises(errors.NotAVillageError):
        add_families(families=[FamilyRow(people.district.pk, [member()])], by=BUILDER)


def test_moving_ends_one_residence_and_begins_another(people):
    family = Family.objects.get(pk=families(people.village)[0].family_id)
    move_family(family, village=people.other_village, on=date(2020, 6, 1), by=BUILDER)
    on = {
        day: Residence.objects.holding_on(day).get().village for day in (date(2020, 5, 31), date(2020, 6, 1))
    }
    assert list(on.values()) == [people.village, people.other_village]
    with pytest.raises(errors.MovedTooEarlyError):
        move_family(family, village=people.village, on=date(2020, 6, 1), by=BUILDER)
    assert Residence.objects.count() == 2


def test_a_correction_keeps_before_and_after(people):
    person = Person.objects.get(pk=families(people.village)[0].person_ids[0])
    correct_person(person, name="Yohanis", birth_date=date(1981, 5, 17), reason="Akta lahir", by=BUILDER)
    said = details(TrailEntry.objects.get(action="registry.correct_person"))
    assert said["before"] == {"name": "Kepala 1", "birth_date": "1980-05-17"}
    assert said["after"] == {"name": "Yohanis", "birth_date": "1981-05-17"}
    for values in ({"name": "Yohanis", "reason": "x"}, {"name": "Baru", "reason": " "}):
        with pytest.raises(errors.NothingToCorrectError):
            correct_person(person, by=BUILDER, **values)
    with pytest.raises(TypeError):
        correct_person(person, by=BUILDER, reason="x", is_demo=False)


def test_a_family_stands_in_a_list_once_at_a_time(people):
    (one,) = families(people.village, listed=False)
    early = {"since": date(2018, 1, 1), "until": date(2019, 1, 1)}
    list_families_as_poor(families=[ListingRow(one.family_id, 2)], by=BUILDER, **early)
    list_families_as_poor(families=[ListingRow(one.family_id, 1)], by=BUILDER, since=date(2019, 1, 1))
    for since in (date(2018, 6, 1), date(2021, 1, 1)):
        with pytest.raises(errors.ListedTwiceError):
            list_families_as_poor(families=[ListingRow(one.family_id)], by=BUILDER, since=since)
    with pytest.raises(errors.UnknownRecordError):
        list_families_as_poor(families=[ListingRow(one.family_id + 99)], by=BUILDER)
    assert PovertyListing.objects.count() == 2


def test_a_category_outside_its_age_is_a_doubt_not_a_refusal(people):
    (one,) = families(people.village)
    elderly = category("08", min_age=60)
    done = add_persons_to_categories(
        rows=[CategoryRow(elderly.pk, person, since=date(2020, 1, 1)) for person in one.person_ids[:2]],
        by=BUILDER,
    )
    assert sorted(done.doubts) == [1, 2] and CategoryHolding.objects.count() == 2


@pytest.mark.parametrize("bearers", ["both", "neither", "wrong kind"])
def test_a_category_has_one_bearer_of_its_kind(people, bearers):
    (one,) = families(people.village)
    of_person, of_family = category("08"), category("24", subject="family")
    row = {
        "both": CategoryRow(of_person.pk, one.person_ids[0], one.family_id),
        "neither": CategoryRow(of_person.pk),
        "wrong kind": CategoryRow(of_family.pk, one.person_ids[0]),
    }[bearers]
    with pytest.raises(errors.OneBearerError):
        add_persons_to_categories(rows=[row], by=BUILDER)
    assert not CategoryHolding.objects.exists()


def test_a_category_is_held_once_at_a_time(people):
    (one,) = families(people.village)
    row = CategoryRow(category().pk, one.person_ids[0], since=date(2019, 1, 1), until=date(2020, 1, 1))
    add_persons_to_categories(rows=[row], by=BUILDER)
    add_persons_to_categories(rows=[row._replace(since=date(2020, 1, 1), until=None)], by=BUILDER)
    with pytest.raises(errors.HeldTwiceError):
        add_persons_to_categories(rows=[row._replace(since=date(2019, 6, 1))], by=BUILDER)
    assert CategoryHolding.objects.count() == 2


def test_a_survey_is_of_a_village(people):
    add_village_surveys(rows=[SurveyRow(people.village.pk, date(2020, 7, 1))], by=BUILDER)
    with pytest.raises(errors.NotAVillageError):
        add_village_surveys(rows=[SurveyRow(people.district.pk, date(2020, 7, 1))], by=BUILDER)
    assert VillageSurvey.objects.count() == 1
