"""The money of the demo office: fund sources, and the two budgets of 2020 with what was spent."""

from sasando.base.importing import read_file
from sasando.base.loading import load_whole
from sasando.budget.importers import BUDGET, FUND_SOURCES
from sasando.demo.context import Demo

FILES = (
    (FUND_SOURCES, "budget/fund_sources.csv"),
    (BUDGET, "budget/apbd_2020.csv"),
    (BUDGET, "budget/apbn_2020.csv"),
)


def build(demo: Demo) -> None:
    """Load the sources, then the regency's and the state's budget, each by itself."""
    for importer, name in FILES:
        load_whole(importer, read_file(importer, demo.path(name), name), name, by=demo.by)
