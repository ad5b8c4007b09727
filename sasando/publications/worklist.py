"""What waits for a reader: editions to initial or to publish."""

from django.utils.translation import gettext as _

from sasando.base.reader import Reader
from sasando.base.worklist import Waiting
from sasando.publications import pages, queries
from sasando.publications.models import EditionState


def waiting(reader: Reader) -> list[Waiting]:
    """One entry an edition."""
    return [
        Waiting(
            (
                _("Publish: %(edition)s")
                if queries.state_of(edition) == EditionState.INITIALLED
                else _("Initial: %(edition)s")
            )
            % {"edition": pages.title(edition)},
            pages.url("edition", edition),
        )
        for edition in queries.awaiting(reader)
    ]
