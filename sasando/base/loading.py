"""Taking the rows of a file: each cell read or refused, each row's fate told, all of it stored or nothing.

An action that loads a file works like this:

    load = Loading(rows, options)
    with load.attempt(), recorded("office.load_units", by=by) as note:
        for row, entry in load.read(_read_unit):
            outcome = load.outcome(row, entry["code"])
            ...                                     # write, and say in `outcome` what changed
        note.says(**load.settle(apply))
    return load.report

A preview runs the very same writes and takes them back, so that it cannot promise anything else than applying does.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.base.importing import ImportReport, RefusedRow
from sasando.lib.dates import MONTHS
from sasando.lib.money import MOST_IDR, rupiah
from sasando.lib.numbers import NotKnown, Number, Ordinal, parse_printed_number

T = TypeVar("T")

YES = {"yes", "y", "ya", "true", "1", "benar"}
NO = {"no", "n", "tidak", "false", "0", "belum", "salah"}
_BLANK = {"", "-", "–", "—"}


LOADING = 0x5A5A_0001
"""The number of the lock that a file being taken holds."""


class RowRefused(ValueError):
    """A row that cannot be taken; the message says why, in the reader's language."""


class FileNotTakenError(ValueError):
    """A file that must be taken whole, and was not: the first refused rows are named, nothing was kept."""

    def __init__(self, name: str, refused: Sequence[RefusedRow]):
        lines = "; ".join(f"{row.line}: {row.reason}" for row in refused[:5])
        super().__init__(f"{name} was not taken and nothing of it was kept. Lines {lines}")


class _TakenBack(Exception):
    """Ends an attempt whose writes are not to stay."""


class Row:
    """The cells of one row, a text for each column of the importer. Each method reads one column and raises RowRefused
    when it holds something else than it should.
    """

    def __init__(self, cells: Mapping[str, str], line: int, names: Mapping[str, str] | None = None):
        self.cells, self.line, self.names = cells, line, names or {}

    def called(self, column: str) -> str:
        """What the reader calls a column: the name the caller gave for it, else the importer's own."""
        return self.names.get(column, column)

    def text(self, column: str, most: int = 0) -> str:
        """The text, stripped; a lone dash is blank."""
        text = " ".join(str(self.cells[column] or "").split())
        if text in _BLANK:
            return ""
        if most and len(text) > most:
            raise RowRefused(
                _("%(column)s is longer than %(most)s characters.")
                % {"column": self.called(column), "most": most}
            )
        return text

    def needed(self, column: str, most: int = 0) -> str:
        """The text, which must not be blank."""
        text = self.text(column, most)
        if not text:
            raise RowRefused(_("%(column)s is blank.") % {"column": self.called(column)})
        return text

    def long_text(self, column: str) -> str:
        """A text of several lines, kept as it is written."""
        return str(self.cells[column] or "").strip()

    def choice(self, column: str, words: Mapping[str, T], default: T | None = None) -> T | None:
        """What one of the known words stands for, compared without case; `default` for a blank cell."""
        text = self.text(column).casefold()
        if not text:
            return default
        if text not in words:
            raise RowRefused(
                _("%(column)s is “%(text)s”; it may be: %(words)s.")
                % {"column": self.called(column), "text": self.text(column), "words": ", ".join(words)}
            )
        return words[text]

    def yes(self, column: str, default: bool) -> bool:
        """Yes or no."""
        return self.choice(column, dict.fromkeys(YES, True) | dict.fromkeys(NO, False), default)

    def day(self, column: str) -> date | None:
        """A date: `2020-12-31`, `31-12-2020`, `31/12/2020` or `31 Desember 2020`."""
        text = self.text(column)
        if not text:
            return None
        day = _parse_day(text)
        if day is None:
            raise RowRefused(
                _("%(column)s is “%(text)s”, which is no date; write it as 2020-12-31.")
                % {"column": self.called(column), "text": text}
            )
        return day

    def number(self, column: str) -> Number | Ordinal | None:
        """A number in any spelling, or a word; None where the cell says nothing."""
        found = parse_printed_number(self.cells[column] or "")
        if isinstance(found, NotKnown):
            return None
        if isinstance(found, Number | Ordinal):
            return found
        raise RowRefused(
            _("%(column)s is “%(text)s”: %(reason)s")
            % {"column": self.called(column), "text": found.printed, "reason": _(found.reason)}
        )

    def decimal(self, column: str, places: int = 4) -> Decimal | None:
        """A number with at most so many decimals; None where the cell says nothing."""
        found = self.number(column)
        if found is None:
            return None
        if isinstance(found, Ordinal):
            raise RowRefused(
                _("%(column)s is “%(text)s”, which is no number.")
                % {"column": self.called(column), "text": found.printed}
            )
        if found.value != round(found.value, places):
            raise RowRefused(
                _("%(column)s has more than %(places)s decimals.")
                % {"column": self.called(column), "places": places}
            )
        return found.value

    def whole(self, column: str) -> int | None:
        """A whole number, not negative; None where the cell says nothing."""
        value = self.decimal(column, 0)
        if value is not None and value < 0:
            raise RowRefused(_("%(column)s is negative.") % {"column": self.called(column)})
        return None if value is None else int(value)

    def year(self, column: str) -> int | None:
        """A year of four digits."""
        text = self.text(column)
        if text and not re.fullmatch("(19|20)[0-9]{2}", text):
            raise RowRefused(
                _("%(column)s is “%(text)s”, which is no year.")
                % {"column": self.called(column), "text": text}
            )
        return int(text) if text else None

    def rupiah(self, column: str) -> int | None:
        """Money in whole rupiah, not negative; `1.234` is 1234 here. None where the cell says nothing."""
        cell = self.text(column)
        found = parse_printed_number(f"Rp {cell}" if cell[:1].isdigit() else cell)
        if isinstance(found, NotKnown):
            return None
        if not isinstance(found, Number) or found.value > MOST_IDR:
            raise RowRefused(
                _("%(column)s is “%(text)s”, which is no amount of money.")
                % {"column": self.called(column), "text": cell}
            )
        if found.value < 0 or found.value != int(found.value):
            raise RowRefused(
                _("%(column)s is “%(text)s”; money is whole rupiah and not negative.")
                % {"column": self.called(column), "text": cell}
            )
        return int(found.value)


def _parse_day(text: str) -> date | None:
    names = {
        month.casefold(): number
        for language in MONTHS.values()
        for number, month in enumerate(language, start=1)
    }
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00:00)?", text)
    if iso:
        parts = iso.groups()
    elif found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]+)[-/. ](\d{4})", text):
        parts = (found[3], str(names.get(found[2].casefold(), found[2])), found[1])
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Outcome:
    """A row's fate while it is worked on: the action says whether it is new, and what it changes."""

    line: int
    what: str
    is_new: bool = False
    changes: list[str] = field(default_factory=list)
    refused: bool = False

    @property
    def fate(self) -> Fate:
        if self.refused:
            return Fate.REFUSED
        return Fate.NEW if self.is_new else Fate.CHANGED if self.changes else Fate.UNCHANGED

    def as_dict(self) -> dict[str, Any]:
        return {"line": self.line, "what": self.what, "fate": str(self.fate), "changes": self.changes}


class Loading:
    """One file being taken. The option `names` says what the reader calls the columns.

    `report.extra` holds `stored`, `fates` (one for each row) and `notes` (what looks odd and is taken all the same).
    """

    def __init__(self, rows: Sequence[Mapping[str, str]], options: Mapping[str, Any] | None = None):
        self.options = options or {}
        self.names: Mapping[str, str] = self.options.get("names", {})
        self.rows = [
            Row(cells, int(cells.get("line") or at), self.names) for at, cells in enumerate(rows, start=2)
        ]
        self.outcomes: list[Outcome] = []
        self.notes: list[dict[str, Any]] = []
        self.report = ImportReport(rows=len(self.rows))

    def read(self, reader: Callable[[Row], T], what: str = "") -> Iterator[tuple[Row, T]]:
        """Each row with what `reader` makes of it; rows for which it raises RowRefused are accounted for and left out.

        `what` names the column that says which thing a refused row is about.
        """
        for row in self.rows:
            try:
                entry = reader(row)
            except RowRefused as refusal:
                self.refuse(row, row.cells.get(what, ""), str(refusal))
            else:
                yield row, entry

    def outcome(self, row: Row, what: str) -> Outcome:
        """The fate of a row, to be filled in."""
        outcome = Outcome(row.line, what)
        self.outcomes.append(outcome)
        return outcome

    def refuse(self, row: Row, what: str, reason: str) -> None:
        """Account for a row that cannot be taken."""
        self.outcomes.append(Outcome(row.line, str(what), changes=[reason], refused=True))

    def read_once(
        self, reader: Callable[[Row], dict[str, Any]], key: str, what: str = ""
    ) -> list[tuple[Row, dict]]:
        """As `read`, for entries of which a file may hold each `key` once; the later ones of equal key are refused."""
        first: dict[object, int] = {}
        kept = []
        for row, entry in self.read(reader, what or key):
            if first.setdefault(entry[key], row.line) == row.line:
                kept.append((row, entry))
            else:
                line = first[entry[key]]
                self.refuse(row, entry[key], _("The file has it before, in row %(line)s.") % {"line": line})
        return kept

    def note(self, line: int | None, text: str) -> None:
        """Say what looks odd in the file and is taken all the same."""
        self.notes.append({"line": line, "text": text})

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """The place for the writes; encloses `recorded(...)`. Files are taken one after another, so that none is
        compared with what another is about to store.
        """
        with suppress(_TakenBack), transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite has one writer at a time
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
            yield

    def settle(self, apply: bool) -> dict[str, Any]:
        """Close the report. Returns what the trail says of it, or takes the writes back: in a preview, when a row was
        refused, and when nothing changes (then there is nothing to record).
        """
        self.outcomes.sort(key=lambda outcome: outcome.line)
        counts = {fate: sum(outcome.fate == fate for outcome in self.outcomes) for fate in Fate}
        report = self.report
        report.new, report.changed = counts[Fate.NEW], counts[Fate.CHANGED]
        report.unchanged = counts[Fate.UNCHANGED]
        report.refused = [RefusedRow(o.line, o.changes[0]) for o in self.outcomes if o.refused]
        stored = apply and not report.refused and bool(report.new or report.changed)
        fates = [outcome.as_dict() for outcome in self.outcomes]
        report.extra |= {"stored": stored, "fates": fates, "notes": self.notes}
        if not stored:
            raise _TakenBack
        digest = hashlib.sha256(
            repr([(o.line, o.what, o.changes) for o in self.outcomes]).encode()
        ).hexdigest()
        changed = [fate for fate in fates if fate["fate"] == Fate.CHANGED]
        return {"rows": report.rows, "new": report.new, "changed": changed, "digest": digest}


def load_whole(importer, rows, name: str, *, by, options: Mapping[str, Any] | None = None) -> ImportReport:
    """Take a file whose rows must all be good, for setting up an office. Raises FileNotTakenError."""
    report = importer(rows, apply=True, by=by, options=options or {})
    if report.refused:
        raise FileNotTakenError(name, report.refused)
    return report


def set_fields(record: models.Model, values: Mapping[str, object]) -> list[str]:
    """Give a record new values and say what changed: `name: old → new`. Keys are compared by id, without a query."""
    changes = []
    for name, value in values.items():
        model_field = record._meta.get_field(name)
        is_key = isinstance(model_field, models.ForeignKey)
        before = getattr(record, model_field.attname)
        after = (value.pk if value is not None else None) if is_key else value
        if before == after:
            continue
        setattr(record, name, value)
        said = "" if is_key else f"{_shown(name, before)} "
        changes.append(f"{model_field.verbose_name}: {said}→ {_shown(name, value)}")
    return changes


def _does_not_fit(model: type[models.Model], values: Mapping[str, object]) -> str:
    """Why a column cannot hold its value (a number too large, a text too long); empty where all can."""
    for name, value in values.items():
        model_field = model._meta.get_field(name)
        if model_field.is_relation:
            continue
        try:
            model_field.run_validators(value)
        except ValidationError as error:
            said = {"column": model_field.verbose_name, "text": value, "reason": " ".join(error.messages)}
            return _("%(column)s is “%(text)s”: %(reason)s") % said
    return ""


def _shown(name: str, value: object) -> str:
    if value is None or value == "":
        return "–"
    return rupiah(value, get_language() or "id") if name.endswith("_idr") else str(value)


class Batch:
    """The records of one model that a file touches: compared one by one, written with two statements."""

    def __init__(self, load: Loading, model: type[models.Model]):
        self.load, self.model = load, model
        self.created: list[models.Model] = []
        self.updated: list[models.Model] = []

    def put(self, row: Row, what: str, record: models.Model, values: Mapping[str, object]) -> Outcome:
        """Account for a row that is about one record, new or on record, and give the record the row's values."""
        outcome = self.load.outcome(row, what)
        self.set(outcome, record, values)
        outcome.is_new = record._state.adding
        return outcome

    def set(self, outcome: Outcome, record: models.Model, values: Mapping[str, object]) -> None:
        """Give a record its values within a row's outcome that is about several records."""
        if reason := _does_not_fit(self.model, values):
            outcome.refused, outcome.changes = True, [reason]
            return
        changes = set_fields(record, values)
        if record._state.adding:
            self.created.append(record)
            outcome.changes.append(f"+ {record}")
        elif changes:
            self.updated.append(record)
            outcome.changes.extend(changes)

    def write(self) -> None:
        """Store what was put; nothing while a row is refused, since then nothing of the file will stay."""
        if any(outcome.refused for outcome in self.load.outcomes):
            return
        self.model.objects.bulk_create(self.created)
        if self.updated:
            names = [field.name for field in self.model._meta.concrete_fields if not field.primary_key]
            self.model.objects.bulk_update(self.updated, names)
