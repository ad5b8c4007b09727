"""The places as they stood on a day, held in memory: a regency has a few hundred, a page needs many look-ups."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.lib.names import Match, match_name
from sasando.places.models import Level, Place, PlaceAlias, PlaceName, Succession


def places(reader: Reader) -> QuerySet[Place]:
    """The places, each with its latest name as `last_name`, for readers who may see places (they are public)."""
    if not reader.may(Permission.SEE_PLACES):
        return Place.objects.none()
    return Place.objects.annotate(last_name=_last_name("pk"))


def histories(code: str) -> list[Place]:
    """The places that ever had a code, each with its names, its parts, and what came before and after it."""
    parts = Place.objects.annotate(last_name=_last_name("pk")).order_by("code", "valid_from")
    steps = Succession.objects.select_related("predecessor__parent", "successor__parent")
    return list(
        Place.objects.filter(code=code)
        .select_related("parent")
        .order_by("valid_from")
        .prefetch_related(
            Prefetch("names", PlaceName.objects.order_by("valid_from"), to_attr="known_names"),
            Prefetch("parts", parts, to_attr="known_parts"),
            Prefetch("successions", steps, to_attr="after"),
            Prefetch("origins", steps, to_attr="before"),
        )
    )


def _last_name(key: str) -> Subquery:
    newest_first = F("valid_to").desc(nulls_first=True)
    return Subquery(PlaceName.objects.filter(place=OuterRef(key)).order_by(newest_first).values("name")[:1])


@dataclass(frozen=True)
class Spot:
    """One place on the atlas's day."""

    id: int
    code: str
    level: str
    kind: str
    parent_id: int | None
    name: str
    latitude: float | None
    longitude: float | None


class Atlas:
    """All places of the office on one day, and for a place of another day its heir or ancestor on this one."""

    def __init__(self, day: date):
        self.day = day
        self._rows = {row.id: row for row in Place.objects.all()}
        self._names: dict[int, list[PlaceName]] = {}
        for name in PlaceName.objects.order_by("place_id", "valid_from"):
            self._names.setdefault(name.place_id, []).append(name)
        self._joined: dict[int, set[int]] = {}
        for step in Succession.objects.all():
            self._joined.setdefault(step.predecessor_id, set()).add(step.successor_id)
            self._joined.setdefault(step.successor_id, set()).add(step.predecessor_id)

    @cached_property
    def spots(self) -> dict[int, Spot]:
        """The places that hold on the day, by id."""
        return {row.id: self._spot(row) for row in self._rows.values() if self._holds(row)}

    @cached_property
    def by_code(self) -> dict[str, Spot]:
        """The places that hold on the day, by code."""
        return {spot.code: spot for spot in self.spots.values()}

    def at_level(self, level: Level) -> list[Spot]:
        """The places of a level, by code."""
        return sorted((s for s in self.spots.values() if s.level == level), key=lambda spot: spot.code)

    def heir(self, place_id: int | None) -> Spot | None:
        """The place of the atlas's day that a place of any day stands for; None without a single one."""
        if place_id is None:
            return None
        if place_id in self.spots:
            return self.spots[place_id]
        seen, front = {place_id}, {place_id}
        while front:
            front = {other for place in front for other in self._joined.get(place, ())} - seen
            seen |= front
            holding = [place for place in front if place in self.spots]
            if holding:
                return self.spots[holding[0]] if len(holding) == 1 else None
        return None

    def ancestor(self, place_id: int | None, level: Level) -> Spot | None:
        """The district (or regency ...) of the atlas's day in which a place of any day lies."""
        spot = self.heir(place_id)
        while spot and spot.level != level:
            spot = self.spots.get(spot.parent_id) if spot.parent_id else None
        return spot

    def village_code(self, place_id: int | None) -> str | None:
        spot = self.ancestor(place_id, Level.VILLAGE)
        return spot.code if spot else None

    def district_code(self, place_id: int | None) -> str | None:
        spot = self.ancestor(place_id, Level.DISTRICT)
        return spot.code if spot else None

    def name(self, place_id: int | None) -> str:
        """The official name on the day; of an ended place, its last name."""
        if place_id is None:
            return ""
        names = self._names.get(place_id, [])
        holding = [name for name in names if _holds(name, self.day)] or names[-1:]
        return holding[0].name if holding else ""

    def find(self, printed: str, level: Level, within: Spot | None = None) -> Spot | None:
        """The place meant by a printed name, looked for only inside `within`; None where it is not clear.

        Letters only, then at most one letter's difference: safe within a district, never across districts.
        """
        inside = [s for s in self.at_level(level) if within is None or self._lies_in(s, within.id)]
        match = match_name(printed, {spot.id: self.spellings(spot) for spot in inside})
        return self.spots[match.key] if isinstance(match, Match) else None

    def spellings(self, spot: Spot) -> list[str]:
        """Every name a place is met under: its official names of all times, and its aliases."""
        return [name.name for name in self._names.get(spot.id, [])] + self._aliases.get(spot.id, [])

    @cached_property
    def _aliases(self) -> dict[int, list[str]]:
        aliases: dict[int, list[str]] = {}
        for alias in PlaceAlias.objects.all():
            aliases.setdefault(alias.place_id, []).append(alias.name)
        return aliases

    def ids_within(self, place_id: int) -> frozenset[int]:
        """The ids of all places of any day whose heir on the atlas's day lies in (or is) the given place."""
        top = self.heir(place_id)
        return frozenset(id for id in self._rows if top and self._lies_in(self.heir(id), top.id))

    def _lies_in(self, spot: Spot | None, top_id: int) -> bool:
        while spot and spot.id != top_id:
            spot = self.spots.get(spot.parent_id) if spot.parent_id else None
        return spot is not None

    def _holds(self, row: Place) -> bool:
        return _holds(row, self.day)

    def _spot(self, row: Place) -> Spot:
        name = self.name(row.id)
        return Spot(row.id, row.code, row.level, row.kind, row.parent_id, name, row.latitude, row.longitude)


def _holds(row: Place | PlaceName, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to > day)
