"""Step: the places of Rote Ndao, and what changed since 2020."""

from sasando.demo.context import Demo
from sasando.places.actions import add_aliases, apply_changes, load_regency

CODE = "53.14"


def build(demo: Demo) -> None:
    """Load today's official list and put the known changes behind it."""
    load_regency(CODE, by=demo.by)
    apply_changes(demo.rows("places/changes.csv"), by=demo.by)
    add_aliases(demo.rows("places/aliases.csv"), by=demo.by)
