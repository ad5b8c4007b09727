"""Reading aid. Seen by place; a family's whole aid by whoever may see the family; corrected by the programme's unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.programmes.models import (
    Cycle,
    Delivery,
    DeliveryCorrection,
    Entitlement,
    EntitlementLine,
    Programme,
    Tariff,
)
from sasando.registry.models import Membership
from sasando.registry.queries import families, head_names

CHUNK = 5000
"""Ids in one query."""


def entitlements(reader: Reader) -> QuerySet[Entitlement]:
    """The entitlements counted in the reader's places."""
    return Entitlement.objects.filter(reader.scope(Permission.SEE_AID).at_place("village"))


def deliveries(reader: Reader) -> QuerySet[Delivery]:
    """The deliveries made in the reader's places."""
    return Delivery.objects.filter(reader.scope(Permission.SEE_AID).at_place("village"))


def years(reader: Reader) -> list[int]:
    """The years with cycles or deliveries, newest first."""
    found = {day.year for day in Cycle.objects.dates("begins_on", "year")}
    found |= {day.year for day in deliveries(reader).dates("delivered_on", "year")}
    return sorted(found, reverse=True)


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme with what it came to in a year, within the reader's places."""

    programme: Programme
    cycles: int
    families: int
    entitled_idr: int
    deliveries: int
    delivered_idr: int | None


def programme_lines(reader: Reader, year: int) -> list[ProgrammeLine]:
    """All programmes with their year."""
    cycles = dict(
        Cycle.objects.filter(begins_on__year=year)
        .order_by()
        .values_list("programme")
        .annotate(count=Count("id"))
        .values_list("programme", "count")
    )
    entitled = {
        programme: (count, amount)
        for programme, count, amount in entitlements(reader)
        .filter(cycle__begins_on__year=year)
        .order_by()
        .values_list("cycle__programme")
        .annotate(families=Count("family", distinct=True), amount=Sum("amount_idr"))
    }
    delivered = {
        programme: (count, amount)
        for programme, count, amount in deliveries(reader)
        .filter(delivered_on__year=year)
        .order_by()
        .values_list("programme")
        .annotate(count=Count("id"), amount=Sum("amount_idr"))
    }
    return [
        ProgrammeLine(
            programme,
            cycles.get(programme.pk, 0),
            *entitled.get(programme.pk, (0, 0)),
            *delivered.get(programme.pk, (0, None)),
        )
        for programme in Programme.objects.select_related("fund_source", "unit")
    ]


def programme(code: str) -> Programme | None:
    """A programme by its code."""
    return Programme.objects.select_related("fund_source", "unit").filter(code=code).first()


def tariffs(programme: Programme) -> list[Tariff]:
    """The programme's tariffs of all times, newest first within a component."""
    return list(programme.tariffs.order_by("component", "-valid_from"))


@dataclass(frozen=True)
class CycleLine:
    """A cycle with what it came to within the reader's places."""

    cycle: Cycle
    families: int
    amount_idr: int


def cycle_lines(reader: Reader, programme: Programme, year: int) -> list[CycleLine]:
    """The cycles of a year, in order."""
    sums = {
        cycle: (count, amount)
        for cycle, count, amount in entitlements(reader)
        .filter(cycle__programme=programme, cycle__begins_on__year=year)
        .order_by()
        .values_list("cycle")
        .annotate(families=Count("id"), amount=Sum("amount_idr"))
    }
    cycles = programme.cycles.filter(begins_on__year=year).order_by("begins_on", "id")
    return [CycleLine(cycle, *sums.get(cycle.pk, (0, 0))) for cycle in cycles]


def programme_deliveries(
    reader: Reader, programme: Programme, *, year: int, district: str = "", atlas: Atlas
) -> QuerySet[Delivery]:
    """The deliveries of a programme in a year and, by its code of today, a district: newest first."""
    found = deliveries(reader).filter(programme=programme, delivered_on__year=year)
    if district:
        spot = atlas.by_code.get(district)
        found = found.filter(village__in=atlas.ids_within(spot.id) if spot else ())
    return found.order_by("-delivered_on", "id")


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery ready to be listed: whom it went to, by name."""

    delivery: Delivery
    recipient: str
    village: str


def with_names(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """The rows with what `delivery_lines` needs of them."""
    return rows.select_related("programme", "person", "group", "organisation", "through")


def delivery_lines(rows: Sequence[Delivery], atlas: Atlas) -> list[DeliveryLine]:
    """Deliveries in scope (from `with_names`), each with its recipient's name."""
    heads = head_names([row.family_id for row in rows if row.family_id])
    lines = []
    for row in rows:
        named = row.person or row.group or row.organisation
        name = named.name if named else heads.get(row.family_id) or atlas.name(row.village_recipient_id)
        lines.append(DeliveryLine(row, name, atlas.name(row.village_id)))
    return lines


def delivery(reader: Reader, delivery_id: int) -> Delivery | None:
    """One delivery in the reader's places; None where there is none."""
    rows = with_names(deliveries(reader)).select_related("fund_source")
    return rows.filter(pk=delivery_id).first()


def corrections(delivery: Delivery) -> list[DeliveryCorrection]:
    """What was corrected of a delivery, oldest first."""
    return list(delivery.corrections.order_by("corrected_at", "id"))


def correctable(reader: Reader) -> QuerySet[Delivery]:
    """The deliveries the reader may correct: those of their unit's programmes, or in their places."""
    scope = reader.scope(Permission.EDIT_AID)
    if scope.everywhere:
        return Delivery.objects.all()
    return Delivery.objects.filter(Q(programme__unit__in=scope.unit_ids) | Q(village__in=scope.place_ids))


def delivery_to_correct(reader: Reader, delivery_id: int) -> Delivery | None:
    """One delivery the reader may correct; None where there is none."""
    rows = with_names(correctable(reader)).select_related("fund_source")
    return rows.filter(pk=delivery_id).first()


@dataclass(frozen=True)
class Aid:
    """Something a family was due or received."""

    day: date
    programme: str
    code: str
    what: str
    recipient: str
    amount_idr: int | None
    delivery_id: int | None
    """Where the reader may open the delivery itself; None where it was made outside their places."""
    is_due: bool


@dataclass(frozen=True)
class FamilyAid:
    """A family's whole aid: to the family, its members, and the groups it belongs to."""

    family_id: int
    head: str
    aid: list[Aid]


def family_aid(reader: Reader, family_id: int) -> FamilyAid | None:
    """All aid of a family in the reader's scope, newest first, wherever it was given; None where there is none."""
    if not families(reader, Permission.SEE_AID).filter(pk=family_id).exists():
        return None
    today = timezone.localdate()
    head = head_names([family_id]).get(family_id, "")
    members = Membership.objects.holding_on(today).filter(family=family_id)
    names = dict(members.order_by("id").values_list("person_id", "person__name"))
    aid = _due(family_id, head) + _received(reader, family_id, names, head)
    aid.sort(key=lambda one: (one.day, one.programme, one.delivery_id or 0), reverse=True)
    return FamilyAid(family_id, head, aid)


def _due(family_id: int, head: str) -> list[Aid]:
    due = Entitlement.objects.filter(family=family_id).select_related("cycle__programme").order_by("id")
    components: dict[int, list[str]] = {}
    lines = EntitlementLine.objects.filter(entitlement__family=family_id).order_by("id")
    for entitlement, component in lines.values_list("entitlement_id", "tariff__name"):
        components.setdefault(entitlement, []).append(component)
    return [
        Aid(
            row.cycle.begins_on,
            row.cycle.programme.name,
            row.cycle.programme.code,
            f"{row.cycle.name}: {', '.join(components.get(row.pk, []))}",
            head,
            row.amount_idr,
            None,
            True,
        )
        for row in due
    ]


def _received(reader: Reader, family_id: int, names: dict[int, str], head: str) -> list[Aid]:
    groups = Q(group__memberships__family=family_id)
    rows = Delivery.objects.filter(Q(family=family_id) | Q(person__in=names) | groups).distinct()
    openable = set(deliveries(reader).filter(id__in=rows.values("id")).values_list("id", flat=True))
    return [
        Aid(
            row.delivered_on,
            row.programme.name,
            row.programme.code,
            row.item,
            names.get(row.person_id) or (row.group.name if row.group else head),
            row.amount_idr,
            row.pk if row.pk in openable else None,
            False,
        )
        for row in rows.select_related("programme", "group").order_by("id")
    ]


def districts(reader: Reader, atlas: Atlas) -> list[tuple[str, str]]:
    """Code and name of the districts of today in which the reader may see aid."""
    scope = reader.scope(Permission.SEE_AID)
    villages = [s for s in atlas.at_level(Level.VILLAGE) if scope.all_places or s.id in scope.place_ids]
    within = {s.parent_id for s in villages}
    return [(s.code, s.name) for s in atlas.at_level(Level.DISTRICT) if s.id in within]
