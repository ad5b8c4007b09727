"""The log-in page."""

import pytest

from sasando.accounts.actions import open_account
from sasando.trail.models import TrailEntry
from tests.people import BUILDER
from tests.strict import StrictClient


@pytest.fixture
def dina(people):
    return open_account("dina", "Dina", "ombak-laut-rote-2020", by=BUILDER)


def log_in(client, password="ombak-laut-rote-2020", address="/masuk/", username="dina"):
    return client.post(address, {"username": username, "password": password})


def test_the_right_password_opens_the_page_asked_for(dina):
    client = StrictClient()
    assert client.get("/tempat/").url == "/masuk/?next=/tempat/"
    assert log_in(client, address="/masuk/?next=/tempat/").url == "/tempat/"
    assert TrailEntry.objects.filter(action="accounts.log_in", happened_by_name="Dina").exists()


def test_names_are_not_case_sensitive(dina):
    assert log_in(StrictClient(), username="DINA").status_code == 302


@pytest.mark.parametrize("attempt", [{"password": "salah"}, {"username": "tidak-ada"}, {"password": ""}])
def test_wrong_ones_are_told_so_and_stay_out(dina, attempt):
    client = StrictClient()
    assert log_in(client, **attempt).status_code == 422
    assert client.get("/tempat/").status_code == 302


def test_an_inactive_account_stays_out(dina):
    dina.is_active = False
    dina.save()
    assert log_in(StrictClient()).status_code == 422


def test_another_sites_address_is_not_followed(dina):
    assert "evil" not in log_in(StrictClient(), address="/masuk/?next=https://evil.example/").url


def test_log_out_needs_a_post(dina):
    client = StrictClient()
    log_in(client)
    assert client.get("/masuk/keluar/").status_code == 405
    client.post("/masuk/keluar/")
    assert client.get("/tempat/").status_code == 302


def test_my_rights_say_why(people):
    client = StrictClient()
    client.force_login(people.stranger)
    page = client.get("/masuk/hak-saya/").text
    assert "Rote Timur" in page or "53.14.06" in page
