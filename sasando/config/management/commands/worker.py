"""`sasando worker`: runs long jobs."""

import logging
import signal
import time
from contextlib import nullcontext

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sasando.files.actions import abandon_silent_jobs, run_next_job
from sasando.files.queries import something_waits
from sasando.office.queries import office

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often an idle worker looks whether a job waits."""
TIDY_SECONDS = 15.0
"""How often it looks whether the worker of another job died."""


class Command(BaseCommand):
    help = "Run long jobs (sealing a year, making a book) until stopped (Ctrl+C). `serve` runs one of these itself."

    def handle(self, **options):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                "The database is not up to date. Start `sasando serve` once, or run `sasando migrate`; then "
                "start the worker again. Nothing was changed."
            )
        self.stdout.write("Long jobs are run as they come.   (Ctrl+C to stop)")
        self.stdout.flush()
        run_until_stopped()


def run_until_stopped() -> None:
    """Run jobs as they come, until Ctrl+C or a TERM signal; a job under way then is interrupted and says so."""
    stop = _Stop()
    stop.listen()
    tidied = None
    try:
        while not stop.asked:
            close_old_connections()
            try:
                if tidied is None:
                    call_command("prune_db_task_results", verbosity=0)  # of jobs that ended weeks ago
                if tidied is None or time.monotonic() - tidied > TIDY_SECONDS:
                    abandon_silent_jobs()
                    tidied = time.monotonic()
                if something_waits():
                    with _office_time():
                        run_next_job()
                    continue
            except Error as error:  # busy for long, or away: it will come back
                logger.warning("The worker could not reach its queue: %s", error)
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        pass


class _Stop:
    """Turns the first signal into a KeyboardInterrupt, which the database drivers know how to end a statement for."""

    def __init__(self):
        self.asked = False

    def listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self)

    def __call__(self, number, frame) -> None:
        if not self.asked:  # a second one must not disturb the first one's tidying up
            self.asked = True
            raise KeyboardInterrupt


def _office_time():
    """A job's days are those of the office, as on its pages."""
    here = office()
    return timezone.override(here.time_zone) if here else nullcontext()
