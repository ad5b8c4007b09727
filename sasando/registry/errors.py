"""What can be wrong with what is handed to the registry. Each sentence says what was kept, and no identity number."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sasando.lib.errors import ReasonedError

NOTHING_KEPT = gettext_lazy("Nothing was stored; correct it and send all rows again.")


class RegistryError(ValueError):
    """An input the registry does not take."""


class FamilyRowError(RegistryError):
    """A row of families that cannot be taken; nothing of the batch was stored."""

    def __init__(self, row: int, reason: str):
        self.row = row
        super().__init__(f"{_('Family %(row)s:') % {'row': row}} {reason} {NOTHING_KEPT}")


class HeadError(FamilyRowError):
    """A family with no head, or with several."""

    def __init__(self, row: int, heads: int):
        super().__init__(
            row, _("it has %(heads)s heads of family; a family has exactly one.") % {"heads": heads}
        )


class IdentityNumberError(FamilyRowError):
    """A NIK or KK number that cannot be one."""

    def __init__(self, row: int, error: ReasonedError):
        super().__init__(row, _(error.template) % error.values)


class NumberTakenError(FamilyRowError):
    """A NIK or KK number that another person or family bears already, or that stands twice in the batch."""

    def __init__(self, row: int, kind: str):
        super().__init__(
            row, _("its %(kind)s is already in the register or stands twice among the rows.") % {"kind": kind}
        )


class NotAVillageError(RegistryError):
    """A place that is no village."""

    def __init__(self, place_id: int):
        super().__init__(
            _("The place %(id)s is not a village. Nothing was stored; choose a village.") % {"id": place_id}
        )


class UnknownRecordError(RegistryError):
    """Rows that name persons or families which are not in the register."""

    def __init__(self, what: str, ids: list[int]):
        self.ids = ids
        shown = ", ".join(str(id) for id in ids[:5])
        super().__init__(
            _("%(count)s of the rows name a record that is not in the register (%(what)s %(shown)s).")
            % {"count": len(ids), "what": what, "shown": shown}
            + f" {NOTHING_KEPT}"
        )


class ListedTwiceError(RegistryError):
    """Families that already stand in this poverty list at that time, or twice among the rows."""

    def __init__(self, ids: list[int]):
        self.ids = ids
        shown = ", ".join(str(id) for id in ids[:5])
        super().__init__(
            _("%(count)s families already stand in this list or stand twice among the rows (%(shown)s).")
            % {"count": len(ids), "shown": shown}
            + f" {NOTHING_KEPT}"
        )


class HeldTwiceError(RegistryError):
    """Persons or families that already fall under the category at that time, or twice among the rows."""

    def __init__(self, count: int):
        super().__init__(
            _("%(count)s rows repeat a category that the person or family already falls under.")
            % {"count": count}
            + f" {NOTHING_KEPT}"
        )


class OneBearerError(RegistryError):
    """A category row that names both a person and a family, or neither, or a bearer the category does not describe."""

    def __init__(self, row: int):
        super().__init__(
            _("Row %(row)s must name one person or one family, as its category describes.") % {"row": row}
            + f" {NOTHING_KEPT}"
        )


class MovedTooEarlyError(RegistryError):
    """A move dated before the family came to where it lives, or before a later move."""

    def __init__(self):
        super().__init__(
            _(
                "The family came to its present village on or after that day. Nothing was stored; give a later day."
            )
        )


class NothingToCorrectError(RegistryError):
    """A correction that changes nothing, or has no reason."""

    def __init__(self):
        super().__init__(_("Nothing was changed: give a new value and the reason."))
