"""What may go wrong here, in sentences."""


class SnapshotError(ValueError):
    """A year could not be sealed; the sentence says why, and that nothing was changed."""


class UnknownTableError(LookupError):
    """There is no such table, cell or column in this year, or not for this reader."""
