"""What can go wrong with a plan's figures."""

from collections.abc import Iterable


class FigureIdError(ValueError):
    """A text that cannot be the id of a figure."""

    def __init__(self, figure_id: str):
        super().__init__(
            f"{figure_id!r} is no id of a figure. Write it as noun.measure in small letters, for example poverty.rate."
        )


class ReasonMissingError(ValueError):
    """A typed figure without the reason and source that must stand beside it."""

    def __init__(self, figure_id: str):
        super().__init__(
            f"{figure_id} is typed by hand and needs its reason and source. Nothing was changed."
        )


class UnknownIndicatorError(ValueError):
    """A measurement of an indicator that is not in the plan."""

    def __init__(self, codes: Iterable[str]):
        super().__init__(
            f"There is no indicator {', '.join(sorted(codes))} in the plan. Nothing was recorded."
        )
