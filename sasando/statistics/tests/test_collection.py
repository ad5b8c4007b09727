"""Who owes which table: assigning, filling in, handing in, verifying, sending back; by whom."""

import io
import json
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sasando.accounts.actions import grant_role, open_account
from sasando.base.reader import NamedActor
from sasando.office.models import Unit, UnitKind
from sasando.statistics import queries, worklist
from sasando.statistics.models import ReportedTable, TaskState, TaskStatus
from sasando.statistics.reporting import collection, filling
from sasando.statistics.reporting.book import book_specs, book_tables
from sasando.statistics.reporting.collection import (
    NotHandedInError,
    SamePersonError,
    TaskAssignedError,
    UnknownBasisError,
    assign_table,
    carry_over,
    hand_in_table,
    send_back_table,
    switch_basis,
    verify_table,
)
from sasando.statistics.results import Basis
from sasando.trail.models import TrailEntry

BY = NamedActor("test")
PKH = "t03_pkh"


def address(name, *args):
    return reverse(f"statistics:{name}", args=args)


@pytest.fixture
def task(people):
    """The section owes the PKH table."""
    return assign_table(2020, PKH, unit=people.section, due_on=date(2021, 1, 31), by=BY)


@pytest.fixture
def division_head(people):
    user = open_account("kabid", "Maria Kabid", None, by=BY)
    grant_role(user, "division_head", unit=people.office_unit, by=BY)
    return user


@pytest.fixture
def planner(people):
    user = open_account("perencana", "Oktaviana Perencana", None, by=BY)
    grant_role(user, "planner", by=BY)
    return user


def state_of(task):
    return collection._duty(task, date(2021, 2, 1)).state


# steps


def test_a_table_is_handed_in_and_verified_by_another(people, task, division_head):
    hand_in_table(task, by=people.section_head, explanation="All lists came in.")
    assert state_of(task) == TaskState.HANDED_IN
    verify_table(task, by=division_head)
    assert state_of(task) == TaskState.VERIFIED
    assert collection.texts(2020)[PKH].explanation == "All lists came in."
    entries = TrailEntry.objects.filter(subject_type="statistics.collectiontask", subject_id=task.pk)
    actions = list(entries.order_by("sequence").values_list("action", flat=True))
    assert actions == ["statistics.assign_table", "statistics.hand_in_table", "statistics.verify_table"]


def test_who_handed_in_cannot_verify(task, division_head):
    hand_in_table(task, by=division_head)
    with pytest.raises(SamePersonError, match="Maria Kabid"):
        verify_table(task, by=division_head)
    assert state_of(task) == TaskState.HANDED_IN


def test_nothing_is_verified_or_sent_back_before_it_is_in(people, task, division_head):
    with pytest.raises(NotHandedInError):
        verify_table(task, by=division_head)
    with pytest.raises(NotHandedInError):
        send_back_table(task, reason="?", by=division_head)
    hand_in_table(task, by=people.section_head)
    verify_table(task, by=division_head)
    with pytest.raises(NotHandedInError):
        verify_table(task, by=people.secretary)
    assert TaskStatus.objects.count() == 2


def test_what_was_sent_back_waits_for_its_unit_with_its_text_kept(people, task, division_head):
    hand_in_table(task, by=people.section_head, explanation="First text.")
    send_back_table(task, reason="Ndao Nuse is missing.", by=division_head)
    duty, *_others = collection.duties(people.reader(people.secretary), 2020)
    assert duty.state == TaskState.MISSING
    assert duty.sent_back.explanation == "Ndao Nuse is missing."
    assert duty.handed_in.explanation == "First text."
    assert collection.texts(2020) == {}


def test_a_table_already_in_moves_to_no_other_unit(people, task):
    hand_in_table(task, by=people.section_head)
    with pytest.raises(TaskAssignedError, match="Seksi Fakir Miskin"):
        assign_table(2020, PKH, unit=people.office_unit, due_on=date(2021, 1, 31), by=BY)
    assert assign_table(2020, PKH, unit=people.section, due_on=date(2021, 2, 5), by=BY).due_on == date(
        2021, 2, 5
    )


def test_a_basis_is_records_or_reported(task):
    assert switch_basis(task, Basis.REPORTED, by=BY).basis == "reported"
    for basis in ("manual", "nonsense"):
        with pytest.raises(UnknownBasisError, match=basis):
            switch_basis(task, basis, by=BY)


def test_a_board_is_taken_over_from_the_year_before(people, task):
    assign_table(2021, "t08_bpnt", unit=people.section, due_on=date(2022, 3, 1), by=BY)
    assign_table(2020, "t08_bpnt", unit=people.section, due_on=date(2020, 2, 29), by=BY)
    assign_table(2020, "t07_kube", unit=people.section, due_on=date(2020, 2, 29), by=BY)
    assert carry_over(2021, by=BY) == 2
    due = {d.task.table_id: d.task.due_on for d in collection.duties(people.reader(people.secretary), 2021)}
    assert due == {PKH: date(2022, 1, 31), "t07_kube": date(2021, 2, 28), "t08_bpnt": date(2022, 3, 1)}
    assert carry_over(2021, by=BY) == 0


@pytest.mark.parametrize(
    ("came", "late", "days"), [(date(2021, 1, 31), False, 0), (date(2021, 2, 2), True, 2), (None, True, 1)]
)
def test_lateness_counts_from_the_day_it_came_in(people, task, came, late, days):
    if came:
        at = timezone.make_aware(datetime.combine(came, datetime.min.time()) + timedelta(hours=23))
        hand_in_table(task, by=people.section_head, at=at)
    duty = collection._duty(task, date(2021, 2, 1))
    assert (duty.is_late, duty.days_late) == (late, days)


# who may


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator", 403),
        ("stranger", 403),
        ("social_worker", 403),
        ("section_head", 200),
        ("treasurer", 200),
        ("secretary", 200),
    ],
)
def test_who_may_hand_in(people, task, log_in, who, status):
    for name in ("hand_in", "fill", "template"):
        assert log_in(getattr(people, who)).get(address(name, 2020, PKH)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("operator", 403),
        ("stranger", 403),
        ("social_worker", 403),
        ("section_head", 403),
        ("treasurer", 403),
        ("secretary", 200),
    ],
)
def test_who_may_verify(people, task, log_in, who, status):
    assert log_in(getattr(people, who)).get(address("verify", 2020, PKH)).status_code == status


def test_only_the_planner_assigns(people, planner, log_in):
    for user in (people.section_head, people.treasurer, people.secretary):
        assert log_in(user).get(address("assign", 2020)).status_code == 403
        assert log_in(user).post(address("carry_over", 2020)).status_code == 403
    assert log_in(planner).get(address("assign", 2020)).status_code == 200


def test_a_section_head_reaches_no_other_units_table(people, log_in):
    assign_table(2020, "t12_budget_apbd", unit=people.office_unit, due_on=date(2021, 1, 31), by=BY)
    client = log_in(people.section_head)
    for name in ("hand_in", "fill", "template", "basis"):
        url = address(name, 2020, "t12_budget_apbd")
        answer = client.post(url, {"basis": "reported"}) if name == "basis" else client.get(url)
        assert answer.status_code == 404, name
    assert not TaskStatus.objects.exists()


# in the browser


def test_handing_in_and_verifying_on_the_pages(people, task, division_head, log_in):
    text = {"explanation": "The lists.", "obstacles": "The sea.", "efforts": "A boat."}
    answer = log_in(people.section_head).post(address("hand_in", 2020, PKH), text)
    assert answer["Location"] == address("board", 2020)
    page = log_in(division_head).get(address("verify", 2020, PKH)).text
    assert "The sea." in page
    sent = log_in(division_head).post(address("verify", 2020, PKH), {"send_back": "1", "reason": ""})
    assert sent.status_code == 422
    assert state_of(task) == TaskState.HANDED_IN
    log_in(division_head).post(address("verify", 2020, PKH), {"verify": "1"})
    assert state_of(task) == TaskState.VERIFIED
    assert "A boat." in log_in(people.secretary).get(address("table", 2020, PKH)).text


def test_the_board_offers_each_reader_their_own_step(people, task, division_head, log_in):
    url = address("board", 2020)
    hand_in, verify = address("hand_in", 2020, PKH), address("verify", 2020, PKH)
    assert hand_in in log_in(people.section_head).get(url).text
    assert hand_in not in log_in(people.social_worker).get(url).text
    hand_in_table(task, by=people.section_head)
    assert verify in log_in(division_head).get(url).text
    assert verify not in log_in(people.section_head).get(url).text


def test_assigning_on_the_page(people, planner, log_in):
    sent = {"table_id": PKH, "unit": people.section.pk, "due_on": "2021-01-31", "basis": "records"}
    client = log_in(planner)
    assert client.post(address("assign", 2020), sent)["Location"] == address("assign", 2020)
    assert client.post(address("assign", 2020), {**sent, "table_id": "nothing"}).status_code == 422
    section = {**sent, "table_id": f"{collection.SECTION}FM-DK"}
    assert client.post(address("assign", 2020), section).status_code == 302
    assert "Seksi Fakir Miskin" in client.get(address("board", 2020)).text
    assert client.get(address("hand_in", 2020, section["table_id"])).status_code == 200


# filling in


def filled(**more):
    cells = {"cell-0-0": "Lobalain", "cell-0-1": "1.594", "cell-0-2": "Rp1.572.950.000", "cell-1-0": "Rote Timur",
             "cell-1-1": "-", "cell-1-2": "12/13", "cell-2-0": "", "cell-2-1": "", "cell-2-2": ""}  # fmt: skip
    return {"document": "Surat 12/2021", "rests_on_it": "on", **cells, **more}


def test_the_fate_of_each_cell_is_shown_before_anything_is_stored(people, task, log_in):
    client = log_in(people.section_head)
    page = client.post(address("fill", 2020, PKH), filled(step="look"))
    assert page.status_code == 200
    assert "1.594" in page.text and "12/13" in page.text
    assert not ReportedTable.objects.exists()
    carried = json.dumps([["Lobalain", "1.594", "Rp1.572.950.000"], ["Rote Timur", "-", "12/13"]])
    stored = client.post(
        address("fill", 2020, PKH),
        {"document": "Surat 12/2021", "rests_on_it": "on", "carried": carried, "step": "store"},
    )
    assert stored["Location"] == address("hand_in", 2020, PKH)
    cells = {c.printed: (c.state, c.value) for c in ReportedTable.objects.get().cells.all()}
    assert cells["1.594"] == ("number", 1594)
    assert cells["-"] == ("unknown", None)
    assert cells["12/13"][0] == "refused"
    task.refresh_from_db()
    assert task.basis == "reported"


def test_a_reported_table_takes_the_tables_place_in_the_book(people, task, log_in):
    log_in(people.section_head).post(address("fill", 2020, PKH), filled(step="store"))
    table = book_tables(queries.year_view(2020), book_specs()[0])[PKH]
    assert table.basis == Basis.REPORTED
    assert table.rows[0] == {"district": "Lobalain", "families": 1594, "amount_idr": 1572950000}
    assert table.rows[1] == {"district": "Rote Timur", "families": None, "amount_idr": None}
    assert table.totals == {"families": 1594, "amount_idr": 1572950000}
    page = log_in(people.secretary).get(address("table", 2020, PKH)).text
    assert "badge-reported" in page and "Rp1.572.950.000" in page and "Surat 12/2021" in page


def test_changing_a_verified_table_sends_it_back(people, task, division_head, log_in):
    client = log_in(people.section_head)
    client.post(address("fill", 2020, PKH), filled(step="store"))
    hand_in_table(task, by=people.section_head)
    verify_table(task, by=division_head)
    client.post(address("fill", 2020, PKH), filled(step="store"))
    assert state_of(task) == TaskState.VERIFIED  # the same numbers again change nothing
    client.post(address("fill", 2020, PKH), filled(step="store", **{"cell-0-1": "1.595"}))
    assert state_of(task) == TaskState.MISSING


def workbook(*rows):
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return stored.getvalue()


def upload(data, name="isian.xlsx"):
    file = io.BytesIO(data)
    file.name = name
    return {"document": "x", "step": "look", "upload": file}


def test_the_template_comes_back_as_it_went(people, task, log_in):
    client = log_in(people.section_head)
    data = client.get(address("template", 2020, PKH)).content
    spec = book_specs()[0].tables[PKH]
    grid = filling.read_file(data, "t.xlsx", spec)
    assert [row[0] for row in grid] == ["Lobalain", "Rote Timur"]
    page = client.post(address("fill", 2020, PKH), upload(data))
    assert page.status_code == 200 and "Rote Timur" in page.text


def test_a_file_is_read_by_its_headings_in_either_language(people, task, log_in):
    client = log_in(people.section_head)
    for heads in (
        ["Kecamatan", "Jumlah Bantuan (Rp)", "Jumlah KPM"],
        ["District", "Amount (Rp)", "Families"],
    ):
        page = client.post(
            address("fill", 2020, PKH), upload(workbook(["Title"], heads, ["Lobalain", 1572950000, 1594]))
        ).text
        assert "1.572.950.000" in page and "1.594" in page


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01",
        b"PK\x03\x04 damaged",
        workbook(["nothing", "of", "this"], [1, 2, 3]),
        b"<html></html>",
    ],
    ids=["empty", "bytes", "damaged", "other table", "web page"],
)
def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(people, task, log_in, data):
    page = log_in(people.section_head).post(address("fill", 2020, PKH), upload(data))
    assert page.status_code == 422
    assert "notice-error" in page.text
    assert not ReportedTable.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Lobalain\t1594\t1572950000\nRote Timur\t1380\t",
        "Kecamatan;Jumlah KPM;Jumlah Bantuan (Rp)\nLobalain;1594;1572950000\nRote Timur;1380;",
        "families,district,amount_idr\n1594,Lobalain,1572950000\n1380,Rote Timur,",
    ],
)
def test_a_pasted_table_is_read_with_or_without_headings(text):
    spec = book_specs()[0].tables[PKH]
    assert filling.read_pasted(text, spec) == [["Lobalain", "1594", "1572950000"], ["Rote Timur", "1380", ""]]


@pytest.mark.parametrize("text", ["a,b,c,d", ",,\n,", "x" * 301, "a\x00b"])
def test_a_pasted_text_that_is_no_such_table_is_refused(text):
    with pytest.raises(filling.FillError):
        filling.read_pasted(text, book_specs()[0].tables[PKH])


@pytest.mark.parametrize(
    "carried", ["[", "{}", "[[1]]", '[["a"]]', '[["a","b",3]]', "[" * 50_000, "null", '"x"']
)
def test_a_carried_table_that_was_tampered_with_is_refused(people, task, log_in, carried):
    answer = log_in(people.section_head).post(
        address("fill", 2020, PKH), {"document": "x", "carried": carried, "step": "store"}
    )
    assert answer.status_code == 422
    assert not ReportedTable.objects.exists()


def test_every_table_of_the_book_can_be_filled_without_a_record(people, log_in):
    client = log_in(people.secretary)
    for table_id, spec in book_specs()[0].tables.items():
        assign_table(2019, table_id, unit=people.section, due_on=date(2020, 1, 31), basis="reported", by=BY)
        columns = filling.columns_of(spec)
        row = {f"cell-0-{at}": "Lobalain" if column.is_label else "7" for at, column in enumerate(columns)}
        sent = {"document": "Book 2019", "rests_on_it": "on", "step": "store", **row}
        assert client.get(address("fill", 2019, table_id)).status_code == 200
        assert client.post(address("fill", 2019, table_id), sent).status_code == 302, table_id
        assert client.get(address("table", 2019, table_id)).status_code == 200
    tables = book_tables(queries.year_view(2019), book_specs()[0])
    assert all(table.basis == Basis.REPORTED and len(table.rows) == 1 for table in tables.values())


def test_an_empty_table_is_not_stored(people, task, log_in):
    answer = log_in(people.section_head).post(
        address("fill", 2020, PKH), {"document": "x", "cell-0-0": "", "cell-0-1": "", "step": "store"}
    )
    assert answer.status_code == 422
    assert not ReportedTable.objects.exists()


# what waits


def test_what_waits_for_whom(people, task, division_head):
    def texts(user):
        return [item.text for item in worklist.waiting(people.reader(user))]

    assert len(texts(people.section_head)) == 1
    assert texts(people.operator) == texts(people.stranger) == texts(people.social_worker) == []
    hand_in_table(task, by=people.section_head)
    assert texts(people.section_head) == []
    assert len(texts(division_head)) == 1
    verify_table(task, by=division_head)
    assert texts(division_head) == []


def test_a_day_far_ahead_does_not_wait_yet(people):
    far = timezone.localdate() + timedelta(days=200)
    assign_table(2020, PKH, unit=people.section, due_on=far, by=BY)
    assert worklist.waiting(people.reader(people.section_head)) == []


# cost


def test_the_board_and_the_work_list_cost_the_same_with_3_tasks_and_30(people, log_in):
    client = log_in(people.secretary)

    def cost():
        found = []
        for url in (address("board", 2020), reverse("desk:home")):
            with CaptureQueriesContext(connection) as queries_run:
                assert client.get(url).status_code == 200
            found.append(len(queries_run))
        return found

    def add(number):
        unit = Unit.objects.create(
            code=f"U{number}", kind=UnitKind.SECTION, name=f"Unit {number}", order=number
        )
        task = assign_table(2020, f"{collection.SECTION}U{number}", unit=unit, due_on=date(2021, 1, 5), by=BY)
        hand_in_table(task, by=people.section_head)

    for number in range(3):
        add(number)
    before = cost()
    for number in range(3, 30):
        add(number)
    assert cost() == before
