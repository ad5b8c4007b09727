"""`sasando import KIND FILE`: previews a file of a known kind; --apply stores it."""

import getpass
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sasando.accounts.models import User
from sasando.base.collect import declared_lists
from sasando.base.importing import Importer, UnusableFileError, read_file
from sasando.base.reader import Actor, NamedActor


class Command(BaseCommand):
    help = "Read a file, say what would become of each row, and with --apply store it."

    def add_arguments(self, parser):
        kinds = ", ".join(importer.kind for importer in declared_lists("importers", "IMPORTERS"))
        parser.add_argument("kind", help=f"what the file holds: {kinds}")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--apply", action="store_true", help="store what is new (otherwise only a preview)"
        )
        parser.add_argument("--as", dest="actor", help="user name of who does it (else the system's user)")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--year", type=int, help="year the file speaks of, where it does not say so itself"
        )
        parser.add_argument("--name", help="name of the document or table")
        parser.add_argument("--cap", help="cap of achievements in percent, or none (reported-indicators)")
        parser.add_argument("--scale", help="name of an ordinal scale (reported-indicators)")

    def handle(self, *, kind, file, apply, actor, format, **options):
        importer = self._importer(kind)
        asked = {key: options[key] for key in ("year", "name", "cap", "scale") if options[key] is not None}
        try:
            rows = read_file(importer, file, file.name)
            apply = apply or importer.stores_at_once
            report = importer(rows, apply=apply, by=self._actor(actor), options={"name": file.name, **asked})
        except (UnusableFileError, ValueError) as error:
            self.stderr.write(str(error))
            raise CommandError("Nothing was stored.", returncode=2) from error
        if format == "json":
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False, default=str))
            return
        for row in report.refused:
            self.stderr.write(f"row {row.line}: {row.reason}")
        classes = ("new", "changed", "unchanged", "doubtful")
        counts = ", ".join(f"{getattr(report, name)} {name}" for name in classes)
        self.stdout.write(f"{report.rows} rows: {counts}, {len(report.refused)} refused")
        if not apply:
            self.stdout.write("This was a preview: nothing was stored. Add --apply to store it.")

    def _importer(self, kind: str) -> Importer:
        known = {importer.kind: importer for importer in declared_lists("importers", "IMPORTERS")}
        if kind not in known:
            raise CommandError(f"There is no kind {kind!r}. The kinds are: {', '.join(known)}.", returncode=2)
        return known[kind]

    def _actor(self, username: str | None) -> Actor:
        if username is None:
            return NamedActor(getpass.getuser())
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"There is no user {username!r}. Nothing was stored.", returncode=2)
        return user
