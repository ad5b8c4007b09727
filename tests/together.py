"""Several writers at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections


def together(*jobs: Callable[[], object]) -> list[Exception]:
    """Run the jobs at once; what they raised. Only where writers can meet: SQLite in memory refuses the second one."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    gate, errors = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait()
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
