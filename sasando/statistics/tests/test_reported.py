"""Reported tables: stored as printed, every row accounted for, zero never invented."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sasando.base.importing import read_file
from sasando.base.reader import NamedActor
from sasando.statistics.importers import IMPORTERS
from sasando.statistics.models import ReportedCell, ReportedFigure, ReportedTable
from sasando.statistics.queries import reported_tables, text_figures, year_view
from sasando.statistics.reporting.reading import Holds, read_cell
from sasando.statistics.reporting.reported import ReportedError, store_table, store_text_figures, years
from sasando.statistics.tests.printed_year import BOOK, book_rows
from sasando.trail.models import TrailEntry

BY = NamedActor("Dina")
IMPORTER = {importer.kind: importer for importer in IMPORTERS}

INDICATORS = """indicator,unit,direction,target,realisation,published_achievement,published_scale
Persentase PMKS yang ditangani,%,higher,"80,5",72.45%,"90,00",Baik
Nilai SAKIP,predikat,higher,BB,B,-,Baik
Temuan material,%,higher,55%,n/a,,N/A
Angka kemiskinan,%,lower,24.65,"27,54","88,28%",Baik
Terpotong,%,higher,(cut off),"50,1",60,Kurang
Aneh,%,higher,"1,2.3,4",10,20,Sangat Kurang
,%,higher,1,1,100,Baik
"""


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def load(kind, text, name="laporan-2020.csv", apply=True, **options):
    importer = IMPORTER[kind]
    rows = read_file(importer, text.encode(), name)
    return importer(rows, apply=apply, by=BY, options={"name": name, **options})


def cells(table_id, year=2020):
    return reported_tables(year)[table_id].rows


def test_a_messy_file_is_stored_as_printed_and_each_cell_read(db):
    report = load("reported-indicators", INDICATORS)
    rows = cells("reported-indicators/laporan-2020")
    assert [row["target"].printed for row in rows] == ["80,5", "BB", "55%", "24.65", "(cut off)", "1,2.3,4"]
    assert [row["target"].state for row in rows] == [
        "number", "ordinal", "number", "number", "unknown", "refused",
    ]  # fmt: skip
    assert rows[0]["realisation"].value == Decimal("72.45")
    assert rows[2]["realisation"].value is None and rows[2]["realisation"].state == "unknown"
    assert [row.line for row in report.refused] == [7, 8]
    assert "1,2.3,4" in report.refused[0].reason and "kept" in report.refused[0].reason
    assert report.as_dict()["stored"] == 5
    assert report.extra["kept_in_part"] == 1


def test_a_dash_or_blank_never_becomes_zero(db):
    load(
        "reported-counts",
        "period,area,category,sex,unit,value,row\n2020,A,x,,orang,-,row\n2020,B,x,,orang,,row\n",
    )
    assert not ReportedCell.objects.filter(column="value", value__isnull=False).exists()


def test_a_stated_zero_stays_zero(db):
    load(
        "reported-counts",
        "period,area,category,sex,unit,value,row\n2020,A,x,,orang,0,row\n2020,B,x,,orang,Nihil,row\n",
    )
    assert set(ReportedCell.objects.filter(column="value").values_list("value", flat=True)) == {Decimal(0)}


def test_a_preview_stores_nothing(db):
    report = load("reported-indicators", INDICATORS, apply=False)
    assert (report.new, report.extra["stored"]) == (5, 0)
    assert not ReportedTable.objects.exists()
    assert not TrailEntry.objects.exists()


def test_the_same_file_again_changes_nothing(db):
    load("reported-indicators", INDICATORS)
    report = load("reported-indicators", INDICATORS)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 5)
    assert ReportedTable.objects.count() == 1


def test_a_corrected_file_counts_and_the_earlier_one_stays(db):
    load("reported-indicators", INDICATORS)
    report = load("reported-indicators", INDICATORS.replace("72.45%", "73%"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 4)
    assert ReportedTable.objects.count() == 2
    assert cells("reported-indicators/laporan-2020")[0]["realisation"].printed == "73%"


def test_rows_go_to_the_year_they_speak_of(db):
    text = "indicator,target,realisation,year\nA,10,5,2019\nB,10,5,2021\nC,10,5,\nD,10,5,soon\n"
    report = load("reported-indicators", text, name="lkjip-2022.csv")
    assert report.extra["years"] == [2019, 2021, 2022]
    assert years() == [2022, 2021, 2019]
    assert [row.line for row in report.refused] == [5]


def test_other_columns_are_kept(db):
    load("reported-budget", "item,pagu,realisasi,Keterangan\nProgram A,100,90,tepat waktu\n")
    (row,) = cells("reported-budget/laporan-2020")
    assert row["Keterangan"].printed == "tepat waktu"


def test_the_options_of_a_table_are_kept_and_checked(db):
    load("reported-indicators", INDICATORS, cap="100", scale="sampang")
    assert reported_tables(2020)["reported-indicators/laporan-2020"].options == {
        "cap": "100", "scale": "sampang", "refused_rows": 1,
    }  # fmt: skip
    for wrong in ({"scale": "bintang lima"}, {"cap": "much"}, {"cap": "-5"}, {"cap": "NaN"}):
        with pytest.raises(ReportedError, match="Nothing was stored"):
            load("reported-indicators", INDICATORS, name="again.csv", **wrong)
    assert ReportedTable.objects.count() == 1


def test_the_import_says_at_once_what_does_not_agree(db):
    report = load("reported-budget", "item,level,pagu,realisasi,published_pct\nProgram A,1,100,90,80\n")
    (finding,) = report.as_dict()["findings"]
    assert (finding["table"], finding["printed"], finding["computed"]) == (
        "reported-budget/laporan-2020",
        "80",
        90,
    )


def test_every_write_is_in_the_trail(db):
    load("reported-indicators", INDICATORS)
    actions = set(TrailEntry.objects.values_list("action", flat=True))
    assert actions == {"statistics.import_reported", "statistics.report_table"}


def test_tables_of_the_book_come_back_as_printed(db):
    for path in sorted(BOOK.glob("t*.csv")):
        rows = book_rows(path.stem)
        store_table(
            year=2020, table_id=path.stem, columns=list(rows[0]), rows=rows, document="Profil 2020", by=BY
        )
        stored = reported_tables(2020)[path.stem]
        assert [{key: cell.printed for key, cell in row.items()} for row in stored.rows] == rows
    assert cells("t03_pkh")[-1]["amount_idr"].value == 12157475000
    assert cells("t04_logistics")[0]["living_allowance_children"].state == "unknown"


def test_a_table_of_the_book_may_have_a_column_called_line(db):
    report = load(
        "reported-table", (BOOK / "t12_budget_apbd.csv").read_text(), name="t12_budget_apbd.csv", year=2020
    )
    assert report.new == 8
    assert cells("t12_budget_apbd")[0]["line"].printed == "Belanja APBD"


def test_text_figures_are_kept_as_printed(db):
    text = (BOOK / "figures_in_text.csv").read_text()
    first = load("reported-text-figures", text)
    again = load("reported-text-figures", text.replace("51.95", "51.96%"))
    assert (first.new, again.new, again.changed) == (first.rows, 0, 1)
    assert text_figures(2020)["pkh_coverage_printed"].printed == "51.96%"


def test_a_text_figure_without_key_or_twice_is_refused(db):
    report = load("reported-text-figures", "key,value\na,1\n,2\na,3\nb,\n")
    assert [row.line for row in report.refused] == [3, 4, 5]
    assert ReportedFigure.objects.get().printed == "1"


def test_storing_text_figures_again_says_what_changed(db):
    store_text_figures(year=2020, rows=[{"key": "a", "value": "1"}], by=BY)
    became = store_text_figures(
        year=2020, rows=[{"key": "a", "value": "2"}, {"key": "b", "value": "1"}], by=BY
    )
    assert became == {"new": ["b"], "changed": ["a"], "unchanged": []}


@pytest.mark.parametrize(
    ("printed", "holds", "unit", "value"),
    [
        ("959.000", Holds.MONEY, "Rp", 959000),
        ("959,000", Holds.MONEY, "Rp", 959000),
        ("1.234", Holds.COUNT, "orang", 1234),
        ("1.234", Holds.PERCENT, "", Decimal("1.234")),
        ("1.234", Holds.MEASURE, "%", Decimal("1.234")),
        ("12.500", Holds.MEASURE, "KPM", 12500),
        ("3.245", Holds.MEASURE, "indeks", 3245),
        ("Rp. 12.157.475.000.-", Holds.MONEY, "", 12157475000),
    ],
)
def test_ambiguous_separators_are_read_as_the_column_needs(printed, holds, unit, value):
    assert read_cell(printed, holds, ",", unit).value == value


@pytest.mark.parametrize("printed", ["-5", "9" * 19, "12 34", "50-60", "x1y2"])
def test_a_cell_that_cannot_be_a_count_is_refused_with_its_reason(printed):
    cell = read_cell(printed, Holds.COUNT)
    assert (cell.state, cell.value, cell.printed) == ("refused", None, printed)
    assert cell.reason


@pytest.mark.parametrize(
    ("printed", "state"), [("12a", "refused"), ("12 orang", "refused"), ("5 juta rupiah", "number")]
)
def test_an_amount_is_money(printed, state):
    assert read_cell(printed, Holds.MONEY).state == state


MESS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "-", "12,5", "12.5", "1.234", "1.234,5", "51,95%", "(cut off)", "BB", "n/a", "Rp 5.000,-", "Nihil", "0",
         "#REF!", "1,2.3,4", "99999999999999999999999", "row", "row total", "column total", "total", "Jumlah",
         "x" * 301,          "2020", "lower", "program", "\x00", "\ud800", "1e9", "٣", "½", "1.000.000,0000001"]
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["reported-indicators", "reported-budget", "reported-counts", "reported-table"]
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_file_breaks_the_import_and_every_row_is_accounted_for(db, kind, data):
    importer = IMPORTER[kind]
    columns = list(importer.columns)
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(columns, MESS)), max_size=6))
    numbered = [row | {"line": str(line)} for line, row in enumerate(rows, start=2)]
    report = importer(numbered, apply=True, by=BY, options={"name": "fuzz.csv", "year": 2020})
    said = report.as_dict()
    assert said["rows"] == len(rows)
    assert said["new"] + said["changed"] + said["unchanged"] + said["doubtful"] + len(said["refused"]) == len(
        rows
    )
    assert said["stored"] == said["new"] + said["changed"] + said["unchanged"]
    assert all(row["reason"] and 2 <= row["line"] <= len(rows) + 1 for row in said["refused"])
    json.dumps(said)
    for year in said["years"]:
        for row in reported_tables(year)[said["table"]].rows:
            for cell in row.values():
                assert cell.value is None or cell.state == "number"


def test_findings_as_json_alone_and_exit_1_for_an_error(db, capsys):
    load("reported-budget", "item,level,pagu,realisasi,published_pct\nProgram A,1,100,90,80\n")
    with pytest.raises(SystemExit) as left:
        call_command("findings", "2020", format="json")
    assert left.value.code == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert set(finding) == {"check", "severity", "table", "row", "column", "printed", "computed", "message"}
    assert set(finding["message"]) == {"id", "en"}


def test_findings_exit_0_without_an_error(db, capsys):
    load("reported-budget", "item,level,pagu,realisasi,published_pct\nProgram A,1,100,90,90\n")
    call_command("findings", "2020")
    assert "0" in capsys.readouterr().out


def test_findings_of_a_year_that_is_not_there(db):
    load("reported-budget", "item,pagu,realisasi\nProgram A,100,90\n")
    with pytest.raises(CommandError, match=r"1999.*2020") as error:
        call_command("findings", "1999")
    assert error.value.returncode == 2


def test_an_office_adds_its_own_rules(db, settings, tmp_path, capsys):
    settings.DATA = tmp_path
    (tmp_path / "checks").mkdir()
    rule = tmp_path / "checks" / "own.yaml"
    rule.write_text("percents:\n  - {table: t90_own, percent: share, of: part, over: whole}\n")
    rows = [{"what": "x", "part": "1", "whole": "4", "share": "20%"}]
    store_table(year=2020, table_id="t90_own", columns=list(rows[0]), rows=rows, document="d", by=BY)
    with pytest.raises(SystemExit):
        call_command("findings", "2020", format="json")
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["table"], finding["computed"]) == ("t90_own", 25)
    rule.write_text("percents: [")
    with pytest.raises(CommandError, match=r"own\.yaml.*line 1") as error:
        call_command("findings", "2020")
    assert error.value.returncode == 2


def test_an_empty_year_has_no_findings(db):
    assert year_view(2020).reported == {}
