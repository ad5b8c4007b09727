"""Sealing a year: the only write of a snapshot."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.collect import declared_lists
from sasando.base.facts import AsOf
from sasando.base.reader import Actor
from sasando.places.queries import Atlas
from sasando.planning.actions import record_measurements
from sasando.planning.rules import MeasuredValue, measure
from sasando.statistics.counting.engine import Facts
from sasando.statistics.counting.snapshot import (
    PART,
    faults,
    manifest_of,
    office_tables,
    one_at_a_time,
    open_sealed,
    read_json,
    results_are_of,
    snapshots_folder,
    sweep,
    write_facts,
    write_manifest,
    write_results,
)
from sasando.statistics.counting.specs import Specs, load_specs
from sasando.statistics.errors import SnapshotError
from sasando.statistics.models import Snapshot
from sasando.statistics.queries import RecordsBehind, current_snapshot, folder_of
from sasando.statistics.results import Basis, FigureValue
from sasando.trail.actions import recorded
from sasando.trail.queries import last_sequence


def seal_snapshot(
    year: int, *, as_of: date | None = None, places_as_of: date | None = None, by: Actor
) -> Snapshot:
    """Seal the facts of all rooms for a year, with the tables and figures they give, and return the snapshot.

    `as_of` is by default the year's last day (today while the year runs), `places_as_of` its first. Equal records give
    the snapshot that is there already. What the indicators came to is handed to planning.

    Raises SnapshotError (wrong year, full disk, a room's fact that is not what it declares) or TableError (a broken
    table file); then nothing has changed.
    """
    specs = load_specs([office_tables()])
    when = _dates(year, as_of, places_as_of)
    root = snapshots_folder()
    try:
        root.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(root / "sealing.lock"):
            sweep(root)
            part = Path(mkdtemp(prefix=PART, dir=root))
            try:
                return _seal(part, when, specs, by)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except (OSError, pa.ArrowException, duckdb.IOException) as error:
        full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        sentence = (
            _("The disk is full: %(year)s was not sealed and nothing was changed. Make room and seal again.")
            if full
            else _("%(year)s was not sealed and nothing was changed: %(error)s")
        )
        raise SnapshotError(sentence % {"year": year, "error": error}) from error


def _dates(year: int, as_of: date | None, places_as_of: date | None) -> AsOf:
    today = timezone.localdate()
    if not 1945 <= year <= today.year:
        raise SnapshotError(
            _("%(year)s cannot be sealed: give a year that has begun, such as %(now)s. Nothing was changed.")
            % {"year": year, "now": today.year}
        )
    start, end = date(year, 1, 1), date(year, 12, 31)
    as_of, places_on = as_of or min(end, today), places_as_of or start
    if not start <= as_of <= end:
        raise SnapshotError(
            _("%(day)s does not lie in %(year)s. Nothing was changed.") % {"day": as_of, "year": year}
        )
    return AsOf(start=start, end=as_of, places_on=places_on, places=Atlas(places_on))


def _seal(part: Path, when: AsOf, specs: Specs, by: Actor) -> Snapshot:
    with _one_moment():
        sealed = write_facts(part, declared_lists("facts", "FACTS"), when)
        manifest = manifest_of(when, sealed, last_sequence())
    write_manifest(part, manifest)
    folder = snapshots_folder() / f"{when.year}-{manifest['digest'][:12]}"
    if folder.exists() and faults(folder):
        shutil.rmtree(folder)
    if not folder.exists():
        computed = write_results(part, specs)
        if broken := faults(part):
            raise SnapshotError(_("%(files)s could not be read back.") % {"files": ", ".join(broken)})
        os.replace(part, folder)
    elif not results_are_of(folder, specs):
        computed = write_results(folder, specs)
    else:
        computed = open_sealed(folder).computed
    with transaction.atomic():
        snapshot = _register(folder, manifest, when, by)
        values = measured_values(Facts(folder), computed.figures)
        record_measurements(year=when.year, as_of=when.end, snapshot=folder.name, values=values, by=by)
    return snapshot


def measured_values(facts: Facts, figures: Mapping[str, FigureValue]) -> dict[str, MeasuredValue]:
    """What each indicator of the agreement came to, by its code, from the figures it names."""
    policies = facts.rows("SELECT cap_percent FROM achievement_policies ORDER BY record DESC LIMIT 1")
    measured = {}
    for row in facts.rows("SELECT * FROM indicators ORDER BY record"):
        named = [figures.get(row[key] or "") for key in ("numerator_figure", "denominator_figure")]
        numerator, denominator = (figure.value if figure else None for figure in named)
        measured[row["code"]] = measure(
            direction=row["direction"],
            target=row["measured_against"],
            numerator=numerator,
            denominator=denominator,
            is_share=bool(row["denominator_figure"]),
            basis=Basis.MANUAL if any(f and f.basis is Basis.MANUAL for f in named) else Basis.RECORDS,
            cap_percent=policies[0]["cap_percent"] if policies else None,
        )
    return measured


def _register(folder: Path, manifest: dict[str, Any], when: AsOf, by: Actor) -> Snapshot:
    known = Snapshot.objects.filter(folder=folder.name).first()
    if known and known == current_snapshot(when.year):
        return known
    with recorded("statistics.seal_snapshot", by=by) as note:
        snapshot = known or Snapshot(
            year=when.year,
            as_of=when.end,
            places_as_of=when.places_on,
            digest=manifest["digest"],
            folder=folder.name,
        )
        # An older state that holds again becomes the current one: same row, sealed once more.
        snapshot.sealed_at = timezone.now()
        snapshot.sealed_by_id, snapshot.sealed_by_name = by.actor_id, by.actor_name
        snapshot.save()
        note.about(snapshot)
        note.says(
            year=when.year,
            as_of=when.end,
            places_as_of=when.places_on,
            digest=manifest["digest"],
            rows=sum(
                fact["rows"] for fact in manifest["facts"].values()
            ),  # one sum: no trace of secret facts
        )
    return snapshot


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read inside is read as of one moment, without keeping other writers waiting."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def copy_snapshot(snapshot: Snapshot, to: Path, *, by: Actor) -> list[str]:
    """Copy a snapshot's files into an empty folder, and record who took them. Raises SnapshotError."""
    if to.exists() and any(to.iterdir()):
        raise SnapshotError(_("%(folder)s is not empty. Nothing was copied.") % {"folder": to})
    with recorded("statistics.copy_snapshot", by=by, subject=snapshot, to=str(to)):
        shutil.copytree(folder_of(snapshot), to, dirs_exist_ok=True)
    return sorted(read_json(to / "manifest.json")["facts"])


def record_download(file: str, *, by: Actor, **details: Any) -> None:
    """Say in the trail who took numbers along that are so small that persons could be recognised."""
    with recorded("statistics.download", by=by, file=file, **details):
        pass


def record_secret_read(behind: RecordsBehind, *, year: int, by: Actor) -> None:
    """Say in the trail who was shown secret records behind a number, and which; nothing where none were shown."""
    shown = [address for address, _texts in behind.page.rows] if behind.page else []
    if shown:
        with recorded(
            "statistics.read_records", by=by, secret=True, year=year, table=behind.table.id
        ) as note:
            note.says(cell=behind.labels, column=behind.column, records=shown)
