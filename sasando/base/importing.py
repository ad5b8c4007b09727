"""A kind of file an office loads. Rooms declare importers; `sasando import` and the upload page find them here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sasando.base.permissions import Permission
from sasando.base.reader import Actor
from sasando.lib.sheets import SheetError, read_rows


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken, and the sentence that says why."""

    line: int
    reason: str


@dataclass
class ImportReport:
    """What became of each row of a file. The classes add up to `rows`, always."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    doubtful: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The machine-readable report."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "doubtful": self.doubtful,
            "refused": [{"line": row.line, "reason": row.reason} for row in self.refused],
            **self.extra,
        }


@dataclass(frozen=True)
class Importer:
    """A kind of file: the columns it knows with their aliases, and the action that takes its rows.

    `load(rows, apply=, by=, options=)` gets the rows as `read_file` reads them (texts by column name, missing
    columns as "", the row's number as `line`) and returns an ImportReport. Without `apply` nothing is stored.
    All or nothing: it raises or it is complete.
    """

    kind: str
    title: str
    columns: Mapping[str, Sequence[str]]
    required: Sequence[str]
    load: Callable[..., ImportReport]
    permission: Permission
    stores_at_once: bool = False
    """Nothing to preview: the file is kept as printed, whatever it says (the command line needs no --apply)."""

    def __call__(self, rows, *, apply: bool, by: Actor, options: Mapping[str, Any]) -> ImportReport:
        return self.load(rows, apply=apply, by=by, options=options)


class UnusableFileError(ValueError):
    """A file of which no row can be read: not a spreadsheet, or the columns that must be there are not."""


def read_file(importer: Importer, source: Path | bytes, name: str) -> list[dict[str, str]]:
    """The rows of a file as the importer wants them: a text for each of its columns, and `line`, the row's number.

    Columns the importer does not know are kept under their own headers. Raises UnusableFileError.
    """
    try:
        sheet = read_rows(source, name, wanted=importer.columns)
    except SheetError as error:
        raise UnusableFileError(str(error)) from error
    missing = [column for column in importer.required if column not in sheet.fields]
    if missing:
        raise UnusableFileError(
            f"{name} has no column {', '.join(missing)}. The columns of {importer.kind} are: "
            f"{', '.join(importer.columns)}. Nothing was read."
        )
    blank = dict.fromkeys(importer.columns, "")
    return [
        blank | {key: _text(cell) for key, cell in record.items()} | {"line": str(number)}
        for number, record in sheet.records()
    ]


SAFE_INTEGER = 10**15
"""Larger numbers lost digits in the spreadsheet; they are passed on as `5.31402E+15`, so that nobody takes them."""


def _text(cell: str | int | float) -> str:
    if isinstance(cell, int | float) and abs(cell) >= SAFE_INTEGER:
        return f"{cell:.5E}"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
