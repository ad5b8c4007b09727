"""Who sees which family: in scope all of it, outside it nothing, and no difference from what does not exist."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.accounts.actions import grant_role
from sasando.registry.actions import (
    CategoryRow,
    FamilyRow,
    add_families,
    add_persons_to_categories,
    move_family,
)
from sasando.registry.models import Family
from sasando.registry.queries import families as families_of
from sasando.registry.tests.build import category, families, member, nik
from sasando.trail.models import TrailEntry
from tests.people import BUILDER


@pytest.fixture
def mine(people):
    return families(people.village, 2)


@pytest.fixture
def theirs(people):
    return families(people.other_village, 1, first=50)


def page(client, family_id):
    return client.get(reverse("desk:family", args=[family_id]))


def test_an_operator_sees_the_own_village_only(people, mine, theirs):
    seen = families_of(people.reader(people.operator)).values_list("id", flat=True)
    assert set(seen) == {one.family_id for one in mine}
    assert families_of(people.reader(people.section_head)).count() == 3
    assert families_of(people.reader(people.treasurer)).count() == 0


def test_scope_follows_a_family_that_moves(people, mine):
    family = Family.objects.get(pk=mine[0].family_id)
    move_family(family, village=people.other_village, on=date(2021, 1, 1), by=BUILDER)
    assert families_of(people.reader(people.operator)).count() == 1
    assert families_of(people.reader(people.stranger)).get() == family


def _without_tokens(response):
    """The page without what differs in any two: its own address and the form token."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r"/keluarga/[0-9]+/", "", text)


def test_out_of_scope_answers_like_not_existing(people, log_in, mine):
    stranger = log_in(people.stranger)
    outside, nowhere = page(stranger, mine[0].family_id), page(stranger, 999_999)
    assert (outside.status_code, nowhere.status_code) == (404, 404)
    assert _without_tokens(outside) == _without_tokens(nowhere)
    assert page(log_in(people.operator), mine[0].family_id).status_code == 200


def test_the_page_masks_numbers(people, log_in, mine):
    text = page(log_in(people.operator), mine[0].family_id).content.decode()
    assert "Kepala 1" in text and "Anak 1" in text
    assert "5314••••••••9001" in text and nik(1) not in text and nik(1, "010115") not in text


def test_who_may_not_see_families_is_refused(people, log_in, mine):
    assert page(log_in(people.treasurer), mine[0].family_id).status_code == 403


@pytest.fixture
def secret(mine):
    add_persons_to_categories(
        rows=[
            CategoryRow(
                category("06", secret=True).pk, mine[0].person_ids[2], village_id=_village(mine[0].family_id)
            ),
            CategoryRow(category("02").pk, mine[0].person_ids[2], village_id=_village(mine[0].family_id)),
        ],
        by=BUILDER,
    )
    return mine[0].family_id


def _village(family_id):
    return Family.objects.get(pk=family_id).residences.get().village_id


def test_secret_categories_leave_no_trace_without_permission(people, log_in, secret):
    text = page(log_in(people.operator), secret).content.decode()
    assert "Kategori 02" in text and "Kategori 06" not in text
    assert not TrailEntry.objects.filter(action="registry.read_secret_categories").exists()


def test_secret_categories_are_recorded_before_they_are_shown(people, log_in, secret):
    text = page(log_in(people.social_worker), secret).content.decode()
    assert "Kategori 06" in text
    entry = TrailEntry.objects.get(action="registry.read_secret_categories")
    assert (entry.subject_id, entry.happened_by_name) == (secret, "Sari Peksos")


def test_a_number_is_found_by_post_only_in_scope(people, log_in, mine):
    address = reverse("registry:find")
    for number in (nik(1), nik(1, "010115"), f" {nik(1)[:6]} {nik(1)[6:]} "):
        found = log_in(people.operator).post(address, {"number": number})
        assert found.url == reverse("desk:family", args=[mine[0].family_id])
    outside = log_in(people.stranger).post(address, {"number": nik(1)})
    nowhere = log_in(people.stranger).post(address, {"number": nik(77)})
    assert outside.status_code == nowhere.status_code == 422
    assert outside.content.count(b"field-wrong") == nowhere.content.count(b"field-wrong") == 1
    assert log_in(people.operator).post(address, {"number": "12"}).status_code == 422


def listing(client, **chosen):
    return client.get(reverse("registry:families"), chosen)


def test_the_list_narrows_by_place_and_name(people, log_in, mine, theirs):
    head = log_in(people.section_head)
    assert listing(head).context["total"] == 3
    assert listing(head, district="53.14.06").context["total"] == 1
    assert listing(head, village="53.14.03.2001").context["total"] == 2
    assert listing(head, name="anak 2").context["total"] == 1
    assert listing(head, name="anak 2", village="53.14.06.2001").context["total"] == 0
    assert listing(log_in(people.operator), village="53.14.06.2001").context["total"] == 2


def test_a_list_costs_the_same_with_three_and_with_thirty(people, log_in):
    def cost(**chosen):
        with CaptureQueriesContext(connection) as queries:
            assert listing(client, **chosen).status_code == 200
        return len(queries)

    client = log_in(people.section_head)
    families(people.village, 3)
    three = cost(), cost(village="53.14.03.2001", name="kepala")
    families(people.village, 27, first=4)
    assert (cost(), cost(village="53.14.03.2001", name="kepala")) == three


def test_a_page_costs_the_same_with_three_and_with_thirty_members(people, log_in):
    client = log_in(people.section_head)
    counts = []
    for size in (3, 30):
        members = [
            member(nik=nik(size)),
            *(member(f"Anak {n}", "child", nik=nik(n, f"0101{size:02d}")) for n in range(1, size)),
        ]
        (one,) = add_families(families=[FamilyRow(people.village.pk, members)], by=BUILDER)
        with CaptureQueriesContext(connection) as queries:
            assert page(client, one.family_id).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_export_says_its_filter_and_runs_no_formula(people, log_in):
    evil = FamilyRow(people.village.pk, [member('=HYPERLINK("http://x")', nik=nik(3))])
    add_families(families=[evil], by=BUILDER)
    families(people.other_village, 1, first=50)
    answer = log_in(people.section_head).get(reverse("registry:export"), {"district": "53.14.03"})
    text = answer.content.decode("utf-8-sig")
    assert "Lobalain" in text.splitlines()[1] and "Kepala 50" not in text
    assert "\"'=HYPERLINK" in text and nik(3) not in text
    assert TrailEntry.objects.filter(action="registry.export_families").count() == 1


def test_only_places_of_the_scope_are_offered(people, log_in, mine):
    assert "53.14.06.2001" not in listing(log_in(people.operator)).content.decode()
    grant_role(people.operator, "facilitator", place=people.other_village, by=BUILDER)
    assert "53.14.06.2001" in listing(log_in(people.operator)).content.decode()
