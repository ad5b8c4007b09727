"""Opening an event, adding the families it hit, and linking the deliveries that answered it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import models
from django.utils import timezone

from sasando.base.bulk import insert_rows, reserve_ids
from sasando.base.reader import Actor
from sasando.places.models import Level, Place
from sasando.programmes.models import Delivery
from sasando.registry.models import Family
from sasando.relief.errors import (
    DeliveryBeforeEventError,
    DeliveryOfOtherEventError,
    EventDatesError,
    FamilyNotAffectedError,
    NotAVillageError,
    UnknownDeliveryError,
    UnknownEventKindError,
    UnknownFamilyError,
)
from sasando.relief.models import AffectedFamily, Event, EventKind, ReliefDelivery
from sasando.relief.rules import answers
from sasando.trail.actions import digest_of_rows, recorded

CHUNK = 5000


def open_event(
    *, name: str, kind: str, began_on: date, by: Actor, ended_on: date | None = None, decree: str = ""
) -> Event:
    """Record a disaster or food shortage. `ended_on` is its last day, null while it lasts.

    Raises UnknownEventKindError, EventDatesError.
    """
    if kind not in EventKind.values:
        raise UnknownEventKindError(kind, EventKind.values)
    if began_on > timezone.localdate() or (ended_on and ended_on < began_on):
        raise EventDatesError(began_on, ended_on)
    with recorded("relief.open_event", by=by, kind=kind, began_on=began_on) as note:
        event = Event.objects.create(
            name=name,
            kind=kind,
            began_on=began_on,
            ended_on=ended_on,
            decree=decree,
            recorded_at=timezone.now(),
            recorded_by_id=by.actor_id,
            recorded_by_name=by.actor_name,
        )
        note.about(event)
    return event


def add_affected_families(event: Event, families: Iterable[tuple[int, int]], *, by: Actor) -> int:
    """Add families hit by the event, each as (family id, village id); returns how many were new.

    A family counts once an event: one that is already there, or given twice, keeps the village it was first given
    with. All are added or none. Raises UnknownFamilyError, NotAVillageError.
    """
    with recorded("relief.add_affected_families", by=by, subject=event) as note:
        there = set(event.families.values_list("family_id", flat=True))
        wanted: dict[int, int] = {}
        for family_id, village_id in families:
            if family_id not in there:
                wanted.setdefault(family_id, village_id)
        unknown = sorted(wanted.keys() - {id for (id,) in _rows(Family, list(wanted), "id")})
        if unknown:
            raise UnknownFamilyError(unknown)
        villages = set(wanted.values())
        places = sorted(villages - {id for (id,) in _rows(Place, list(villages), "id", level=Level.VILLAGE)})
        if places:
            raise NotAVillageError(places)
        ids = reserve_ids(AffectedFamily, len(wanted))
        insert_rows(
            AffectedFamily,
            ("id", "event_id", "family_id", "village_id"),
            (
                (id, event.pk, family, village)
                for id, (family, village) in zip(ids, wanted.items(), strict=True)
            ),
        )
        note.says(families=len(wanted), digest=digest_of_rows(wanted.items()))
    return len(wanted)


def link_deliveries(event: Event, delivery_ids: Sequence[int], *, by: Actor) -> int:
    """Say that these deliveries answered the event; returns how many were new. All are linked or none.

    A delivery answers one event; one that already answers this event is left as it is. A delivery to a family goes
    to one the event hit. Raises UnknownDeliveryError, DeliveryBeforeEventError, FamilyNotAffectedError,
    DeliveryOfOtherEventError.
    """
    with recorded("relief.link_deliveries", by=by, subject=event) as note:
        wanted = list(dict.fromkeys(delivery_ids))
        found = {
            id: (family, day, other)
            for id, family, day, other in _rows(
                Delivery, wanted, "id", "family_id", "delivered_on", "relief__event_id"
            )
        }
        new = [id for id in wanted if id not in found or found[id][2] != event.pk]
        affected = set(event.families.values_list("family_id", flat=True))
        refusals = (
            (lambda id: id not in found, UnknownDeliveryError),
            (lambda id: found[id][2] is not None, lambda ids: DeliveryOfOtherEventError(event.name, ids)),
            (
                lambda id: not answers(found[id][1], event.began_on),
                lambda ids: DeliveryBeforeEventError(event.name, ids),
            ),
            (
                lambda id: found[id][0] is not None and found[id][0] not in affected,
                lambda ids: FamilyNotAffectedError(event.name, ids),
            ),
        )
        for breaks, error in refusals:
            refused = [id for id in new if breaks(id)]
            if refused:
                raise error(refused)
        ids = reserve_ids(ReliefDelivery, len(new))
        insert_rows(
            ReliefDelivery,
            ("id", "event_id", "delivery_id"),
            ((id, event.pk, delivery) for id, delivery in zip(ids, new, strict=True)),
        )
        note.says(deliveries=len(new), digest=digest_of_rows(new))
    return len(new)


def _rows(model: type[models.Model], ids: Sequence[int], *columns: str, **conditions) -> Iterable[tuple]:
    """Columns of the rows with these ids, some thousand ids a query."""
    for start in range(0, len(ids), CHUNK):
        part = model.objects.filter(pk__in=ids[start : start + CHUNK], **conditions).order_by()
        yield from part.values_list(*columns)
