"""`sasando demo`: the demo regency into an empty data folder, its 2020 book built, then served."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from sasando.base.encryption import new_key_file
from sasando.demo.accounts import LOGINS, PASSWORD
from sasando.demo.build import STEPS, build_regency
from sasando.demo.context import YEAR
from sasando.lib.progress import progress
from sasando.office.queries import office


class Command(BaseCommand):
    help = (
        "Build the demo regency in an empty data folder, make its 2020 book, and serve it. "
        "Again: serves what is there. Refuses a folder with other data."
    )

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="only build")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, no_serve, host, port, **options):
        if not Path(settings.KEY_FILE).exists():
            new_key_file(Path(settings.KEY_FILE))
        call_command("migrate", verbosity=0)
        there = office()
        if there is None:
            self._build()
        elif not there.is_demo:
            raise CommandError(
                f"{settings.DATA} holds the records of {there.name}, not the demo. Nothing was touched. "
                "Give the demo a folder of its own with SASANDO_DATA."
            )
        self.stdout.write(f"Log-ins (password {PASSWORD}):")
        for login in LOGINS:
            self.stdout.write(f"  {login.username:18} {login.full_name} ({login.role})")
        if not no_serve:
            call_command("serve", host=host, port=port)

    def _build(self) -> None:
        began = time.perf_counter()
        with progress(len(STEPS), "demo") as bar:

            def advance(label: str) -> None:
                bar.set_description(f"demo: {label}")
                bar.update()

            build_regency(advance)
        self.stdout.write(f"Demo regency built in {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        folder = settings.DATA / "books" / str(YEAR)
        call_command("book", YEAR, to=folder, edition="internal", verbosity=0)
        self.stdout.write(f"Book {YEAR} built in {time.perf_counter() - began:.1f} s: {folder}")
