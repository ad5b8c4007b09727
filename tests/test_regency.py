"""The whole way once: the demo regency from nothing, by the command a user types, on this run's database.

Its figures are those of the printed book, wherever the book can be reproduced; the checks name the rest.
"""

import csv
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

PRINTED = Path(__file__).parent.parent / "sasando" / "demo" / "data" / "reported"
TABLES = sorted(path.stem for path in PRINTED.glob("t[0-9]*.csv"))

RENAMED = {
    "Nggodimedda": "Nggodimeda",
    "Tesabela": "Tesa Bela",
    "Tunganamo": "Tungganamo",
    "Mbalilendeiki": "Mbali Lendeiki",
    "keoen": "Keoen",
    "Barat Laut": "Rote Barat Laut",
}
"""Printed spellings and the official names that stand in their place."""

LABELS = (
    "district",
    "village",
    "kind",
    "role",
    "position",
    "case_kind",
    "objective",
    "indicator",
    "code",
    "program",
)

DIFFERENT = {
    ("t04_logistics", "elderly_persons", "TOTAL"),
    ("t04_logistics", "disabled_persons", "TOTAL"),
    ("t04_logistics", "living_allowance_children", "TOTAL KESELURUHAN"),
    ("t10_performance_agreement", "numerator", "2.3"),
    ("t11_achievement", "average_achievement_percent", "4"),
    ("t11_achievement", "average_achievement_percent", "TOTAL"),
}
"""What the printed book says and its own rows do not give: each stands among the findings."""


def sasando(folder, *arguments, database=None):
    """Run the command as a user does, in a data folder of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_URL", "PYTEST"))}
    environment |= {"SASANDO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "sasando.config.settings"}
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, "-m", "sasando.config.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def this_database(tmp_path_factory):
    """The address of a fresh database like the one the suite runs on; None for SQLite in the data folder."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield None
        return
    server, _, name = address.rpartition("/")
    fresh = f"test_{name}_regency"
    drop = ["psql", f"{server}/{name}", "-qc", f'DROP DATABASE IF EXISTS "{fresh}" WITH (FORCE)']
    subprocess.run(drop, check=True, capture_output=True)
    subprocess.run(
        ["psql", f"{server}/{name}", "-qc", f'CREATE DATABASE "{fresh}"'], check=True, capture_output=True
    )
    yield f"{server}/{fresh}"
    subprocess.run(drop, check=True, capture_output=True)


@pytest.fixture(scope="session")
def regency(tmp_path_factory, this_database):
    """The data folder of a demo built by `sasando demo`."""
    folder = tmp_path_factory.mktemp("regency")
    result = sasando(folder, "demo", "--no-serve", database=this_database)
    assert result.returncode == 0, result.stderr[-3000:]
    return folder


@pytest.fixture(scope="session")
def figures(regency):
    """The machine-readable edition."""
    return json.loads((regency / "books" / "2020" / "figures.json").read_text(encoding="utf-8"))


def manifest(folder):
    """The manifest of the one snapshot."""
    (path,) = folder.glob("snapshots/*/manifest.json")
    return json.loads(path.read_text(encoding="utf-8"))


def printed_rows(table):
    with (PRINTED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_total(row):
    return next((v for v in row.values() if v and v.startswith("TOTAL")), None)


def same(printed, computed):
    """Equal, a number at the precision it was printed with."""
    if computed is None:
        return printed == ""
    try:
        number = Decimal(printed)
    except ArithmeticError:
        return RENAMED.get(printed, printed) == computed
    return round(Decimal(str(computed)), max(0, -number.as_tuple().exponent)) == number


@pytest.mark.parametrize("table", TABLES)
def test_the_records_give_the_printed_table(figures, table):
    computed = next(t for t in figures["tables"] if t["id"] == table)
    assert computed["basis"] == "records"
    keys = [column["key"] for column in computed["columns"]]
    labels = [key for key in LABELS if key in keys]
    rows = {tuple(str(row[key] or "") for key in labels): row for row in computed["rows"]}
    different = set()
    for line in printed_rows(table):
        total = is_total(line)
        key = tuple(RENAMED.get(line.get(label, ""), line.get(label, "")) for label in labels)
        if table == "t04_logistics" and line["village"] == "" and not total:
            key = (line["district"], "")
        found = computed["totals"] if total else rows[key]
        for column in computed["columns"]:
            name = column["key"]
            printed = line["percent_printed"] if name == "percent" else line.get(name, "")
            if column["role"] in ("label", "ordinal") or (total and not printed) or name not in found:
                continue
            if (
                table == "t10_performance_agreement"
                and printed == ""
                and name in ("numerator", "denominator")
            ):
                continue  # the book leaves them blank where the realisation itself is typed
            if not same(printed, found[name]):
                different.add((table, name, total or line.get("indicator_no") or line.get("no") or ""))
    assert different == {item for item in DIFFERENT if item[0] == table}
    assert len(rows) == sum(not is_total(line) for line in printed_rows(table))


def test_text_figures_stand_on_records(figures):
    values = {figure["id"]: (figure["value"], figure["basis"]) for figure in figures["figures"]}
    for name, value in {
        "poverty.families": 22579, "pkh.families": 11731, "bpnt.families": 15141, "bpnt.months": 86847,
        "relief.families": 10600, "neglected.served": 351, "neglected.total": 3455, "violence.children": 20,
        "survey.villages": 60, "places.villages": 119, "kube.families": 300, "karang_taruna.aided": 5,
    }.items():  # fmt: skip
        assert values[name] == (value, "records"), name
    assert values["poverty.rate"][1] == "manual"


def test_dates_and_draft(figures):
    assert (figures["office"], figures["year"], figures["edition"], figures["sealed"]) == (
        "53.14",
        2020,
        "internal",
        None,
    )
    assert (figures["as_of"], figures["places_as_of"]) == ("2020-12-31", "2020-01-01")


def test_each_inconsistency_of_the_book_is_named(regency, this_database):
    result = sasando(regency, "findings", "2020", "--format", "json", database=this_database)
    assert result.returncode == 1, result.stderr
    found = json.loads(result.stdout)["findings"]
    named = {(finding["table"], finding["printed"]) for finding in found}
    for expected in {
        ("t04_logistics", "250"), ("t04_logistics", "365"), ("t11_achievement", "111.29"), ("t11_achievement", "83"),
        ("t13_budget_apbn", "17369400000"), ("t03_pkh", "12157475000"), ("t04_logistics", "Nggodimedda"),
        ("t04_logistics", "Tesabela"), ("t06_pmks_survey_villages", "Tunganamo"), ("t04_logistics", "Mbalilendeiki"),
    }:  # fmt: skip
        assert expected in named, expected
    assert any("405" in (finding["printed"] or "") for finding in found)
    assert all(finding["message"]["id"] and finding["message"]["en"] for finding in found)


def test_the_same_records_give_the_same_facts(regency, this_database):
    before = manifest(regency)
    again = sasando(regency, "snapshot", "2020", database=this_database)
    assert again.returncode == 0, again.stderr
    assert manifest(regency) == before


def test_both_databases_give_the_same_facts(regency, this_database, tmp_path):
    if this_database is None:
        pytest.skip("compared in the run on PostgreSQL, which builds the regency on SQLite too")
    assert connection.vendor == "postgresql"
    assert sasando(tmp_path, "demo", "--no-serve").returncode == 0
    facts = [
        {name: fact["digest"] for name, fact in manifest(folder)["facts"].items()}
        for folder in (regency, tmp_path)
    ]
    assert facts[0] == facts[1] and len(facts[0]) > 15
    tables = [json.loads(next(f.glob("snapshots/*/tables.json")).read_text()) for f in (regency, tmp_path)]
    assert tables[0] == tables[1]


def test_nothing_is_broken_and_a_second_demo_changes_nothing(regency, this_database):
    assert sasando(regency, "verify", database=this_database).returncode == 0
    before = manifest(regency)
    assert sasando(regency, "demo", "--no-serve", database=this_database).returncode == 0
    assert manifest(regency) == before


def test_a_folder_with_other_data_is_refused(tmp_path):
    assert sasando(tmp_path, "init", "53.14", "--admin", "yohana").returncode == 0
    result = sasando(tmp_path, "demo", "--no-serve")
    assert result.returncode != 0 and "Nothing was touched" in result.stderr


def test_another_office_starts_empty_and_its_book_says_so(tmp_path):
    started = sasando(tmp_path, "init", "53.20", "--admin", "maria")
    assert started.returncode == 0, started.stderr
    made = sasando(tmp_path, "book", "2024", "--to", tmp_path / "buku")
    assert made.returncode == 0, made.stderr
    book = json.loads((tmp_path / "buku" / "figures.json").read_text(encoding="utf-8"))
    assert book["office"] == "53.20"
    assert all(figure["value"] != 0 or figure["basis"] != "records" for figure in book["figures"])
    assert sasando(tmp_path, "findings", "2024", "--format", "json").returncode == 0


@pytest.mark.parametrize("year", ["1066", "3000", "dua"])
def test_a_wrong_year_is_told_so(regency, year, this_database):
    result = sasando(regency, "book", year, "--to", "x", database=this_database)
    assert result.returncode == 2 and result.stderr and "Traceback" not in result.stderr


def test_an_office_s_first_book_comes_from_reported_tables_alone(tmp_path):
    assert sasando(tmp_path, "init", "53.14", "--admin", "maria").returncode == 0
    for table in TABLES:
        told = ["--name", table, "--year", "2020", "--format", "json"]
        stored = sasando(tmp_path, "import", "reported-table", PRINTED / f"{table}.csv", *told)
        assert stored.returncode == 0, stored.stderr
        report = json.loads(stored.stdout)
        assert report["rows"] == report["stored"] == len(printed_rows(table))
    assert sasando(tmp_path, "book", "2020", "--to", tmp_path / "buku").returncode == 0
    book = json.loads((tmp_path / "buku" / "figures.json").read_text(encoding="utf-8"))
    assert {table["basis"] for table in book["tables"]} == {"reported"}
    pkh = next(table for table in book["tables"] if table["id"] == "t03_pkh")
    assert pkh["totals"] == {"families": 11731, "amount_idr": 12157475000} and len(pkh["rows"]) == 10
    figures = {figure["id"]: figure for figure in book["figures"]}
    for name, value in {
        "bpnt.families": 15141,
        "budget.apbd.ceiling": 3772191098,
        "budget.apbd.percent": 92.72,
    }.items():
        assert (figures[name]["value"], figures[name]["basis"]) == (value, "reported")
