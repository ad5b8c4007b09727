"""A long job is asked for once, run outside the request, and always comes to an end that is told."""

import logging
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from sasando.base import collect
from sasando.base.jobs import JobKind, Progress
from sasando.base.reader import NamedActor
from sasando.files import actions, queries, worklist
from sasando.files.actions import abandon_silent_jobs, enqueue, see_job
from sasando.files.errors import UnknownJobKindError
from sasando.files.models import Job
from sasando.files.states import JobState
from sasando.trail.errors import UnnamedActorError
from sasando.trail.models import TrailEntry
from sasando.trail.queries import details

BY = NamedActor("Dina", 7)
LONG_AGO = timedelta(minutes=5)


class ClosedYearError(ValueError):
    pass


class Work:
    """A kind of job whose work a test decides."""

    def __init__(self):
        self.calls = []
        self.does = lambda arguments, progress, by: "/hasil/"
        self.kind = JobKind("count", gettext_lazy("Count %(year)s"), self._run, errors=(ClosedYearError,))

    def _run(self, arguments, progress, by):
        self.calls.append((arguments, by))
        return self.does(arguments, progress, by)

    def raises(self, error):
        def does(*_):
            raise error

        self.does = does


@pytest.fixture
def work(db, monkeypatch):
    found = Work()
    monkeypatch.setattr(queries, "declared_lists", lambda module, name: [found.kind])
    return found


@pytest.fixture
def ended(run_jobs):
    def run(job):
        run_jobs()
        job.refresh_from_db()
        return job

    return run


def grow_old(job, **said):
    Job.objects.filter(pk=job.pk).update(
        recorded_at=timezone.now() - LONG_AGO, last_sign_of_life=timezone.now() - LONG_AGO, **said
    )


def test_a_job_is_run_for_who_asked(work, ended):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    assert (job.state, job.label, work.calls) == (JobState.WAITING, "Count 2020", [])
    assert queries.something_waits()
    ended(job)
    assert work.calls == [({"year": 2020}, BY)]
    assert (job.state, job.result_url, job.error, job.is_open) == (JobState.DONE, "/hasil/", "", False)
    assert job.last_sign_of_life is not None
    assert not queries.something_waits()


def test_who_asked_stands_in_the_trail(work):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    entry = TrailEntry.objects.get(action="files.enqueue_job")
    assert (entry.happened_by_name, entry.subject_id) == ("Dina", job.pk)
    assert details(entry) == {"kind": "count", "arguments": {"year": 2020}}


def test_two_clicks_are_one_job(work):
    first = enqueue(work.kind, {"year": 2020}, by=BY)
    assert enqueue(work.kind, {"year": 2020}, by=BY) == first
    assert enqueue(work.kind, {"year": 2021}, by=BY) != first
    assert enqueue(work.kind, {"year": 2020}, by=NamedActor("Yuli", 8)) != first
    assert TrailEntry.objects.filter(action="files.enqueue_job").count() == 3
    assert DBTaskResult.objects.count() == 3


def test_the_same_may_be_asked_again_once_it_ended(work, ended):
    first = ended(enqueue(work.kind, {"year": 2020}, by=BY))
    assert enqueue(work.kind, {"year": 2020}, by=BY) != first


def test_the_database_refuses_a_second_open_job(work):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="count", key=job.key, language="id", recorded_at=timezone.now())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in str(connection.vendor), reason="its writers take turns")
def test_two_clicks_in_the_same_moment_are_one_job(work):
    together, made = Barrier(2), []

    def click():
        together.wait(30)
        made.append(enqueue(work.kind, {"year": 2020}, by=BY))
        connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert made[0] == made[1]
    assert Job.objects.count() == DBTaskResult.objects.count() == 1


def test_a_job_is_asked_for_with_the_transaction_or_not_at_all(work):
    with pytest.raises(ClosedYearError), transaction.atomic():
        enqueue(work.kind, {"year": 2020}, by=BY)
        raise ClosedYearError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_kind_must_be_declared_and_somebody_must_ask(work):
    other = JobKind("other", "Other", lambda *_: "/")
    with pytest.raises(UnknownJobKindError, match="other"):
        enqueue(other, {}, by=BY)
    with pytest.raises(UnnamedActorError):
        enqueue(work.kind, {"year": 2020}, by=NamedActor(""))
    assert not Job.objects.exists()


def test_a_named_error_is_told(work, caplog, ended):
    work.raises(ClosedYearError("2020 is closed. Nothing was changed."))
    job = ended(enqueue(work.kind, {"year": 2020}, by=BY))
    assert (job.state, job.error) == (JobState.FAILED, "2020 is closed. Nothing was changed.")
    assert not caplog.records


def test_an_unforeseen_error_goes_to_the_log_only(work, caplog, ended):
    work.raises(KeyError("5314030101010001"))
    with translation.override("en"), caplog.at_level(logging.ERROR):
        job = ended(enqueue(work.kind, {"year": 2020}, by=BY))
    assert job.state == JobState.FAILED
    assert str(job.pk) in job.error
    assert "5314" not in job.error and "Traceback" not in job.error
    assert "5314030101010001" in caplog.text and "Traceback" in caplog.text
    assert "5314" not in DBTaskResult.objects.get().traceback


def test_a_failed_job_keeps_how_far_it_came(work, ended):
    def does(arguments, progress, by):
        progress(3, 10, "reading")
        raise ClosedYearError("Nothing was changed.")

    work.does = does
    job = ended(enqueue(work.kind, {"year": 2020}, by=BY))
    assert (job.done, job.total, job.text) == (3, 10, "reading")


def test_a_kind_the_worker_does_not_know(work, monkeypatch, ended):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    monkeypatch.setattr(queries, "declared_lists", lambda module, name: [])
    assert ended(job).state == JobState.FAILED
    assert "count" in job.error


def test_a_stopped_worker_gives_its_job_up_at_once(work, ended):
    work.raises(KeyboardInterrupt())
    job = ended(enqueue(work.kind, {"year": 2020}, by=BY))
    assert job.state == JobState.ABANDONED
    assert job.error
    assert not queries.something_waits()


def test_words_are_in_the_language_of_who_asked(work, ended):
    work.does = lambda arguments, progress, by: progress(1, 1, translation.get_language()) or "/"
    with translation.override("en"):
        job = enqueue(work.kind, {"year": 2020}, by=BY)
    with translation.override("id"):
        assert ended(job).text == "en"


def test_a_job_whose_worker_was_killed_is_given_up(work):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - LONG_AGO, worker_ids=["1"])
    grow_old(job, state=JobState.RUNNING)
    assert abandon_silent_jobs() == 1
    job.refresh_from_db()
    assert job.state == JobState.ABANDONED
    assert job.error
    assert not DBTaskResult.objects.running().exists()
    assert enqueue(work.kind, {"year": 2020}, by=BY) != job
    assert abandon_silent_jobs() == 0


def test_a_job_whose_worker_was_killed_before_it_began_is_given_up(work):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - LONG_AGO)
    grow_old(job)
    assert abandon_silent_jobs() == 1


def test_a_job_that_waits_or_gives_signs_of_life_is_not_given_up(work):
    waiting = enqueue(work.kind, {"year": 2020}, by=BY)
    grow_old(waiting)
    running = enqueue(work.kind, {"year": 2021}, by=BY)
    grow_old(running, state=JobState.RUNNING)
    Job.objects.filter(pk=running.pk).update(last_sign_of_life=timezone.now())
    assert abandon_silent_jobs() == 0


def test_a_job_given_up_too_early_may_yet_come_to_an_end(work, ended):
    def does(arguments, progress, by):
        grow_old(job)
        assert abandon_silent_jobs() == 1
        return "/hasil/"

    work.does = does
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    assert ended(job).state == JobState.DONE
    assert (job.result_url, job.error) == ("/hasil/", "")


def test_a_job_given_up_while_it_waited_is_not_run(work, ended):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    Job.objects.update(state=JobState.ABANDONED)
    assert ended(job).state == JobState.ABANDONED
    assert work.calls == []


def test_a_beat_writes_what_is_new_and_otherwise_seldom(work, monkeypatch):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    Job.objects.update(state=JobState.RUNNING)
    progress = Progress()
    beat = actions._Beat(job.pk, progress)
    beat()
    job.refresh_from_db()
    assert job.last_sign_of_life is None
    progress(2, 5, "reading")
    beat()
    job.refresh_from_db()
    assert (job.done, job.total, job.text) == (2, 5, "reading")
    first = job.last_sign_of_life
    beat()
    job.refresh_from_db()
    assert job.last_sign_of_life == first
    monkeypatch.setattr(actions, "SIGN_SECONDS", 0)
    beat()
    job.refresh_from_db()
    assert job.last_sign_of_life > first


def test_a_beat_survives_a_busy_database(work, monkeypatch, caplog):
    def busy():
        raise OperationalError("database is locked")

    progress = Progress()
    beat = actions._Beat(1, progress)
    progress(1, 2)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "abandon_silent_jobs", busy)
        beat()
    assert "locked" in caplog.text
    assert beat.written != {"done": 1, "total": 2, "text": ""}
    beat()
    assert beat.written == {"done": 1, "total": 2, "text": ""}


def test_a_job_no_worker_takes_is_told(work):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    assert not queries.is_left_waiting(job)
    grow_old(job)
    job.refresh_from_db()
    assert queries.is_left_waiting(job)
    other = enqueue(work.kind, {"year": 2021}, by=BY)
    Job.objects.filter(pk=other.pk).update(state=JobState.RUNNING, last_sign_of_life=timezone.now())
    assert not queries.is_left_waiting(job)


def test_the_home_page_tells_of_jobs_until_their_end_was_seen(work, ended):
    job = enqueue(work.kind, {"year": 2020}, by=BY)
    see_job(job)
    with translation.override("en"):
        assert [each.text for each in worklist.waiting(BY)] == ["Under way: Count 2020"]
        ended(job)
        assert [each.text for each in worklist.waiting(BY)] == ["Finished: Count 2020"]
        assert worklist.waiting(NamedActor("Yuli", 8)) == worklist.waiting(NamedActor("Dina")) == []
    see_job(job)
    assert worklist.waiting(BY) == []


def test_every_declared_kind_has_its_own_name():
    names = [kind.name for kind in collect.declared_lists("jobs", "JOBS")]
    assert len(names) == len(set(names))
