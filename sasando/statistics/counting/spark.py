"""The same tables on a Spark cluster: each query translated, the facts read from the same Parquet files."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sasando.statistics.counting.engine import Facts, to_spark
from sasando.statistics.results import FigureValue

FIGURES = "id STRING, value DECIMAL(38, 6), reason STRING"


def spark_is_installed() -> bool:
    """Whether the extra is there; it is no part of an ordinary installation."""
    return find_spec("pyspark") is not None


class SparkFacts(Facts):
    """The fact tables of one folder in a Spark session. Close it after use."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.errors = (import_module("pyspark.errors").PySparkException,)
        self.session = import_module("pyspark.sql").SparkSession.builder.appName("sasando").getOrCreate()
        for name, path in self.files.items():
            self.session.read.parquet(str(path)).createOrReplaceTempView(name)
        self.know(())

    def know(self, figures: Iterable[FigureValue]) -> None:
        rows = [(f.id, None if f.value is None else Decimal(f.value), f.reason or None) for f in figures]
        self.session.createDataFrame(rows, FIGURES).createOrReplaceTempView("figures")

    def tuples(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[str], list[tuple]]:
        found = self.session.sql(to_spark(sql), args=list(parameters) or None)
        return found.columns, list(map(tuple, found.collect()))

    def close(self) -> None:
        self.session.stop()
