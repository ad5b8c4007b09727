"""Reading the register. Everything starts from the families whose residence of today lies in the reader's places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sasando.base.encryption import key_ring
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.lib.identity import IdentityError, mask, parse_kk, parse_nik
from sasando.places.models import Level
from sasando.places.queries import Atlas, Spot
from sasando.registry.models import (
    CategoryHolding,
    Family,
    Identifier,
    IdentifierKind,
    Membership,
    PovertyListing,
    Relation,
    Residence,
    VillageSurvey,
)
from sasando.registry.rules import age

CHUNK = 5000
"""Ids in one query."""


def families(reader: Reader, permission: Permission = Permission.SEE_FAMILIES) -> QuerySet[Family]:
    """The families that live today where the reader holds the permission; all, where it holds everywhere."""
    scope = reader.scope(permission)
    if scope.all_places:
        return Family.objects.all()
    residing = Residence.objects.holding_on(timezone.localdate()).filter(scope.at_place("village"))
    return Family.objects.filter(id__in=residing.order_by().values("family"))


@dataclass(frozen=True)
class FamilyFilter:
    """What a list of families is narrowed to: places by code (of today), and words of a member's name."""

    district: str = ""
    village: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.district or self.village or self.name)


def family_list(reader: Reader, narrowed: FamilyFilter, atlas: Atlas) -> QuerySet[Family]:
    """The reader's families, narrowed; by name of the head where few, else in order of registration."""
    found = families(reader)
    today = timezone.localdate()
    for code in filter(None, (narrowed.district, narrowed.village)):
        spot = atlas.by_code.get(code)
        ids = atlas.ids_within(spot.id) if spot else ()
        residing = Residence.objects.holding_on(today).filter(village__in=ids)
        found = found.filter(id__in=residing.order_by().values("family"))
    if narrowed.name:
        members = Membership.objects.holding_on(today)
        for word in narrowed.name.split():
            members = members.filter(person__name__icontains=word)
        found = found.filter(id__in=members.order_by().values("family"))
    if narrowed.village or narrowed.name:
        heads = Membership.objects.holding_on(today).filter(family=OuterRef("pk"), relation=Relation.HEAD)
        found = found.annotate(head=Subquery(heads.order_by("id").values("person__name")[:1]))
        return found.order_by("head", "id")
    return found.order_by("id")


@dataclass(frozen=True)
class FamilyLine:
    """A family as one line of a list, today."""

    id: int
    head: str
    village: str
    district: str
    members: int
    decile: int | None
    listed: bool
    is_demo: bool


def family_lines(ids: Sequence[int], atlas: Atlas) -> list[FamilyLine]:
    """The lines of families already found in the reader's scope, in the order of `ids`."""
    today = atlas.day
    lines = []
    for part in _chunks(ids):
        heads = head_names(part)
        homes = dict(_holding(Residence, part, today).values_list("family_id", "village_id"))
        sizes = dict(
            _holding(Membership, part, today)
            .values_list("family_id")
            .annotate(count=Count("id"))
            .values_list("family_id", "count")
        )
        deciles = dict(_holding(PovertyListing, part, today).values_list("family_id", "decile"))
        demo = dict(Family.objects.filter(id__in=part).order_by().values_list("id", "is_demo"))
        for id in part:
            district = atlas.ancestor(homes.get(id), Level.DISTRICT)
            lines.append(
                FamilyLine(
                    id,
                    heads.get(id, ""),
                    atlas.name(homes.get(id)),
                    district.name if district else "",
                    sizes.get(id, 0),
                    deciles.get(id),
                    id in deciles,
                    demo.get(id, False),
                )
            )
    return lines


def head_names(family_ids: Sequence[int]) -> dict[int, str]:
    """The name of today's head of each family, for records already found in the reader's scope."""
    today = timezone.localdate()
    names: dict[int, str] = {}
    for part in _chunks(list(family_ids)):
        heads = _holding(Membership, part, today).filter(relation=Relation.HEAD)
        names.update(heads.values_list("family_id", "person__name"))
    return names


@dataclass(frozen=True)
class Member:
    """A member of a family, today."""

    person_id: int
    name: str
    relation: str
    sex: str
    birth_date: date | None
    age: int | None
    nik: str
    """Masked; empty where none is known."""


@dataclass(frozen=True)
class Held:
    """A welfare category that a member, or the family, falls under."""

    name: str
    bearer: str
    valid_from: date | None
    valid_to: date | None
    evidence: str
    is_secret: bool


@dataclass(frozen=True)
class FamilyPage:
    """One family, as its page shows it to one reader."""

    id: int
    is_demo: bool
    kk: str
    """Masked; empty where none is known."""
    members: list[Member]
    residences: list[Residence]
    listings: list[PovertyListing]
    categories: list[Held]
    atlas: Atlas

    @property
    def head(self) -> str:
        return next((member.name for member in self.members if member.relation == Relation.HEAD), "")

    @property
    def secrets(self) -> int:
        """How many need-to-know categories are shown: each showing is recorded first."""
        return sum(held.is_secret for held in self.categories)


def family_page(reader: Reader, family_id: int) -> FamilyPage | None:
    """One family in full; None where there is none in the reader's scope, which must look the same as none at all."""
    family = families(reader).filter(pk=family_id).first()
    if family is None:
        return None
    today = timezone.localdate()
    atlas = Atlas(today)
    memberships = list(family.memberships.holding_on(today).select_related("person").order_by("id"))
    persons = {m.person_id: m.person for m in memberships}
    niks, kk = _masked_numbers(family, list(persons))
    members = [
        Member(
            m.person_id,
            m.person.name,
            m.relation,
            m.person.sex,
            m.person.birth_date,
            age(m.person.birth_date, today),
            niks.get(m.person_id, ""),
        )
        for m in memberships
    ]
    held = visible_holdings(reader).filter(Q(family=family) | Q(person__in=persons))
    categories = [
        Held(
            str(h.category),
            persons[h.person_id].name if h.person_id else "",
            h.valid_from,
            h.valid_to,
            h.evidence,
            h.category.is_secret,
        )
        for h in held.select_related("category").order_by("category__number", "id")
    ]
    return FamilyPage(
        family.pk,
        family.is_demo,
        kk,
        members,
        list(family.residences.order_by("valid_from", "id")),
        list(family.listings.order_by("valid_from", "id")),
        categories,
        atlas,
    )


def visible_holdings(reader: Reader) -> QuerySet[CategoryHolding]:
    """The category holdings a reader may meet at all: those of secret categories only where they may see cases."""
    cases = reader.scope(Permission.SEE_CASES)
    if cases.all_places:
        return CategoryHolding.objects.all()
    if not cases:
        return CategoryHolding.objects.filter(category__is_secret=False)
    return CategoryHolding.objects.filter(Q(category__is_secret=False) | cases.at_place("village"))


def _masked_numbers(family: Family, person_ids: list[int]) -> tuple[dict[int, str], str]:
    """The members' NIK and the family's KK, masked."""
    kinds = (IdentifierKind.NIK, IdentifierKind.KK)
    rows = Identifier.objects.holding_on(timezone.localdate()).filter(
        Q(family=family) | Q(person__in=person_ids), kind__in=kinds
    )
    niks, kk = {}, ""
    for row in rows.order_by("id"):
        if row.person_id:
            niks[row.person_id] = mask(row.number)
        else:
            kk = mask(row.number)
    return niks, kk


def find_by_number(reader: Reader, number: str) -> int | None:
    """The family of the person with this NIK, or with this KK number; None where none lies in the reader's scope.

    Raises IdentityError when the text is neither.
    """
    hashes = _hashes(number)
    holding = Identifier.objects.holding_on(timezone.localdate()).filter(hashes)
    person_ids = holding.filter(person__isnull=False).values("person")
    memberships = Membership.objects.holding_on(timezone.localdate()).filter(person__in=person_ids)
    found = families(reader).filter(
        Q(id__in=holding.filter(family__isnull=False).order_by().values("family"))
        | Q(id__in=memberships.order_by().values("family"))
    )
    return found.order_by("id").values_list("id", flat=True).first()


def _hashes(number: str) -> Q:
    """The condition "is this NIK or this KK": a text of 16 digits may be either."""
    condition, refused = Q(), None
    for kind, parse in ((IdentifierKind.NIK, parse_nik), (IdentifierKind.KK, parse_kk)):
        try:
            hashed = key_ring().lookup(parse(number).number, kind.value)
        except IdentityError as error:
            refused = refused or error
        else:
            condition |= Q(kind=kind, number_hash=hashed)
    if not condition:
        raise refused
    return condition


def places_in_scope(reader: Reader, atlas: Atlas) -> tuple[list[Spot], list[Spot]]:
    """The districts and villages of today in which the reader may see families."""
    scope = reader.scope(Permission.SEE_FAMILIES)
    villages = [s for s in atlas.at_level(Level.VILLAGE) if scope.all_places or s.id in scope.place_ids]
    within = {s.parent_id for s in villages}
    return [s for s in atlas.at_level(Level.DISTRICT) if s.id in within], villages


def surveys(reader: Reader) -> QuerySet[VillageSurvey]:
    """The village surveys in the reader's places."""
    return VillageSurvey.objects.filter(reader.scope(Permission.SEE_FAMILIES).at_place("village"))


def _holding(model: type, family_ids: Iterable[int], day: date) -> QuerySet:
    return model.objects.holding_on(day).filter(family_id__in=family_ids).order_by()


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
