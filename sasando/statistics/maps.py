"""Districts drawn on the server: outlines from the GeoJSON an office supplies, else circles at the places' coordinates.

The office puts a file `map.geojson` into its data folder: features with a polygon and, among their properties, the
district's official code or its name, of any day. Coordinates are degrees (WGS 84).
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sasando.lib.errors import ReasonedError, gettext_noop
from sasando.places.models import Level
from sasando.places.queries import Atlas, Spot

WIDTH = 640
"""Width of a drawing in its own units; its height follows from the land."""

MARGIN = 26
TALLEST = 900
MOST_BYTES = 30_000_000
CLASSES = 5
LARGEST_CIRCLE = 44
FINEST = 0.7
"""Points closer than this to the one before, in the drawing's units, cannot be seen and are left out."""

Point = tuple[float, float]
Ring = Sequence[Point]


class MapFileError(ReasonedError):
    """The office's map file cannot be drawn. The page shows the sentence and goes on without the outlines."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feature of a map file: what its properties call it, and its rings in degrees."""

    names: Mapping[str, str]
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A district drawn: an SVG path or a circle, where its number stands, and its class (None: not known)."""

    number: str
    name: str
    value: int | float | None
    x: float
    y: float
    path: str = ""
    radius: float = 0
    shade: int | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """A class of the legend: its lowest and highest value and the districts in it."""

    number: int
    lowest: object
    highest: object
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map ready for `statistics/map.html`."""

    width: int
    height: int
    areas: tuple[Area, ...]
    shades: tuple[Shade, ...]
    unknown: tuple[Area, ...]
    missing: tuple[str, ...]
    """Districts of the table that have neither an outline nor coordinates."""
    outlined: bool


def map_path() -> Path:
    """Where an office puts its map."""
    return Path(settings.DATA) / "map.geojson"


def draw(values: Mapping[int, object], numbers: Mapping[int, str], atlas: Atlas) -> Drawing | None:
    """The districts of the atlas's day with their values, by place id; None where nothing can be drawn.

    `numbers` are the marks that stand in the drawing and in the table beside it. Raises MapFileError when the
    office's file cannot be used; `draw_circles` then still works.
    """
    path = map_path()
    if not path.exists():
        return draw_circles(values, numbers, atlas)
    status = path.stat()
    outlines = read_outlines(path, status.st_mtime_ns, status.st_size)
    rings = match_districts(outlines, atlas)
    if not rings:
        raise MapFileError(
            gettext_noop(
                "%(name)s names none of this office's districts. Each feature needs the district's code or name "
                "among its properties."
            ),
            name=path.name,
        )
    to_page, height = _projection([point for each in rings.values() for ring in each for point in ring])
    areas = []
    for place_id, each in rings.items():
        drawn = [[to_page(point) for point in ring] for ring in each]
        largest = max(drawn, key=lambda ring: abs(_area(ring)))
        x, y = _centre(largest)
        areas.append(_area_of(place_id, values, numbers, atlas, x, y, path=_path(drawn, largest)))
    return _finished(areas, height, values, rings, atlas, outlined=True)


def draw_circles(values: Mapping[int, object], numbers: Mapping[int, str], atlas: Atlas) -> Drawing | None:
    """Circles whose area is the value, at the districts' coordinates; None without coordinates."""
    spots = {
        spot.id: (float(spot.longitude), float(spot.latitude))
        for spot in atlas.at_level(Level.DISTRICT)
        if spot.longitude is not None and spot.latitude is not None
    }
    if not spots:
        return None
    to_page, height = _projection(list(spots.values()), MARGIN + LARGEST_CIRCLE)
    most = max((value for value in values.values() if value is not None), default=0)
    areas = []
    for place_id, point in spots.items():
        x, y = to_page(point)
        value = values.get(place_id)
        share = float(value) / float(most) if value is not None and value > 0 and most > 0 else 0.0
        radius = max(round(LARGEST_CIRCLE * math.sqrt(share), 1), 4)
        areas.append(_area_of(place_id, values, numbers, atlas, x, y, radius=radius))
    areas.sort(key=lambda area: -area.radius)  # a small circle stays in sight on a large one
    return _finished(areas, height, values, spots, atlas, outlined=False)


@lru_cache(maxsize=4)
def read_outlines(path: Path, changed: int, size: int) -> tuple[Outline, ...]:
    """The features of a map file that have an area; kept in memory until the file changes. Raises MapFileError."""
    if size > MOST_BYTES:
        raise MapFileError(
            gettext_noop(
                "%(name)s is larger than %(most)s MB; simplify its outlines and put it there again."
            ),
            name=path.name,
            most=MOST_BYTES // 1_000_000,
        )
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise MapFileError(
            gettext_noop("%(name)s is not a GeoJSON file; save the map as GeoJSON and put it there again."),
            name=path.name,
        ) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise MapFileError(
            gettext_noop(
                "%(name)s has no list of features; save the districts as a GeoJSON FeatureCollection."
            ),
            name=path.name,
        )
    outlines = tuple(outline for outline in map(_outline, features) if outline is not None)
    if not outlines:
        raise MapFileError(gettext_noop("%(name)s holds no district outlines (polygons)."), name=path.name)
    if any(abs(x) > 180 or abs(y) > 90 for outline in outlines for ring in outline.rings for x, y in ring):
        raise MapFileError(
            gettext_noop("%(name)s does not give degrees; save the map with coordinates in WGS 84."),
            name=path.name,
        )
    return outlines


def _outline(feature: object) -> Outline | None:
    """A feature with an area; None for points, lines and whatever else a file may hold."""
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        return None
    geometry = feature["geometry"]
    rings = tuple(_rings(geometry.get("type"), geometry.get("coordinates")))
    properties = feature.get("properties") if isinstance(feature.get("properties"), dict) else {}
    names = {key: str(value) for key, value in properties.items() if isinstance(value, str | int)}
    if isinstance(feature.get("id"), str | int):
        names["id "] = str(feature["id"])
    return Outline(names, rings) if rings else None


def _rings(kind: object, coordinates: object) -> Iterator[Ring]:
    polygons = (
        {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind) if isinstance(kind, str) else None
    )
    for polygon in polygons if isinstance(polygons, list) else []:
        for ring in polygon if isinstance(polygon, list) else []:
            try:
                points = [(float(point[0]), float(point[1])) for point in ring]
            except (TypeError, ValueError, IndexError, KeyError):
                continue
            if len(points) > 3 and all(math.isfinite(x) and math.isfinite(y) for x, y in points):
                yield points


def match_districts(outlines: Iterable[Outline], atlas: Atlas) -> dict[int, list[Ring]]:
    """The rings of each district of the atlas's day, by place id.

    Whichever property tells most districts apart is the one believed; it may hold codes or names, of that day or of
    today: the outline of a district split off later belongs to the one it came from.
    """
    outlines = list(outlines)
    find = _Finder(atlas)
    best: dict[int, list[Ring]] = {}
    for key in dict.fromkeys(key for outline in outlines for key in outline.names):
        found: dict[int, list[Ring]] = {}
        for outline in outlines:
            spot = find(outline.names.get(key, ""))
            if spot:
                found.setdefault(spot.id, []).extend(outline.rings)
        if len(found) > len(best):
            best = found
    return best


class _Finder:
    """Which district of the atlas's day a code or a name of any day means."""

    def __init__(self, atlas: Atlas):
        self.atlas = atlas
        self.today = Atlas(date.today())
        self.codes: dict[str, int] = {}
        for each in (self.today, atlas):
            self.codes.update({_digits(spot.code): spot.id for spot in each.at_level(Level.DISTRICT)})
        self.known: dict[str, Spot | None] = {}

    def __call__(self, text: str) -> Spot | None:
        if text not in self.known:
            self.known[text] = self._find(text)
        return self.known[text]

    def _find(self, text: str) -> Spot | None:
        place_id = self.codes.get(_digits(text)) if any(map(str.isdigit, text)) else None
        if place_id is None and any(map(str.isalpha, text)):
            exact = self.atlas.find(text, Level.DISTRICT) or self.today.find(text, Level.DISTRICT)
            place_id = exact.id if exact else None
        return self.atlas.ancestor(place_id, Level.DISTRICT)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _projection(points: Sequence[Point], margin: float = MARGIN):
    """A function from degrees to the drawing (equirectangular, true at the middle), and the drawing's height."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrowing = max(math.cos(math.radians((south + north) / 2)), 0.01)
    wide, tall = (east - west) * narrowing, north - south
    scale = min(
        (WIDTH - 2 * margin) / wide if wide else math.inf, (TALLEST - 2 * margin) / tall if tall else math.inf
    )
    scale = scale if math.isfinite(scale) else 0.0
    left = (WIDTH - wide * scale) / 2

    def to_page(point: Point) -> Point:
        return left + (point[0] - west) * narrowing * scale, margin + (north - point[1]) * scale

    return to_page, math.ceil(tall * scale + 2 * margin)


def _path(rings: Sequence[Ring], largest: Ring) -> str:
    parts = []
    for ring in rings:
        kept: list[Point] = []
        for x, y in ring:
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= FINEST:
                kept.append((x, y))
        if len(kept) > 2 or ring is largest:
            parts.append("M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "Z")
    return "".join(parts)


def _area(ring: Ring) -> float:
    following = [*ring[1:], ring[0]]
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, following, strict=True)) / 2


def _centre(ring: Ring) -> Point:
    area = _area(ring)
    if abs(area) < 1e-9:
        return ring[0]
    following = [*ring[1:], ring[0]]
    x = sum((x + u) * (x * v - u * y) for (x, y), (u, v) in zip(ring, following, strict=True))
    y = sum((y + v) * (x * v - u * y) for (x, y), (u, v) in zip(ring, following, strict=True))
    return x / (6 * area), y / (6 * area)


def _area_of(place_id, values, numbers, atlas, x, y, **shape) -> Area:
    value = values.get(place_id)
    return Area(numbers.get(place_id, ""), atlas.name(place_id), value, round(x, 1), round(y, 1), **shape)


def _finished(areas, height, values, drawn, atlas, *, outlined: bool) -> Drawing:
    known = sorted(area.value for area in areas if area.value is not None)
    bounds = class_of_values(known)
    shaded = tuple(
        Area(a.number, a.name, a.value, a.x, a.y, a.path, a.radius, bounds.get(a.value)) for a in areas
    )
    shades = []
    for number in sorted(set(bounds.values())):
        members = [area for area in shaded if area.shade == number]
        members.sort(key=lambda area: area.value)
        shades.append(Shade(number, members[0].value, members[-1].value, tuple(members)))
    missing = tuple(atlas.name(place_id) for place_id in values if place_id not in drawn)
    unknown = tuple(area for area in shaded if area.value is None)
    return Drawing(WIDTH, height, shaded, tuple(shades), unknown, missing, outlined)


def class_of_values(values: Sequence[object], classes: int = CLASSES) -> dict[object, int]:
    """The class (0 the lowest) of each value by quantiles; equal values share a class, and no class is empty."""
    ordered = sorted(values)
    raw = {value: ordered.index(value) * classes // len(ordered) for value in ordered}
    used = sorted(set(raw.values()))
    spread = {old: (index * (classes - 1)) // max(len(used) - 1, 1) for index, old in enumerate(used)}
    return {value: spread[old] for value, old in raw.items()}
