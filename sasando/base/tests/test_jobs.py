"""What a job says of itself while it runs, and what of its errors may be read."""

import threading

from django.utils import translation

from sasando.base.jobs import JobKind, Progress, pulse
from sasando.lib.errors import ReasonedError


class ShopClosedError(ValueError):
    pass


KIND = JobKind("shop", "Shop", lambda arguments, progress, by: "/", errors=(ShopClosedError,))


def test_progress_keeps_what_was_said_last():
    progress = Progress()
    progress(1, 10, "reading")
    progress(2, 10)
    assert (progress.done, progress.total, progress.text) == (2, 10, "reading")


def test_a_pulse_beats_beside_the_work_until_it_ends():
    beaten, threads = threading.Event(), set()

    def beat():
        threads.add(threading.current_thread().name)
        beaten.set()

    with pulse(beat, 0.01):
        assert beaten.wait(30)
    assert threads == {"pulse"}
    assert "pulse" not in {thread.name for thread in threading.enumerate()}


def test_a_pulse_ends_with_work_that_fails():
    try:
        with pulse(lambda: None, 3600):
            raise ShopClosedError
    except ShopClosedError:
        assert "pulse" not in {thread.name for thread in threading.enumerate()}


def test_only_named_errors_are_told():
    assert KIND.sentence_of(ShopClosedError("The shop is closed.")) == "The shop is closed."
    assert KIND.sentence_of(KeyError("5314030101010001")) is None
    assert KIND.sentence_of(ValueError("of nobody's")) is None


def test_a_reasoned_error_is_told_in_the_language_of_who_asked():
    with translation.override("en"):
        assert KIND.sentence_of(ReasonedError("Row %(row)s is empty.", row=3)) == "Row 3 is empty."
        assert KIND.sentence_of(ReasonedError("100% empty.")) == "100% empty."
