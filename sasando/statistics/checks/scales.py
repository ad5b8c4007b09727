"""Ordinal scales as data, and whether a label may stand beside an achievement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import yaml

from sasando.lib.names import letters_only
from sasando.statistics.results import YearView

OFFICE = "office"
"""Name of the office's own scale: the one that planning holds for the year."""

_FILE = Path(__file__).parent / "scales.yaml"


@dataclass(frozen=True)
class Band:
    """A label and the achievements it stands for; without `at_least` it is the lowest."""

    label: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    also: tuple[str, ...] = ()

    def is_called(self, label: str) -> bool:
        wanted = letters_only(label)
        names = {letters_only(name) for name in (self.label, *self.also)}
        return wanted in names or any(
            wanted == letters_only(self.label) + letters_only(name) for name in self.also
        )


@dataclass(frozen=True)
class Scale:
    """A named scale, highest band first."""

    name: str
    bands: tuple[Band, ...]
    source: str = ""

    def allowed(self, value: Fraction | Decimal) -> tuple[Band, ...]:
        """The bands a value may carry: one, or in a gap between two bands both."""
        exact = Fraction(value)
        for place, band in enumerate(self.bands):
            if band.at_least is None or exact >= Fraction(band.at_least):
                in_gap = band.at_most is not None and exact > Fraction(band.at_most) and place > 0
                return (self.bands[place - 1], band) if in_gap else (band,)
        return self.bands[-1:]

    def knows(self, label: str) -> bool:
        return any(band.is_called(label) for band in self.bands)


@lru_cache(maxsize=1)
def shipped_scales() -> Mapping[str, Scale]:
    """The scales that come with Sasando, by name."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: Scale(name, _bands(entry["bands"]), entry["source"]) for name, entry in data.items()}


def _bands(entries: Iterable[Mapping[str, object]]) -> tuple[Band, ...]:
    return tuple(
        Band(
            str(entry["label"]),
            _decimal(entry.get("at_least")),
            _decimal(entry.get("at_most")),
            tuple(entry.get("also", ())),
        )
        for entry in entries
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def office_scales(view: YearView) -> Mapping[str, Scale]:
    """The scales the office's own planning holds for the year, by the policy's name."""
    if view.facts is None:
        return {}
    rows = view.facts.rows("SELECT policy, at_least, label FROM scale_bands ORDER BY policy, at_least DESC")
    bands: dict[str, list[Band]] = {}
    for row in rows:
        bands.setdefault(str(row["policy"]), []).append(
            Band(str(row["label"]), Decimal(str(row["at_least"])))
        )
    return {name: Scale(name, tuple(found)) for name, found in bands.items()}


def scale_for(view: YearView, labels: Sequence[str], name: str | None = None) -> Scale | None:
    """The scale of a table: the one named; else the office's own, or the only shipped one, that has all its labels."""
    own = office_scales(view)
    if name == OFFICE:
        return next(iter(own.values()), None)
    if name:
        return own.get(name) or shipped_scales().get(name)
    fitting = [scale for scale in own.values() if all(map(scale.knows, labels))]
    if not fitting:
        fitting = [scale for scale in shipped_scales().values() if all(map(scale.knows, labels))]
        fitting = fitting if len(fitting) == 1 else []
    return fitting[0] if labels and fitting else None
