"""Where a long job stands, and the one table of what may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting its turn")
    RUNNING = "running", _("under way")
    DONE = "done", _("finished")
    FAILED = "failed", _("not done")
    ABANDONED = "abandoned", _("interrupted")


OPEN = (JobState.WAITING, JobState.RUNNING)

COMES_FROM: dict[JobState, tuple[JobState, ...]] = {
    JobState.RUNNING: (JobState.WAITING,),
    # A worker that was silent for long (its computer slept) is given up, and may yet come to an end.
    JobState.DONE: (JobState.RUNNING, JobState.ABANDONED),
    JobState.FAILED: (JobState.RUNNING, JobState.ABANDONED),
    JobState.ABANDONED: (JobState.WAITING, JobState.RUNNING),
}
"""The states from which each state may be reached."""
