"""Reads what a year's tables and figures are: `.sql` files with a YAML header, and `figures.yaml`. No Django.

The package brings its own folder; an office's folder may add files and, by the same id, replace them.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import sqlglot
import yaml
from sqlglot import exp

from sasando.lib.errors import ReasonedError
from sasando.statistics.results import MEASURES, Role, Sensitivity, TableColumn

PACKAGE_TABLES = Path(__file__).parent / "tables"
DIALECT = "duckdb"
HEADER = re.compile(r"\s*/\*(?P<yaml>.*?)\*/\s*", re.DOTALL)


class TableError(ReasonedError):
    """A table or figure that cannot be read or run; the sentence names its file and line."""

    def __init__(self, path: Path, line: int, problem: object):
        self.path, self.line = path, line
        super().__init__("%(file)s, line %(line)s: %(problem)s", file=path, line=line, problem=problem)


@dataclass(frozen=True)
class TableSpec:
    """One statistical table: its header, and its SQL over the facts.

    `totals` says for each column how its total is made (`sum`, `top`: the sum of the rows without `parent`, `mean`,
    `none`, or SQL over `result`, the table's rows);
    `percents` gives (of, by) for the columns computed as a share of two others, in rows and totals alike.
    """

    id: str
    title: Mapping[str, str]
    columns: tuple[TableColumn, ...]
    sql: str
    path: Path
    first_line: int = 1
    """Line of the file on which the SQL begins."""
    fact: str | None = None
    source: str = ""
    definition: Mapping[str, str] = field(default_factory=dict)
    sensitivity: Sensitivity = Sensitivity.OPEN
    totals: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    percents: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def tree(self) -> exp.Query:
        """The SQL, parsed."""
        return sqlglot.parse_one(self.sql, dialect=DIALECT)

    @cached_property
    def uses_figures(self) -> bool:
        """Whether it joins the relation `figures`, and so can only run after them."""
        return any(table.name == "figures" for table in self.tree.find_all(exp.Table))

    def column(self, key: str) -> TableColumn:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class FigureSpec:
    """A named number: a cell or total of a table, or one value of its own SQL, or (neither) typed in planning."""

    id: str
    title: Mapping[str, str]
    path: Path
    unit: str = ""
    definition: Mapping[str, str] = field(default_factory=dict)
    table: str | None = None
    column: str | None = None
    row: Mapping[str, Any] | None = None
    sql: str | None = None
    first_line: int = 1


@dataclass(frozen=True)
class Specs:
    """All tables and figures by id, and the digest of the files they come from."""

    tables: Mapping[str, TableSpec]
    figures: Mapping[str, FigureSpec]
    digest: str


def load_specs(folders: Iterable[Path] = ()) -> Specs:
    """The package's tables and figures, then those of the folders (an absent folder adds nothing).

    Raises TableError naming file and line for the first file that is broken.
    """
    tables, figures, digest = {}, {}, hashlib.sha256()
    for folder in (PACKAGE_TABLES, *folders):
        for path in sorted(folder.glob("*.sql")):
            spec = _kept(read_table, path, path.stat().st_mtime_ns)
            tables[spec.id] = spec
            digest.update(path.read_bytes())
        for path in sorted(folder.glob("*.yaml")):
            figures |= {spec.id: spec for spec in _kept(_read_figures, path, path.stat().st_mtime_ns)}
            digest.update(path.read_bytes())
    for figure in figures.values():
        if figure.table and figure.column not in _keys_of(tables.get(figure.table)):
            raise TableError(figure.path, 1, f"{figure.id}: no column {figure.table}.{figure.column}")
    return Specs(dict(sorted(tables.items())), figures, digest.hexdigest())


@lru_cache(maxsize=256)
def _kept(read: Callable[[Path], Any], path: Path, _changed: int) -> Any:
    """A file is parsed again only when it changed: pages load the tables' headers at every click."""
    return read(path)


def _keys_of(spec: TableSpec | None) -> list[str]:
    return [column.key for column in spec.columns] if spec else []


def read_table(path: Path) -> TableSpec:
    """One `.sql` file. Raises TableError."""
    text = _text(path)
    header = HEADER.match(text)
    if not header:
        raise TableError(path, 1, "the file must begin with a comment /* ... */ that holds its header")
    said = _yaml(path, header["yaml"], text.count("\n", 0, header.start("yaml")))
    only_query(text, path)
    try:
        return _table(path, text[header.end() :], text.count("\n", 0, header.end()) + 1, said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TableError(path, 1, f"the header is wrong at {error}") from error


TOTALS = ("sum", "top", "mean", "none")


def _table(path: Path, sql: str, first_line: int, said: Mapping[str, Any]) -> TableSpec:
    known = {"id", "title", "columns", "fact", "source", "definition", "sensitivity"}
    if unknown := set(said) - known:
        raise ValueError(", ".join(map(str, unknown)))
    columns = tuple(map(_column, said["columns"]))
    totals = {
        column.key: entry.get("totals", "sum" if column.role in MEASURES else "none")
        for column, entry in zip(columns, said["columns"], strict=True)
    }
    if wrong := [total for total in totals.values() if total not in TOTALS and "sql" not in total]:
        raise ValueError(f"totals: {wrong[0]}")
    for total in totals.values():
        if isinstance(total, Mapping):
            only_query(total["sql"], path)
    percents = {
        entry["key"]: (entry["percent"]["of"], entry["percent"]["by"])
        for entry in said["columns"]
        if "percent" in entry
    }
    return TableSpec(
        id=said["id"],
        title=_both(said["title"]),
        columns=columns,
        sql=sql,
        path=path,
        first_line=first_line,
        fact=said.get("fact"),
        source=_both(said["source"])["id"],
        definition=_both(said["definition"]),
        sensitivity=Sensitivity(said.get("sensitivity", Sensitivity.OPEN)),
        totals=totals,
        percents=percents,
    )


def _column(entry: Mapping[str, Any]) -> TableColumn:
    if not isinstance(entry["key"], str):
        raise ValueError(f"{entry['key']!r}: put this key into quotes")
    records = entry.get("records")
    return TableColumn(
        key=entry["key"],
        title=_both(entry["title"]),
        role=Role(entry["role"]),
        unit=entry.get("unit", ""),
        records=None if records is None else str(records),
    )


def _read_figures(path: Path) -> list[FigureSpec]:
    figures = []
    for entry in _yaml(path, _text(path), 0) or ():
        try:
            figure = FigureSpec(path=path, **{**entry, "title": _both(entry["title"])})
        except (KeyError, TypeError, ValueError) as error:
            raise TableError(path, 1, f"the figure {entry} is wrong at {error}") from error
        if figure.sql:
            only_query(figure.sql, path)
        figures.append(figure)
    return figures


def _both(text: Mapping[str, str]) -> Mapping[str, str]:
    if set(text) != {"id", "en"}:
        raise ValueError(f"{text}: give the text in both languages, id and en")
    return {"id": str(text["id"]), "en": str(text["en"])}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TableError(path, 1, "the file is not UTF-8 text") from error


def _yaml(path: Path, text: str, lines_before: int) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = lines_before + 1 + (mark.line if mark else 0)
        raise TableError(path, line, getattr(error, "problem", error)) from error


def only_query(sql: str, path: Path) -> None:
    """Let nothing pass but one query: a table's file reads facts and does nothing else. Raises TableError."""
    try:
        statements = sqlglot.parse(sql, dialect=DIALECT)
    except sqlglot.errors.SqlglotError as error:
        found = getattr(error, "errors", None) or [{"line": 1, "description": str(error)}]
        raise TableError(path, found[0]["line"], found[0]["description"]) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise TableError(path, 1, "a table is exactly one SELECT")
