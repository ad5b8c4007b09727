"""Ending a unit."""

from datetime import date

import pytest

from sasando.office.actions import end_unit
from sasando.office.errors import UnitHasPartsError
from sasando.office.models import Post
from sasando.office.queries import posts, units
from sasando.trail.models import TrailEntry


def test_a_dissolved_unit_stays_in_earlier_charts(people):
    end_unit(people.section, on=date(2021, 1, 1), by=people.secretary)
    reader = people.reader(people.secretary)
    assert [u.code for u in units(reader, date(2020, 12, 31))] == ["DINSOS", "FM-DK"]
    assert [u.code for u in units(reader, date(2021, 1, 1))] == ["DINSOS"]


def test_a_unit_with_a_post_cannot_end_and_leaves_no_trail(people):
    Post.objects.create(code="KA-FM-DK", unit=people.section, name="Kepala Seksi")
    before = TrailEntry.objects.count()
    with pytest.raises(UnitHasPartsError, match="KA-FM-DK"):
        end_unit(people.section, on=date(2021, 1, 1), by=people.secretary)
    assert TrailEntry.objects.count() == before


def test_who_may_not_see_the_office_finds_no_units(people):
    reader = people.reader(people.operator)
    assert not units(reader, date(2020, 1, 1)).exists()
    assert not posts(reader, date(2020, 1, 1)).exists()
