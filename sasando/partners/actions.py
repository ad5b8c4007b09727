"""Registering organisations and forming joint business groups."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from sasando.base.bulk import insert_rows, reserve_ids
from sasando.base.reader import Actor
from sasando.partners.errors import (
    FamilyGivenTwiceError,
    FamilyInOtherGroupError,
    FamilyNotListedError,
    FamilyOfOtherVillageError,
    FamilyWithoutHeadError,
    GroupEndError,
    GroupSizeError,
    NotAVillageError,
    OrganisationExistsError,
    UnknownOrganisationKindError,
)
from sasando.partners.models import Group, GroupMembership, GroupRole, Organisation, OrganisationKind
from sasando.partners.rules import LARGEST_GROUP, SMALLEST_GROUP, size_allowed
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.registry.models import Membership, PovertyListing, Relation, Residence
from sasando.trail.actions import digest_of_rows, recorded

CHUNK = 5000
OFFICERS = (GroupRole.CHAIR, GroupRole.SECRETARY, GroupRole.TREASURER)


def register_organisation(
    *,
    name: str,
    kind: str,
    village_id: int | None,
    by: Actor,
    valid_from: date | None = None,
    is_demo: bool = False,
) -> Organisation:
    """Record an organisation of social welfare. A Karang Taruna belongs to a village, one to each.

    `village_id` is a place holding on `valid_from` (today when left out); only a home or another organisation of the
    whole regency has none. Raises UnknownOrganisationKindError, NotAVillageError, OrganisationExistsError.
    """
    if kind not in OrganisationKind.values:
        raise UnknownOrganisationKindError(kind, OrganisationKind.values)
    day = valid_from or timezone.localdate()
    needs_village = kind == OrganisationKind.KARANG_TARUNA
    if (village_id is not None and not _is_village(Atlas(day), village_id)) or (
        needs_village and village_id is None
    ):
        raise NotAVillageError(name)
    with recorded("partners.register_organisation", by=by, kind=kind) as note:
        _refuse_second(name, kind, village_id, day)
        organisation = Organisation.objects.create(
            name=name, kind=kind, village_id=village_id, valid_from=valid_from, is_demo=is_demo
        )
        note.about(organisation)
    return organisation


def _refuse_second(name: str, kind: str, village_id: int | None, day: date) -> None:
    same = Organisation.objects.holding_on(day).filter(kind=kind, village_id=village_id)
    if kind != OrganisationKind.KARANG_TARUNA:
        same = same.filter(name__iexact=name)
    existing = same.first()
    if existing:
        raise OrganisationExistsError(name, existing.name)


@dataclass(frozen=True)
class GroupDraft:
    """A KUBE to be formed. The first family's head chairs, the second is secretary, the third treasurer."""

    name: str
    village_id: int
    family_ids: Sequence[int]
    formed_on: date
    business: str = ""
    is_demo: bool = False


def form_group(
    *,
    name: str,
    village_id: int,
    family_ids: Sequence[int],
    formed_on: date,
    by: Actor,
    business: str = "",
    is_demo: bool = False,
) -> Group:
    """Form one KUBE with its member families. Raises the errors of `form_groups`."""
    with recorded("partners.form_group", by=by, families=len(family_ids)) as note:
        group_id = _form([GroupDraft(name, village_id, family_ids, formed_on, business, is_demo)])[0]
        group = Group.objects.get(pk=group_id)
        note.about(group)
    return group


def form_groups(drafts: Sequence[GroupDraft], *, by: Actor) -> list[int]:
    """Form many KUBE at once, all or none; returns their ids in order. One entry in the trail.

    Each has 5 to 20 heads of family (Permensos 2/2019), all of its village, all in the list of poor families, none in
    another KUBE. Raises NotAVillageError, GroupSizeError, FamilyGivenTwiceError, FamilyOfOtherVillageError,
    FamilyWithoutHeadError, FamilyNotListedError, FamilyInOtherGroupError.
    """
    with recorded("partners.form_groups", by=by) as note:
        ids = _form(drafts)
        note.says(
            groups=len(ids),
            families=sum(len(draft.family_ids) for draft in drafts),
            digest=digest_of_rows((d.name, d.village_id, tuple(d.family_ids)) for d in drafts),
        )
    return ids


def _form(drafts: Sequence[GroupDraft]) -> list[int]:
    for day in sorted({draft.formed_on for draft in drafts}):
        _check([draft for draft in drafts if draft.formed_on == day], day)
    _refuse_shared(drafts)
    ids = list(reserve_ids(Group, len(drafts)))
    insert_rows(
        Group,
        ("id", "name", "business", "village_id", "valid_from", "valid_to", "is_demo"),
        (
            (id, d.name, d.business, d.village_id, d.formed_on, None, d.is_demo)
            for id, d in zip(ids, drafts, strict=True)
        ),
    )
    members = [
        (id, family, str(OFFICERS[place] if place < len(OFFICERS) else GroupRole.MEMBER), draft.formed_on)
        for id, draft in zip(ids, drafts, strict=True)
        for place, family in enumerate(draft.family_ids)
    ]
    insert_rows(
        GroupMembership,
        ("id", "group_id", "family_id", "role", "valid_from", "valid_to"),
        (
            (id, *member, None)
            for id, member in zip(reserve_ids(GroupMembership, len(members)), members, strict=True)
        ),
    )
    return ids


def _check(drafts: Sequence[GroupDraft], day: date) -> None:
    """The rules that hold for each group on the day it is formed."""
    atlas = Atlas(day)
    families = sorted({family for draft in drafts for family in draft.family_ids})
    homes = _values(Residence.objects.holding_on(day), families, "village_id")
    headed = _values(Membership.objects.holding_on(day).filter(relation=Relation.HEAD), families, "person_id")
    listed = _values(PovertyListing.objects.holding_on(day), families, "id")
    grouped = _values(GroupMembership.objects.holding_on(day), families, "group_id")
    for draft in drafts:
        if not _is_village(atlas, draft.village_id):
            raise NotAVillageError(draft.name)
        twice = [family for family, count in Counter(draft.family_ids).items() if count > 1]
        if twice:
            raise FamilyGivenTwiceError(draft.name, twice)
        if not size_allowed(len(draft.family_ids)):
            raise GroupSizeError(draft.name, len(draft.family_ids), SMALLEST_GROUP, LARGEST_GROUP)
        village = atlas.heir(draft.village_id)
        for error, breaks in (
            (FamilyOfOtherVillageError, lambda f, v=village: atlas.heir(homes.get(f)) != v),
            (FamilyWithoutHeadError, lambda f: f not in headed),
            (FamilyNotListedError, lambda f: f not in listed),
            (FamilyInOtherGroupError, lambda f: f in grouped),
        ):
            found = [family for family in draft.family_ids if breaks(family)]
            if found:
                raise error(draft.name, found)


def _refuse_shared(drafts: Sequence[GroupDraft]) -> None:
    taken: set[int] = set()
    for draft in drafts:
        shared = [family for family in draft.family_ids if family in taken]
        if shared:
            raise FamilyInOtherGroupError(draft.name, shared)
        taken.update(draft.family_ids)


def _values(rows, families: Sequence[int], column: str) -> dict[int, int]:
    """A column of the rows of the families, by family."""
    found: dict[int, int] = {}
    for start in range(0, len(families), CHUNK):
        part = rows.filter(family_id__in=families[start : start + CHUNK]).order_by()
        found.update(part.values_list("family_id", column))
    return found


def _is_village(atlas: Atlas, place_id: int) -> bool:
    spot = atlas.spots.get(place_id)
    return spot is not None and spot.level == Level.VILLAGE


def dissolve_group(group: Group, *, last_day: date, by: Actor) -> None:
    """End a KUBE and the memberships that still hold; both hold up to and including `last_day`.

    Raises GroupEndError.
    """
    ends = last_day + timedelta(days=1)
    if group.valid_from and last_day < group.valid_from:
        raise GroupEndError(group.name)
    with recorded("partners.dissolve_group", by=by, subject=group, last_day=last_day):
        group.memberships.holding_on(last_day).update(valid_to=ends)
        group.valid_to = ends
        group.save(update_fields=["valid_to"])
