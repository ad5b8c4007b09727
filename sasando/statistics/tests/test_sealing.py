"""A year is sealed whole or not at all, and equal records give the same snapshot."""

import json
import os
import signal
import sys
from datetime import date
from subprocess import PIPE, Popen
from threading import Thread

import pytest
import sqlglot
from django.db import connection

from sasando.base.reader import NamedActor
from sasando.lib.numbers import round_half_up
from sasando.planning.models import Measurement
from sasando.statistics import actions
from sasando.statistics.actions import copy_snapshot, seal_snapshot
from sasando.statistics.counting.snapshot import faults, read_json, snapshots_folder
from sasando.statistics.counting.specs import TableError
from sasando.statistics.errors import SnapshotError
from sasando.statistics.models import Snapshot
from sasando.statistics.queries import current_snapshot, folder_of, year_view
from sasando.statistics.tests.regency import declare, office_without_records, places, plant_indicators
from sasando.trail.models import TrailEntry

BY = NamedActor("sealer")


@pytest.fixture
def office(settings, tmp_path, monkeypatch):
    """An office of its own data folder, whose rooms declare the rows of the returned dict."""
    settings.DATA = tmp_path
    rows = {**office_without_records(), "places": places()}
    rows["families"] = [(id, "53.14.03.2001", "53.14.03", True, 1) for id in range(1, 31)]
    rows["groups"] = [(1, "53.14.03.2001", "53.14.03", 10), (2, "53.14.06.2001", "53.14.06", 12)]
    monkeypatch.setattr(actions, "declared_lists", lambda module, name: declare(rows))
    return rows


def digests(snapshot):
    facts = read_json(folder_of(snapshot) / "manifest.json")["facts"]
    return {name: fact["digest"] for name, fact in facts.items()}


def left_over():
    return [path.name for path in snapshots_folder().iterdir() if path.name != "sealing.lock"]


@pytest.mark.django_db
def test_a_sealed_year_can_be_read_again(office):
    snapshot = seal_snapshot(2020, by=BY)
    assert (snapshot.as_of, snapshot.places_as_of) == (date(2020, 12, 31), date(2020, 1, 1))
    assert snapshot.sealed_by_name == "sealer"
    assert left_over() == [snapshot.folder] == [f"2020-{snapshot.digest[:12]}"]
    view = year_view(2020)
    assert view.tables["t07_kube"].totals == {"groups": 2, "families": 22}
    assert view.figures["poverty.families"].value == 30
    assert view.facts.rows("SELECT count(*) AS many FROM families") == [{"many": 30}]
    assert TrailEntry.objects.get(action="statistics.seal_snapshot").subject_id == snapshot.id


@pytest.mark.django_db
def test_an_office_without_records_seals_an_empty_year(settings, tmp_path, monkeypatch):
    """The facts the rooms really declare, over an empty database."""
    settings.DATA = tmp_path
    facts = {
        fact.name: fact
        for fact in (*declare(office_without_records()), *actions.declared_lists("facts", "FACTS"))
    }
    monkeypatch.setattr(actions, "declared_lists", lambda module, name: facts.values())
    view = year_view(seal_snapshot(2020, by=BY))
    assert [table.id for table in view.tables.values() if table.rows] == []
    assert [figure.id for figure in view.figures.values() if figure.value is not None] == []


@pytest.mark.django_db
def test_stored_results_are_those_that_were_computed(office, rows_2020, book):
    office.update(rows_2020)
    plant_indicators(rows_2020)
    seal_snapshot(2020, by=BY)
    view = year_view(2020)
    assert view.tables == book.tables
    assert view.figures == book.figures


@pytest.mark.django_db
def test_planning_gets_what_the_indicators_came_to(office, rows_2020, facts_2020, specs, book):
    office.update(rows_2020)
    plant_indicators(rows_2020)
    snapshot = seal_snapshot(2020, by=BY)
    facts_2020.know(book.figures.values())
    achieved = sqlglot.select("code", "achievement").from_("counted")
    achieved.set("with_", specs.tables["t11_achievement"].tree.args["with_"].copy())
    table = {
        row["code"]: row["achievement"] and round_half_up(row["achievement"], 4)
        for row in facts_2020.rows(achieved.sql("duckdb"))
    }
    kept = {m.indicator.code: m for m in Measurement.objects.select_related("indicator")}
    assert {code: measurement.achievement for code, measurement in kept.items()} == table
    assert len(table) == 11
    assert {m.snapshot for m in kept.values()} == {snapshot.folder}
    assert [kept[code].basis for code in ("I0", "I3", "I4", "I8")] == [
        "manual",
        "records",
        "manual",
        "records",
    ]
    entries = TrailEntry.objects.count()
    assert seal_snapshot(2020, by=BY) == snapshot
    assert TrailEntry.objects.count() == entries


@pytest.mark.django_db
def test_equal_records_give_the_same_snapshot_in_any_order(office):
    first = seal_snapshot(2020, by=BY)
    office["families"] = office["families"][::-1]
    assert seal_snapshot(2020, by=BY) == first
    assert (Snapshot.objects.count(), TrailEntry.objects.count(), len(left_over())) == (1, 1, 1)


@pytest.mark.django_db
def test_a_changed_record_changes_its_fact_only(office):
    before = seal_snapshot(2020, by=BY)
    office["groups"] = [office["groups"][0], (2, "53.14.06.2001", "53.14.06", 13)]
    after = seal_snapshot(2020, by=BY)
    assert before.digest != after.digest
    changed = {name for name, digest in digests(after).items() if digest != digests(before)[name]}
    assert changed == {"groups"}
    assert current_snapshot(2020) == after
    assert year_view(before).tables["t07_kube"].totals["families"] == 22


@pytest.mark.django_db
def test_a_change_taken_back_makes_the_old_snapshot_current_again(office):
    rows = office["groups"]
    first = seal_snapshot(2020, by=BY)
    office["groups"] = rows[:1]
    seal_snapshot(2020, by=BY)
    office["groups"] = rows
    assert seal_snapshot(2020, by=BY) == first == current_snapshot(2020)
    assert Snapshot.objects.count() == 2


@pytest.mark.django_db
def test_other_dates_are_another_snapshot(office):
    first = seal_snapshot(2020, by=BY)
    half = seal_snapshot(2020, as_of=date(2020, 6, 30), places_as_of=date(2020, 6, 30), by=BY)
    assert first.digest != half.digest
    assert year_view(2020).as_of == date(2020, 6, 30)


@pytest.mark.django_db
def test_a_new_table_of_the_office_is_computed_over_the_facts_already_sealed(office, settings):
    first = seal_snapshot(2020, by=BY)
    (settings.DATA / "tables").mkdir()
    own = settings.DATA / "tables" / "own.yaml"
    own.write_text(
        "- {id: own.groups, title: {id: a, en: b}, sql: SELECT count(*) FROM groups}", encoding="utf-8"
    )
    assert seal_snapshot(2020, by=BY) == first
    assert year_view(2020).figures["own.groups"].value == 2


@pytest.mark.django_db
def test_a_broken_table_stops_before_anything_is_written(office, settings):
    (settings.DATA / "tables").mkdir()
    (settings.DATA / "tables" / "own.sql").write_text("SELECT", encoding="utf-8")
    with pytest.raises(TableError, match=r"own\.sql"):
        seal_snapshot(2020, by=BY)
    assert not snapshots_folder().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "as_of"), [(3000, None), (20, None), (2020, date(2021, 1, 1)), (2020, date(2019, 12, 31))]
)
def test_a_wrong_year_or_day_is_refused(office, year, as_of):
    with pytest.raises(SnapshotError):
        seal_snapshot(year, as_of=as_of, by=BY)
    assert (Snapshot.objects.count(), snapshots_folder().exists()) == (0, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rows",
    [
        [(1, "53.14.03.2001", "53.14.03", 10), (1, "53.14.03.2001", "53.14.03", 11)],
        [(1, "53.14.03.2001", "53.14.03", "ten")],
        [(1, "53.14.03.2001", "53.14.03")],
    ],
)
def test_a_fact_that_breaks_its_word_is_named(office, rows):
    office["groups"] = rows
    with pytest.raises(SnapshotError, match="groups"):
        seal_snapshot(2020, by=BY)
    assert (Snapshot.objects.count(), left_over()) == (0, [])


@pytest.mark.django_db
def test_a_full_disk_is_said_and_changes_nothing(office):
    resource = pytest.importorskip("resource")
    before = seal_snapshot(2020, by=BY)
    office["families"] = [(id, f"{id * 7919 % 10**9}", f"{id * 104729}", True, 1) for id in range(1, 30_001)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    try:
        with pytest.raises(SnapshotError, match=r"penuh|full"):
            seal_snapshot(2020, by=BY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert left_over() == [before.folder]
    assert current_snapshot(2020) == before


SLOW = """
import sys, time, django
django.setup()
from pathlib import Path
from sasando.statistics.counting.snapshot import BATCH, one_at_a_time, write_facts
from sasando.statistics.tests.regency import YEAR_2020, declare

def rows(as_of):
    for id in range(1, 10**9):
        yield id, "53.14.03.2001", "53.14.03", 1
        if id > 2 * BATCH:
            print("half written", flush=True)
            time.sleep(60)

folder = Path(sys.argv[1])
with one_at_a_time(folder.parent / "sealing.lock"):
    folder.mkdir()
    fact = declare({"groups": []})[0]
    object.__setattr__(fact, "rows", rows)
    write_facts(folder, [fact], YEAR_2020)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that can kill a process at once")
@pytest.mark.django_db
def test_a_killed_sealing_leaves_nothing_behind_the_next(office):
    root = snapshots_folder()
    root.mkdir()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sasando.config.settings"}
    command = [sys.executable, "-c", SLOW, str(root / ".part-killed")]
    with Popen(command, stdout=PIPE, env=environment) as worker:
        assert worker.stdout.readline() == b"half written\n"
        worker.send_signal(signal.SIGKILL)
    assert left_over() == [".part-killed"]
    snapshot = seal_snapshot(2020, by=BY)
    assert left_over() == [snapshot.folder]


@pytest.mark.django_db
def test_an_interrupted_sealing_leaves_nothing(office, monkeypatch):
    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "write_results", stop)
    with pytest.raises(KeyboardInterrupt):
        seal_snapshot(2020, by=BY)
    assert (Snapshot.objects.count(), left_over()) == (0, [])


@pytest.mark.django_db
def test_a_sealed_folder_without_its_row_is_taken_up(office):
    """Killed between the swap of the folder and the row."""
    seal_snapshot(2020, by=BY)
    Snapshot.objects.all().delete()
    assert year_view(seal_snapshot(2020, by=BY)).figures["poverty.families"].value == 30


@pytest.mark.django_db
def test_a_damaged_folder_is_noticed_and_sealed_again(office):
    snapshot = seal_snapshot(2020, by=BY)
    folder = folder_of(snapshot)
    (folder / "groups.parquet").write_bytes(b"PAR1")
    assert faults(folder) == ["groups"]
    assert seal_snapshot(2020, by=BY) == snapshot
    assert faults(folder) == []


@pytest.mark.django_db(transaction=True)
def test_two_sealings_at_once_give_one_snapshot(office):
    found = []

    def seal():
        try:
            found.append(seal_snapshot(2020, by=BY).digest)
        finally:
            connection.close()

    threads = [Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == Snapshot.objects.count() == len(left_over()) == 1


@pytest.mark.django_db
def test_a_copy_is_recorded_and_never_mixed_with_other_files(office, tmp_path):
    snapshot = seal_snapshot(2020, by=BY)
    copy_snapshot(snapshot, tmp_path / "out", by=BY)
    assert faults(tmp_path / "out") == []
    assert TrailEntry.objects.filter(action="statistics.copy_snapshot").count() == 1
    with pytest.raises(SnapshotError):
        copy_snapshot(snapshot, tmp_path / "out", by=BY)


@pytest.mark.django_db
def test_the_manifest_says_what_is_in_it(office):
    folder = folder_of(seal_snapshot(2020, by=BY))
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["facts"]["groups"]["rows"] == 2
    assert manifest["facts"]["groups"]["columns"][0] == {"name": "record", "type": "integer", "unit": ""}
    assert set(manifest) == {"year", "period", "as_of", "places_as_of", "facts", "digest", "trail", "version"}
