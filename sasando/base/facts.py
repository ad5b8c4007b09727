"""What a room says may be counted. `statistics` collects the facts of all rooms into a sealed snapshot.

Identity numbers and names are never in a fact; the record's id is, so that a published cell leads back to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader


class ColumnType(StrEnum):
    """The types a fact column may have: each has one canonical text, the same on every database."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """A column of a fact table, with the meaning and the unit a statistician needs."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""


@dataclass(frozen=True)
class AsOf:
    """The period counted and the two dates of a snapshot: that of the facts, and that of the list of places."""

    start: date
    end: date
    places_on: date
    places: "PlaceList"

    @property
    def year(self) -> int:
        return self.end.year


class PlaceList(Protocol):
    """The official places on the day the book goes by, and where a place of another day belongs among them."""

    def village_code(self, place_id: int | None) -> str | None:
        """The code, on that day, of the village a place id stands for; None where it has no single heir."""

    def district_code(self, place_id: int | None) -> str | None:
        """The code, on that day, of the district a village or district id lies in."""


@dataclass(frozen=True)
class RecordPage:
    """Some records behind a cell, ready to be shown: column headings, rows of texts, a link for each row."""

    headings: Sequence[str]
    rows: Sequence[tuple[str | None, Sequence[str]]]
    """(address of the record's page or None, its texts)."""


@dataclass(frozen=True)
class Fact:
    """A fact table: one row a record, as of a date.

    `rows(as_of)` yields tuples in the order of `columns`; the first column is always `record`, the id of the row
    of the room's model. Values are str, int, Decimal, date, bool or None. `open(reader, ids)` returns those of the
    records that lie in the reader's scope; `permission` is what a reader needs to open them at all.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[AsOf], Iterable[tuple]]
    permission: Permission
    open: Callable[[Reader, Sequence[int]], RecordPage]
    privacy: Privacy = Privacy.INTERNAL
    basis: str = field(default="records")

    def __post_init__(self):
        if self.columns[0].name != "record":
            raise ValueError(f"The fact {self.name} must start with the column `record`.")
