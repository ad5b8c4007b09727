"""`sasando init CODE --admin USER`: an empty office for any regency."""

import getpass
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sasando.accounts.actions import grant_role, open_account
from sasando.base.encryption import new_key_file
from sasando.base.reader import NamedActor
from sasando.cases.actions import load_standard_kinds
from sasando.office.actions import found_office
from sasando.office.queries import office
from sasando.places.actions import load_regency
from sasando.places.errors import UnknownRegencyError
from sasando.places.rules import time_zone


class Command(BaseCommand):
    help = "Start an empty office in an empty data folder: its places, and one administrator."

    def add_arguments(self, parser):
        parser.add_argument("code", help="official code of the regency or city, for example 53.14")
        parser.add_argument("--admin", required=True, help="user name of the first administrator")

    def handle(self, *, code, admin, **options):
        if not Path(settings.KEY_FILE).exists():
            new_key_file(Path(settings.KEY_FILE))
        call_command("migrate", verbosity=0)
        if office() is not None:
            raise CommandError(
                f"{settings.DATA} already holds an office. Give another folder with SASANDO_DATA."
            )
        by = NamedActor(getpass.getuser())
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        try:
            with transaction.atomic():
                regency = load_regency(code, by=by)
                name = regency.names.get().name
                opened = found_office(
                    regency, name="Dinas Sosial", regency_name=name, time_zone=time_zone(regency.code), by=by
                )
                load_standard_kinds(by=by)
                user = open_account(admin, admin, password, by=by)
                grant_role(user, "administrator", by=by)
        except UnknownRegencyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{opened.name}, {opened.regency_name}: ready in {settings.DATA}")
        self.stdout.write(f"User name {admin}, password {password} (written nowhere else)")
        self.stdout.write("Next: sasando import units FILE --apply, or: sasando serve")
