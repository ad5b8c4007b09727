"""Long work of this room: preparing an edition."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sasando.base.jobs import JobKind, Progress
from sasando.base.reader import Actor
from sasando.publications import pages
from sasando.publications.actions import prepare_edition
from sasando.publications.errors import PublicationError
from sasando.statistics.errors import SnapshotError


def _prepare(arguments: Mapping[str, Any], progress: Progress, by: Actor) -> str:
    progress(0, text=_("Counting the records and writing the book"))
    edition = prepare_edition(arguments["year"], audience=arguments["audience"], by=by)
    return pages.url("edition", edition)


PREPARE_EDITION = JobKind(
    "prepare_edition",
    gettext_lazy("Prepare the profile book %(year)s"),
    _prepare,
    errors=(PublicationError, SnapshotError),
)
"""Arguments: `year`, `audience` (a value of `models.Audience`)."""

JOBS = [PREPARE_EDITION]
