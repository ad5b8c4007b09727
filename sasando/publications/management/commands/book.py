"""`sasando book YEAR --to DIR`: one edition of the book straight into a folder."""

import getpass

from django.core.management.base import BaseCommand, CommandError

from sasando.base.reader import NamedActor
from sasando.lib.errors import ReasonedError
from sasando.lib.progress import progress
from sasando.publications.actions import build_book
from sasando.publications.build import FORMATS
from sasando.publications.errors import PublicationError
from sasando.publications.material import KINDS
from sasando.publications.models import Audience
from sasando.statistics.errors import SnapshotError

UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Write one edition of the yearly book into a folder: the published edition of the year, else a draft made from "
        "the records as they are now. By default the public edition in all formats."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--to", required=True, metavar="DIR", help="the folder; files of other names stay"
        )
        parser.add_argument("--kind", default="profile", choices=KINDS)
        parser.add_argument(
            "--edition", default=str(Audience.PUBLIC), choices=[str(each) for each in Audience]
        )
        parser.add_argument(
            "--format",
            default=",".join(FORMATS),
            metavar="LIST",
            help=f"formats separated by commas: {','.join(FORMATS)}",
        )

    def handle(self, *, year, to, kind, edition, format, verbosity=1, **options):
        formats = [name.strip() for name in format.split(",") if name.strip()]
        try:
            with progress(1, "book") as bar:
                paths = build_book(
                    year,
                    audience=edition,
                    kind=kind,
                    formats=formats,
                    to=to,
                    by=NamedActor(getpass.getuser()),
                )
                bar.update()
        except (PublicationError, SnapshotError, ReasonedError) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        if verbosity:
            for path in paths:
                self.stdout.write(str(path))
