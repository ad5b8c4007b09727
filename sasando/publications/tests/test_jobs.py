"""An edition is prepared outside the request, too."""

from sasando.files.actions import enqueue
from sasando.files.states import JobState
from sasando.publications import pages
from sasando.publications.jobs import PREPARE_EDITION
from sasando.publications.models import Edition


def test_an_edition_is_prepared_by_the_one_who_asked(desk, quick, run_jobs, log_in):
    job = enqueue(PREPARE_EDITION, {"year": 2020, "audience": "internal"}, by=desk.planner)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    edition = Edition.objects.get()
    assert (edition.audience, edition.prepared_by_id) == ("internal", desk.planner.pk)
    assert edition.prepared_by_name == desk.planner.actor_name
    assert job.result_url == pages.url("edition", edition)
    assert log_in(desk.planner).get(job.result_url).status_code == 200


def test_a_year_without_a_book_is_told(desk, run_jobs):
    job = enqueue(PREPARE_EDITION, {"year": 1900, "audience": "public"}, by=desk.planner)
    run_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "1900" in job.error
    assert not Edition.objects.exists()
