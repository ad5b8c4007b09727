"""`sasando verify`: proves the trail and the seals of published editions."""

from django.core.management.base import BaseCommand, CommandError

from sasando.publications.queries import broken_seals
from sasando.trail.queries import breaks, last_sequence


class Command(BaseCommand):
    help = "Prove that the trail is whole and that every published edition is what was sealed."

    def handle(self, **options):
        broken = [item.reason for item in breaks()] + list(broken_seals())
        for reason in broken:
            self.stderr.write(reason)
        if broken:
            raise CommandError(
                f"{len(broken)} broken. Nothing was changed. Keep this folder and ask for help."
            )
        self.stdout.write(f"The trail is whole ({last_sequence()} entries), and so is every sealed edition.")
