"""Who sees which group, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.accounts.actions import grant_role, open_account
from sasando.base.reader import NamedActor
from sasando.partners import queries
from sasando.partners.actions import form_group, register_organisation
from sasando.partners.models import OrganisationKind
from sasando.partners.tests.families import make_families

BY = NamedActor("Dina")
PAGES = ["partners:groups", "partners:organisations"]


def make_group(village, name="KUBE Lontar", size=5):
    return form_group(
        name=name,
        village_id=village.pk,
        family_ids=make_families(village, size),
        formed_on=date(2020, 3, 2),
        by=BY,
    )


def officer_of(place):
    user = open_account("petugas", "Petugas Contoh", None, by=BY)
    grant_role(user, "section_officer", by=BY, place=place)
    return user


def make_organisation(village, name="Panti Contoh", kind=OrganisationKind.HOME):
    return register_organisation(name=name, kind=kind, village_id=village.pk, by=BY)


def test_the_lists_show_groups_and_organisations(people, log_in):
    make_group(people.village, "KUBE Lontar", 6)
    make_organisation(people.village)
    client = log_in(people.section_head)
    groups = client.get(reverse("partners:groups"))
    assert b"KUBE Lontar" in groups.content
    assert groups.context["totals"][4] == 6
    assert b"Panti Contoh" in client.get(reverse("partners:organisations")).content


def test_a_group_of_another_district_is_not_there(people, log_in):
    mine, other = make_group(people.village, "KUBE Dekat"), make_group(people.other_village, "KUBE Jauh")
    make_organisation(people.other_village, "Panti Jauh")
    client = log_in(officer_of(people.district))
    listed = client.get(reverse("partners:groups")).content
    assert b"KUBE Dekat" in listed
    assert b"KUBE Jauh" not in listed
    assert b"Panti Jauh" not in client.get(reverse("partners:organisations")).content
    assert client.get(reverse("partners:group", args=[mine.pk])).status_code == 200
    assert client.get(reverse("partners:group", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("who", ["operator", "stranger", "treasurer", "social_worker"])
def test_readers_without_the_permission_are_refused(people, log_in, who):
    group = make_group(people.village)
    client = log_in(getattr(people, who))
    for page in PAGES:
        assert client.get(reverse(page)).status_code == 403
    assert client.get(reverse("partners:group", args=[group.pk])).status_code == 403


def test_nobody_reads_without_log_in(client, people):
    for page in PAGES:
        assert client.get(reverse(page)).status_code == 302


def test_a_groups_page_names_the_heads_of_its_families(people, log_in):
    group = make_group(people.village)
    page = log_in(people.section_head).get(reverse("partners:group", args=[group.pk])).content.decode()
    assert "Kepala 1" in page
    assert "Kepala 5" in page


def test_families_are_hidden_from_readers_who_may_not_see_families(people):
    group = make_group(people.village)
    assert queries.members(people.reader(people.section_head), group).count() == 5
    assert queries.members(people.reader(people.operator), group).count() == 5
    assert queries.members(people.reader(people.stranger), group).count() == 0
    assert queries.members(people.reader(people.treasurer), group).count() == 0


def test_filters_by_district_name_and_kind(people, log_in):
    make_group(people.village, "KUBE Lontar")
    make_group(people.other_village, "KUBE Laut")
    make_organisation(people.village)
    make_organisation(people.village, "Karang Taruna Contoh", OrganisationKind.KARANG_TARUNA)
    client = log_in(people.section_head)

    def names(page, **wanted):
        return [row.name for row in client.get(reverse(page), wanted).context["page"]]

    assert names("partners:groups", district=people.district.pk) == ["KUBE Lontar"]
    assert names("partners:groups", name="laut") == ["KUBE Laut"]
    assert names("partners:groups", district="no-number") == ["KUBE Laut", "KUBE Lontar"]
    assert names("partners:organisations", kind="home") == ["Panti Contoh"]


@pytest.mark.parametrize("page", PAGES)
def test_a_list_costs_the_same_queries_with_3_and_with_30_rows(people, log_in, page):
    client = log_in(people.section_head)

    def cost(start, stop):
        for number in range(start, stop):
            make_group(people.village, f"KUBE {number}")
            make_organisation(people.village, f"Panti {number}")
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            client.get(reverse(page))
        return len(queries_made)

    cost(0, 3)
    assert cost(0, 0) == cost(3, 30)


def test_a_group_page_costs_the_same_queries_with_5_and_with_20_families(people, log_in):
    client = log_in(people.section_head)

    def cost(group):
        with CaptureQueriesContext(connection) as queries_made:
            client.get(reverse("partners:group", args=[group.pk]))
        return len(queries_made)

    small, large = make_group(people.village, "A", 5), make_group(people.other_village, "B", 20)
    cost(small)
    assert cost(small) == cost(large)
