"""Reads of events, counted within the reader's scope."""

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sasando.base.models import holds_on
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.registry.models import Membership, Relation
from sasando.relief.models import AffectedFamily, Event, ReliefDelivery


def affected(reader: Reader) -> QuerySet[AffectedFamily]:
    """The affected families of the reader's villages."""
    return AffectedFamily.objects.filter(reader.scope(Permission.SEE_RELIEF).at_place("village"))


def reliefs(reader: Reader) -> QuerySet[ReliefDelivery]:
    """The deliveries that answered events in the reader's villages."""
    return ReliefDelivery.objects.filter(reader.scope(Permission.SEE_RELIEF).at_place("delivery__village"))


def events(reader: Reader) -> QuerySet[Event]:
    """All events, latest first, for readers who may see relief anywhere.

    `hit` and `deliveries` count the families and deliveries of the reader's villages.
    """
    if not reader.may(Permission.SEE_RELIEF):
        return Event.objects.none()
    return Event.objects.annotate(
        hit=_count_of(affected(reader)), deliveries=_count_of(reliefs(reader))
    ).order_by("-began_on", "-id")


def _count_of(rows: QuerySet) -> Coalesce:
    counted = rows.filter(event=OuterRef("pk")).order_by().values("event").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def families_by_village(reader: Reader, event: Event) -> dict[int, int]:
    """How many families the event hit, by village id."""
    counted = affected(reader).filter(event=event).order_by().values("village_id").annotate(n=Count("pk"))
    return dict(counted.values_list("village_id", "n"))


def deliveries_by_village(reader: Reader, event: Event) -> dict[int, int]:
    """How many deliveries answered the event, by the id of the village they were made in."""
    counted = (
        reliefs(reader).filter(event=event).order_by().values("delivery__village_id").annotate(n=Count("pk"))
    )
    return dict(counted.values_list("delivery__village_id", "n"))


def deliveries_by_item(reader: Reader, event: Event) -> QuerySet:
    """What was delivered: programme, item, unit, with number, first to last day, quantity and value."""
    return (
        reliefs(reader)
        .filter(event=event)
        .values("delivery__programme__name", "delivery__item", "delivery__unit")
        .annotate(
            n=Count("pk"),
            last_day=Max("delivery__delivered_on"),
            quantity=Sum("delivery__quantity"),
            amount_idr=Sum("delivery__amount_idr"),
        )
        .order_by("delivery__programme__name", "delivery__item", "delivery__unit")
    )


def families(reader: Reader, event: Event) -> QuerySet[AffectedFamily]:
    """The affected families the reader may see by name, with `head_name` on the day it began, `deliveries`, `last_day`.

    Both the event and the family must lie in the reader's villages.
    """
    heads = Membership.objects.filter(
        holds_on(event.began_on), family=OuterRef("family_id"), relation=Relation.HEAD
    ).order_by("id")
    answered = (
        ReliefDelivery.objects.filter(event=event, delivery__family=OuterRef("family_id"))
        .order_by()
        .values("event")
    )
    return (
        affected(reader)
        .filter(reader.scope(Permission.SEE_FAMILIES).at_place("village"), Q(event=event))
        .annotate(
            head_name=Subquery(heads.values("person__name")[:1]),
            deliveries=Coalesce(Subquery(answered.annotate(n=Count("pk")).values("n")), 0),
            last_day=Subquery(answered.annotate(day=Max("delivery__delivered_on")).values("day")),
        )
        .order_by("id")
    )
