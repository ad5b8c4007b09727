"""The life of a case, from its report to its end; and reading it, which is recorded before anything is shown.

The trail's entries name the action and the case, never the person, the kind or a word of the notes.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from sasando.base.bulk import reserve_ids
from sasando.base.reader import Actor, Reader
from sasando.cases import permissions, queries
from sasando.cases.errors import (
    AlreadyAssignedError,
    CaseClosedError,
    CaseDateError,
    CaseNotFoundError,
    NotAVillageError,
    OwnCaseError,
    UnknownCaseKindError,
    VisitRecordedError,
)
from sasando.cases.models import Case, CaseAssignment, CaseKind, HomeVisit
from sasando.cases.rules import STANDARD_KINDS, case_number
from sasando.places.models import Level, Place
from sasando.trail.actions import recorded


def load_standard_kinds(*, by: Actor) -> int:
    """Create the kinds of harm of `rules.STANDARD_KINDS` that are not there yet; returns how many were new."""
    with recorded("cases.load_standard_kinds", by=by) as note:
        known = set(CaseKind.objects.values_list("code", flat=True))
        new = [
            CaseKind(code=kind.code, name=kind.name, name_en=kind.name_en, order=order)
            for order, kind in enumerate(STANDARD_KINDS, start=1)
            if kind.code not in known
        ]
        CaseKind.objects.bulk_create(new)
        note.says(new=len(new))
    return len(new)


def open_case(
    *,
    person_id: int,
    village_id: int,
    kinds: Sequence[str],
    reported_on: date,
    unit_id: int | None,
    by: Actor,
    note: str = "",
) -> Case:
    """File a case: the person harmed, the village they live in, one or more kinds (codes), the unit that handles it.

    The number is given here. Raises UnknownCaseKindError, NotAVillageError, CaseDateError.
    """
    _check_day(reported_on, None)
    known = {kind.code: kind for kind in CaseKind.objects.all()}
    if not kinds or not set(kinds) <= known.keys():
        raise UnknownCaseKindError(list(known))
    if not Place.objects.filter(pk=village_id, level=Level.VILLAGE).exists():
        raise NotAVillageError
    with recorded("cases.open_case", by=by, secret=True) as entry:
        id = reserve_ids(Case, 1)[0]
        case = Case.objects.create(
            id=id,
            number=case_number(reported_on.year, id),
            person_id=person_id,
            village_id=village_id,
            unit_id=unit_id,
            reported_on=reported_on,
            note=note,
            **_recorded_by(by),
        )
        case.kinds.set([known[code] for code in kinds])
        entry.about(case)
    return case


def assign_worker(
    *, case: Case, worker: Actor, from_day: date, by: Actor, hand_over: bool = False
) -> CaseAssignment:
    """Give the case to a worker from a day on, beside those who work on it, or with `hand_over` in their place.

    Raises CaseClosedError, CaseDateError, AlreadyAssignedError.
    """
    if from_day < case.reported_on:
        raise CaseDateError(from_day, case.reported_on, timezone.localdate())
    with recorded("cases.assign_worker", by=by, secret=True, subject=case) as entry:
        _hold_open(case)
        holding = case.assignments.filter(Q(to_day__isnull=True) | Q(to_day__gt=from_day))
        if holding.filter(worker_id=worker.actor_id).exists():
            raise AlreadyAssignedError
        if hand_over:
            holding.filter(from_day__lt=from_day).update(to_day=from_day)
            holding.filter(from_day__gte=from_day).delete()
        assignment = CaseAssignment.objects.create(
            case=case, worker_id=worker.actor_id, worker_name=worker.actor_name, from_day=from_day
        )
        entry.says(worker_id=worker.actor_id, from_day=from_day, hand_over=hand_over)
    return assignment


def record_visit(*, case: Case, visited_on: date, by: Actor, note: str = "") -> HomeVisit:
    """Record a visit to the home of the person harmed. Raises CaseClosedError, CaseDateError, VisitRecordedError."""
    _check_day(visited_on, case.reported_on)
    with recorded("cases.record_visit", by=by, secret=True, subject=case):
        _hold_open(case)
        same_day = case.visits.filter(visited_on=visited_on, recorded_by_id=by.actor_id)
        if note in same_day.values_list("note", flat=True):
            raise VisitRecordedError
        return HomeVisit.objects.create(case=case, visited_on=visited_on, note=note, **_recorded_by(by))


def close_case(*, case: Case, closed_on: date, by: Actor) -> None:
    """End a case: its superior does, never who works on it. Its assignments end with that day.

    Raises CaseClosedError, CaseDateError, OwnCaseError.
    """
    with recorded("cases.close_case", by=by, secret=True, subject=case):
        _hold_open(case)
        last = case.visits.aggregate(day=Max("visited_on"))["day"]
        _check_day(closed_on, max(filter(None, (last, case.reported_on))))
        if Case.objects.filter(permissions.assigned(by, closed_on), pk=case.pk).exists():
            raise OwnCaseError
        ends = closed_on + timedelta(days=1)
        case.assignments.filter(from_day__gte=ends).delete()
        case.assignments.filter(Q(to_day__isnull=True) | Q(to_day__gt=ends)).update(to_day=ends)
        case.closed_on = closed_on
        case.save(update_fields=["closed_on"])


def read_case(*, case_id: int, by: Reader) -> queries.OpenCase:
    """Open a case to a reader: the read is in the trail, committed, before a word of it leaves the database.

    There is no other way to a case's person, kinds and notes. Raises CaseNotFoundError: no such case, or none that
    this reader may know of.
    """
    case = queries.cases(by).filter(pk=case_id).first()
    if case is None:
        raise CaseNotFoundError
    with recorded("cases.read_case", by=by, secret=True, subject=case):
        pass
    return queries.opened(case)


def _hold_open(case: Case) -> None:
    """Keep others from writing into the case until the transaction ends. Raises CaseClosedError."""
    closed_on = Case.objects.select_for_update().values_list("closed_on", flat=True).get(pk=case.pk)
    if closed_on:
        raise CaseClosedError(closed_on)


def _check_day(day: date, earliest: date | None) -> None:
    today = timezone.localdate()
    if day > today or (earliest and day < earliest):
        raise CaseDateError(day, earliest, today)


def _recorded_by(by: Actor) -> dict:
    return {
        "recorded_at": timezone.now(),
        "recorded_by_id": by.actor_id,
        "recorded_by_name": by.actor_name,
    }
