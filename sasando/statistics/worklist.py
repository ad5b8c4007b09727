"""What waits for a reader: tables their units owe, and tables they may verify."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.base.worklist import Waiting
from sasando.statistics.presenters.words import language, unit_name
from sasando.statistics.reporting import book, collection
from sasando.statistics.reporting.collection import Duty

AHEAD = timedelta(days=60)
"""A table is named on the home page from this long before its day."""


def waiting(reader: Reader) -> list[Waiting]:
    """One entry a table, the most pressing first."""
    today = timezone.localdate()
    found = _owed(reader, today)
    found += [
        Waiting(_("Verify: %(table)s") % {"table": _title(duty)}, _url("verify", duty), duty.task.due_on)
        for duty in collection.awaiting(reader, today)
    ]
    return sorted(found, key=lambda each: each.due)


def _owed(reader: Reader, today: date) -> list[Waiting]:
    owed = [duty for duty in collection.owed_by(reader, today) if duty.task.due_on <= today + AHEAD]
    if reader.scope(Permission.HAND_IN_TABLES).all_units:
        return _by_year(owed)  # who answers for the whole office gets one line, not every unit's list
    return [
        Waiting(_("Hand in: %(table)s") % {"table": _title(duty)}, _url("hand_in", duty), duty.task.due_on)
        for duty in owed
    ]


def _by_year(owed: list[Duty]) -> list[Waiting]:
    years: dict[int, list[Duty]] = {}
    for duty in owed:
        years.setdefault(duty.task.year, []).append(duty)
    return [
        Waiting(
            ngettext(
                "%(count)s table or section of %(year)s is not in",
                "%(count)s tables and sections of %(year)s are not in",
                len(duties),
            )
            % {"count": len(duties), "year": year},
            reverse("statistics:board", args=[year]),
            min(duty.task.due_on for duty in duties),
        )
        for year, duties in years.items()
    ]


def _title(duty: Duty) -> str:
    spec = book.book_specs()[0].tables.get(duty.task.table_id)
    name = spec.title[language()] if spec else unit_name(duty.task.unit)
    return f"{name}, {duty.task.year}"


def _url(step: str, duty: Duty) -> str:
    return reverse(f"statistics:{step}", args=[duty.task.year, duty.task.table_id])
