"""Runs tables and figures over a folder of sealed facts. Plain values in, plain values out; no Django.

DuckDB opens the Parquet files as views; then the door is shut: no other file, no network, no changed setting.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isfinite
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp

from sasando.lib.numbers import percent, round_half_up
from sasando.statistics.counting.specs import DIALECT, FigureSpec, Specs, TableError, TableSpec
from sasando.statistics.results import LABELS, Basis, FactReader, FigureValue, Role, TableResult, Value

Row = dict[str, Value]
DUST = 9
"""Decimals kept of a floating-point result: enough for any percent, too few for binary dust to decide a rounding."""


@dataclass(frozen=True)
class Computed:
    """What a year's facts gave: tables and figures by id."""

    tables: Mapping[str, TableResult]
    figures: Mapping[str, FigureValue]


class Facts(FactReader):
    """The fact tables of one folder, opened by DuckDB when first asked, and the figures already known."""

    errors: tuple[type[Exception], ...] = (duckdb.Error,)
    """What a query that cannot run raises."""

    def __init__(self, folder: Path, figures: Iterable[FigureValue] = ()):
        self.folder = Path(folder)
        self._figures = list(figures)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = Lock()

    @cached_property
    def files(self) -> dict[str, Path]:
        """The Parquet file of each fact."""
        return {path.stem: path for path in sorted(self.folder.glob("*.parquet"))}

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own on the opened facts: any number of threads may ask at the same time."""
        with self._lock:
            if self._connection is None:
                self._connection = self._open()
            return self._connection.cursor()

    def close(self) -> None:
        """Let go of the files. Cursors in use still finish, and who asks again opens them again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _open(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        paths = [path.resolve().as_posix() for path in self.files.values()]
        for setting in (
            f"allowed_paths = [{', '.join(map(_quoted, paths))}]",
            "autoload_known_extensions = false",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            connection.execute(f"SET {setting}")
        for name, path in zip(self.files, paths, strict=True):
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet({_quoted(path)})')
        connection.execute("CREATE TABLE figures (id VARCHAR, value DECIMAL(38, 6), reason VARCHAR)")
        _insert(connection, self._figures)
        return connection

    def know(self, figures: Iterable[FigureValue]) -> None:
        """Make figures known to the tables that join the relation `figures`."""
        self._figures = list(figures)
        with closing(self.cursor()) as cursor:
            cursor.execute("DELETE FROM figures")
            _insert(cursor, self._figures)

    def tuples(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[str], list[tuple]]:
        """The names of a query's columns, and its rows as the engine gives them. Raises one of `errors`."""
        with closing(self.cursor()) as cursor:
            cursor.execute(sql, list(parameters))
            return [column[0] for column in cursor.description], cursor.fetchall()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows of a query, by column name, in plain values. Raises one of `errors`."""
        names, found = self.tuples(sql, parameters)
        return [dict(zip(names, map(plain, row), strict=True)) for row in found]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _insert(connection: duckdb.DuckDBPyConnection, figures: Iterable[FigureValue]) -> None:
    if rows := [(figure.id, figure.value, figure.reason or None) for figure in figures]:
        connection.executemany("INSERT INTO figures VALUES (?, ?, ?)", rows)


def plain(value: Any) -> Value:
    """A query's value as a plain one: binary fractions cut at DUST decimals, dates as ISO 8601."""
    if isinstance(value, float):
        return Decimal(repr(round(value, DUST))) if isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return value


def run_tables(facts: Facts, specs: Specs) -> Computed:
    """All tables and figures: first the tables over facts alone, then figures, then the tables that use figures.

    Raises TableError naming the file of a table that does not run.
    """
    tables: dict[str, TableResult] = {}
    figures: dict[str, FigureValue] = {}
    typed = _typed_figures(facts)
    for uses_figures in (False, True):
        for spec in specs.tables.values():
            if spec.uses_figures is uses_figures:
                tables[spec.id] = run_table(facts, spec)
        for figure in specs.figures.values():
            if figure.id not in figures and (not figure.table or figure.table in tables):
                figures[figure.id] = _figure(facts, figure, tables, typed.get(figure.id))
        for figure_id, row in typed.items():
            figures.setdefault(figure_id, _typed(row))
        facts.know(figures.values())
    return Computed({id: tables[id] for id in specs.tables}, dict(sorted(figures.items())))


def run_table(facts: Facts, spec: TableSpec) -> TableResult:
    """One table. Raises TableError."""
    raw = _run(facts, spec.sql, spec)
    asked = [column.key for column in spec.columns if column.key not in spec.percents]
    if raw and set(raw[0]) != set(asked):
        raise TableError(spec.path, 1, f"the query gives {sorted(raw[0])}, the header names {sorted(asked)}")
    totals = {}
    for column in spec.columns:
        how = spec.totals[column.key]
        if how != "none":
            values = [row[column.key] for row in raw if adds_up(how, row)]
            total = _total(how, values, lambda sql: _over_result(facts, spec, sql))
            totals[column.key] = _rounded(column.role, total)
    rows = [{key: _rounded(spec.column(key).role, row[key]) for key in asked} for row in raw]
    for line in (*rows, totals):
        line |= {key: percent(line.get(of), line.get(by)) for key, (of, by) in spec.percents.items()}
    return TableResult(
        id=spec.id,
        title=spec.title,
        source=spec.source,
        basis=Basis.RECORDS,
        columns=spec.columns,
        rows=tuple({column.key: row[column.key] for column in spec.columns} for row in rows),
        totals=totals,
        sensitivity=spec.sensitivity,
        fact=spec.fact,
        definition=spec.definition,
    )


def _run(facts: Facts, sql: str, spec: TableSpec | FigureSpec) -> list[Row]:
    with _blaming(facts, sql, spec):
        return facts.rows(sql)


@contextmanager
def _blaming(facts: Facts, sql: str, spec: TableSpec | FigureSpec) -> Iterator[None]:
    """A query that does not run is said with its file and line, as TableError."""
    try:
        yield
    except facts.errors as error:
        message, _, place = str(error).partition("LINE ")
        line = place.partition(":")[0]
        found = spec.first_line + int(line) - 1 if sql == spec.sql and line.isdigit() else spec.first_line
        raise TableError(spec.path, found, f"{spec.id}: {message.splitlines()[0]}") from error


def adds_up(how: str | Mapping, row: Mapping[str, Value]) -> bool:
    """Whether a row counts for the total: of a tree (`top`) only the lines that are no part of another."""
    return how != "top" or row.get("parent") is None


def _total(how: str | Mapping, values: Iterable[Value], over_result: Callable[[str], Value]) -> Value:
    known = [value for value in values if value is not None]
    if not isinstance(how, str):
        return over_result(how["sql"])
    if not known:
        return None
    return _exact(Fraction(sum(map(Fraction, known))) / len(known)) if how == "mean" else sum(known)


def _exact(value: Fraction) -> Decimal:
    return round_half_up(value, DUST)


def _over_result(facts: Facts, spec: TableSpec, sql: str) -> Value:
    rows = _run(facts, f"WITH result AS ({spec.sql}\n) {sql}", spec)
    return next(iter(rows[0].values())) if rows else None


def _rounded(role: Role, value: Value) -> Value:
    if not isinstance(value, Decimal):
        return value
    if role is Role.PERCENT:
        return round_half_up(value, 2)
    return int(value) if value == value.to_integral_value() else value.normalize()


def _figure(
    facts: Facts, spec: FigureSpec, tables: Mapping[str, TableResult], typed: Row | None
) -> FigureValue:
    value: Value = None
    if spec.table:
        table = tables[spec.table]
        lines = [row for row in table.rows if spec.row.items() <= row.items()] if spec.row else [table.totals]
        value = lines[0].get(spec.column) if lines else None
    elif spec.sql:
        rows = _run(facts, spec.sql, spec)
        value = _rounded(Role.NUMBER, next(iter(rows[0].values()))) if rows else None
    if typed and value is None:
        return _typed(typed, spec)
    return FigureValue(spec.id, spec.title, value, spec.unit, Basis.RECORDS, spec.definition)


def _typed(row: Row, spec: FigureSpec | None = None) -> FigureValue:
    return FigureValue(
        id=row["figure_id"],
        title=spec.title if spec else {"id": row["figure_id"], "en": row["figure_id"]},
        value=_rounded(Role.NUMBER, row["value"]),
        unit=spec.unit if spec else row["unit"] or "",
        basis=Basis.MANUAL,
        definition=spec.definition if spec else {},
        reason=row["reason"] or "",
    )


def _typed_figures(facts: Facts) -> dict[str, Row]:
    if "typed_figures" not in facts.files:
        return {}
    return {row["figure_id"]: row for row in facts.rows("SELECT * FROM typed_figures ORDER BY record")}


def drill(
    facts: Facts, spec: TableSpec, labels: Mapping[str, Value] | None, column: str
) -> list[tuple[int, str | None]]:
    """The records behind one cell, sorted, each with its village's code (None where the fact has none).

    `labels` is the cell's row (only its label and ordinal columns count); None is the total. Raises LookupError
    for a column that counts no records, TableError for a table without `counted`.
    """
    condition = spec.column(column).records
    if condition is None:
        raise LookupError(f"{spec.id}.{column} counts no records.")
    ctes = _up_to_counted(spec)
    names = ctes[-1].this.named_selects
    keys = [c.key for c in spec.columns if c.role in LABELS and c.key in names and labels]
    village = "village_code" if "village_code" in names else "NULL AS village_code"
    query = exp.select("record", village, dialect=DIALECT).from_("counted").order_by("record")
    query = query.where(
        f"({condition})", *(f'"{key}" IS NOT DISTINCT FROM ?' for key in keys), dialect=DIALECT
    )
    query.set("with_", exp.With(expressions=ctes))
    sql = query.sql(dialect=DIALECT, comments=False)
    with _blaming(facts, sql, spec):
        return facts.tuples(sql, [labels[key] for key in keys])[1]


def _up_to_counted(spec: TableSpec) -> list[exp.CTE]:
    """The table's CTEs up to `counted`, which has one row a counted record."""
    ctes = list(spec.tree.ctes)
    last = next((number for number, cte in enumerate(ctes, 1) if cte.alias == "counted"), None)
    if last is None:
        raise TableError(spec.path, 1, f"{spec.id} has no CTE `counted`, so its cells lead to no record")
    return [cte.copy() for cte in ctes[:last]]


def to_spark(sql: str) -> str:
    """The same query in Spark's dialect."""
    return sqlglot.transpile(sql, read=DIALECT, write="spark", comments=False)[0]
