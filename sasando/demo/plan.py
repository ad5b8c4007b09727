"""The plan of the demo office: objectives, indicators, the agreement in two versions, typed figures and the scale."""

from sasando.base.importing import read_file
from sasando.base.loading import load_whole
from sasando.demo.context import Demo
from sasando.planning.importers import AGREEMENT, INDICATORS, KEY_INDICATORS, PLAN, SCALE, TYPED_FIGURES

FILES = (
    (PLAN, "plan/plan.csv"),
    (INDICATORS, "plan/indicators.csv"),
    (KEY_INDICATORS, "plan/key_indicators.csv"),
    (AGREEMENT, "plan/agreements.csv"),
    (TYPED_FIGURES, "plan/typed_figures.csv"),
    (SCALE, "plan/scale.csv"),
)


def build(demo: Demo) -> None:
    """Load the plan's files in the order in which one needs the other."""
    for importer, name in FILES:
        load_whole(importer, read_file(importer, demo.path(name), name), name, by=demo.by)
