"""Step: the printed tables and text figures of the 2020 book, stored as reported beside what the records give."""

import csv

from sasando.demo.context import YEAR, Demo
from sasando.statistics.reporting.reported import store_table, store_text_figures

DOCUMENT = "Profil Dinas Sosial Kabupaten Rote Ndao 2020"
FOLDER = "reported"
TEXT_FIGURES = "figures_in_text"


def build(demo: Demo) -> None:
    """Store each table of `data/reported` under its file's name, and the numbers of the running text."""
    for path in sorted(demo.path(FOLDER).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or ())
        if path.stem == TEXT_FIGURES:
            store_text_figures(year=YEAR, rows=rows, by=demo.by)
        else:
            store_table(
                year=YEAR, table_id=path.stem, columns=columns, rows=rows, document=DOCUMENT, by=demo.by
            )
