"""The plan's pages: targets by version, what was measured, typed figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.accounts.actions import grant_role, open_account
from sasando.planning import actions
from sasando.planning.facts import FACTS
from sasando.planning.models import (
    AchievementPolicy,
    Agreement,
    AgreementTarget,
    Goal,
    Indicator,
    KeyIndicator,
    Mission,
    Objective,
    ScaleBand,
    TypedFigure,
)
from sasando.planning.queries import year_plan
from sasando.planning.rules import MeasuredValue

JANUARY, AUGUST = date(2020, 1, 28), date(2020, 8, 24)


@pytest.fixture
def plan(people):
    mission = Mission.objects.create(number=1, text="Mutu SDM")
    goal = Goal.objects.create(mission=mission, text="Perlindungan sosial")
    Objective.objects.create(goal=goal, number=1, text="Kemiskinan turun", in_strategic_plan=False)
    policy = AchievementPolicy.objects.create(name="Skala 2020")
    for at_least, label in ((85, "Sangat Berhasil"), (0, "Belum Berhasil")):
        ScaleBand.objects.create(policy=policy, at_least=at_least, label=label)
    Agreement.objects.create(year=2020, signed_on=JANUARY)
    Agreement.objects.create(year=2020, signed_on=AUGUST, reason="Refocusing")
    indicator("1.1", 10, "63")
    indicator("1.2", 12, None)
    people.planner = open_account("rina.perencana", "Rina Perencana", None, by=people.secretary)
    grant_role(people.planner, "planner", by=people.secretary)
    return people


def indicator(code, january, august):
    made = Indicator.objects.create(
        objective=Objective.objects.get(),
        code=code,
        number=code,
        name=f"Indikator {code}",
        numerator_figure="pkh.families",
        denominator_figure="poverty.families",
    )
    for day, target in ((JANUARY, january), (AUGUST, august)):
        agreement = Agreement.objects.get(signed_on=day)
        AgreementTarget.objects.create(agreement=agreement, indicator=made, value=target and Decimal(target))
    return made


def measure(people, **achievements):
    values = {
        code.replace("_", ".").strip("i"): MeasuredValue(
            Decimal(15141),
            Decimal(22579),
            Decimal("67.0579"),
            achievement and Decimal(achievement),
            "records",
        )
        for code, achievement in achievements.items()
    }
    actions.record_measurements(
        year=2020, as_of=date(2020, 12, 31), snapshot="s", values=values, by=people.secretary
    )


def read(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_reached_stands_beside_the_target(plan, log_in):
    measure(plan, i1_1="106.4412", i1_2=None)
    page = read(log_in(plan.section_head), "planning:year", 2020)
    for words in ("63%", "67,06%", "106,44%", "Sangat Berhasil", "15.141 / 22.579"):
        assert words in page
    found = year_plan(plan.reader(plan.section_head), 2020, date(2020, 12, 31))
    assert (found.objectives[0].left_out, found.label) == (1, "Sangat Berhasil")


def test_before_anything_was_measured(plan, log_in):
    page = read(log_in(plan.section_head), "planning:year", 2020)
    assert "Sangat Berhasil" in page
    assert "67,06%" not in page


def test_a_day_shows_the_version_in_force_then(plan, log_in):
    client = log_in(plan.section_head)
    assert "63%" not in read(client, "planning:year", 2020, on="2020-03-01")
    assert "10%" in read(client, "planning:year", 2020, on="2020-03-01")
    page = read(client, "planning:agreement", 2020)
    assert "10%" in page
    assert "63%" in page
    assert "Refocusing" in page
    assert "Refocusing" not in read(client, "planning:agreement", 2020, on="2020-03-01")


def test_a_target_another_paper_states_is_said_beside_the_blank(plan, log_in):
    actions.type_figure(
        year=2020, figure_id="target.1_2", value=Decimal(25), unit="%", reason="Bab III", by=plan.secretary
    )
    assert "25%" in read(log_in(plan.section_head), "planning:year", 2020)


def test_key_indicators_that_nothing_measures(plan, log_in):
    KeyIndicator.objects.create(objective=Objective.objects.get(), number=1, name="Peserta JKN")
    assert "Peserta JKN" in read(log_in(plan.section_head), "planning:year", 2020)


def test_years_without_a_plan(plan, log_in):
    client = log_in(plan.section_head)
    assert "Indikator 1.1" in read(client, "planning:year", 2019)
    assert read(client, "planning:agreement", 2019)
    assert client.get(reverse("planning:index")).url == reverse("planning:year", args=[2020])


def test_typing_a_figure(plan, log_in):
    client = log_in(plan.planner)
    address = reverse("planning:type_figure", args=[2020])
    form = {"figure_id": "poverty.rate", "value": "27,54 %", "unit": "%", "reason": "BPS, Juli 2020"}
    response = client.post(address, form)
    assert response.url == reverse("planning:typed_figures", args=[2020])
    figure = TypedFigure.objects.get()
    assert (figure.value, figure.recorded_by_name) == (Decimal("27.54"), "Rina Perencana")
    page = read(client, "planning:typed_figures", 2020)
    assert "27,54%" in page
    assert "figure=poverty.rate" in page
    assert "BPS, Juli 2020" in client.get(address, {"figure": "poverty.rate"}).content.decode()
    client.post(address, form | {"value": ""})
    assert TypedFigure.objects.get().value is None


@pytest.mark.parametrize(
    "wrong",
    [{"value": "banyak"}, {"value": "1,23456"}, {"reason": ""}, {"figure_id": "Angka"}, {"value": "9" * 20}],
)
def test_a_figure_that_cannot_be_kept_says_why(plan, log_in, wrong):
    client = log_in(plan.planner)
    form = {"figure_id": "poverty.rate", "value": "27,54", "reason": "BPS"} | wrong
    response = client.post(reverse("planning:type_figure", args=[2020]), form)
    assert response.status_code == 422
    assert not TypedFigure.objects.exists()


def test_who_sees_and_who_types(plan, log_in):
    address = reverse("planning:type_figure", args=[2020])
    assert log_in(plan.section_head).get(address).status_code == 403
    assert log_in(plan.section_head).post(address, {}).status_code == 403
    assert log_in(plan.operator).get(reverse("planning:year", args=[2020])).status_code == 403
    assert year_plan(plan.reader(plan.operator), 2020, AUGUST) is None


@pytest.mark.parametrize("name", ["planning:year", "planning:agreement", "planning:typed_figures"])
def test_a_page_costs_the_same_with_3_rows_and_with_30(plan, log_in, name):
    client = log_in(plan.planner)

    def cost(first, upto):
        for number in range(first, upto):
            made = indicator(f"9.{number}", 1, 2)
            KeyIndicator.objects.create(objective=made.objective, number=number, name="x", indicator=made)
            actions.type_figure(
                year=2020, figure_id=f"a.b{number}", value=None, reason="x", by=plan.secretary
            )
            values = {made.code: MeasuredValue(None, None, Decimal(1), Decimal(50), "records")}
            actions.record_measurements(
                year=2020, as_of=AUGUST, snapshot=f"s{number}", values=values, by=plan.secretary
            )
        with CaptureQueriesContext(connection) as queries:
            read(client, name, 2020)
        return len(queries)

    read(client, name, 2020)
    assert cost(1, 4) == cost(4, 31)


def test_the_records_behind_a_figure(plan):
    KeyIndicator.objects.create(objective=Objective.objects.get(), number=1, name="Peserta JKN")
    actions.type_figure(year=2020, figure_id="a.b", value=None, reason="Bab III", by=plan.secretary)
    models = (Objective, Indicator, KeyIndicator, TypedFigure, ScaleBand, AchievementPolicy)
    for fact, model in zip(FACTS, models, strict=True):
        ids = list(model.objects.values_list("id", flat=True))
        page = fact.open(plan.reader(plan.section_head), ids)
        assert len(page.rows) == len(ids) > 0
        assert all(len(texts) == len(page.headings) and url for url, texts in page.rows)
        assert fact.open(plan.reader(plan.operator), ids).rows == []


@pytest.mark.parametrize("digits", [19, 40, 100_000])
def test_a_number_that_no_office_has_is_refused(plan, log_in, digits):
    said = {"figure_id": "a.b", "value": "9" * digits, "reason": "x"}
    assert log_in(plan.planner).post("/kinerja/2020/angka/isi/", said).status_code == 422
    assert log_in(plan.planner).post("/kinerja/99999/angka/isi/", said).status_code == 404
