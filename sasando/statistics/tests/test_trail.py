"""Who took sensitive numbers along, and who was shown secret records: both stand in the trail."""

import pytest
from django.urls import reverse

from sasando.accounts.actions import grant_role, open_account
from sasando.base.reader import NamedActor
from sasando.statistics import queries
from sasando.statistics.tests.regency import facts_2020, sealed_2020
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details

BY = NamedActor("test")
SENSITIVE = "t05_violence_by_district"


@pytest.fixture
def head(people, monkeypatch, log_in):
    """The head of the office, who follows cases, too; 2020 is sealed."""
    monkeypatch.setattr(queries, "facts_by_name", facts_2020)
    sealed_2020()
    user = open_account("kepala", "Yohana Kepala", None, by=BY)
    for role in ("office_head", "social_worker"):
        grant_role(user, role, by=BY)
    return log_in(user)


def entries(action):
    return TrailEntry.objects.filter(action=f"statistics.{action}")


def test_taking_a_sensitive_table_along_is_recorded(head, people, log_in):
    for client in (head, log_in(people.treasurer)):
        client.get(reverse("statistics:download", args=[2020, SENSITIVE, "csv"]))
    said = [details(entry) for entry in entries("download").order_by("sequence")]
    assert [each["in_full"] for each in said] == [True, False]
    assert said[0]["file"] == f"{SENSITIVE}-2020.csv"
    assert entries("download").first().happened_by_name


def test_an_open_table_is_taken_along_without_a_trace(head):
    head.get(reverse("statistics:download", args=[2020, "t03_pkh", "xlsx"]))
    assert not entries("download")


def test_being_shown_secret_records_is_recorded_as_a_secret(head):
    page = head.get(reverse("statistics:records", args=[2020, SENSITIVE]), {"column": "children"})
    assert page.status_code == 200
    entry = entries("read_records").get()
    assert entry.is_secret
    assert (details(entry)["table"], len(details(entry)["records"])) == (SENSITIVE, 20)


def test_being_shown_other_records_is_not(head):
    url = reverse("statistics:records", args=[2020, "t03_pkh"])
    assert head.get(url, {"column": "families"}).status_code == 200
    assert not entries("read_records")
