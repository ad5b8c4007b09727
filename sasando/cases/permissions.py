"""Who may do what with which case. Each predicate is one sentence; pages and queries ask nothing else.

A permission alone opens no case. `SEE_CASES` and `EDIT_CASES` (social worker) count only together with an assignment
that holds on the day, wherever the role is held; `SUPERVISE_CASES` (head of section) counts for the cases filed under a
unit in which it is held, or under a unit below. A case without a unit is supervised only by who holds it for the whole
office.
"""

from datetime import date

from django.db.models import Q

from sasando.base.permissions import Permission
from sasando.base.reader import Actor, Reader
from sasando.cases.models import CaseAssignment

NONE = Q(pk__in=())
ALL = Q(pk__isnull=False)
"""Not the empty `Q()`, which joined by "or" to another condition would vanish."""


def assigned(worker: Actor, day: date) -> Q:
    """The cases the person works on, on the day."""
    if worker.actor_id is None:
        return NONE
    holding = CaseAssignment.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=day), worker_id=worker.actor_id, from_day__lte=day
    )
    return Q(pk__in=holding.order_by().values("case_id"))


def works_on(reader: Reader, day: date) -> Q:
    """A reader who may see cases may read those they are assigned to on the day."""
    return assigned(reader, day) if reader.may(Permission.SEE_CASES) else NONE


def may_visit(reader: Reader, day: date) -> Q:
    """A reader who may work on cases may write into those they are assigned to on the day, until they are closed."""
    may = reader.may(Permission.EDIT_CASES)
    return works_on(reader, day) & Q(closed_on__isnull=True) if may else NONE


def supervises(reader: Reader) -> Q:
    """A reader who supervises cases may read, assign and close those of their units."""
    scope = reader.scope(Permission.SUPERVISE_CASES)
    if scope.all_units:
        return ALL
    return scope.at_unit("unit") if scope.unit_ids else NONE


def may_read(reader: Reader, day: date) -> Q:
    """A case is read by those who work on it and by their superior; for everyone else it does not exist."""
    return works_on(reader, day) | supervises(reader)
