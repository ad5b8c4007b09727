"""A job that says which process it runs in, then takes so many seconds."""

import os
import time

from sasando.base.jobs import JobKind


def _sleep(arguments, progress, by):
    progress(1, 2, f"process {os.getpid()}")
    time.sleep(arguments["seconds"])
    return "/slept/"


SLEEP = JobKind("sleep", "Sleep %(seconds)s s", _sleep)
JOBS = [SLEEP]
