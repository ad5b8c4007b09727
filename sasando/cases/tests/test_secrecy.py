"""Right person, same role with another case, stranger, secretary: at each address. And what else leaves the room."""

import logging
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sasando.cases import queries, urls
from sasando.cases.actions import read_case
from sasando.cases.errors import CaseNotFoundError
from sasando.cases.facts import FACTS
from sasando.cases.models import Case, HomeVisit
from sasando.cases.tests.conftest import NAME, NOTE, OTHER_NAME, make_case
from sasando.registry.models import Person
from sasando.trail import actions as trail
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details

LISTS = ["mine", "unit"]
WORKERS = ["case", "add_visit"]
SUPERIORS = ["case", "assign", "close"]
NO_PERMISSION = ["operator", "treasurer", "secretary", "stranger"]
UNKNOWN = 987_654


def address(page, pk=None):
    return reverse(f"cases:{page}", args=[pk] if pk else [])


def told(response):
    """What an answer says, without the token that differs each time and the address that was asked for."""
    asked = re.sub(rb"/kasus/\d+/", b"/kasus/N/", response.content)
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", asked)


def headers(response):
    """All headers but the length, which counts the digits of the address."""
    return {name: value for name, value in response.headers.items() if name != "Content-Length"}


def test_these_tests_know_every_address():
    assert {pattern.name for pattern in urls.urlpatterns} == {*LISTS, *WORKERS, *SUPERIORS}


@pytest.mark.parametrize("page", WORKERS)
def test_the_worker_opens_the_case_assigned_to_them(room, log_in, page):
    assert log_in(room.people.social_worker).get(address(page, room.case.pk)).status_code == 200


@pytest.mark.parametrize("page", SUPERIORS)
def test_the_superior_opens_the_cases_of_the_unit(room, log_in, page):
    client = log_in(room.people.section_head)
    for case in (room.case, room.other):
        assert client.get(address(page, case.pk)).status_code == 200


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        (lambda room: room.people.social_worker, WORKERS),
        (lambda room: room.other_head, SUPERIORS),
    ],
    ids=["same role, other case", "head of another section"],
)
def test_a_case_of_others_answers_like_one_that_does_not_exist(room, log_in, who, pages):
    client = log_in(who(room))
    for page in pages:
        for method in (client.get, client.post):
            with CaptureQueriesContext(connection) as hidden_queries:
                hidden = method(address(page, room.other.pk))
            with CaptureQueriesContext(connection) as absent_queries:
                absent = method(address(page, UNKNOWN))
            if method == client.post and page == "case":
                assert hidden.status_code == absent.status_code == 405
                continue
            assert hidden.status_code == absent.status_code == 404
            assert told(hidden) == told(absent)
            assert headers(hidden) == headers(absent)
            assert len(hidden_queries) == len(absent_queries)
    assert not TrailEntry.objects.filter(action="cases.read_case").exists()


@pytest.mark.parametrize("who", NO_PERMISSION)
@pytest.mark.parametrize("page", [*LISTS, *dict.fromkeys(WORKERS + SUPERIORS)])
def test_readers_without_the_permission_get_the_same_refusal_for_all(room, log_in, who, page):
    client = log_in(getattr(room.people, who))
    if page in LISTS:
        assert client.get(address(page)).status_code == 403
        return
    hidden, absent = client.get(address(page, room.case.pk)), client.get(address(page, UNKNOWN))
    assert hidden.status_code == absent.status_code == 403
    assert told(hidden) == told(absent)
    assert client.post(address(page, room.case.pk)).status_code in (403, 405)


@pytest.mark.parametrize("page", [*LISTS, *dict.fromkeys(WORKERS + SUPERIORS)])
def test_nobody_reads_without_log_in(room, client, page):
    for pk in (room.case.pk, UNKNOWN):
        assert client.get(address(page, None if page in LISTS else pk)).status_code == 302


def test_a_worker_has_no_page_of_a_superior_and_the_reverse(room, log_in):
    worker, superior = log_in(room.people.social_worker), log_in(room.people.section_head)
    for page in ("assign", "close"):
        assert worker.get(address(page, room.case.pk)).status_code == 403
    assert worker.get(address("unit")).status_code == 403
    assert superior.get(address("add_visit", room.case.pk)).status_code == 403
    assert superior.get(address("mine")).status_code == 403


def test_everyone_elses_queries_are_empty(room):
    for who in NO_PERMISSION:
        reader = room.people.reader(getattr(room.people, who))
        assert not queries.cases(reader).exists()
        with pytest.raises(CaseNotFoundError):
            read_case(case_id=room.case.pk, by=reader)
    assert list(queries.cases(room.people.reader(room.people.social_worker))) == [room.case]
    assert list(queries.cases(room.people.reader(room.colleague))) == [room.other]
    assert not queries.cases(room.people.reader(room.other_head)).exists()
    assert set(queries.cases(room.people.reader(room.people.section_head))) == {room.case, room.other}


def test_reading_leaves_one_entry_of_who_and_which_and_nothing_else(room, log_in):
    assert log_in(room.people.social_worker).get(address("case", room.case.pk)).status_code == 200
    entry = TrailEntry.objects.get(action="cases.read_case")
    assert (entry.happened_by_id, entry.subject_type, entry.subject_id) == (
        room.people.social_worker.pk,
        "cases.case",
        room.case.pk,
    )
    assert details(entry) == {}


def test_lists_and_forms_are_no_reads(room, log_in):
    client, superior = log_in(room.people.social_worker), log_in(room.people.section_head)
    client.get(address("mine"))
    client.get(address("add_visit", room.case.pk))
    superior.get(address("unit"))
    superior.get(address("assign", room.case.pk))
    assert not TrailEntry.objects.filter(action="cases.read_case").exists()


def test_a_case_that_cannot_be_recorded_as_read_is_not_shown(room, log_in, monkeypatch):
    def broken(notes):
        raise OSError("No space left on device")

    monkeypatch.setattr(trail, "_link", broken)
    client = log_in(room.people.social_worker)
    client.raise_request_exception = False
    page = client.get(address("case", room.case.pk))
    assert page.status_code == 500
    assert NAME.encode() not in page.content
    assert NOTE.encode() not in page.content


def test_the_read_is_recorded_before_a_word_is_loaded(room):
    with CaptureQueriesContext(connection) as made:
        read_case(case_id=room.case.pk, by=room.people.reader(room.people.social_worker))
    statements = [query["sql"] for query in made]
    written = next(
        n for n, sql in enumerate(statements) if "trail_trailentry" in sql and sql.startswith("INSERT")
    )
    loaded = [n for n, sql in enumerate(statements) if "note" in sql or "registry_person" in sql]
    assert loaded
    assert min(loaded) > written


def test_names_and_notes_stand_on_the_case_page_only(room, log_in):
    worker, superior = log_in(room.people.social_worker), log_in(room.people.section_head)
    page = worker.get(address("case", room.case.pk)).content.decode()
    assert NAME in page
    assert NOTE in page
    pages = [
        worker.get(address("mine")),
        worker.get(address("add_visit", room.case.pk)),
        superior.get(address("unit")),
        superior.get(address("assign", room.case.pk)),
        superior.get(address("close", room.case.pk)),
    ]
    for each in pages:
        text = each.content.decode()
        assert each.status_code == 200
        assert room.case.number in text
        assert "M. R." in text
        for secret in (*NAME.split(), *OTHER_NAME.split(), NOTE, "Pencabulan", "Penelantaran"):
            assert secret not in text


def test_a_list_shows_the_cases_of_its_reader_only(room, log_in):
    mine = log_in(room.people.social_worker).get(address("mine")).content.decode()
    assert room.case.number in mine
    assert room.other.number not in mine
    assert room.case.number not in log_in(room.other_head).get(address("unit")).content.decode()


def test_case_pages_are_stored_by_no_browser(room, log_in):
    client = log_in(room.people.social_worker)
    for page in (address("mine"), address("case", room.case.pk), address("add_visit", room.case.pk)):
        assert "no-store" in client.get(page)["Cache-Control"]


def test_logs_and_trail_hold_no_name_kind_or_note(room, log_in, caplog):
    caplog.set_level(logging.DEBUG)
    worker, superior = log_in(room.people.social_worker), log_in(room.people.section_head)
    worker.get(address("case", room.case.pk))
    worker.get(address("case", room.other.pk))
    worker.post(address("add_visit", room.case.pk), {"visited_on": "2020-03-04", "note": NOTE})
    worker.post(address("add_visit", room.case.pk), {"visited_on": "2019-03-04", "note": NOTE})
    superior.post(address("close", room.case.pk), {"closed_on": "2020-03-05"})
    said = [str(details(entry)) for entry in TrailEntry.objects.filter(action__startswith="cases.")]
    assert len(said) >= 8
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    for text in [*said, *logged]:
        for secret in (NAME, OTHER_NAME, NOTE, "encabulan", "enelantaran"):
            assert secret not in text


def test_notes_are_encrypted_in_the_database(room):
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM cases_case UNION ALL SELECT note FROM cases_homevisit")
        notes = [note for (note,) in cursor.fetchall()]
    assert len(notes) == 4
    assert not any(NOTE in note for note in notes)
    assert Case.objects.get(pk=room.case.pk).note == NOTE
    assert HomeVisit.objects.filter(case=room.case).get().note == f"{NOTE} visit"


def test_nothing_leads_from_a_person_to_a_case():
    assert not [
        field for field in Person._meta.related_objects if field.related_model is Case and not field.hidden
    ]


def test_drill_down_opens_only_what_the_reader_may_read(room):
    (fact,) = FACTS
    ids = [room.case.pk, room.other.pk, UNKNOWN]
    for who, cases in (
        (room.people.social_worker, [room.case]),
        (room.people.section_head, [room.other, room.case]),
        *((getattr(room.people, who), []) for who in NO_PERMISSION),
    ):
        rows = fact.open(room.people.reader(who), ids).rows
        assert [texts[0] for _address, texts in rows] == [case.number for case in cases]
        assert NAME not in str(rows)
    assert rows == []


def test_a_case_without_unit_has_no_superior_below_the_whole_office(room):
    loose = make_case(room.people, None, "Tanpa Unit", unit_id=None)
    assert loose not in queries.cases(room.people.reader(room.people.section_head))
    assert loose not in queries.cases(room.people.reader(room.other_head))


@pytest.mark.parametrize("page", LISTS)
def test_a_list_costs_the_same_queries_with_3_and_with_30_rows(room, log_in, page):
    client = log_in(room.people.social_worker if page == "mine" else room.people.section_head)

    def cost(count):
        for number in range(count):
            make_case(room.people, room.people.social_worker, f"Anak {number}")
        with CaptureQueriesContext(connection) as made:
            client.get(address(page))
        return len(made)

    cost(2)
    assert cost(0) == cost(27)
