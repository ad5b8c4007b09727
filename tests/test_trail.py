"""The chain holds, and shows when somebody broke it."""

import pytest
from django.db import connection

from sasando.accounts.actions import grant_role, open_account
from sasando.base.reader import NamedActor
from sasando.trail.actions import recorded
from sasando.trail.errors import TrailIsAppendOnlyError, UnnamedActorError
from sasando.trail.models import TrailEntry
from sasando.trail.queries import breaks, details, entries, last_sequence
from tests.together import together

BY = NamedActor("Dina")


def write(count=1):
    for number in range(count):
        with recorded("test.write", by=BY, number=number):
            pass


def alter(sql, *params):
    """What somebody with the database's password could do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_an_entry_says_who_did_what(db):
    write()
    entry = TrailEntry.objects.get()
    assert (entry.happened_by_name, entry.action, details(entry)) == ("Dina", "test.write", {"number": 0})
    assert list(breaks()) == []


def test_payload_is_not_readable_in_the_database(db):
    with recorded("test.write", by=BY, name="Rahasia"):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM trail_trailentry")
        assert "Rahasia" not in cursor.fetchone()[0]


def test_nested_actions_link_in_order(db):
    with recorded("outer", by=BY), recorded("inner", by=BY):
        pass
    assert list(TrailEntry.objects.values_list("action", flat=True)) == ["outer", "inner"]
    assert list(breaks()) == []


def test_a_failing_action_leaves_nothing(db):
    with pytest.raises(ZeroDivisionError), recorded("outer", by=BY):
        with recorded("inner", by=BY):
            pass
        1 / 0  # noqa: B018
    assert last_sequence() == 0
    write()
    assert list(breaks()) == []


def test_a_failure_caught_inside_leaves_only_what_stood(db):
    with recorded("outer", by=BY), pytest.raises(ZeroDivisionError), recorded("inner", by=BY):
        1 / 0  # noqa: B018
    assert list(TrailEntry.objects.values_list("action", flat=True)) == ["outer"]


def test_of_two_equal_notes_only_the_failing_one_is_dropped(db):
    with recorded("outer", by=BY):
        write_same = lambda: recorded("inner", by=BY)
        with write_same():
            pass
        with pytest.raises(ZeroDivisionError), write_same():
            1 / 0  # noqa: B018
    assert list(TrailEntry.objects.values_list("action", flat=True)) == ["outer", "inner"]


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("DELETE FROM trail_trailentry WHERE sequence = 3", 3),
        ("UPDATE trail_trailentry SET happened_by_name = 'Orang lain' WHERE sequence = 2", 2),
        (
            "UPDATE trail_trailentry SET payload = NULL, happened_by_name = 'Orang lain' WHERE sequence = 2",
            2,
        ),
        ("UPDATE trail_trailentry SET payload_digest = digest WHERE sequence = 3", 3),
        ("UPDATE trail_trailentry SET sequence = -sequence WHERE sequence = 2", 1),
        ("UPDATE trail_trailentry SET link = digest WHERE sequence = 4", 4),
        ("DELETE FROM trail_trailentry WHERE sequence = 5", 5),
    ],
    ids=[
        "removed",
        "altered",
        "altered without details",
        "other details",
        "reordered",
        "relinked",
        "last one removed",
    ],
)
def test_what_was_tampered_with_is_named(db, sql, named):
    write(5)
    alter(sql)
    assert next(breaks()).sequence == named


def test_an_inserted_entry_shows(db):
    write(3)
    alter("UPDATE trail_trailentry SET sequence = 4 WHERE sequence = 3")
    alter(
        "INSERT INTO trail_trailentry (sequence, happened_at, happened_by_name, action, subject_type, is_secret, "
        "payload, payload_digest, digest, link) "
        "SELECT 3, happened_at, 'Orang lain', action, subject_type, is_secret, payload, payload_digest, digest, link "
        "FROM trail_trailentry WHERE sequence = 2"
    )
    assert next(breaks()).sequence == 3


def test_secret_entries_leave_no_trace_for_who_reads_the_trail(people):
    head = open_account("kepala", "Kepala", None, by=BY)
    grant_role(head, "office_head", by=BY)
    with recorded("cases.read_case", by=BY, secret=True):
        pass
    shown = set(entries(people.reader(head)).values_list("action", flat=True))
    assert shown and "cases.read_case" not in shown
    assert not entries(people.reader(people.operator)).exists()
    assert list(breaks()) == []


def test_append_only_through_the_model(db):
    write()
    entry = TrailEntry.objects.get()
    for attempt in (entry.save, entry.delete, TrailEntry.objects.all().delete):
        with pytest.raises(TrailIsAppendOnlyError):
            attempt()
    with pytest.raises(TrailIsAppendOnlyError):
        TrailEntry.objects.update(action="x")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_write_needs_a_name(db, name):
    with pytest.raises(UnnamedActorError), recorded("test.write", by=NamedActor(name)):
        pass


def test_details_destroyed_by_law_leave_the_chain_whole(db):
    write(3)
    alter("UPDATE trail_trailentry SET payload = NULL WHERE sequence = 2")
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_link_one_after_another():
    assert together(*[lambda: write(10)] * 4) == []
    assert TrailEntry.objects.count() == 40 and list(breaks()) == []
