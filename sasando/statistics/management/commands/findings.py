"""`sasando findings YEAR`: what the checks found ("catatan ketidaksesuaian data")."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from sasando.statistics.checks.findings import as_json, as_text, find, has_error
from sasando.statistics.checks.rulebook import RulesError
from sasando.statistics.queries import sealed_years, year_view
from sasando.statistics.reporting import reported


class Command(BaseCommand):
    help = (
        "Say where a year's printed and computed numbers do not agree."
        " Exit status: 0 it ran, 1 an error-level finding, 2 no such year."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, year, format, **options):
        known = sorted({*sealed_years(), *reported.years()}, reverse=True)
        if year not in known:
            there = ", ".join(map(str, known)) or "none"
            raise CommandError(
                f"Nothing is known of {year}: no snapshot was sealed and nothing was reported. Years with"
                f" data: {there}.",
                returncode=2,
            )
        try:
            found = find(year_view(year))
        except RulesError as error:
            raise CommandError(str(error), returncode=2) from error
        if format == "json":
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(found, get_language() or "id"))
        if has_error(found):
            sys.exit(1)
