"""What can go wrong with a budget."""


class RealisationBeforeBudgetError(ValueError):
    """Spending up to a day on which the budget was not yet adopted."""

    def __init__(self, line: str, adopted_on):
        super().__init__(
            f"“{line}” belongs to a budget adopted on {adopted_on}; spending is reported up to that day or a later "
            "one. Nothing was changed."
        )


class NegativeAmountError(ValueError):
    """Money spent is not negative."""

    def __init__(self, amount_idr: int):
        super().__init__(
            f"The amount is {amount_idr}; what was spent is 0 or more rupiah. Nothing was changed."
        )


class UploadExpiredError(ValueError):
    """A previewed file that can no longer be applied: too old, another person's, or altered on the way."""

    def __init__(self):
        super().__init__("The preview has expired. Nothing was stored; choose the file again.")
