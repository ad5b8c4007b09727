"""Groups and organisations as table rows."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sasando.base.templatetags import formats
from sasando.partners.models import Group, GroupMembership, Organisation
from sasando.places.models import Level
from sasando.places.queries import Atlas


def group_columns() -> list[dict]:
    return [
        {"label": _("Group"), "heading": True},
        {"label": _("Business")},
        {"label": _("Village")},
        {"label": _("District")},
        {"label": _("Families"), "kind": "number"},
        {"label": _("Formed on"), "kind": "day"},
        {"label": _("Ended on"), "kind": "day"},
    ]


def group_rows(groups: Iterable[Group], atlas: Atlas) -> list[list]:
    """One row a group; its name leads to its page."""
    return [
        [
            {"text": group.name, "url": reverse("partners:group", args=[group.pk])},
            group.business,
            atlas.name(group.village_id),
            district_name(atlas, group.village_id),
            group.families,
            group.valid_from,
            group.valid_to or "",
        ]
        for group in groups
    ]


def organisation_columns() -> list[dict]:
    return [
        {"label": _("Organisation"), "heading": True},
        {"label": _("Kind")},
        {"label": _("Village")},
        {"label": _("District")},
        {"label": _("Since"), "kind": "day"},
    ]


def organisation_rows(organisations: Iterable[Organisation], atlas: Atlas) -> list[list]:
    """One row an organisation."""
    return [
        [
            each.name,
            each.get_kind_display(),
            atlas.name(each.village_id),
            district_name(atlas, each.village_id),
            each.valid_from,
        ]
        for each in organisations
    ]


def group_definitions(group: Group, atlas: Atlas) -> list[dict]:
    """What is known of one group."""
    return [
        {"term": _("Village"), "text": atlas.name(group.village_id)},
        {"term": _("District"), "text": district_name(atlas, group.village_id)},
        {"term": _("Business"), "text": group.business},
    ]


def member_columns() -> list[dict]:
    return [
        {"label": _("Head of family"), "heading": True},
        {"label": _("Role in the group")},
        {"label": _("Since"), "kind": "day"},
    ]


def member_rows(members: Iterable[GroupMembership]) -> list[list]:
    """One row a family; the head's name leads to its page."""
    return [
        [
            {"text": each.head_name, "url": reverse("desk:family", args=[each.family_id])},
            each.get_role_display(),
            each.valid_from,
        ]
        for each in members
    ]


def district_name(atlas: Atlas, village_id: int | None) -> str | None:
    """The name of the district a village lies in."""
    spot = atlas.ancestor(village_id, Level.DISTRICT)
    return spot.name if spot else None


def out_of_scope(hidden: int) -> str:
    """How many member families the reader may not see; nothing when none."""
    if not hidden:
        return ""
    return ngettext(
        "%(number)s more family lives outside your area of work.",
        "%(number)s more families live outside your area of work.",
        hidden,
    ) % {"number": formats.number(hidden)}
