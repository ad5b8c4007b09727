"""The demo office is the one of the seed: 21 units, 233 functions, 19 structural posts."""

from collections import Counter

import pytest

from sasando.demo import office
from sasando.demo.context import Demo
from sasando.demo.tests.regency import build_places
from sasando.office.errors import OfficeExistsError
from sasando.office.models import LegalBasis, Office, Post, Unit, UnitFunction
from sasando.office.queries import unit_ids_within
from sasando.trail.models import TrailEntry


@pytest.fixture
def demo(db):
    build_places()
    demo = Demo()
    office.build(demo)
    return demo


def test_units_functions_and_posts_are_those_of_the_regulation(demo):
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert kinds == {
        "office": 1, "secretariat": 1, "sub_section": 3, "division": 4, "section": 10,
        "functional_group": 1, "technical_unit": 1,
    }  # fmt: skip
    assert UnitFunction.objects.count() == 233
    assert UnitFunction.objects.values("unit").distinct().count() == 18
    assert Counter(Post.objects.values_list("echelon", flat=True)) == {
        "II.b": 1,
        "III.a": 1,
        "III.b": 4,
        "IV.a": 13,
    }
    assert LegalBasis.objects.count() == 3
    assert set(Unit.objects.filter(is_formed=False).values_list("code", flat=True)) == {"JF", "UPTD"}


def test_every_unit_lies_in_the_office(demo):
    assert len(unit_ids_within(Unit.objects.get(code="DINSOS").id)) == 21
    assert len(unit_ids_within(Unit.objects.get(code="JAM").id)) == 4


def test_no_wording_of_the_regulation_is_loaded(demo):
    assert not Unit.objects.exclude(regulation_text="").exists()
    assert not UnitFunction.objects.exclude(regulation_text="").exists()


def test_the_office_is_a_demo_at_its_own_place(demo):
    found = Office.objects.select_related("regency").get()
    assert (found.regency.code, found.time_zone, found.is_demo) == ("53.14", "Asia/Makassar", True)


def test_a_second_founding_is_refused_and_each_file_left_one_entry(demo):
    assert TrailEntry.objects.filter(action__startswith="office.").count() == 5
    with pytest.raises(OfficeExistsError, match="Dinas Sosial"):
        office.build(demo)
    assert TrailEntry.objects.count() == 5
