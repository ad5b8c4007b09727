"""Rules of relief as pure functions."""

from datetime import date


def answers(delivered_on: date, began_on: date) -> bool:
    """Whether a delivery of this day can answer an event: nothing answers what has not begun."""
    return delivered_on >= began_on
