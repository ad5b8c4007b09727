"""Long work outside the web request. Rooms declare kinds of job in their `jobs.py`; a worker of `files` runs them."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.utils.translation import gettext as _

from sasando.base.reader import Actor
from sasando.lib.errors import ReasonedError


@dataclass
class Progress:
    """How far a job is. A job calls it as often as it likes: what it says last is written about once a second."""

    done: int = 0
    total: int | None = None
    text: str = ""

    def __call__(self, done: int, total: int | None = None, text: str = "") -> None:
        """So many are done, of a total where there is one; `text` says what is being done and may stay away."""
        self.done, self.total, self.text = done, total, str(text) or self.text


@dataclass(frozen=True)
class JobKind:
    """A kind of long work. Declared in a room's list `JOBS`, started by `files.actions.enqueue`.

    `label` is a lazy text that may name arguments, as "Seal the data of %(year)s". `run(arguments, progress, by)` does
    the work by the room's actions, whole or not at all, and returns the address of the page that shows what came of
    it. `errors` are the room's named errors, whose sentence the person who asked may read (a ReasonedError always is);
    of any other error they learn no more than that it happened.
    """

    name: str
    label: str
    run: Callable[[Mapping[str, Any], Progress, Actor], str]
    errors: tuple[type[Exception], ...] = ()

    def sentence_of(self, error: Exception) -> str | None:
        """What may be said of an error; None where it is none of the named ones."""
        if isinstance(error, ReasonedError):
            return _(error.template) % error.values if error.values else _(error.template)
        return str(error) if isinstance(error, self.errors) else None


@contextmanager
def pulse(beat: Callable[[], None], every: float) -> Iterator[None]:
    """Call `beat` every so many seconds, in a thread with its own connection, for as long as the block runs."""
    ended = threading.Event()

    def beating() -> None:
        try:
            while not ended.wait(every):
                beat()
        finally:
            connections.close_all()

    thread = threading.Thread(target=beating, name="pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
