"""What a computed year looks like: tables, figures and reported tables, as plain values for checks, pages and books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | None


class Basis(StrEnum):
    """Where a number comes from; shown wherever the number is shown."""

    RECORDS = "records"
    REPORTED = "reported"
    MANUAL = "manual"


class Role(StrEnum):
    """What a column of a statistical table is."""

    LABEL = "label"
    ORDINAL = "ordinal"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBER = "number"


LABELS = (Role.LABEL, Role.ORDINAL)
"""Roles of the columns that say which row it is."""

MEASURES = (Role.COUNT, Role.AMOUNT)
"""Roles of the columns whose rows may be added up."""


class Sensitivity(StrEnum):
    """How a table may leave the office."""

    OPEN = "open"
    SENSITIVE = "sensitive"
    """Small cells are people: the public edition gives the regency's total only."""


@dataclass(frozen=True)
class TableColumn:
    """A column: its key (that of the contract), titles in both languages, role and unit."""

    key: str
    title: Mapping[str, str]
    role: Role
    unit: str = ""
    records: str | None = None
    """Condition on the table's `counted` rows that this column counts; None where it cannot be drilled into."""


@dataclass(frozen=True)
class TableResult:
    """A statistical table of a year, computed or reported."""

    id: str
    title: Mapping[str, str]
    source: str
    basis: Basis
    columns: tuple[TableColumn, ...]
    rows: tuple[Mapping[str, Value], ...]
    totals: Mapping[str, Value]
    sensitivity: Sensitivity = Sensitivity.OPEN
    fact: str | None = None
    """Name of the fact whose records the cells count."""
    definition: Mapping[str, str] = field(default_factory=dict)

    def column(self, key: str) -> TableColumn:
        return next(column for column in self.columns if column.key == key)

    @property
    def heading(self) -> TableColumn | None:
        """The label column that names a row: the one with most different texts, of equals the one with longer texts."""

        def telling(column: TableColumn) -> tuple[int, int]:
            texts = {str(row[column.key]) for row in self.rows if row[column.key] is not None}
            return len(texts), sum(map(len, texts))

        return max((each for each in self.columns if each.role == Role.LABEL), key=telling, default=None)


@dataclass(frozen=True)
class FigureValue:
    """A named number of a year: `pkh.families`."""

    id: str
    title: Mapping[str, str]
    value: int | Decimal | None
    unit: str
    basis: Basis
    definition: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    """Of a manual or reported figure: where it was taken from."""


@dataclass(frozen=True)
class ReportedCellView:
    """A printed cell: as printed, and what it was read as (`state` of statistics.models.CellState)."""

    printed: str
    state: str
    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class ReportedTableView:
    """A reported table as printed: rows of cells by column key, in printed order (totals included as rows)."""

    table_id: str
    kind: str
    document: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, ReportedCellView]]
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TextFigure:
    """A number printed in running text."""

    key: str
    printed: str
    unit: str
    where: str


@dataclass(frozen=True)
class YearView:
    """Everything the checks of one year look at. `facts` gives read-only SQL over the snapshot's fact tables."""

    year: int
    as_of: date
    places_as_of: date
    tables: Mapping[str, TableResult]
    figures: Mapping[str, FigureValue]
    reported: Mapping[str, ReportedTableView]
    text_figures: Mapping[str, TextFigure]
    facts: "FactReader | None" = None


class FactReader:
    """Read-only SQL over the fact tables of one snapshot."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Value]]:
        """The rows of a query, as dicts by column name."""
        raise TypeError("FactReader is an interface; the engine's connection implements it.")
