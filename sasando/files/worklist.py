"""What waits for a reader: long jobs under way, and those whose end they have not seen."""

from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.base.reader import Reader
from sasando.base.worklist import Waiting
from sasando.files.models import Job
from sasando.files.queries import jobs_to_look_at
from sasando.files.states import JobState


def waiting(reader: Reader) -> list[Waiting]:
    """One entry a job."""
    return [
        Waiting(_words(job) % {"job": job.label}, reverse("files:job", args=[job.pk]))
        for job in jobs_to_look_at(reader)
    ]


def _words(job: Job) -> str:
    if job.is_open:
        return _("Under way: %(job)s")
    return _("Finished: %(job)s") if job.state == JobState.DONE else _("Not done: %(job)s")
