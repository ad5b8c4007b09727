"""An edition for machines: `figures.json` (DESIGN.md 4), its seal, and the Data Package of the tables.

Data Package 2.0: https://datapackage.org/standard/data-package/
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sasando.publications.presenters import is_withheld, of, plain
from sasando.statistics.results import Role, TableResult, Value, YearView

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

FIELD_TYPES = {
    Role.LABEL: "string",
    Role.ORDINAL: "integer",
    Role.COUNT: "integer",
    Role.AMOUNT: "integer",
    Role.PERCENT: "number",
    Role.NUMBER: "number",
}


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the same bytes for the same content."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def figures_of(view: YearView, *, office: str, audience: str, sealed: str | None = None) -> dict[str, Any]:
    """The contract's object. `office` is the regency's code; `sealed` is null in a draft.

    The public edition holds of a sensitive table only its total.
    """
    return {
        "office": office,
        "year": view.year,
        "edition": str(audience),
        "as_of": view.as_of.isoformat(),
        "places_as_of": view.places_as_of.isoformat(),
        "sealed": sealed,
        "tables": [_table(view.tables[key], audience) for key in sorted(view.tables)],
        "figures": [
            {"id": f.id, "value": _json(f.value), "unit": f.unit, "basis": str(f.basis)}
            for f in sorted(view.figures.values(), key=lambda figure: figure.id)
        ],
    }


def _table(table: TableResult, audience: str) -> dict[str, Any]:
    withheld = is_withheld(table, audience)
    keys = [column.key for column in table.columns]
    return {
        "id": table.id,
        "title": {"id": of(table.title, "id"), "en": of(table.title, "en")},
        "source": table.source,
        "basis": str(table.basis),
        "columns": [
            {"key": column.key, "role": str(column.role)} | ({"unit": column.unit} if column.unit else {})
            for column in table.columns
        ],
        "rows": [] if withheld else [{key: _json(row.get(key)) for key in keys} for row in table.rows],
        "totals": {key: _json(value) for key, value in table.totals.items() if value is not None},
    }


def _json(value: Value) -> Value | float:
    if isinstance(value, Decimal):
        value = plain(value)
        return value if isinstance(value, int) else float(value)
    return value


def seal_of(figures: Mapping[str, Any], facts: Mapping[str, str], text: str) -> str:
    """`sha256:` and SHA-256 over the canonical JSON of {facts, figures, text}.

    `figures` is `figures.json` without `sealed`, `facts` the hash of each fact of the snapshot's manifest, `text` the
    SHA-256 of the frozen document.
    """
    content = {key: value for key, value in figures.items() if key != "sealed"}
    return (
        "sha256:"
        + hashlib.sha256(canonical({"facts": dict(facts), "figures": content, "text": text})).hexdigest()
    )


def csv_of(table: Mapping[str, Any]) -> bytes:
    """A table of `figures.json` as CSV: one line a row, no totals, nulls empty."""
    stored = io.StringIO()
    keys = [column["key"] for column in table["columns"]]
    writer = csv.writer(stored, lineterminator="\n")
    writer.writerow(keys)
    for row in table["rows"]:
        writer.writerow(["" if row[key] is None else row[key] for key in keys])
    return stored.getvalue().encode()


def package_of(
    figures: Mapping[str, Any],
    titles: Mapping[str, Mapping[str, str]],
    *,
    title: str,
    publisher: str,
    created: datetime,
    notices: Sequence[str] = (),
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """(descriptor, CSV files by path) of a Data Package 2.0. `titles` names columns by table and key."""
    files: dict[str, bytes] = {}
    resources = []
    for table in figures["tables"]:
        path = f"data/{table['id']}.csv"
        content = csv_of(table)
        files[path] = content
        resources.append(
            {
                "name": table["id"],
                "path": path,
                "title": table["title"]["id"],
                "description": table["title"]["en"],
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "sources": [{"title": table["source"] or publisher}],
                "schema": {
                    "fields": [
                        _field(column, table, titles.get(table["id"], {})) for column in table["columns"]
                    ],
                    "missingValues": [""],
                },
            }
        )
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": f"profil-{figures['office'].replace('.', '')}-{figures['year']}-{figures['edition']}",
        "title": title,
        "description": " ".join(notices) or title,
        "version": f"{figures['year']}.0.0",
        "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "contributors": [{"title": publisher, "roles": ["publisher"]}],
        "keywords": ["kesejahteraan sosial", "dinas sosial", str(figures["year"])],
        "resources": resources,
    }
    return descriptor, files


def _field(column: Mapping[str, Any], table: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    key = column["key"]
    kind = FIELD_TYPES[Role(column["role"])]
    values = [row[key] for row in table["rows"] if row[key] is not None]
    if kind == "integer" and not all(isinstance(value, int) for value in values):
        kind = "number"  # an ordinal or a count that a ministry prints with decimals
    if any(isinstance(value, str) for value in values):
        kind = "string"
    said = {"name": key, "type": kind, "title": titles.get(key, key)}
    return said | ({"description": f"unit: {column['unit']}"} if column.get("unit") else {})
