"""What waits for a reader, collected from every room that declares `waiting(reader)` in its `worklist.py`."""

from datetime import date

from sasando.base.collect import declared
from sasando.base.reader import Reader
from sasando.base.worklist import Waiting


def waiting_for(reader: Reader) -> list[Waiting]:
    """Everything that waits for the reader: what has a day first, the earliest on top."""
    found = [item for waiting in declared("worklist", "waiting") for item in waiting(reader)]
    return sorted(found, key=lambda item: (item.due is None, item.due or date.max, item.text))
