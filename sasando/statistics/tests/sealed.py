"""A year sealed without any other room's records: the invented regency's facts put where a snapshot lies."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from django.utils import timezone

from sasando.base.facts import Fact
from sasando.statistics.models import Snapshot
from sasando.statistics.snapshot import snapshots_folder, write_results
from sasando.statistics.specs import load_specs
from sasando.statistics.tests.regency import book_2020, declare, write

DIGEST = "5a5a" * 16


@cache
def _folder() -> Path:
    """The facts of 2020 with their tables, computed once a run."""
    folder = Path(mkdtemp(prefix="sasando-sealed-"))
    write(folder, book_2020())
    write_results(folder, load_specs())
    return folder


@cache
def facts_2020() -> dict[str, Fact]:
    """The invented regency's facts, for `queries.facts_by_name`."""
    return {fact.name: fact for fact in declare(book_2020())}


def sealed_2020() -> Snapshot:
    """A snapshot of 2020 in the suite's data folder."""
    name = "2020-pages"
    if not (snapshots_folder() / name).exists():
        shutil.copytree(_folder(), snapshots_folder() / name)
    return Snapshot.objects.create(
        year=2020,
        as_of=date(2020, 12, 31),
        places_as_of=date(2020, 1, 1),
        digest=DIGEST,
        folder=name,
        sealed_at=timezone.now(),
        sealed_by_name="Oktaviana Contoh",
    )
