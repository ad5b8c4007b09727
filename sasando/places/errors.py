class UnknownRegencyError(ValueError):
    """A code that is no regency of Indonesia."""

    def __init__(self, code: str):
        super().__init__(
            f"{code!r} is not the code of a regency or city of Indonesia. Give its official code, for example 53.14."
        )


class PlaceChangeError(ValueError):
    """A row of the office's table of place changes that does not fit the places loaded."""
