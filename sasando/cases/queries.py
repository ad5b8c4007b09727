"""Reads of cases. What is no reader's own does not exist: no page, count or error tells of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone

from sasando.accounts.models import RoleHolding, User
from sasando.accounts.roles import ROLES
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.cases import permissions
from sasando.cases.models import Case, CaseAssignment, HomeVisit
from sasando.cases.rules import initials


@dataclass(frozen=True)
class CaseLine:
    """A case as lists may show it: without name, kind or notes."""

    pk: int
    number: str
    initials: str
    village_id: int
    reported_on: date
    closed_on: date | None
    last_visit: date | None


@dataclass(frozen=True)
class OpenCase:
    """A case in full. Only `actions.read_case` gives one out."""

    case: Case
    kinds: list[str]
    unit: str
    visits: list[HomeVisit]
    assignments: list[CaseAssignment]


def cases(reader: Reader) -> QuerySet[Case]:
    """The cases that exist for the reader today, without their notes: those they work on and those they supervise."""
    return _ordered(permissions.may_read(reader, timezone.localdate()))


def assigned_cases(reader: Reader) -> QuerySet[Case]:
    """The cases the reader works on today."""
    return _ordered(permissions.works_on(reader, timezone.localdate()))


def cases_to_visit(reader: Reader) -> QuerySet[Case]:
    """The open cases the reader may write into today."""
    return _ordered(permissions.may_visit(reader, timezone.localdate()))


def supervised_cases(reader: Reader) -> QuerySet[Case]:
    """The cases of the units the reader supervises."""
    return _ordered(permissions.supervises(reader))


def _ordered(condition) -> QuerySet[Case]:
    return Case.objects.filter(condition).defer("note").order_by("-reported_on", "-id")


def lines(found: QuerySet[Case]) -> list[CaseLine]:
    """Cases, already within a reader's scope, as lines of a list. Names become initials here and go no further."""
    rows = found.annotate(last_visit=Max("visits__visited_on")).values_list(
        "id", "number", "person__name", "village_id", "reported_on", "closed_on", "last_visit"
    )
    return [CaseLine(id, number, initials(name), *rest) for id, number, name, *rest in rows]


def opened(case: Case) -> OpenCase:
    """Everything of one case. Call it only through `actions.read_case`, which records the read first."""
    full = Case.objects.select_related("person", "unit").get(pk=case.pk)
    return OpenCase(
        full,
        [kind.name for kind in full.kinds.order_by("order")],
        full.unit.name if full.unit else "",
        list(full.visits.order_by("-visited_on", "-id")),
        list(full.assignments.order_by("from_day", "id")),
    )


def workers() -> QuerySet[User]:
    """The active accounts that may work on cases today, to be chosen from when a case is assigned."""
    roles = [role.name for role in ROLES.values() if Permission.EDIT_CASES in role.permissions]
    holding = RoleHolding.objects.holding_on(timezone.localdate()).filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=holding.order_by().values("user_id")).order_by(
        "full_name", "id"
    )
