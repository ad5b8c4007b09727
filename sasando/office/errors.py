"""What can go wrong with the office's own records."""


class OfficeExistsError(ValueError):
    """This installation already belongs to an office."""

    def __init__(self, name: str):
        super().__init__(
            f"This installation belongs to {name}. One installation serves one office; nothing was changed."
        )


class UnitHasPartsError(ValueError):
    """A unit cannot end while units or posts of it still hold."""

    def __init__(self, code: str, parts: list[str]):
        super().__init__(f"The unit {code} still has {', '.join(parts)}. End or move them first.")
