"""The year's budget, and loading one in the browser: nothing is stored before it was shown."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from xlsxwriter import Workbook

from sasando.accounts.actions import grant_role
from sasando.budget.facts import FACTS
from sasando.budget.models import BudgetLine, BudgetVersion, FundSource
from sasando.trail.models import TrailEntry
from tests.people import BUILDER

FORM = {
    "year": "2021",
    "fund_source": "APBD2",
    "document": "DPA",
    "adopted_on": "2021-01-04",
    "up_to": "2021-12-31",
}


@pytest.fixture
def sources(people):
    FundSource.objects.create(code="APBD2", name="APBD II", is_office_budget=True)
    FundSource.objects.create(code="APBN", name="APBN")
    return people


def sheet(lines, name="dpa.xlsx"):
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, cells in enumerate([("Kode", "Uraian", "Pagu", "Realisasi"), *lines]):
            page.write_row(at, 0, cells)
    return SimpleUploadedFile(name, content.getvalue())


LINES = [
    ("A", "Total belanja", 3000, 900),
    ("1", "Belanja Langsung", 3000, 900),
    ("1a", "Program", None, None),
]


def preview(client, lines, **form):
    return client.post(reverse("budget:load"), FORM | form | {"file": sheet(lines)})


def test_file_preview_apply(sources, log_in):
    client = log_in(sources.treasurer)
    response = preview(client, LINES)
    page = response.content.decode()
    assert "Belanja Langsung" in page
    assert not BudgetVersion.objects.exists()
    response = client.post(reverse("budget:apply"), {"token": response.context["token"]})
    assert response.url == reverse("budget:year", args=[2021])
    assert BudgetLine.objects.count() == 3
    page = client.get(response.url).content.decode()
    assert "3.000" in page
    assert "30,00%" in page
    response = preview(client, LINES)
    assert response.context["token"] == ""


def test_a_refused_row_cannot_be_applied(sources, log_in):
    client = log_in(sources.treasurer)
    response = preview(client, [*LINES, ("2", "Program", "seratus", None)])
    assert response.context["token"] == ""
    assert "seratus" in response.content.decode()


def test_a_preview_that_no_longer_holds_is_shown_again(sources, log_in):
    client = log_in(sources.treasurer)
    first = preview(client, LINES).context["token"]
    second = preview(client, [("A", "Total belanja", 5000, None)]).context["token"]
    client.post(reverse("budget:apply"), {"token": second})
    response = client.post(reverse("budget:apply"), {"token": first})
    assert response.status_code == 200
    assert BudgetLine.objects.get().ceiling_idr == 5000


def test_a_token_is_ones_own_and_cannot_be_altered(sources, log_in):
    token = preview(log_in(sources.treasurer), LINES).context["token"]
    client = log_in(sources.treasurer)
    for bad in (token[:-2], "", "x:y:z"):
        assert client.post(reverse("budget:apply"), {"token": bad}).url == reverse("budget:load")
    assert not BudgetVersion.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"<html><table></table></html>"]
)
def test_a_file_that_is_no_spreadsheet_says_so(sources, log_in, content):
    client = log_in(sources.treasurer)
    file = SimpleUploadedFile("dpa.xlsx", content)
    response = client.post(reverse("budget:load"), FORM | {"file": file})
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()


def test_a_form_without_dates_says_so(sources, log_in):
    response = preview(log_in(sources.treasurer), LINES, adopted_on="besok", year="20")
    assert response.status_code == 422


def test_sources_stand_apart_and_are_never_added(sources, log_in):
    client = log_in(sources.treasurer)
    for source in ("APBD2", "APBN"):
        token = preview(client, LINES, fund_source=source).context["token"]
        client.post(reverse("budget:apply"), {"token": token})
    page = client.get(reverse("budget:year", args=[2021])).content.decode()
    assert page.count("<table>") == 2
    assert "6.000" not in page


def test_a_year_without_budget_and_the_way_to_the_latest(sources, log_in):
    client = log_in(sources.treasurer)
    assert client.get(reverse("budget:year", args=[1999])).status_code == 200
    client.post(reverse("budget:apply"), {"token": preview(client, LINES).context["token"]})
    assert client.get(reverse("budget:index")).url == reverse("budget:year", args=[2021])


def test_who_sees_and_who_loads(sources, log_in):
    year, load = reverse("budget:year", args=[2021]), reverse("budget:load")
    assert log_in(sources.section_head).get(year).status_code == 200
    assert log_in(sources.section_head).get(load).status_code == 403
    assert log_in(sources.section_head).post(reverse("budget:apply"), {"token": "x"}).status_code == 403
    assert log_in(sources.operator).get(year).status_code == 403
    assert log_in(sources.treasurer).get(reverse("budget:apply")).status_code == 405


def test_the_year_costs_the_same_with_3_lines_and_with_30(sources, log_in):
    client = log_in(sources.treasurer)

    def cost(count):
        lines = [(f"1.{n}", f"Program {n}", 10, 5) for n in range(count)]
        client.post(reverse("budget:apply"), {"token": preview(client, lines).context["token"]})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("budget:year", args=[2021])).status_code == 200
        return len(queries)

    assert cost(3) == cost(30)


def test_loading_costs_the_same_with_3_lines_and_with_30(sources, log_in):
    client = log_in(sources.treasurer)
    preview(client, LINES)

    def cost(count):
        with CaptureQueriesContext(connection) as queries:
            preview(client, [(f"1.{n}", f"Program {n}", 10, 5) for n in range(count)])
        return len(queries)

    assert cost(3) == cost(30)


def test_the_lines_behind_a_cell(sources, log_in):
    client = log_in(sources.treasurer)
    client.post(reverse("budget:apply"), {"token": preview(client, LINES).context["token"]})
    (fact,) = FACTS
    ids = list(BudgetLine.objects.values_list("id", flat=True))
    assert len(fact.open(sources.reader(sources.treasurer), ids).rows) == 3
    assert fact.open(sources.reader(sources.operator), ids).rows == []
    assert BudgetVersion.objects.get().adopted_on == date(2021, 1, 4)


@pytest.mark.parametrize("amount", ["9" * 16, "9" * 40, "9" * 5000, "-1", "1,5"])
@pytest.mark.parametrize("column", [2, 3])
def test_an_amount_that_is_no_money_is_refused_with_its_row(sources, log_in, amount, column):
    line = ["1", "Belanja", 5, 5]
    line[column] = amount
    response = preview(log_in(sources.treasurer), [line])
    assert response.status_code == 200
    assert [row.line for row in response.context["report"].refused] == [2]


@pytest.mark.parametrize("year", ["0", "99999", "9" * 30])
def test_a_year_that_is_none_is_no_page(sources, log_in, year):
    assert log_in(sources.treasurer).get(f"/anggaran/{year}/").status_code == 404


def test_a_preview_is_applied_once_and_only_by_who_saw_it(sources, log_in):
    client = log_in(sources.treasurer)
    token = preview(client, LINES).context["token"]
    grant_role(sources.secretary, "treasurer", by=BUILDER)
    other = log_in(sources.secretary)
    assert other.post(reverse("budget:apply"), {"token": token}).url == reverse("budget:load")
    assert client.post(reverse("budget:apply"), {"token": token[:-1] + "A"}).url == reverse("budget:load")
    assert not BudgetVersion.objects.exists()
    assert client.post(reverse("budget:apply"), {"token": token}).status_code == 302
    assert client.post(reverse("budget:apply"), {"token": token}).status_code == 200  # the preview again
    assert TrailEntry.objects.filter(action="budget.load_budget").count() == 1
