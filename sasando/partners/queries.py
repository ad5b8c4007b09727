"""Reads of organisations and groups, each within the reader's scope."""

from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from sasando.base.models import holds_on
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.partners.models import Group, GroupMembership, Organisation
from sasando.registry.models import Membership, Relation, Residence


def organisations(reader: Reader) -> QuerySet[Organisation]:
    """The organisations of the reader's villages, of all times, by name."""
    scope = reader.scope(Permission.SEE_PARTNERS)
    return Organisation.objects.filter(scope.at_place("village")).order_by("name", "id")


def groups(reader: Reader, day: date | None = None) -> QuerySet[Group]:
    """The KUBE of the reader's villages, of all times, with `families`: how many belong to each on the day (today)."""
    scope = reader.scope(Permission.SEE_PARTNERS)
    members = Count("memberships", filter=holds_on(day or timezone.localdate(), "memberships__"))
    return Group.objects.filter(scope.at_place("village")).annotate(families=members).order_by("name", "id")


def members(reader: Reader, group: Group, day: date | None = None) -> QuerySet[GroupMembership]:
    """The group's families on the day (today), with `head_name`: those living where the reader may see families."""
    day = day or timezone.localdate()
    scope = reader.scope(Permission.SEE_FAMILIES)
    homes = Residence.objects.filter(holds_on(day), scope.at_place("village")).values("family_id")
    heads = Membership.objects.filter(
        holds_on(day), family=OuterRef("family_id"), relation=Relation.HEAD
    ).order_by("id")
    return (
        group.memberships.holding_on(day)
        .filter(family_id__in=homes)
        .annotate(head_name=Subquery(heads.values("person__name")[:1]))
        .order_by("id")
    )
