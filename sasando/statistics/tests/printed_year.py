"""Years for the checks' tests: printed tables from texts, computed tables from numbers, facts in memory."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from sasando.statistics.counting.engine import Facts
from sasando.statistics.reporting.reading import COLUMNS, holds_by_key, read_table
from sasando.statistics.results import (
    Basis,
    FigureValue,
    ReportedTableView,
    Role,
    Sensitivity,
    TableColumn,
    TableResult,
    TextFigure,
    YearView,
)

BOOK = Path(__file__).parents[2] / "demo" / "data" / "reported"


class MemoryFacts(Facts):
    """Fact tables of a test: `{name: [row, ...]}`, each row a dict."""

    def __init__(self, tables: Mapping[str, Sequence[Mapping[str, object]]]):
        super().__init__(BOOK)
        self.tables = tables

    def _open(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        for name, rows in self.tables.items():
            fields = ", ".join(f'"{column}" {_sql_type(value)}' for column, value in rows[0].items())
            connection.execute(f"CREATE TABLE {name} ({fields})")
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(
                f"INSERT INTO {name} VALUES ({marks})", [list(row.values()) for row in rows]
            )
        return connection


def _sql_type(value: object) -> str:
    return {bool: "BOOLEAN", int: "BIGINT", Decimal: "DECIMAL(18, 4)"}.get(type(value), "VARCHAR")


def printed(
    table_id: str, rows: Sequence[Mapping[str, str]], kind: str = "table", **options: object
) -> ReportedTableView:
    """A reported table from the texts of its cells."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    holds = COLUMNS[kind] if kind in COLUMNS else holds_by_key(rows, columns)
    read = read_table(rows, columns, holds)
    return ReportedTableView(table_id, kind, "a document", read.columns, read.rows, options)


def computed(
    table_id: str,
    rows: Sequence[Mapping[str, object]],
    roles: Mapping[str, Role],
    totals: Mapping[str, object] | None = None,
    **more: object,
) -> TableResult:
    """A computed table; totals are sums of its counts and amounts unless given."""
    sums = {
        key: sum(row[key] for row in rows if row.get(key) is not None)
        for key, role in roles.items()
        if role in (Role.COUNT, Role.AMOUNT)
    }
    columns = tuple(TableColumn(key, {}, role) for key, role in roles.items())
    return TableResult(
        table_id,
        {"id": f"Tabel {table_id}", "en": f"Table {table_id}"},
        "a source",
        more.pop("basis", Basis.RECORDS),
        columns,
        tuple(rows),
        sums | dict(totals or {}),
        **more,
    )


def year(
    *reported: ReportedTableView,
    tables: Sequence[TableResult] = (),
    figures: Mapping[str, object] | None = None,
    text: Mapping[str, str] | None = None,
    facts: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    number: int = 2020,
) -> YearView:
    """A year that holds just this."""
    return YearView(
        year=number,
        as_of=date(number, 12, 31),
        places_as_of=date(number, 1, 1),
        tables={table.id: table for table in tables},
        figures={
            name: FigureValue(name, {}, value, "", Basis.RECORDS) for name, value in (figures or {}).items()
        },
        reported={table.table_id: table for table in reported},
        text_figures={key: TextFigure(key, value, "", "III.A") for key, value in (text or {}).items()},
        facts=MemoryFacts(facts) if facts else None,
    )


def book_rows(table_id: str) -> list[dict[str, str]]:
    """The rows of a printed table of the 2020 book."""
    with (BOOK / f"{table_id}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def book_2020() -> YearView:
    """The printed 2020 book beside what its records give, written down by hand where the two differ."""
    names = [path.stem for path in sorted(BOOK.glob("*.csv")) if path.stem != "figures_in_text"]
    text = book_rows("figures_in_text")
    return YearView(
        year=2020,
        as_of=date(2020, 12, 31),
        places_as_of=date(2020, 1, 1),
        tables={table.id: table for table in map(_computed_of_book, names) if table},
        figures={name: FigureValue(name, {}, value, "", Basis.RECORDS) for name, value in FIGURES.items()},
        reported={name: printed(name, book_rows(name)) for name in names},
        text_figures={
            row["key"]: TextFigure(row["key"], row["value"], row["unit"], row["where"]) for row in text
        },
        facts=MemoryFacts(_facts_of_book()),
    )


FIGURES: dict[str, int | Decimal | None] = {
    "poverty.families": 22579, "pkh.families": 11731, "pkh.amount": 12157475000, "bpnt.families": 15141,
    "bpnt.amount": 17369400000, "bpnt.months": 86847, "relief.rice_families": 10562, "relief.emergency_families": 38,
    "relief.families": 10600, "relief.planned_families": 10500, "neglected.served": 351, "neglected.total": 3455,
    "violence.children": 20, "survey.villages": 60, "places.villages": 119, "places.districts": 10, "kube.groups": 30,
    "kube.families": 300, "karang_taruna.total": 20, "karang_taruna.aided": 5, "staff.contract": 11,
    "plan.objectives": 5, "plan.indicators": 11, "poverty.depth": Decimal("5.36"), "poverty.rate": Decimal("27.54"),
    "heroism.youth": 0, "ktk.total": None, "performance.achievement": Decimal("85.89"),
}  # fmt: skip

NUMERATORS = {
    "": ("poverty.depth", ""), "1.1": ("kube.families", "poverty.families"),
    "1.2": ("bpnt.families", "poverty.families"), "2.1": ("relief.families", "relief.planned_families"),
    "2.2": ("pkh.families", "poverty.families"), "2.3": ("neglected.served", "neglected.total"),
    "2.4": ("violence.children", "ktk.total"), "2.5": ("survey.villages", "places.villages"),
    "3.1": ("karang_taruna.aided", "karang_taruna.total"), "3.2": ("heroism.youth", ""),
}  # fmt: skip

_COUNTS = {
    "t01_staff": ("male", "female", "grade_iv", "grade_iii", "grade_ii", "edu_s1", "edu_d3", "edu_slta", "total"),
    "t01_non_civil_servants": ("count",), "t02_relief": ("rice_reserve_families", "emergency_families"),
    "t03_pkh": ("families", "amount_idr"), "t05_violence_by_district": ("children",),
    "t04_logistics": ("elderly_persons", "disabled_persons", "living_allowance_children"),
    "t05_violence_by_kind": ("children",), "t06_pmks_survey_totals": ("desa", "kelurahan", "total"),
    "t06_pmks_survey_villages": (), "t07_kube": ("groups", "families"), "t08_bpnt": ("families",),
    "t09_key_indicators": (), "t10_performance_agreement": ("target", "numerator", "denominator"),
    "t11_achievement": ("average_achievement_percent",), "t12_budget_apbd": ("ceiling_idr", "realised_idr"),
    "t13_budget_apbn": ("ceiling_idr", "realised_idr"),
}  # fmt: skip
_OFFICIAL = {
    "Nggodimedda": "Nggodimeda", "Tesabela": "Tesa Bela", "Mbalilendeiki": "Mbali Lendeiki", "Tunganamo": "Tungganamo",
}  # fmt: skip
_ACHIEVED = {"1": "62.2108", "2": "88.2759", "3": "103.1714", "4": "125.7905", "5": "50"}


def _computed_of_book(table_id: str) -> TableResult | None:
    """What the records give for a table of the book: the printed rows, put right by hand."""
    if table_id not in _COUNTS:
        return None
    counted, rows = _COUNTS[table_id], []
    for texts in book_rows(table_id):
        if any("TOTAL" in text for text in texts.values()):
            continue
        row: dict[str, object] = {key: _OFFICIAL.get(text, text) or None for key, text in texts.items()}
        row |= {key: _number(texts[key]) for key in counted}
        if table_id == "t10_performance_agreement":
            row |= {"2.3": {"numerator": 351}, "3.1": {"target": Decimal(25)}}.get(texts["indicator_no"], {})
        if table_id == "t11_achievement":
            row["average_achievement_percent"] = Decimal(_ACHIEVED[texts["no"]])
        if table_id.startswith("t1") and "ceiling_idr" in counted:
            row["percent"] = Decimal(row["realised_idr"] * 100) / Decimal(row["ceiling_idr"])
        rows.append(row)
    roles = dict.fromkeys(rows[0], Role.LABEL) | dict.fromkeys(counted, Role.COUNT) | {"no": Role.ORDINAL}
    totals: dict[str, object] = {}
    if table_id == "t10_performance_agreement":
        roles |= dict.fromkeys(counted, Role.NUMBER)
    if table_id == "t11_achievement":
        roles["average_achievement_percent"] = Role.PERCENT
        totals["average_achievement_percent"] = Decimal("85.8897")
    if "percent" in rows[0]:
        roles["percent"] = Role.PERCENT
        totals["percent"] = Decimal(100)
    sensitive = Sensitivity.SENSITIVE if table_id.startswith("t05") else Sensitivity.OPEN
    return computed(table_id, rows, roles, totals, sensitivity=sensitive)


def _number(text: str) -> int | Decimal | None:
    return (Decimal(text) if "." in text else int(text)) if text else None


def _facts_of_book() -> dict[str, list[dict[str, object]]]:
    indicators = [
        {
            "number": row["indicator_no"],
            "name": row["indicator"],
            "numerator_figure": NUMERATORS[row["indicator_no"]][0]
            if row["objective_no"] != "2"
            else "poverty.rate",
            "denominator_figure": NUMERATORS[row["indicator_no"]][1],
        }
        for row in book_rows("t10_performance_agreement")
    ]
    echelons = ["II.b", "III.a", *["III.b"] * 4, *["IV.a"] * 13]
    return {
        "indicators": indicators,
        "posts": [{"echelon": echelon, "filled": number < 14} for number, echelon in enumerate(echelons)],
        "scale_bands": [
            {"policy": "Skala ordinal", "at_least": Decimal(least), "label": label}
            for least, label in (
                ("85", "Sangat Berhasil"),
                ("70", "Berhasil"),
                ("55", "Cukup Berhasil"),
                ("0", "Belum Berhasil"),
            )
        ],
        "achievement_policies": [{"name": "Skala ordinal", "cap_percent": None}],
    }
