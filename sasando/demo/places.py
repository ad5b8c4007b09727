"""Step: the places of Rote Ndao, what changed since 2020, and roughly where its districts lie."""

from sasando.demo.context import Demo
from sasando.places.actions import add_aliases, apply_changes, load_regency, set_positions

CODE = "53.14"


def build(demo: Demo) -> None:
    """Load today's official list, put the known changes behind it, and place the districts for maps by circles."""
    load_regency(CODE, by=demo.by)
    apply_changes(demo.rows("places/changes.csv"), by=demo.by)
    add_aliases(demo.rows("places/aliases.csv"), by=demo.by)
    positions = demo.rows("places/positions.csv")
    set_positions({row["code"]: (row["latitude"], row["longitude"]) for row in positions}, by=demo.by)
