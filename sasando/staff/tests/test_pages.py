"""Chart, unit page and lists: who sees what, as of which day, at the same number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.office.models import Post, UnitFunction
from sasando.staff import actions
from sasando.staff.facts import FACTS
from sasando.staff.models import Auxiliary, Employee

DAY = date(2020, 3, 1)


@pytest.fixture
def crew(people):
    post = Post.objects.create(
        code="KA-FM-DK", unit=people.section, name="Kepala Seksi Fakir Miskin", echelon="IV.a"
    )
    Post.objects.create(code="KA-DINSOS", unit=people.office_unit, name="Kepala Dinas", echelon="II.b")
    UnitFunction.objects.create(
        code="FM-DK.1", unit=people.section, number=1, text="Mendata", text_en="Register"
    )
    hire(people, 1, "Ada Umpama", people.section, post)
    return people


def hire(people, number, name, unit, post=None, kind="definitive"):
    employee = Employee.objects.create(
        name=name, nip=f"1965010120000110{number:02d}", sex="male", birth_date=DAY
    )
    actions.grant_rank(employee, "III/d", valid_from=date(2016, 4, 1), by=people.secretary)
    actions.appoint(employee, unit, post=post, valid_from=date(2018, 1, 1), kind=kind, by=people.secretary)
    return employee


def read(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    return response.status_code, response.content.decode()


def test_the_chart_marks_vacant_and_acting(crew, log_in):
    head = Post.objects.get(code="KA-DINSOS")
    hire(crew, 2, "Ben Misal", crew.office_unit, head, "acting")
    status, page = read(log_in(crew.section_head), "staff:chart", on="2020-03-01")
    assert status == 200
    assert "Ada Umpama" in page
    assert "<em>" in page.partition("Ben Misal")[0].partition("Ada Umpama")[0]
    assert "Ben Misal" in page


def test_the_chart_of_a_day_before_anybody_was_appointed(crew, log_in):
    _status, page = read(log_in(crew.section_head), "staff:chart", on="2017-01-01")
    assert "Ada Umpama" not in page


def test_a_day_that_is_none_shows_today_and_says_so(crew, log_in):
    status, page = read(log_in(crew.section_head), "staff:chart", on="kemarin")
    assert status == 200
    assert "errorlist" in page


def test_a_unit_page_shows_duty_functions_and_holders(crew, log_in):
    status, page = read(log_in(crew.secretary), "staff:unit", "FM-DK")
    assert status == 200
    assert "Mendata" in page
    assert "Ada Umpama" in page
    crew.section.regulation_text, crew.section.regulation_article = "Seksi mempunyai tugas ...", "Pasal 9"
    crew.section.save()
    _status, page = read(log_in(crew.secretary), "staff:unit", "FM-DK")
    assert "Seksi mempunyai tugas" in page
    assert "Pasal 9" in page


def test_an_unknown_unit_is_not_found(crew, log_in):
    assert read(log_in(crew.secretary), "staff:unit", "XX")[0] == 404


def test_who_may_not_see_the_office_is_refused(crew, log_in):
    assert read(log_in(crew.operator), "staff:chart")[0] == 403
    assert read(log_in(crew.stranger), "staff:unit", "FM-DK")[0] == 403


def test_lists_ask_for_permission_and_keep_to_the_readers_units(crew, log_in):
    hire(crew, 2, "Ben Misal", crew.office_unit)
    assert read(log_in(crew.social_worker), "staff:employees")[0] == 403
    assert read(log_in(crew.treasurer), "staff:auxiliaries")[0] == 403
    _status, page = read(log_in(crew.section_head), "staff:employees")
    assert "Ada Umpama" in page
    assert "Ben Misal" not in page
    _status, page = read(log_in(crew.secretary), "staff:employees")
    assert "Ben Misal" in page


def test_filters_narrow_the_lists(crew, log_in):
    hire(crew, 2, "Ben Misal", crew.office_unit)
    client = log_in(crew.secretary)
    for query in ({"q": "ben"}, {"unit": "DINSOS"}, {"group": "staff"}, {"q": "19650101 200001 1 002"}):
        _status, page = read(client, "staff:employees", **query)
        assert "Ben Misal" in page
        assert "Ada Umpama" not in page
    Auxiliary.objects.create(name="Cin Contoh", sex="female", kind="tksk", role="TKSK", place=crew.district)
    _status, page = read(client, "staff:auxiliaries", q="cin", kind="tksk")
    assert "Cin Contoh" in page
    assert "Lobalain" in page
    assert "Cin Contoh" not in read(client, "staff:auxiliaries", kind="tagana")[1]


@pytest.mark.parametrize(
    ("name", "args"),
    [("staff:chart", ()), ("staff:unit", ("FM-DK",)), ("staff:employees", ()), ("staff:auxiliaries", ())],
)
def test_a_page_costs_the_same_with_3_rows_and_with_30(crew, log_in, name, args):
    client = log_in(crew.secretary)

    def cost(upto, first):
        for number in range(first, upto):
            hire(crew, number, f"Orang {number:02d}", crew.section)
            post = Post.objects.create(code=f"P{number}", unit=crew.section, name=f"Jabatan {number}")
            hire(crew, number + 40, f"Kepala {number:02d}", crew.section, post)
            Auxiliary.objects.create(
                name=f"A{number}",
                sex="male",
                kind="tksk",
                role="TKSK",
                place=crew.district,
                unit=crew.section,
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert read(client, name, *args)[0] == 200
        return len(queries)

    read(client, name, *args)
    assert cost(5, 2) == cost(32, 5)


def test_the_records_behind_a_cell_keep_to_the_readers_scope(crew):
    ben = hire(crew, 2, "Ben Misal", crew.office_unit)
    fact = next(fact for fact in FACTS if fact.name == "employees")
    ids = list(Employee.objects.values_list("id", flat=True))
    assert len(fact.open(crew.reader(crew.secretary), ids).rows) == 2
    assert [texts[0] for _url, texts in fact.open(crew.reader(crew.section_head), ids).rows] == ["Ada Umpama"]
    assert fact.open(crew.reader(crew.stranger), [ben.id]).rows == []
    posts = next(fact for fact in FACTS if fact.name == "posts")
    assert (
        len(posts.open(crew.reader(crew.secretary), list(Post.objects.values_list("id", flat=True))).rows)
        == 2
    )
    Auxiliary.objects.create(name="Cin Contoh", sex="female", kind="tksk", role="TKSK", unit=crew.office_unit)
    others = next(fact for fact in FACTS if fact.name == "auxiliaries")
    ids = list(Auxiliary.objects.values_list("id", flat=True))
    assert len(others.open(crew.reader(crew.secretary), ids).rows) == 1
    assert others.open(crew.reader(crew.section_head), ids).rows == []
