"""`make bench`: every benchmark in a data folder of its own, on SQLite, or on the database of DATABASE_URL."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="sasando-bench-"))
os.environ["SASANDO_DATA"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "sasando.config.settings"

import django  # noqa: E402  after the folder is chosen
from django.core.management import call_command  # noqa: E402

from sasando.base.encryption import new_key_file  # noqa: E402


def main() -> None:
    """Set up an empty office and run each benchmark."""
    new_key_file(FOLDER / "keys.json")
    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks import book, bulk  # noqa: PLC0415  models can be imported only now

    for benchmark in (bulk, book):
        benchmark.run()
        print()


if __name__ == "__main__":
    main()
