"""`sasando snapshot YEAR`: seal the facts of a year."""

from datetime import date
from getpass import getuser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sasando.base.reader import NamedActor
from sasando.statistics.actions import copy_snapshot, seal_snapshot
from sasando.statistics.counting.snapshot import read_json
from sasando.statistics.counting.specs import TableError
from sasando.statistics.errors import SnapshotError
from sasando.statistics.queries import folder_of


class Command(BaseCommand):
    help = "Seal the facts of a year, with the tables and figures they give. Equal records give the same snapshot."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--as-of", type=date.fromisoformat, help="day of the facts (default: the year's last)"
        )
        parser.add_argument(
            "--places-as-of",
            type=date.fromisoformat,
            help="day of the list of places (default: the year's first)",
        )
        parser.add_argument(
            "--to", type=Path, metavar="DIR", help="copy the sealed files into this empty folder"
        )

    def handle(self, *args, year, as_of, places_as_of, to, **options):
        by = NamedActor(getuser())
        try:
            snapshot = seal_snapshot(year, as_of=as_of, places_as_of=places_as_of, by=by)
            if to:
                copy_snapshot(snapshot, to, by=by)
        except (SnapshotError, TableError) as error:
            raise CommandError(str(error), returncode=2) from error
        facts = read_json(folder_of(snapshot) / "manifest.json")["facts"]
        for name, fact in sorted(facts.items()):
            self.stdout.write(f"{fact['rows']:>10,}  {name:<22} {fact['digest']}")
        self.stdout.write(f"sha256:{snapshot.digest}  {folder_of(snapshot)}")
