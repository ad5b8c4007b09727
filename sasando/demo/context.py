"""What every step of the demo regency works with."""

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from random import Random

from sasando.base.reader import NamedActor
from sasando.places.queries import Atlas

FOLDER = Path(__file__).parent / "data"
YEAR = 2020


@dataclass
class Demo:
    """The regency being built: who builds, seeded chance, the places of 1 January 2020, and the data files."""

    by: NamedActor = field(default_factory=lambda: NamedActor("sasando demo"))

    def random(self, step: str) -> Random:
        """Chance of one step: always the same, whatever the other steps drew."""
        return Random(f"{YEAR}:{step}")

    @cached_property
    def atlas(self) -> Atlas:
        """The places of 1 January 2020."""
        return Atlas(date(YEAR, 1, 1))

    def path(self, name: str) -> Path:
        """A data file of the demo, by its name below `data/`."""
        return FOLDER / name

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV data file."""
        with self.path(name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
