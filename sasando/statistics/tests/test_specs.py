"""A broken file of tables names itself and the line; an office's folder adds and replaces."""

import csv
from pathlib import Path

import pytest

from sasando.statistics.counting.engine import Facts, drill, run_tables
from sasando.statistics.counting.specs import PACKAGE_TABLES, TableError, load_specs
from sasando.statistics.tests.regency import BPNT

HEADER = """/*
id: z_own
title: {id: Keluarga, en: Families}
fact: families
source: {id: Kantor, en: Office}
definition: {id: Semua keluarga., en: All families.}
columns:
  - {key: decile, role: ordinal, title: {id: Desil, en: Decile}}
  - {key: families, role: count, unit: family, records: true, title: {id: Keluarga, en: Families}}
*/
"""
QUERY = """WITH counted AS (SELECT record, village_code, decile FROM families)
SELECT decile, count(*) AS families
FROM counted
GROUP BY decile
ORDER BY decile
"""


@pytest.fixture
def own(tmp_path):
    """Write a table of the office's own and load it."""

    def load(text: str):
        (tmp_path / "own.sql").write_text(text, encoding="utf-8")
        return load_specs([tmp_path])

    return load


def test_an_office_adds_a_table(own, facts_2020):
    specs = own(HEADER + QUERY)
    table = run_tables(facts_2020, specs).tables["z_own"]
    assert [dict(row) for row in table.rows] == [
        {"decile": 1, "families": 22_579},
        {"decile": 9, "families": 50},
    ]
    assert len(drill(facts_2020, specs.tables["z_own"], table.rows[1], "families")) == 50
    assert specs.digest != load_specs().digest


def test_an_office_replaces_a_table(own, facts_2020):
    text = (PACKAGE_TABLES / "t08_bpnt.sql").read_text(encoding="utf-8").replace("'BPNT'\n", "'PKH'\n")
    assert run_tables(facts_2020, own(text)).figures["bpnt.families"].value == 11_731 < sum(BPNT.values())


def test_an_office_adds_a_figure(tmp_path, facts_2020):
    (tmp_path / "own.yaml").write_text(
        "- {id: own.poorest, unit: family, title: {id: a, en: b}, sql: SELECT count(*) FROM families WHERE decile = 1}",
        encoding="utf-8",
    )
    assert run_tables(facts_2020, load_specs([tmp_path])).figures["own.poorest"].value == 22_579


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("SELECT 1", 1, "must begin with a comment"),
        (HEADER.replace("fact: families", "fact: [families"), 5, "expected"),
        (HEADER.replace("role: count", "role: sum") + QUERY, 1, "sum"),
        (HEADER.replace("fact:", "facts:") + QUERY, 1, "facts"),
        (HEADER.replace(", en: Families}", "}", 1) + QUERY, 1, "both languages"),
        (HEADER.replace("key: decile", "key: no") + QUERY, 1, "quotes"),
        (HEADER.replace("records: true", "records: true, totals: median") + QUERY, 1, "median"),
        (HEADER + QUERY.replace("GROUP BY decile", "GROUP BY ("), 15, "missing"),
        (HEADER + "DROP TABLE figures", 1, "exactly one SELECT"),
        (HEADER + QUERY + "; DELETE FROM figures", 1, "exactly one SELECT"),
    ],
)
def test_a_broken_file_is_named_with_its_line(own, tmp_path, text, line, said):
    with pytest.raises(TableError) as caught:
        own(text)
    assert (caught.value.path, caught.value.line) == (tmp_path / "own.sql", line)
    assert said in str(caught.value)
    assert str(tmp_path / "own.sql") in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEADER + QUERY.replace("FROM families", "FROM families_of_nowhere"), 11, "families_of_nowhere"),
        (HEADER + QUERY.replace("FROM counted", "FROM counted WHERE decil = 1"), 13, "decil"),
        (HEADER + QUERY.replace("AS families", "AS many"), 1, "many"),
        (HEADER + QUERY.replace("FROM families", "FROM read_csv('/etc/passwd')"), 11, "Permission"),
    ],
)
def test_a_table_that_does_not_run_is_named_with_its_line(own, facts_2020, text, line, said):
    specs = own(text)
    with pytest.raises(TableError, match=said) as caught:
        run_tables(facts_2020, specs)
    assert caught.value.line == line


def test_a_broken_figure_names_its_file(tmp_path):
    path = tmp_path / "own.yaml"
    for text, said in (
        ("- {id: a.b, title: {id: a, en: b}, table: t03_pkh, column: nothing}", "nothing"),
        ("- {id: a.b, title: {id: a, en: b}, wrong: 1}", "wrong"),
        ("- {id: a.b, title: {id: a, en: b}, sql: 'SELECT ('}", "line 1"),
        ("- {id: a.b\n  title: x", "line 2"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(TableError, match=said) as caught:
            load_specs([tmp_path])
        assert caught.value.path == path


def test_a_folder_that_is_not_there_adds_nothing(tmp_path):
    assert load_specs([tmp_path / "none"]) == load_specs()


def test_a_column_that_counts_no_records_cannot_be_opened(facts_2020, specs):
    with pytest.raises(LookupError):
        drill(facts_2020, specs.tables["t10_performance_agreement"], None, "numerator")


def test_the_door_is_shut_for_everything_but_the_facts(facts_2020, tmp_path):
    for sql in (
        "SELECT * FROM read_csv('/etc/hostname')",
        f"COPY (SELECT 1) TO '{tmp_path}/out.csv'",
        "SET enable_external_access = true",
        "ATTACH '/tmp/other.db'",
    ):
        with pytest.raises(Exception, match=r"Permission|disabled|locked"):
            facts_2020.rows(sql)
    assert facts_2020.rows("SELECT count(*) AS many FROM families WHERE listed = ?", [True]) == [
        {"many": 22_579}
    ]


def test_facts_open_in_a_folder_with_a_quote_in_its_name(tmp_path, facts_2020):
    folder = tmp_path / "Ba'a"
    folder.mkdir()
    (folder / "groups.parquet").write_bytes(facts_2020.files["groups"].read_bytes())
    assert Facts(folder).rows("SELECT sum(families) AS families FROM groups") == [{"families": 300}]


REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "rote-ndao-2020"


@pytest.mark.shared
@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference files are not here")
def test_ids_and_column_keys_are_those_of_the_contract(specs):
    """All but the printed-only columns, and the row numbers where our order of rows is another."""
    files = {path.stem: path for path in REFERENCE.glob("t*.csv")}
    assert set(files) == set(specs.tables)
    for id, path in files.items():
        with path.open(encoding="utf-8", newline="") as file:
            keys = next(csv.reader(file))
        ours = [column.key for column in specs.tables[id].columns if column.key != "percent"]
        assert ours == [key for key in keys if key != "percent_printed" and (key != "no" or "no" in ours)], id
