"""`sasando tables YEAR`: the statistical tables of a year, over its snapshot or over facts in a folder."""

import csv
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sasando.statistics.counting.engine import Computed, Facts, run_tables
from sasando.statistics.counting.snapshot import office_tables, store_results
from sasando.statistics.counting.spark import SparkFacts, spark_is_installed
from sasando.statistics.counting.specs import TableError, load_specs
from sasando.statistics.queries import current_snapshot, folder_of
from sasando.statistics.results import TableResult


class Command(BaseCommand):
    help = "Run the statistical tables of a year over its sealed facts, and print or store what they give."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--facts", type=Path, metavar="DIR", help="Parquet files (default: the year's snapshot)"
        )
        parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
        parser.add_argument(
            "--to", type=Path, metavar="DIR", help="write tables.json, figures.json and a CSV a table"
        )

    def handle(self, *args, year, facts, engine, to, **options):
        if engine == "spark" and not spark_is_installed():
            raise CommandError(
                "Spark is not installed here. Install the extra (pip install 'sasando[spark]') and Java, or leave out "
                "--engine: DuckDB gives the same numbers.",
                returncode=2,
            )
        folder = facts or self._sealed(year)
        if not any(folder.glob("*.parquet")):
            raise CommandError(f"{folder} holds no facts (*.parquet).", returncode=2)
        try:
            specs = load_specs([office_tables()])
            if engine == "spark":
                with closing(SparkFacts(folder)) as open_facts:
                    computed = run_tables(open_facts, specs)
            else:
                computed = run_tables(Facts(folder), specs)
        except TableError as error:
            raise CommandError(str(error), returncode=2) from error
        if to:
            to.mkdir(parents=True, exist_ok=True)
            store_results(to, computed, specs)
            for table in computed.tables.values():
                self._write_csv(to / f"{table.id}.csv", table)
        else:
            self._print(computed)

    def _sealed(self, year: int) -> Path:
        snapshot = current_snapshot(year)
        if snapshot is None:
            raise CommandError(
                f"{year} is not sealed yet: run `sasando snapshot {year}` first.", returncode=2
            )
        return folder_of(snapshot)

    def _write_csv(self, path: Path, table: TableResult) -> None:
        keys = [column.key for column in table.columns]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, keys)
            writer.writeheader()
            writer.writerows(table.rows)
            if table.totals:
                writer.writerow(_total_line(table))

    def _print(self, computed: Computed) -> None:
        for table in computed.tables.values():
            self.stdout.write(f"\n{table.id}: {table.title['id']}")
            lines = [*table.rows, *([_total_line(table)] if table.totals else [])]
            for line in lines:
                self.stdout.write(" | ".join(_text(line.get(column.key)) for column in table.columns))
        self.stdout.write("")
        for figure in computed.figures.values():
            self.stdout.write(f"{figure.id:<28} {_text(figure.value):>18} {figure.unit} ({figure.basis})")


def _total_line(table: TableResult) -> dict:
    label = next((column.key for column in table.columns if column.key not in table.totals), None)
    return {**({label: "TOTAL"} if label else {}), **table.totals}


def _text(value: str | int | Decimal | None) -> str:
    return "-" if value is None else str(value)
