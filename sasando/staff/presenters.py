"""Tables and the chart of the office's people, ready to print."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.lib.identity import format_nip
from sasando.office.models import Unit
from sasando.office.presenters import spoken
from sasando.staff.models import Appointment, Auxiliary
from sasando.staff.queries import ChartUnit, HeldPost

EMPLOYEE_COLUMNS = ("name", "nip", "rank", "post", "unit", "since")
AUXILIARY_COLUMNS = ("name", "kind", "role", "unit", "place", "since")


def columns(keys: Sequence[str]) -> list[dict]:
    """The columns of a table of people."""
    labels = {
        "name": _("Name"),
        "nip": "NIP",
        "rank": _("Rank"),
        "post": _("Post"),
        "unit": _("Unit"),
        "since": _("Since"),
        "kind": _("Kind"),
        "role": _("Role"),
        "place": _("Place"),
    }
    kinds = {"since": "day"}
    return [{"label": labels[key], "kind": kinds.get(key, "text"), "heading": key == "name"} for key in keys]


def unit_link(unit: Unit | None, day: date | None = None) -> dict | str:
    """A unit's name leading to its page."""
    if unit is None:
        return ""
    address = reverse("staff:unit", args=[unit.code])
    return {"text": spoken(unit.name, unit.name_en), "url": f"{address}?on={day}" if day else address}


def employee_rows(appointments: Sequence[Appointment], day: date) -> list[list]:
    """The cells of each civil servant."""
    return [
        [
            a.employee.name,
            format_nip(a.employee.nip),
            a.rank,
            spoken(a.post.name, a.post.name_en) if a.post else a.get_position_group_display(),
            unit_link(a.unit, day),
            a.valid_from,
        ]
        for a in appointments
    ]


def auxiliary_rows(people: Sequence[Auxiliary], place_names, day: date) -> list[list]:
    """The cells of each person beside the civil servants; `place_names` names a place id."""
    return [
        [
            person.name,
            person.get_kind_display(),
            person.role,
            unit_link(person.unit, day),
            place_names(person.place_id),
            person.valid_from,
        ]
        for person in people
    ]


def chart_nodes(units: Sequence[ChartUnit], day: date) -> list[dict]:
    """The chart as nested mappings: each unit's name and page, its posts, its parts."""
    return [
        {
            "name": spoken(each.unit.name, each.unit.name_en),
            "url": f"{reverse('staff:unit', args=[each.unit.code])}?on={day}",
            "is_formed": each.unit.is_formed,
            "posts": [held_post(held) for held in each.posts],
            "staff": each.staff,
            "parts": chart_nodes(each.parts, day),
        }
        for each in units
    ]


def held_post(held: HeldPost) -> dict:
    """A post with its holder or its vacancy, and who acts for it."""
    return {
        "name": spoken(held.post.name, held.post.name_en),
        "echelon": held.post.echelon,
        "holder": held.holder.employee.name if held.holder else None,
        "since": held.holder.valid_from if held.holder else None,
        "acting": [
            {"name": a.employee.name, "how": a.get_kind_display(), "since": a.valid_from} for a in held.acting
        ],
    }
