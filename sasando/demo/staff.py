"""The people of the demo office: 21 civil servants and 103 others, all invented, counted as the staff table of 2020."""

from datetime import date

from sasando.base.importing import read_file
from sasando.base.loading import load_whole
from sasando.demo.context import YEAR, Demo
from sasando.staff.importers import AUXILIARIES, EMPLOYEES

FILES = ((EMPLOYEES, "office/employees.csv"), (AUXILIARIES, "office/non_civil_servants.csv"))


def build(demo: Demo) -> None:
    """Load civil servants with their appointments, then everyone beside them."""
    options = {"is_demo": True, "places_on": date(YEAR, 1, 1)}
    for importer, name in FILES:
        load_whole(importer, read_file(importer, demo.path(name), name), name, by=demo.by, options=options)
