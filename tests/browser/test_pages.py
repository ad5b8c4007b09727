"""The pages in a real browser: readable for everyone, on a phone and on a desk, in both languages."""

import json
from datetime import date

import pytest
from django.urls import reverse

from sasando.base.reader import NamedActor
from sasando.statistics import maps, queries
from sasando.statistics.reporting.collection import SECTION, assign_table, hand_in_table
from sasando.statistics.tests.regency import facts_2020, sealed_2020

pytestmark = pytest.mark.browser
BY = NamedActor("test")
LANGUAGES = ["id", "en"]
TABLE = ("statistics:table", [2020, "t03_pkh"])


@pytest.fixture
def office(live_server, people, monkeypatch):
    """2020 sealed, with a board on which something is in, something late, something open."""
    monkeypatch.setattr(queries, "facts_by_name", facts_2020)
    sealed_2020()
    tasks = [
        assign_table(2020, name, unit=people.section, due_on=date(2021, 1, 31), by=BY)
        for name in ("t03_pkh", "t08_bpnt", f"{SECTION}FM-DK")
    ]
    hand_in_table(tasks[0], by=people.section_head, explanation="All lists came in.", obstacles="The sea.")
    return people


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("desk:home", []),
        ("desk:components", []),
        ("statistics:year", [2020]),
        TABLE,
        ("statistics:table", [2020, "t01_staff"]),
        ("statistics:findings", [2020]),
        ("statistics:board", [2020]),
        ("statistics:hand_in", [2020, "t08_bpnt"]),
        ("statistics:fill", [2020, "t08_bpnt"]),
        ("statistics:verify", [2020, "t03_pkh"]),
    ],
)
def test_a_page_is_usable(office, assert_usable, name, args, language):
    assert_usable(reverse(name, args=args), user=office.secretary, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_in_is_usable(office, assert_usable, language):
    assert_usable(reverse("accounts:log_in"), language=language)


def test_a_map_is_usable(office, assert_usable):
    square = [[123.0, -10.8], [123.2, -10.8], [123.2, -10.6], [123.0, -10.6], [123.0, -10.8]]
    feature = {"properties": {"code": "53.14.03"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    maps.map_path().write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    try:
        assert_usable(reverse(TABLE[0], args=TABLE[1]), user=office.secretary)
    finally:
        maps.map_path().unlink()


def test_a_cell_leads_to_its_records_by_keyboard(office, browser_page):
    page = browser_page(user=office.section_head, language="en")
    page.goto(reverse(TABLE[0], args=TABLE[1]))
    page.get_by_role("row", name="Lobalain").get_by_role("link", name="1,594").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/rincian/**")
    assert "1,594 of 1,594 records lie in your scope." in page.locator("main").inner_text()
    page.get_by_role("link", name="Page 2", exact=True).click()
    page.wait_for_url("**page=2")
    assert not page.failures


def test_a_table_is_filled_looked_at_and_stored(office, browser_page):
    page = browser_page(user=office.section_head, language="en")
    page.goto(reverse("statistics:fill", args=[2020, "t08_bpnt"]))
    page.get_by_label("Document").fill("Letter 7/2021")
    page.get_by_label("Families, row 1").fill("2.097")
    page.get_by_role("button", name="Look at it before storing").click()
    page.get_by_role("button", name="Store").click()
    page.wait_for_url("**/t08_bpnt/")
    page.goto(reverse("statistics:table", args=[2020, "t08_bpnt"]))
    assert "2,097" in page.locator("main").inner_text()
    assert not page.failures


def test_a_page_reads_without_javascript(office, chromium, live_server, browser_page):
    page = browser_page(user=office.secretary)
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(reverse(TABLE[0], args=TABLE[1]))
    assert "Rp12.157.475.000" in plain.locator("main").inner_text()
    context.close()
