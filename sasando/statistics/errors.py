"""What may go wrong here, in sentences."""

from django.utils.translation import gettext as _


class SnapshotError(ValueError):
    """A year could not be sealed; the sentence says why, and that nothing was changed."""


class UnknownTableError(LookupError):
    """There is no such table, cell or column in this year, or not for this reader."""


class ReportedError(ValueError):
    """A report that cannot be taken; the sentence says why and that nothing was stored."""


class FillError(ValueError):
    """A file or a pasted table that cannot be taken. Its sentence says why; nothing was stored."""


class CollectionError(ValueError):
    """A step of the collection that is not open to whom takes it. Its sentence says why; nothing was changed."""


class SamePersonError(CollectionError):
    """Who handed a table in wants to verify it."""

    def __init__(self, name: str):
        super().__init__(
            _("%(name)s handed this in and cannot verify it, too. Another person who may verify must do it.")
            % {"name": name}
        )


class NotHandedInError(CollectionError):
    """A table is to be verified or sent back that nobody has handed in."""

    def __init__(self):
        super().__init__(_("This has not been handed in, or was sent back. Its unit hands it in first."))


class TaskAssignedError(CollectionError):
    """A table moves to another unit although it is already in."""

    def __init__(self, unit: str):
        super().__init__(
            _("%(unit)s has already handed this in. Send it back before another unit takes it over.")
            % {"unit": unit}
        )


class UnknownBasisError(CollectionError):
    """A basis that a table cannot have."""

    def __init__(self, basis: str):
        super().__init__(
            _("A table rests on records or is reported; “%(basis)s” is neither. Nothing was changed.")
            % {"basis": basis}
        )
