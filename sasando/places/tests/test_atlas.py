"""Places as of any day."""

from datetime import date

import pytest

from sasando.base.reader import NamedActor
from sasando.places.actions import add_aliases, apply_changes, load_regency
from sasando.places.errors import PlaceChangeError, UnknownRegencyError
from sasando.places.models import Level, Place
from sasando.places.queries import Atlas

BY = NamedActor("test")
BEFORE, AFTER = date(2020, 1, 1), date(2026, 1, 1)
CHANGES = [
    {"old_code": "", "old_name": "", "new_code": "53.14.11", "new_name": "Loaholu", "valid_from": "2020-10-20"},
    {
        "old_code": "53.14.02.2024", "old_name": "Mundek", "new_code": "53.14.11.2010", "new_name": "Mundek",
        "valid_from": "2020-10-20",
    },
    {
        "old_code": "53.14.07.2004", "old_name": "Boa", "new_code": "53.14.07.2004", "new_name": "Bo'a",
        "valid_from": "2022-02-14",
    },
]  # fmt: skip


@pytest.fixture
def rote(db):
    load_regency("53.14", by=BY)
    apply_changes(CHANGES, by=BY)


def test_districts_of_two_days(rote):
    assert len(Atlas(BEFORE).at_level(Level.DISTRICT)) == 10
    assert len(Atlas(AFTER).at_level(Level.DISTRICT)) == 11


def test_a_village_under_a_new_code_is_the_same_village(rote):
    old, new = Place.objects.get(code="53.14.02.2024"), Place.objects.get(code="53.14.11.2010")
    before, after = Atlas(BEFORE), Atlas(AFTER)
    assert before.village_code(new.id) == before.village_code(old.id) == "53.14.02.2024"
    assert before.district_code(new.id) == "53.14.02"
    assert after.village_code(old.id) == "53.14.11.2010"
    assert after.district_code(old.id) == "53.14.11"


def test_names_are_those_of_the_day(rote):
    boa = Place.objects.get(code="53.14.07.2004")
    assert (Atlas(BEFORE).name(boa.id), Atlas(AFTER).name(boa.id)) == ("Boa", "Bo'a")


def test_scope_follows_the_village_to_its_new_district(rote):
    old = Place.objects.get(code="53.14.02.2024")
    after = Atlas(AFTER)
    assert old.id in after.ids_within(Place.objects.get(code="53.14.11").id)
    assert old.id not in after.ids_within(Place.objects.get(code="53.14.02").id)


@pytest.mark.parametrize(
    ("printed", "district", "code"),
    [
        ("Desa Nggodimedda", "53.14.04", "53.14.04.2003"),
        ("Tesabela", "53.14.05", "53.14.05.2011"),
        ("Mbalilendeiki", "53.14.09", "53.14.09.2001"),
        ("Boa", "53.14.07", "53.14.07.2004"),
        ("Suebela", "53.14.04", "53.14.04.2010"),
        ("Papela", "53.14.04", None),
        ("Bukan Desa", "53.14.04", None),
    ],
)
def test_printed_names_are_found_within_their_district(rote, printed, district, code):
    atlas = Atlas(BEFORE)
    found = atlas.find(printed, Level.VILLAGE, atlas.by_code[district])
    assert (found and found.code) == code


def test_an_alias_finds_a_district(rote):
    add_aliases([{"code": "53.14.02", "alias": "Barat Laut"}], by=BY)
    assert Atlas(BEFORE).find("Barat Laut", Level.DISTRICT).code == "53.14.02"


@pytest.mark.parametrize("code", ["53", "53.14.02", "99.99", "x"])
def test_only_regencies_can_be_loaded(db, code):
    with pytest.raises(UnknownRegencyError, match="official code"):
        load_regency(code, by=BY)


def test_a_change_that_does_not_fit_changes_nothing(rote):
    count = Place.objects.count()
    broken = [
        CHANGES[1] | {"old_code": "53.14.03.2024", "new_code": "53.14.11.2001"},
        {**CHANGES[1], "new_code": "x"},
    ]
    with pytest.raises(PlaceChangeError, match="Line 3"):
        apply_changes(broken, by=BY)
    assert Place.objects.count() == count


def test_the_atlas_costs_the_same_for_one_place_and_for_all(rote, django_assert_num_queries):
    with django_assert_num_queries(3):
        atlas = Atlas(BEFORE)
        [atlas.district_code(place) for place in list(atlas.spots)]
