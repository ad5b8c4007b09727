"""The home page: whose work waits where, the key figures against targets, and what it costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.base.reader import NamedActor
from sasando.base.worklist import Waiting
from sasando.desk import presenters, queries
from sasando.planning.models import (
    Agreement,
    AgreementTarget,
    Goal,
    Indicator,
    Measurement,
    Mission,
    Objective,
)
from sasando.statistics.reporting import collection
from sasando.statistics.tests.regency import sealed_2020

BY = NamedActor("test")
HOME = "/"


@pytest.mark.parametrize(
    "who", ["operator", "social_worker", "section_head", "treasurer", "secretary", "stranger"]
)
def test_everyone_with_an_account_has_a_home(people, log_in, who):
    sealed_2020()
    page = log_in(getattr(people, who)).get(HOME)
    assert page.status_code == 200
    sees_figures = who not in ("operator", "stranger")
    assert ("11.731" in page.text) == sees_figures
    assert ("statistik" in page.text) == sees_figures


def test_a_visitor_is_asked_to_log_in(people, client):
    assert client.get(HOME)["Location"].startswith(reverse("accounts:log_in"))
    assert client.get("/components/").status_code == 302


def test_an_office_without_a_sealed_year_says_so(people, log_in):
    page = log_in(people.secretary).get(HOME)
    assert page.status_code == 200
    assert reverse("statistics:latest") in page.text


def test_what_waits_stands_in_the_order_of_its_days(monkeypatch, people):
    items = [
        Waiting("c", "/c/"),
        Waiting("b", "/b/", date(2021, 3, 2)),
        Waiting("a", "/a/", date(2021, 3, 1)),
    ]
    monkeypatch.setattr(queries, "declared", lambda module, name: [lambda reader: items])
    found = queries.waiting_for(people.reader(people.secretary))
    assert [item.text for item in found] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, ("1 day late", "terlambat 1 hari")), (0, ("today", "hari ini")), (5, ("in 5 days", "5 hari lagi"))],
)
def test_a_day_is_told_as_near_as_it_is(days, words):
    today = date(2021, 1, 10)
    assert presenters.due_words(today + timedelta(days=days), today) in words


def test_many_waiting_things_are_counted_not_all_listed(people):
    items = [Waiting(str(number), "/x/") for number in range(40)]
    context = presenters.waiting_context(items, date(2021, 1, 1))
    assert len(context["waiting"]) == presenters.MOST_WAITING
    assert context["waiting_more"] == 40 - presenters.MOST_WAITING


def test_a_section_head_finds_the_tables_of_their_section(people, log_in):
    collection.assign_table(2020, "t03_pkh", unit=people.section, due_on=date(2021, 1, 31), by=BY)
    url = reverse("statistics:hand_in", args=[2020, "t03_pkh"])
    assert url in log_in(people.section_head).get(HOME).text
    assert url not in log_in(people.stranger).get(HOME).text
    assert url not in log_in(people.social_worker).get(HOME).text


@pytest.fixture
def objective(db):
    mission = Mission.objects.create(number=1, text="Mission")
    goal = Goal.objects.create(mission=mission, text="Goal")
    return Objective.objects.create(goal=goal, number=1, text="Objective")


def indicator(objective, agreement, number, realised="51.96", target="55.5"):
    made = Indicator.objects.create(
        objective=objective, code=f"I{number}", name=f"Indicator {number}", order=number
    )
    AgreementTarget.objects.create(agreement=agreement, indicator=made, value=target)
    if realised:
        Measurement.objects.create(
            indicator=made, year=2020, as_of=date(2020, 12, 31), snapshot="s", basis="records", realised=realised,
            achievement="93.62", measured_at="2021-01-02T00:00:00Z", measured_by_name="test",
        )  # fmt: skip


def test_indicators_stand_against_their_targets(people, log_in, objective):
    sealed_2020()
    agreement = Agreement.objects.create(year=2020, signed_on=date(2020, 1, 28))
    indicator(objective, agreement, 1)
    indicator(objective, agreement, 2, realised=None, target=None)
    page = log_in(people.secretary).get(HOME).text
    assert "Indicator 1" in page and "51,96%" in page and "55,5%" in page and "93,62%" in page
    assert "Indicator 2" in page


def test_home_costs_the_same_with_3_indicators_and_30(people, log_in, objective):
    sealed_2020()
    agreement = Agreement.objects.create(year=2020, signed_on=date(2020, 1, 28))
    client = log_in(people.secretary)

    def cost():
        with CaptureQueriesContext(connection) as run:
            assert client.get(HOME).status_code == 200
        return len(run)

    for number in range(3):
        indicator(objective, agreement, number)
    before = cost()
    for number in range(3, 30):
        indicator(objective, agreement, number)
    assert cost() == before


def test_the_gallery_shows_every_component(people, log_in):
    page = log_in(people.operator).get("/components/")
    assert page.status_code == 200
    assert "bar-chart" in page.text and "notice-error" in page.text
