"""Long jobs ready to print."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.files.models import Job
from sasando.files.queries import is_left_waiting
from sasando.files.states import JobState

LISTED = 100
"""How many jobs the list shows."""

SHOWN_AS = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "finished",
    JobState.FAILED: "failed",
    JobState.ABANDONED: "failed",
}
"""A job's state in the words of `components/progress.html`."""


def job_progress(job: Job) -> dict:
    """What `components/progress.html` shows of a job."""
    here = reverse("files:job", args=[job.pk])
    return {
        "label": job.label,
        "state": SHOWN_AS[JobState(job.state)],
        "done": job.done if job.is_open else None,
        "total": job.total if job.is_open else None,
        "text": (_left_waiting() if is_left_waiting(job) else job.text) if job.is_open else job.error,
        "poll_url": reverse("files:progress", args=[job.pk]) if job.is_open else "",
        "refresh_url": here if job.is_open else "",
        "result_url": job.result_url if job.state == JobState.DONE else "",
        "result_text": _("See what came of it"),
    }


def _left_waiting() -> str:
    return _(
        "Nobody works on long jobs at the moment, so this one waits; it is kept. Ask whoever looks after Sasando to "
        "start it with “sasando serve” or “sasando worker”."
    )


def job_table(found: Iterable[Job]) -> dict:
    """The list of jobs."""
    columns = [
        {"label": _("Long job"), "kind": "text", "heading": True},
        {"label": _("State"), "kind": "text"},
        {"label": _("Asked for on"), "kind": "day"},
        {"label": _("Time"), "kind": "text"},
    ]
    rows = []
    for job in found:
        asked = timezone.localtime(job.recorded_at)
        name = {"text": job.label, "url": reverse("files:job", args=[job.pk])}
        rows.append([name, job.get_state_display(), asked.date(), f"{asked:%H:%M}"])
    return {"columns": columns, "rows": rows}
