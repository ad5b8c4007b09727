"""Who owes which table of the year's book: assigning, handing in, verifying, sending back, and the unit's own text.

A task is a table (`t03_pkh`) or a section of the book (`section:DAYA`, the text of that unit). Its state is its latest
status row. Reading takes the reader first; every write leaves an entry in the trail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.permissions import Permission
from sasando.base.reader import Actor, Reader
from sasando.office.models import Unit
from sasando.statistics.errors import NotHandedInError, SamePersonError, TaskAssignedError, UnknownBasisError
from sasando.statistics.models import CollectionTask, ReportedFigure, ReportedTable, TaskState, TaskStatus
from sasando.statistics.results import Basis
from sasando.trail.actions import recorded

SECTION = "section:"
"""Prefix of a task that is a unit's text, not a table; the unit's code follows."""


@dataclass(frozen=True)
class Duty:
    """A task with where it stands on a day, and the texts last handed in."""

    task: CollectionTask
    state: str
    latest: TaskStatus | None
    handed_in: TaskStatus | None
    """The status that last handed it in: its text, who and when; stays known after it was sent back."""
    on: date

    @property
    def is_section(self) -> bool:
        return self.task.table_id.startswith(SECTION)

    @property
    def came_on(self) -> date | None:
        """The day it came in, if it is in."""
        if self.state == TaskState.MISSING or self.handed_in is None:
            return None
        return timezone.localdate(self.handed_in.set_at)

    @property
    def is_late(self) -> bool:
        """It is overdue, or came in after its day."""
        return (self.came_on or self.on) > self.task.due_on

    @property
    def days_late(self) -> int:
        """By how many days."""
        return max(((self.came_on or self.on) - self.task.due_on).days, 0)

    @property
    def sent_back(self) -> TaskStatus | None:
        """The status that sent it back, with the reason as its explanation, while it is still to be answered."""
        return self.latest if self.latest and self.latest.state == TaskState.MISSING else None


# reads


def duties(reader: Reader, year: int) -> list[Duty]:
    """The whole board of a year for those who may see statistics; in order of unit, then due date."""
    if not reader.may(Permission.SEE_STATISTICS):
        return []
    return _duties(CollectionTask.objects.filter(year=year))


def duty_to_hand_in(reader: Reader, year: int, table_id: str) -> Duty | None:
    """The task, where the reader may hand it in: it is owed by a unit of theirs."""
    return _one(year, table_id, reader.scope(Permission.HAND_IN_TABLES))


def duty_to_verify(reader: Reader, year: int, table_id: str) -> Duty | None:
    """The task, where the reader may verify it."""
    return _one(year, table_id, reader.scope(Permission.VERIFY_TABLES))


def owed_by(reader: Reader, on: date) -> list[Duty]:
    """What the reader's units still have to hand in."""
    return [d for d in _within(reader.scope(Permission.HAND_IN_TABLES), on) if d.state == TaskState.MISSING]


def awaiting(reader: Reader, on: date) -> list[Duty]:
    """What is in and waits for the reader to verify it; not what they handed in themselves."""
    return [
        duty
        for duty in _within(reader.scope(Permission.VERIFY_TABLES), on)
        if duty.state == TaskState.HANDED_IN and duty.latest.set_by_id != reader.actor_id
    ]


def texts(year: int) -> dict[str, TaskStatus]:
    """The texts of the year last handed in, by table or section: what an edition prints and seals."""
    return {
        duty.task.table_id: duty.handed_in
        for duty in _duties(CollectionTask.objects.filter(year=year))
        if duty.handed_in is not None and duty.state != TaskState.MISSING
    }


def bases(year: int) -> dict[str, str]:
    """What each table of the year rests on, by table id."""
    return dict(CollectionTask.objects.filter(year=year).values_list("table_id", "basis"))


def years() -> list[int]:
    """The years with a board, newest first."""
    return list(CollectionTask.objects.order_by("-year").values_list("year", flat=True).distinct())


def reported_stamp(year: int) -> tuple:
    """Changes whenever something is reported of the year."""
    tables = ReportedTable.objects.filter(year=year).aggregate(last=Max("id"))
    figures = ReportedFigure.objects.filter(year=year).aggregate(last=Max("recorded_at"), many=Count("id"))
    return tables["last"], figures["last"], figures["many"]


def units() -> list[Unit]:
    """The units that may owe a table, in the office's order."""
    return list(Unit.objects.order_by("order"))


def _one(year: int, table_id: str, scope) -> Duty | None:
    if not scope:
        return None
    rows = CollectionTask.objects.filter(_units(scope), year=year, table_id=table_id)
    return next(iter(_duties(rows)), None)


def _within(scope, on: date) -> list[Duty]:
    return _duties(CollectionTask.objects.filter(_units(scope)), on) if scope else []


def _units(scope) -> Q:
    """A role held at a place owes no unit's tables; one held in a unit owes that unit's and its parts'."""
    return scope.at_unit("unit")


def _duties(rows: QuerySet[CollectionTask], on: date | None = None) -> list[Duty]:
    on = on or timezone.localdate()
    rows = (
        rows.select_related("unit").prefetch_related("statuses").order_by("unit__order", "due_on", "table_id")
    )
    return [_duty(task, on) for task in rows]


def _duty(task: CollectionTask, on: date) -> Duty:
    statuses = list(task.statuses.all())
    latest = statuses[-1] if statuses else None
    handed_in = next((s for s in reversed(statuses) if s.state == TaskState.HANDED_IN), None)
    return Duty(task, latest.state if latest else TaskState.MISSING, latest, handed_in, on)


# writes


def assign_table(
    year: int, table_id: str, *, unit: Unit, due_on: date, by: Actor, basis: str = Basis.RECORDS
) -> CollectionTask:
    """Give a table or section to the unit that owes it, or move it to another unit or day.

    Raises TaskAssignedError when another unit has already handed it in, UnknownBasisError.
    """
    _check_basis(basis)
    with recorded("statistics.assign_table", by=by, year=year, table=table_id) as note:
        task = CollectionTask.objects.select_related("unit").filter(year=year, table_id=table_id).first()
        if task and task.unit_id != unit.pk and _duty(task, due_on).state != TaskState.MISSING:
            raise TaskAssignedError(task.unit.name)
        before = task and {"unit": task.unit.code, "due_on": task.due_on, "basis": task.basis}
        task = task or CollectionTask(year=year, table_id=table_id)
        task.unit, task.due_on, task.basis = unit, due_on, basis
        task.save()
        note.about(task)
        note.says(before=before, unit=unit.code, due_on=due_on, basis=basis)
    return task


def carry_over(year: int, *, by: Actor) -> int:
    """Assign what the year before had and this year lacks, to the same units, a year later. Returns how many."""
    with recorded("statistics.carry_over_board", by=by, year=year) as note:
        there = set(CollectionTask.objects.filter(year=year).values_list("table_id", flat=True))
        fresh = [
            CollectionTask(
                year=year,
                table_id=task.table_id,
                unit_id=task.unit_id,
                due_on=_year_later(task.due_on),
                basis=task.basis,
            )
            for task in CollectionTask.objects.filter(year=year - 1)
            if task.table_id not in there
        ]
        CollectionTask.objects.bulk_create(fresh)
        note.says(tables=[task.table_id for task in fresh])
    return len(fresh)


def hand_in_table(
    task: CollectionTask,
    *,
    by: Actor,
    explanation: str = "",
    obstacles: str = "",
    efforts: str = "",
    at: datetime | None = None,
) -> TaskStatus:
    """A unit hands its table in, with its own text of the year. Again: replaces the text and waits for verifying anew.

    `at` is given where it was handed in on paper earlier.
    """
    return _step(
        task,
        TaskState.HANDED_IN,
        "statistics.hand_in_table",
        by=by,
        at=at,
        explanation=explanation,
        obstacles=obstacles,
        efforts=efforts,
    )


def verify_table(task: CollectionTask, *, by: Actor, at: datetime | None = None) -> TaskStatus:
    """The head of division stands for what was handed in. Raises NotHandedInError, SamePersonError."""
    latest = task.statuses.order_by("set_at", "id").last()
    if latest is None or latest.state != TaskState.HANDED_IN:
        raise NotHandedInError
    if latest.set_by_id == by.actor_id and latest.set_by_name == by.actor_name:
        raise SamePersonError(by.actor_name)
    return _step(task, TaskState.VERIFIED, "statistics.verify_table", by=by, at=at)


def send_back_table(task: CollectionTask, *, reason: str, by: Actor) -> TaskStatus:
    """Send a table back to its unit with the reason; the unit's text is kept. Raises NotHandedInError."""
    latest = task.statuses.order_by("set_at", "id").last()
    if latest is None or latest.state == TaskState.MISSING:
        raise NotHandedInError
    return _step(task, TaskState.MISSING, "statistics.send_back_table", by=by, explanation=reason)


def reopen_after_change(year: int, table_id: str, *, by: Actor) -> TaskStatus | None:
    """A table whose numbers were changed after somebody verified it must be handed in and verified anew."""
    task = CollectionTask.objects.filter(year=year, table_id=table_id).first()
    if task is None or _duty(task, timezone.localdate()).state != TaskState.VERIFIED:
        return None
    reason = _("Its numbers were changed after it had been verified.")
    return _step(task, TaskState.MISSING, "statistics.reopen_table", by=by, explanation=reason)


def switch_basis(task: CollectionTask, basis: str, *, by: Actor) -> CollectionTask:
    """Let a table rest on records or be reported from now on. Raises UnknownBasisError."""
    _check_basis(basis)
    with recorded(
        "statistics.switch_basis", by=by, subject=task, year=task.year, table=task.table_id
    ) as note:
        note.says(before=task.basis, basis=basis)
        task.basis = basis
        task.save(update_fields=["basis"])
    return task


def _step(
    task: CollectionTask, state: str, action: str, *, by: Actor, at: datetime | None = None, **words: str
) -> TaskStatus:
    with recorded(action, by=by, subject=task, year=task.year, table=task.table_id) as note:
        status = TaskStatus.objects.create(
            task=task,
            state=state,
            set_at=at or timezone.now(),
            set_by_id=by.actor_id,
            set_by_name=by.actor_name,
            **words,
        )
        note.says(state=str(state), **words)
    return status


def _check_basis(basis: str) -> None:
    if basis not in (Basis.RECORDS, Basis.REPORTED):
        raise UnknownBasisError(basis)


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def overdue(all_duties: Iterable[Duty]) -> int:
    """How many are late and still not in."""
    return sum(duty.is_late and duty.state == TaskState.MISSING for duty in all_duties)


def by_state(all_duties: Iterable[Duty]) -> Mapping[str, int]:
    """How many stand where."""
    counts = dict.fromkeys(TaskState.values, 0)
    for duty in all_duties:
        counts[duty.state] += 1
    return counts
