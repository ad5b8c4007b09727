"""`sasando serve`: the web application, and a worker for its long jobs."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from sasando.config.server import AddressError, listen, serve


class Command(BaseCommand):
    help = (
        "Serve the web application and run its long jobs until stopped (Ctrl+C). "
        "Brings the database up to date first."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
        parser.add_argument("--processes", type=int, default=2, help="web processes (default 2)")

    def handle(self, *, host, port, processes, **options):
        try:
            server = listen(host, port)
        except AddressError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        # Only now that no other Sasando serves here: this empties the folder first.
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        self.stdout.write(f"Sasando: http://{host}:{port}/   (Ctrl+C to stop)")
        self.stdout.flush()
        serve(server, processes, self.stderr.write)
