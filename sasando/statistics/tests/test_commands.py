"""The commands `snapshot` and `tables`."""

import csv
import json
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from sasando.statistics import actions
from sasando.statistics.counting.engine import run_tables
from sasando.statistics.counting.spark import SparkFacts, spark_is_installed
from sasando.statistics.models import Snapshot
from sasando.statistics.tests.regency import PKH, declare, plant_indicators, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db, settings, tmp_path, monkeypatch, rows_2020):
    settings.DATA = tmp_path / "data"
    monkeypatch.setattr(actions, "declared_lists", lambda module, name: declare(rows_2020))
    plant_indicators(rows_2020)


def test_snapshot_prints_the_facts_and_copies_them(office, tmp_path, capsys):
    call_command("snapshot", "2020", "--to", str(tmp_path / "out"))
    printed = capsys.readouterr().out
    assert f"sha256:{Snapshot.objects.get().digest}" in printed
    assert "22,629  families" in printed
    assert (tmp_path / "out" / "families.parquet").exists()


def test_tables_of_the_snapshot_are_printed(office, capsys):
    call_command("snapshot", "2020")
    call_command("tables", "2020")
    printed = capsys.readouterr().out
    assert "Landu Leko | 561 | 526700000" in printed
    assert "TOTAL | 11731 | 12157475000" in printed
    assert "27.54 % (manual)" in printed


def test_tables_over_a_folder_are_written(tmp_path, rows_2020):
    write(tmp_path / "facts", rows_2020)
    call_command("tables", "2020", "--facts", str(tmp_path / "facts"), "--to", str(tmp_path / "out"))
    with (tmp_path / "out" / "t03_pkh.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            row["district"]: (int(row["families"]), int(row["amount_idr"])) for row in csv.DictReader(file)
        }
    assert rows == {**PKH, "TOTAL": (11_731, 12_157_475_000)}
    figures = json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert {figure["id"]: figure["value"] for figure in figures}["budget.apbd.percent"] == 92.72


@pytest.mark.parametrize(
    "arguments", [("snapshot", "3000"), ("tables", "2019"), ("tables", "2020", "--facts", "/nowhere")]
)
def test_unusable_input_ends_with_two(office, arguments):
    with pytest.raises(CommandError) as caught:
        call_command(*arguments)
    assert caught.value.returncode == 2


@pytest.mark.skipif(not spark_is_installed(), reason="Spark is an extra and not here")
def test_spark_gives_the_same(facts_2020, specs, book):
    with closing(SparkFacts(facts_2020.folder)) as facts:
        assert run_tables(facts, specs) == book


@pytest.mark.skipif(spark_is_installed(), reason="Spark is here")
def test_spark_that_is_not_there_is_said(office):
    with pytest.raises(CommandError, match="not installed"):
        call_command("tables", "2020", "--engine", "spark")
