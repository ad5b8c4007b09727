"""Rules over a year's tables, facts and reported figures; what they find is a `Finding` with a sentence.

On screens findings are "catatan ketidaksesuaian data", never "temuan", which is an auditor's word.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. Only an error makes `sasando findings` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Sentence:
    """The same sentence in the office's two languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.id


@dataclass(frozen=True)
class Finding:
    """One inconsistency: where it stands, what was printed, what was computed, and a sentence saying so."""

    check: str
    severity: Severity
    table: str
    row: str
    column: str
    printed: str | None
    computed: Decimal | int | str | None
    message: Sentence


@dataclass(frozen=True)
class Check:
    """A rule with an id. `run(year)` yields findings; the year object is statistics' `YearView`."""

    id: str
    title: Sentence
    run: Callable[[object], Iterable[Finding]]
