"""A year is sealed outside the request, too."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from sasando.base.reader import NamedActor
from sasando.files.actions import enqueue
from sasando.files.states import JobState
from sasando.statistics import actions
from sasando.statistics.jobs import SEAL_SNAPSHOT
from sasando.statistics.queries import current_snapshot
from sasando.statistics.tests.regency import declare, office_without_records, places

BY = NamedActor("Okta", 3)


@pytest.fixture
def sealed(settings, tmp_path, monkeypatch, run_jobs):
    """Ask for a year, let the worker run, and give the job as it ended."""
    settings.DATA = tmp_path
    monkeypatch.setattr(actions, "declared_lists", lambda module, name: declare(rows))
    rows = {**office_without_records(), "places": places()}

    def ask(year):
        with translation.override("en"):
            job = enqueue(SEAL_SNAPSHOT, {"year": year}, by=BY)
        run_jobs()
        job.refresh_from_db()
        return job

    return ask


def test_a_year_is_sealed_by_the_one_who_asked(sealed):
    job = sealed(2020)
    assert (job.state, job.error, job.label) == (JobState.DONE, "", "Seal the data of 2020")
    assert job.result_url == reverse("statistics:year", args=[2020])
    snapshot = current_snapshot(2020)
    assert (snapshot.sealed_by_name, snapshot.sealed_by_id) == ("Okta", 3)


def test_a_year_that_cannot_be_sealed_is_told(sealed):
    job = sealed(timezone.localdate().year + 1)
    assert job.state == JobState.FAILED
    assert "give a year that has begun" in job.error


def test_a_broken_table_file_is_told(sealed, settings):
    folder = settings.DATA / "tables"
    folder.mkdir()
    (folder / "own.sql").write_text("SELECT 1", encoding="utf-8")
    job = sealed(2020)
    assert job.state == JobState.FAILED
    assert "own.sql" in job.error
    assert current_snapshot(2020) is None
