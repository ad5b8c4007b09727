"""Long work of this room: sealing a year."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sasando.base.jobs import JobKind, Progress
from sasando.base.reader import Actor
from sasando.statistics.actions import seal_snapshot
from sasando.statistics.errors import SnapshotError


def _seal(arguments: Mapping[str, Any], progress: Progress, by: Actor) -> str:
    progress(0, text=_("Reading the records of all rooms"))
    snapshot = seal_snapshot(arguments["year"], by=by)
    return reverse("statistics:year", args=[snapshot.year])


SEAL_SNAPSHOT = JobKind(
    "seal_snapshot", gettext_lazy("Seal the data of %(year)s"), _seal, errors=(SnapshotError,)
)
"""Arguments: `year`."""

JOBS = [SEAL_SNAPSHOT]
