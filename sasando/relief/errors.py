from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.lib.dates import date_text


class ReliefError(ValueError):
    """An event, family or delivery that cannot be recorded as given. Nothing is kept of what was refused."""


class UnknownEventKindError(ReliefError):
    """A kind of event that does not exist."""

    def __init__(self, kind: str, known: Sequence[str]):
        super().__init__(
            _("There is no kind of event %(kind)s. The kinds are: %(known)s. Nothing was recorded.")
            % {"kind": kind, "known": ", ".join(known)}
        )


class EventDatesError(ReliefError):
    """An event that ends before it begins, or begins in the future."""

    def __init__(self, began_on: date, ended_on: date | None):
        super().__init__(
            _(
                "An event cannot begin after today (%(began)s) nor end before it began (%(ended)s). Correct the dates. "
                "Nothing was recorded."
            )
            % {"began": _said(began_on), "ended": _said(ended_on)}
        )


class UnknownFamilyError(ReliefError):
    """Families that are not in the register."""

    def __init__(self, families: Sequence[int]):
        super().__init__(
            _(
                "These families are not in the register: %(numbers)s. Register them first. Nothing was recorded."
            )
            % {"numbers": _list(families)}
        )


class NotAVillageError(ReliefError):
    """Places that are not villages."""

    def __init__(self, places: Sequence[int]):
        super().__init__(
            _(
                "An affected family needs its village; these places are none: %(numbers)s. Nothing was recorded."
            )
            % {"numbers": _list(places)}
        )


class UnknownDeliveryError(ReliefError):
    """Deliveries that do not exist."""

    def __init__(self, deliveries: Sequence[int]):
        super().__init__(
            _("These deliveries do not exist: %(numbers)s. Record them first. Nothing was linked.")
            % {"numbers": _list(deliveries)}
        )


class DeliveryBeforeEventError(ReliefError):
    """Deliveries made before the event began."""

    def __init__(self, event: str, deliveries: Sequence[int]):
        super().__init__(
            _(
                "These deliveries were made before %(event)s began and cannot answer it: %(numbers)s. Correct their "
                "day or the event's. Nothing was linked."
            )
            % {"event": event, "numbers": _list(deliveries)}
        )


class FamilyNotAffectedError(ReliefError):
    """Deliveries to families that the event did not hit."""

    def __init__(self, event: str, deliveries: Sequence[int]):
        super().__init__(
            _(
                "These deliveries went to families that are not among those hit by %(event)s: %(numbers)s. Add the "
                "families to the event first. Nothing was linked."
            )
            % {"event": event, "numbers": _list(deliveries)}
        )


class DeliveryOfOtherEventError(ReliefError):
    """Deliveries that already answer another event."""

    def __init__(self, event: str, deliveries: Sequence[int]):
        super().__init__(
            _(
                "These deliveries already answer another event than %(event)s: %(numbers)s. A delivery answers one "
                "event. Nothing was linked."
            )
            % {"event": event, "numbers": _list(deliveries)}
        )


def _list(numbers: Sequence[int], shown: int = 10) -> str:
    text = ", ".join(map(str, numbers[:shown]))
    return text if len(numbers) <= shown else f"{text} (+{len(numbers) - shown})"


def _said(day: date | None) -> str:
    return date_text(day, get_language() or "id") if day else "—"
