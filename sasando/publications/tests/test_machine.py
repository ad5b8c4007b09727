"""`figures.json`, its seal and the Data Package."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sasando.publications.machine import canonical, figures_of, package_of, seal_of
from sasando.publications.tests.years import ROWS, empty_year, year_2020

PROFILES = Path(__file__).parents[4] / "shared/data/specs/frictionless/public/profiles/2.0"
MOMENT = datetime(2021, 3, 2, tzinfo=UTC)


def figures(audience="internal"):
    return figures_of(year_2020(), office="53.14", audience=audience)


def table_of(said, table_id):
    return next(t for t in said["tables"] if t["id"] == table_id)


def test_the_contract_s_keys_are_exactly_these():
    said = figures()
    assert set(said) == {"office", "year", "edition", "as_of", "places_as_of", "sealed", "tables", "figures"}
    assert (said["office"], said["year"], said["edition"], said["sealed"]) == (
        "53.14",
        2020,
        "internal",
        None,
    )
    assert (said["as_of"], said["places_as_of"]) == ("2020-12-31", "2020-01-01")
    pkh = table_of(said, "t03_pkh")
    assert set(pkh) == {"id", "title", "source", "basis", "columns", "rows", "totals"}
    assert pkh["columns"] == [
        {"key": "district", "role": "label"},
        {"key": "families", "role": "count", "unit": "family"},
        {"key": "amount_idr", "role": "amount", "unit": "IDR"},
    ]
    assert pkh["rows"][0] == {"district": "Landu Leko", "families": 561, "amount_idr": 526700000}
    assert pkh["totals"] == {"families": 11731, "amount_idr": 12157475000}
    assert {"id": "pkh.families", "value": 11731, "unit": "family", "basis": "records"} in said["figures"]


@pytest.mark.parametrize("table_id", sorted(ROWS))
def test_every_row_of_every_table_is_there(table_id):
    keys, rows = ROWS[table_id]
    said = table_of(figures(), table_id)["rows"]
    assert [tuple(row[key] for key in keys) for row in said] == [
        tuple(float(v) if hasattr(v, "quantize") else v for v in row) for row in rows
    ]


def test_public_edition_holds_of_a_sensitive_table_the_total_only():
    for table_id in ("t05_violence_by_district", "t05_violence_by_kind"):
        said = table_of(figures("public"), table_id)
        assert (said["rows"], said["totals"]) == ([], {"children": 20})
    assert "Persetubuhan" not in canonical(figures("public")).decode()


def test_percents_and_nulls():
    said = figures()
    assert table_of(said, "t12_budget_apbd")["rows"][0]["percent"] == 92.72
    values = {f["id"]: f["value"] for f in said["figures"]}
    assert values["poverty.rate"] == 27.54
    assert values["ktk.total"] is None
    assert values["heroism.youth"] == 0


def test_an_empty_office_has_tables_without_rows_and_figures_without_values():
    said = figures_of(empty_year(), office="53.14", audience="public")
    assert all(t["rows"] == [] and t["totals"] == {} for t in said["tables"])
    assert all(f["value"] is None for f in said["figures"])


def test_seal_covers_figures_facts_and_text():
    base = seal_of(figures(), {"places": "a"}, "t")
    assert base.startswith("sha256:")
    assert len(base) == len("sha256:") + 64
    assert seal_of({**figures(), "sealed": "sha256:whatever"}, {"places": "a"}, "t") == base
    changed = figures()
    changed["figures"][0]["value"] = 1
    others = {
        seal_of(changed, {"places": "a"}, "t"),
        seal_of(figures(), {"places": "b"}, "t"),
        seal_of(figures(), {"places": "a"}, "u"),
    }
    assert len({base, *others}) == 4


def package(audience="internal"):
    titles = {t.id: {c.key: c.title["id"] for c in t.columns} for t in year_2020().tables.values()}
    return package_of(
        figures(audience), titles, title="Buku Profil", publisher="Dinas Sosial", created=MOMENT
    )


def test_data_package_describes_its_files_truly():
    descriptor, files = package()
    assert {r["path"] for r in descriptor["resources"]} == set(files)
    for resource in descriptor["resources"]:
        content = files[resource["path"]]
        rows = list(csv.reader(io.StringIO(content.decode())))
        assert rows[0] == [f["name"] for f in resource["schema"]["fields"]]
        assert resource["bytes"] == len(content)
        for row in rows[1:]:
            for cell, field in zip(row, resource["schema"]["fields"], strict=True):
                if cell and field["type"] == "integer":
                    int(cell)
                elif cell and field["type"] == "number":
                    float(cell)
    pkh = files["data/t03_pkh.csv"].decode().splitlines()
    assert pkh[:2] == ["district,families,amount_idr", "Landu Leko,561,526700000"]


@pytest.mark.shared
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_data_package_is_valid(audience):
    if not PROFILES.exists():
        pytest.skip(f"{PROFILES} is not here")
    jsonschema = pytest.importorskip("jsonschema")
    descriptor, _files = package(audience)
    profile = json.loads((PROFILES / "datapackage.json").read_text())
    jsonschema.Draft7Validator(profile).validate(json.loads(json.dumps(descriptor)))
    schema = jsonschema.Draft7Validator(json.loads((PROFILES / "tableschema.json").read_text()))
    resources = jsonschema.Draft7Validator(json.loads((PROFILES / "dataresource.json").read_text()))
    for resource in descriptor["resources"]:
        resources.validate(resource)
        schema.validate(resource["schema"])
