"""What waits for a reader. Rooms declare `waiting(reader)` in their `worklist.py`; the home page collects them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """One thing to do: a sentence, the page where it is done, and the day it should be done by (None: no day)."""

    text: str
    url: str
    due: date | None = None
