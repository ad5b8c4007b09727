"""The official places of the year's list, and what became of them later: what the name check compares with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sasando.places.models import Level, PlaceName, Succession
from sasando.places.queries import Atlas
from sasando.statistics.results import YearView

DISTRICT, VILLAGE = "district", "village"


@dataclass(frozen=True)
class Official:
    """A place of the list: its code and name then, its district, and its later name or district where those changed."""

    code: str
    name: str
    district: str = ""
    later_name: str = ""
    later_district: str = ""
    changed_on: date | None = None


@dataclass(frozen=True)
class Gazetteer:
    """Districts and villages of the list by code; `places_as_of` is its day."""

    places_as_of: date
    districts: Mapping[str, Official] = field(default_factory=dict)
    villages: Mapping[str, Official] = field(default_factory=dict)


def gazetteer_of(view: YearView) -> Gazetteer:
    """The list of `places_as_of`, and later changes as the office's place table has them."""
    then = Atlas(view.places_as_of)
    districts = {spot.code: spot for spot in then.at_level(Level.DISTRICT)}
    names_of = {spot.id: spot.name for spot in districts.values()}
    renamed = {
        row.place_id: row
        for row in PlaceName.objects.filter(valid_from__gt=view.places_as_of).order_by("valid_from")
    }
    moved = {
        step.predecessor_id: step
        for step in Succession.objects.select_related("successor__parent").filter(day__gt=view.places_as_of)
    }
    now = {name.place_id: name.name for name in PlaceName.objects.filter(valid_to__isnull=True)}

    def official(spot) -> Official:
        name, step = renamed.get(spot.id), moved.get(spot.id)
        district = names_of.get(spot.parent_id, "")
        if step and spot.level == Level.VILLAGE and step.successor.parent_id != spot.parent_id:
            return Official(
                spot.code,
                spot.name,
                district,
                later_district=now.get(step.successor.parent_id, ""),
                changed_on=step.day,
            )
        if name:
            return Official(spot.code, spot.name, district, later_name=name.name, changed_on=name.valid_from)
        return Official(spot.code, spot.name, district)

    return Gazetteer(
        view.places_as_of,
        {code: official(spot) for code, spot in districts.items()},
        {spot.code: official(spot) for spot in then.at_level(Level.VILLAGE)},
    )
