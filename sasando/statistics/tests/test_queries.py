"""A cell opens the records that were counted, as far as the reader's places reach."""

from datetime import date

import pytest

from sasando.base.reader import NamedActor
from sasando.statistics import actions, queries
from sasando.statistics.actions import seal_snapshot
from sasando.statistics.errors import UnknownTableError
from sasando.statistics.models import CellState, ReportedCell, ReportedFigure, ReportedTable
from sasando.statistics.queries import records_behind, visible_tables, year_view
from sasando.statistics.tests.regency import declare, office_without_records, places

MINE, THEIRS = "53.14.03.2001", "53.14.06.2001"
BY = NamedActor("sealer")


@pytest.fixture
def view(people, settings, tmp_path, monkeypatch):
    """A sealed year: 120 families of PKH in the operator's village, 30 in another's, and two cases of violence."""
    settings.DATA = tmp_path
    rows = {**office_without_records(), "places": places()}
    rows["entitlements"] = [
        (id, "PKH", "January", date(2020, 1, 20), id, MINE if id <= 120 else THEIRS,
         "53.14.03" if id <= 120 else "53.14.06", 225_000, "APBN")
        for id in range(1, 151)
    ]  # fmt: skip
    rows["cases"] = [
        (id, MINE, "53.14.03", "Penelantaran", "female", 8, date(2020, 5, 1), 1) for id in (1, 2)
    ]
    rows["budget_lines"] = [(1, "APBN", False, "1", "", "Program", "programme", 10, 9, 1)]
    facts = declare(rows)
    monkeypatch.setattr(actions, "declared_lists", lambda module, name: facts)
    monkeypatch.setattr(queries, "declared_lists", lambda module, name: facts)
    return year_view(seal_snapshot(2020, by=BY))


def row_of(view, table, district):
    return next(n for n, row in enumerate(view.tables[table].rows) if row["district"] == district)


def test_scope_comes_before_the_page(people, view):
    reader = people.reader(people.operator)
    behind = records_behind(reader, view, "t03_pkh", None, "families", page=3)
    assert (behind.in_scope, behind.total, behind.pages, behind.number) == (120, 150, 3, 3)
    assert [texts[0] for _link, texts in behind.page.rows] == [str(id) for id in range(101, 121)]


def test_a_cell_of_another_district_opens_nothing(people, view):
    reader = people.reader(people.operator)
    row = row_of(view, "t03_pkh", "Rote Timur")
    behind = records_behind(reader, view, "t03_pkh", row, "families")
    assert (behind.in_scope, behind.total, list(behind.page.rows)) == (0, 30, [])
    assert records_behind(people.reader(people.stranger), view, "t03_pkh", row, "families").in_scope == 30


def test_a_reader_of_the_whole_office_opens_all(people, view):
    behind = records_behind(people.reader(people.secretary), view, "t03_pkh", None, "amount_idr", page=99)
    assert (behind.in_scope, behind.total, behind.number) == (150, 150, 3)


def test_a_reader_without_permission_is_told_whom_to_ask(people, view):
    behind = records_behind(people.reader(people.treasurer), view, "t03_pkh", 2, "families")
    assert (behind.page, behind.in_scope, behind.total) == (None, 0, 120)
    assert "Bernad Sekretaris" in behind.refusal
    assert "Yuli Operator" not in behind.refusal


def test_records_without_a_village_are_left_to_their_room(people, view):
    assert records_behind(people.reader(people.operator), view, "t13_budget_apbn", 0, "realised_idr").refusal
    assert (
        records_behind(people.reader(people.secretary), view, "t13_budget_apbn", 0, "realised_idr").in_scope
        == 1
    )


def test_a_sensitive_table_is_not_there_for_readers_without_its_permission(people, view):
    for person in (people.operator, people.social_worker, people.treasurer):
        reader = people.reader(person)
        assert not [id for id in visible_tables(reader, view) if "violence" in id]
        with pytest.raises(UnknownTableError):
            records_behind(reader, view, "t05_violence_by_kind", 0, "children")


def test_who_may_see_the_number_of_cases_still_opens_none(people, view, monkeypatch):
    """The head of office: sensitive statistics, but no case."""
    reader = people.reader(people.secretary)
    monkeypatch.setattr(reader, "may", lambda permission: permission == "statistics.see_sensitive")
    behind = records_behind(reader, view, "t05_violence_by_kind", 0, "children")
    assert (behind.page, behind.total) == (None, 2)
    assert behind.refusal


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("t99_none", None, "families"),
        ("t03_pkh", 10, "families"),
        ("t03_pkh", -1, "families"),
        ("t03_pkh", 0, "district"),
        ("t03_pkh", 0, "nothing"),
        ("t10_performance_agreement", None, "numerator"),
    ],
)
def test_a_cell_that_is_not_there(people, view, table, row, column):
    with pytest.raises(UnknownTableError):
        records_behind(people.reader(people.secretary), view, table, row, column)


@pytest.mark.django_db
def test_a_year_never_sealed_still_has_what_was_reported():
    recorded = {"recorded_at": "2021-01-05T00:00Z", "recorded_by_id": None, "recorded_by_name": "clerk"}
    for document, printed in (("draft", "1"), ("book", "2")):
        table = ReportedTable.objects.create(
            year=2019, table_id="t08_bpnt", document=document, columns=["families"], **recorded
        )
        ReportedCell.objects.create(
            table=table, row=1, column="families", printed=printed, state=CellState.NUMBER, value=int(printed)
        )
    ReportedFigure.objects.create(
        year=2019, key="villages", printed="119", unit="desa", where="III", **recorded
    )
    view = year_view(2019)
    assert (view.tables, view.facts, view.as_of) == ({}, None, date(2019, 12, 31))
    assert view.reported["t08_bpnt"].document == "book"
    assert view.reported["t08_bpnt"].rows[0]["families"].printed == "2"
    assert view.text_figures["villages"].printed == "119"


def test_a_year_costs_the_same_queries_whatever_was_reported(view, django_assert_num_queries):
    with django_assert_num_queries(4):
        year_view(2020)
