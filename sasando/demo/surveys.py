"""Step: the 60 villages surveyed for people with social-welfare needs in 2020."""

from datetime import date

from sasando.demo.context import Demo
from sasando.registry.actions import SurveyRow, add_village_surveys


def build(demo: Demo) -> None:
    """A survey in each of the villages, on its day."""
    rows = [
        SurveyRow(
            demo.atlas.by_code[row["code"]].id, date.fromisoformat(row["surveyed_on"]), "Pendataan PMKS 2020"
        )
        for row in demo.rows("aid/surveyed_villages.csv")
    ]
    add_village_surveys(rows=rows, by=demo.by)
