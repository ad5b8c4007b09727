"""A snapshot's folder: the facts of a year as Parquet with a manifest, and the tables and figures computed from them.

Layout: `<fact>.parquet`, `manifest.json`, `tables.json`, `figures.json`. It is written beside, under a passing name.
"""

import hashlib
import json
import os
import shutil
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from sasando import __version__
from sasando.base.facts import AsOf, ColumnType, Fact
from sasando.lib.numbers import round_half_up
from sasando.statistics.counting.canonical import FactDigest
from sasando.statistics.counting.engine import Computed, Facts, run_tables
from sasando.statistics.counting.specs import Specs, TableSpec
from sasando.statistics.errors import SnapshotError
from sasando.statistics.results import Basis, FigureValue, Role, Sensitivity, TableColumn, TableResult
from sasando.trail.actions import canonical

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

BATCH = 20_000
PART = ".part-"
RESULTS = ("tables.json", "figures.json")
MOST_OPEN = 4
"""Snapshots kept open in a process: this year's, last year's, and those somebody compares them with."""

TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: pa.decimal128(24, 6),
    ColumnType.DATE: pa.date32(),
    ColumnType.BOOLEAN: pa.bool_(),
}


def snapshots_folder() -> Path:
    """Where the snapshots lie, one folder each."""
    return settings.DATA / "snapshots"


def office_tables() -> Path:
    """Where an office puts tables and figures of its own."""
    return settings.DATA / "tables"


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until no other process or thread works under this lock file. A killed holder lets go by itself."""
    with path.open("a+b") as handle:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX)
        else:
            handle.seek(0)
            while True:
                with suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                    break
                time.sleep(0.2)
        yield


def sweep(root: Path) -> None:
    """Remove what a killed sealing left. Only under the lock: then nobody is writing there."""
    for part in root.glob(f"{PART}*"):
        shutil.rmtree(part, ignore_errors=True)


def write_facts(folder: Path, facts: Iterable[Fact], as_of: AsOf) -> dict[str, dict[str, Any]]:
    """Write each fact's rows to Parquet, sorted by record, and say of each: columns, rows, digest.

    Raises SnapshotError naming a fact whose rows are not what it declares, OSError when the disk refuses.
    """
    sealed = {}
    for fact in facts:
        path = folder / f"{fact.name}.parquet"
        try:
            if not _write(path, fact, as_of):
                pq.write_table(pq.read_table(path).sort_by("record"), path)
            sealed[fact.name] = {
                "columns": [{"name": c.name, "type": str(c.type), "unit": c.unit} for c in fact.columns],
                **_seal(path, fact),
            }
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError) as error:
            raise SnapshotError(f"{fact.name}: {error}") from error
    return sealed


def _write(path: Path, fact: Fact, as_of: AsOf) -> bool:
    """Stream the rows into a file; whether they came in the order of their records."""
    schema = pa.schema([(column.name, TYPES[column.type]) for column in fact.columns])
    rows, ordered, last = iter(fact.rows(as_of)), True, None
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            columns = [
                pa.array(values, type.type)
                for values, type in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
            ids = [row[0] for row in batch] if last is None else [last, *(row[0] for row in batch)]
            ordered = ordered and all(a < b for a, b in pairwise(ids))
            last = ids[-1]
    return ordered


def _seal(path: Path, fact: Fact) -> dict[str, Any]:
    """The digest of what stands in the file: reading it back also proves it whole."""
    digest = FactDigest(fact.columns)
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(BATCH):
            digest.update(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    return {"rows": digest.rows, "digest": digest.hexdigest()}


def manifest_of(as_of: AsOf, sealed: Mapping[str, Any], trail: int) -> dict[str, Any]:
    """What the folder holds. Its digest covers dates and facts only, so that both databases give the same."""
    content = {
        "year": as_of.year,
        "period": [as_of.start.isoformat(), as_of.end.isoformat()],
        "as_of": as_of.end.isoformat(),
        "places_as_of": as_of.places_on.isoformat(),
        "facts": sealed,
    }
    digest = hashlib.sha256(canonical(content).encode()).hexdigest()
    return {**content, "digest": digest, "trail": trail, "version": __version__}


def faults(folder: Path) -> list[str]:
    """The files of a folder that do not hold as many rows as its manifest says; empty when it is whole."""
    try:
        facts = read_json(folder / "manifest.json")["facts"]
    except (OSError, ValueError, KeyError):
        return ["manifest.json"]
    return [name for name, said in facts.items() if _row_count(folder / f"{name}.parquet") != said["rows"]]


def _row_count(path: Path) -> int | None:
    try:
        return pq.read_metadata(path).num_rows
    except (OSError, pa.ArrowException):
        return None


def write_results(folder: Path, specs: Specs) -> Computed:
    """Run all tables over the folder's facts and store what they gave."""
    computed = run_tables(Facts(folder), specs)
    store_results(folder, computed, specs)
    return computed


def store_results(folder: Path, computed: Computed, specs: Specs) -> None:
    """Write `tables.json`, each table with the SQL that gave it, and `figures.json`."""
    tables = [{**asdict(table), "sql": specs.tables[table.id].sql} for table in computed.tables.values()]
    _write_json(folder / "tables.json", {"specs": specs.digest, "tables": tables})
    _write_json(
        folder / "figures.json", {"figures": [asdict(figure) for figure in computed.figures.values()]}
    )


def results_are_of(folder: Path, specs: Specs) -> bool:
    """Whether the stored results come from exactly these files of tables and figures."""
    whole = all((folder / name).exists() for name in RESULTS)
    return whole and read_json(folder / "tables.json")["specs"] == specs.digest


@dataclass(frozen=True)
class Sealed:
    """A snapshot's folder opened: its tables and figures, its facts, and the SQL that gave each table."""

    computed: Computed
    facts: Facts
    specs: Mapping[str, TableSpec]
    """By table: a cell leads to the records that were counted then, whatever the table's file says now."""


_open: OrderedDict[tuple, Sealed] = OrderedDict()
_opening = Lock()


def open_sealed(folder: Path) -> Sealed:
    """A folder's results and facts. The last few stay open in this process, for sealed files change only as a whole."""
    key = (folder, *map(_changed_at, (folder / name for name in ("manifest.json", *RESULTS))))
    with _opening:
        if key not in _open:
            _open[key] = _read_sealed(folder)
        _open.move_to_end(key)
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)[1].facts.close()
        return _open[key]


def _changed_at(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.exists() else None


def _read_sealed(folder: Path) -> Sealed:
    tables, specs = {}, {}
    for said in read_json(folder / "tables.json")["tables"]:
        table = tables[said["id"]] = _table(said)
        specs[table.id] = TableSpec(table.id, table.title, table.columns, said["sql"], folder / "tables.json")
    figures = {said["id"]: _figure(said) for said in read_json(folder / "figures.json")["figures"]}
    return Sealed(Computed(tables, figures), Facts(folder, figures.values()), specs)


def _table(said: dict[str, Any]) -> TableResult:
    columns = tuple(TableColumn(**{**column, "role": Role(column["role"])}) for column in said["columns"])
    percents = [column.key for column in columns if column.role is Role.PERCENT]
    for row in (*said["rows"], said["totals"]):
        row |= {key: round_half_up(row[key], 2) for key in percents if row.get(key) is not None}
    fields = {key: value for key, value in said.items() if key != "sql"}
    return replace(
        TableResult(**fields),
        columns=columns,
        rows=tuple(said["rows"]),
        basis=Basis(said["basis"]),
        sensitivity=Sensitivity(said["sensitivity"]),
    )


def _figure(said: dict[str, Any]) -> FigureValue:
    value = said["value"]
    if said["unit"] == "%" and isinstance(value, Decimal):
        value = round_half_up(value, 2)
    return FigureValue(**{**said, "value": value, "basis": Basis(said["basis"])})


def read_json(path: Path) -> Any:
    """A JSON file, its decimals exact."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    _write_json(folder / "manifest.json", manifest)


def _write_json(path: Path, content: Any) -> None:
    """Write beside, then swap: a reader sees the old file or the new one, never half of one."""
    beside = path.with_suffix(".json.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1, default=_json)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")
