"""One text for one value, the same from every database, so that equal records have equal hashes."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter

from sasando.base.facts import Column

Cell = str | int | bool | Decimal | date | None
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def canonical_text(value: Cell) -> str:
    r"""The value's text: null is `\N`, decimals without trailing zeros, dates ISO 8601, tabs and line ends escaped."""
    match value:
        case None:
            return "\\N"
        case bool():
            return "true" if value else "false"
        case str():
            return value.translate(_ESCAPES)
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case date():
            return value.isoformat()
    return str(value)


class FactDigest:
    """SHA-256 over a fact's rows, fed in the order of their record ids. Raises ValueError on a repeated id."""

    def __init__(self, columns: Sequence[Column]):
        self._hash = hashlib.sha256(("\t".join(f"{c.name}:{c.type}" for c in columns) + "\n").encode())
        self._last: int | None = None
        self.rows = 0

    def update(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            if self._last is not None and row[0] <= self._last:
                raise ValueError(f"the record {row[0]} stands in it twice")
            self._last = row[0]
            self._hash.update(("\t".join(map(canonical_text, row)) + "\n").encode())
            self.rows += 1

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def fact_digest(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> str:
    """SHA-256 (hex) over a fact's columns and rows in canonical text, sorted by record id."""
    digest = FactDigest(columns)
    digest.update(sorted(rows, key=itemgetter(0)))
    return digest.hexdigest()
