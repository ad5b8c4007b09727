"""No sentence here holds a name, a number of a case or a kind: errors reach logs."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.lib.dates import date_text


class CaseNotFoundError(LookupError):
    """There is no such case for this reader: none at all, or one they may not know of. The two look the same."""


class CaseError(ValueError):
    """Something about a case that cannot be recorded as given. Nothing is kept of what was refused."""


class UnknownCaseKindError(CaseError):
    """No kind, or a kind of harm the office does not know."""

    def __init__(self, known: Sequence[str]):
        super().__init__(
            _("A case has one or more of these kinds: %(known)s. Nothing was recorded.")
            % {"known": ", ".join(known)}
        )


class NotAVillageError(CaseError):
    """A place that is no village."""

    def __init__(self):
        super().__init__(_("A case is filed under the village where the person lives. Nothing was recorded."))


class CaseDateError(CaseError):
    """A day that cannot be: in the future, before the report, or before what was already recorded."""

    def __init__(self, day: date, earliest: date | None, latest: date):
        super().__init__(
            _(
                "The day %(day)s must lie between %(earliest)s and %(latest)s. Correct it. Nothing was recorded."
            )
            % {"day": _said(day), "earliest": _said(earliest), "latest": _said(latest)}
        )


class CaseClosedError(CaseError):
    """Work on a case that is closed."""

    def __init__(self, closed_on: date):
        super().__init__(
            _("The case was closed on %(day)s; nothing more can be recorded in it. Nothing was changed.")
            % {"day": _said(closed_on)}
        )


class VisitRecordedError(CaseError):
    """The same visit a second time: a form sent twice."""

    def __init__(self):
        super().__init__(
            _("You have recorded this visit already, in the same words. It was not recorded a second time.")
        )


class AlreadyAssignedError(CaseError):
    """The worker already works on the case on that day."""

    def __init__(self):
        super().__init__(_("This person already works on the case on that day. Nothing was changed."))


class OwnCaseError(CaseError):
    """Who works on a case cannot close it."""

    def __init__(self):
        super().__init__(
            _(
                "Who works on a case cannot close it: the superior does, after reading it. Nothing was changed."
            )
        )


def _said(day: date | None) -> str:
    return date_text(day, get_language() or "id") if day else "—"
