"""Events, villages, deliveries and families as table rows."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.relief.models import AffectedFamily, Event

UNKNOWN = "~"
"""Sorts after every code."""


def event_columns() -> list[dict]:
    return [
        {"label": _("Event"), "heading": True},
        {"label": _("Kind")},
        {"label": _("Began on"), "kind": "day"},
        {"label": _("Ended on"), "kind": "day"},
        {"label": _("Families hit"), "kind": "number"},
        {"label": _("Deliveries"), "kind": "number"},
    ]


def event_rows(events: Iterable[Event]) -> list[list]:
    """One row an event; its name leads to its page."""
    return [
        [
            {"text": event.name, "url": reverse("relief:event", args=[event.pk])},
            event.get_kind_display(),
            event.began_on,
            event.ended_on,
            event.hit,
            event.deliveries,
        ]
        for event in events
    ]


def event_definitions(event: Event) -> list[dict]:
    """What is known of one event besides its days."""
    return [
        {"term": _("Kind"), "text": event.get_kind_display()},
        {"term": _("Decree"), "text": event.decree},
        {"term": _("Families hit"), "text": event.hit},
        {"term": _("Deliveries"), "text": event.deliveries},
    ]


def village_columns() -> list[dict]:
    return [
        {"label": _("Village"), "heading": True},
        {"label": _("District")},
        {"label": _("Families hit"), "kind": "number"},
        {"label": _("Deliveries"), "kind": "number"},
    ]


def village_rows(
    families: Mapping[int, int], deliveries: Mapping[int, int], atlas: Atlas, families_url: str | None
) -> list[list]:
    """One row a village as of the event's first day, by code; with `families_url` the name leads to its families."""
    sums: dict[int | None, list[int]] = {}
    codes: dict[int | None, str] = {}
    for column, counts in enumerate((families, deliveries)):
        for place_id, count in counts.items():
            spot = atlas.heir(place_id)
            key = spot.id if spot else place_id
            codes[key] = spot.code if spot else UNKNOWN
            sums.setdefault(key, [0, 0])[column] += count
    return [
        [
            {
                "text": atlas.name(id) or None,
                "url": f"{families_url}?village={id}" if families_url and id else "",
            },
            district_name(atlas, id),
            *sums[id],
        ]
        for id in sorted(sums, key=codes.get)
    ]


def item_columns() -> list[dict]:
    return [
        {"label": _("Programme"), "heading": True},
        {"label": _("What")},
        {"label": _("Deliveries"), "kind": "number"},
        {"label": _("Quantity"), "kind": "number"},
        {"label": _("Unit")},
        {"label": _("Value"), "kind": "rupiah"},
        {"label": _("Last day"), "kind": "day"},
    ]


def item_rows(items: Iterable[Mapping]) -> list[list]:
    """One row a programme, item and unit."""
    return [
        [
            item["delivery__programme__name"],
            item["delivery__item"],
            item["n"],
            item["quantity"],
            item["delivery__unit"],
            item["amount_idr"],
            item["last_day"],
        ]
        for item in items
    ]


def family_columns() -> list[dict]:
    return [
        {"label": _("Head of family"), "heading": True},
        {"label": _("Village")},
        {"label": _("District")},
        {"label": _("Deliveries"), "kind": "number"},
        {"label": _("Last day"), "kind": "day"},
    ]


def family_rows(families: Iterable[AffectedFamily], atlas: Atlas) -> list[list]:
    """One row a family."""
    return [
        [
            {"text": each.head_name, "url": reverse("desk:family", args=[each.family_id])},
            atlas.name(each.village_id),
            district_name(atlas, each.village_id),
            each.deliveries,
            each.last_day,
        ]
        for each in families
    ]


def district_name(atlas: Atlas, village_id: int | None) -> str | None:
    """The name of the district a village lies in."""
    spot = atlas.ancestor(village_id, Level.DISTRICT)
    return spot.name if spot else None
