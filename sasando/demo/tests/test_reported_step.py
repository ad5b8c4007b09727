"""The step `reported`: the printed 2020 book beside the records, as printed."""

from sasando.demo.context import Demo
from sasando.demo.reported import build
from sasando.statistics.models import ReportedFigure, ReportedTable
from sasando.statistics.queries import reported_tables, text_figures


def test_all_printed_tables_and_text_figures_are_stored(db):
    demo = Demo()
    build(demo)
    tables = reported_tables(2020)
    assert {name[:3] for name in tables} == {f"t{number:02}" for number in range(1, 14)} | {"pla"}
    for name, table in tables.items():
        rows = [{key: cell.printed for key, cell in row.items()} for row in table.rows]
        assert rows == demo.rows(f"reported/{name}.csv")
    printed = {row["key"]: row["value"] for row in demo.rows("reported/figures_in_text.csv")}
    assert {key: figure.printed for key, figure in text_figures(2020).items()} == printed


def test_no_printed_cell_is_refused(db):
    build(Demo())
    states = {cell.state for t in reported_tables(2020).values() for row in t.rows for cell in row.values()}
    assert states == {"number", "unknown", "label"}


def test_the_step_twice_stores_once(db):
    build(Demo())
    before = (ReportedTable.objects.count(), ReportedFigure.objects.count())
    build(Demo())
    assert (ReportedTable.objects.count(), ReportedFigure.objects.count()) == before


def test_violence_is_never_crossed_with_a_village(db):
    build(Demo())
    for name, table in reported_tables(2020).items():
        if name.startswith("t05"):
            assert "village" not in table.columns
            assert not {"district", "case_kind"} <= set(table.columns)
