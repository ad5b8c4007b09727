"""Budget files as treasurers have them."""

from datetime import date

import pytest

from sasando.base.importing import read_file
from sasando.budget.actions import report_realisation
from sasando.budget.errors import NegativeAmountError, RealisationBeforeBudgetError
from sasando.budget.importers import BUDGET, FUND_SOURCES, REALISATION
from sasando.budget.models import BudgetLine, BudgetVersion, FundSource, Realisation
from sasando.budget.queries import budget_of, spent_up_to, versions_in_force
from sasando.trail.models import TrailEntry
from tests.together import together

OPTIONS = {
    "year": 2021,
    "fund_source": "APBD2",
    "document": "DPA",
    "adopted_on": date(2021, 1, 4),
    "up_to": date(2021, 3, 31),
}
SHEET = """Realisasi Keuangan APBD II;;;
No;Uraian;Pagu Anggaran (Rp);Realisasi
A;Total belanja;Rp. 3.000.-;Rp 900,-
1;Belanja Tidak Langsung;1.000;300
2;Belanja Langsung;2.000;600
2a;Program Penunjang;1.250;-
2b;Program Sosial;750;150
2b.1;Kegiatan tanpa pagu;;
"""


@pytest.fixture
def take(people):
    def take(text, importer=BUDGET, apply=True, **options):
        rows = read_file(importer, text.encode(), "a.csv")
        report = importer(rows, apply=apply, by=people.treasurer, options=OPTIONS | options)
        assert report.rows == report.new + report.changed + report.unchanged + len(report.refused)
        assert len(report.extra["fates"]) == report.rows
        return report

    take("code,name,is_office_budget\nAPBD2,APBD II,ya\nAPBN,APBN,tidak\n", FUND_SOURCES)
    return take


def amounts():
    return dict(BudgetLine.objects.values_list("code", "ceiling_idr"))


def test_a_ledger_with_titles_points_and_dashes(take):
    assert take(SHEET).new == 6
    assert amounts() == {"A": 3000, "1": 1000, "2": 2000, "2a": 1250, "2b": 750, "2b.1": None}
    parents = dict(BudgetLine.objects.values_list("code", "parent__code"))
    assert parents == {"A": None, "1": "A", "2": "A", "2a": "2", "2b": "2", "2b.1": "2b"}
    levels = dict(BudgetLine.objects.values_list("code", "level"))
    assert (levels["A"], levels["2"], levels["2a"], levels["2b.1"]) == (
        "total",
        "group",
        "programme",
        "activity",
    )
    assert dict(Realisation.objects.values_list("line__code", "amount_idr")) == {
        "A": 900,
        "1": 300,
        "2": 600,
        "2b": 150,
    }


def test_the_same_file_again_changes_nothing(take):
    take(SHEET)
    entries = TrailEntry.objects.count()
    report = take(SHEET)
    assert (report.unchanged, report.extra["stored"]) == (6, False)
    assert TrailEntry.objects.count() == entries


def test_a_preview_stores_nothing(take):
    report = take(SHEET, apply=False)
    assert (report.new, report.extra["stored"]) == (6, False)
    assert not BudgetVersion.objects.exists()


def test_the_next_quarter_adds_realisation_and_keeps_the_last(take):
    take(SHEET)
    report = take(SHEET.replace("900,-", "1.800,-"), up_to=date(2021, 6, 30))
    assert report.changed == 4
    line = BudgetLine.objects.get(code="A")
    assert list(line.realisations.values_list("up_to", "amount_idr")) == [
        (date(2021, 3, 31), 900),
        (date(2021, 6, 30), 1800),
    ]
    versions = versions_in_force(2021, date(2021, 5, 1))
    assert spent_up_to(versions, date(2021, 5, 1))[line.id].amount_idr == 900


def test_a_changed_budget_is_a_new_version_and_the_old_stays(take, people):
    take(SHEET)
    take(
        SHEET.replace("1.250", "1.000"), adopted_on=date(2021, 9, 1), up_to=date(2021, 9, 30), document="DPPA"
    )
    reader = people.reader(people.treasurer)
    (before,) = budget_of(reader, 2021, date(2021, 8, 31))
    (after,) = budget_of(reader, 2021, date(2021, 12, 31))
    assert (before.version.document, after.version.document) == ("DPA", "DPPA")
    assert [name for name, _odd in after.differences] == ["Belanja Langsung"]


def test_what_does_not_add_up_is_noted_and_taken(take):
    report = take(SHEET.replace("1.250", "1.251").replace("Rp 900,-", "Rp 9.000,-"))
    said = " ".join(note["text"] for note in report.extra["notes"])
    assert "Rp2.001" in said
    assert report.extra["stored"] is True


@pytest.mark.parametrize(
    "line",
    [
        "2c;;100;",
        "2c;Program;seratus;",
        "2c;Program;-5;",
        "2c;Program;1.234,5;",
        "2c;Program;12 34;",
        "2;Nomor dua kali;100;",
    ],
)
def test_one_refused_row_keeps_the_whole_file_out(take, line):
    report = take(SHEET + line + "\n")
    assert len(report.refused) == 1
    assert report.refused[0].line == 9
    assert report.extra["stored"] is False
    assert not BudgetVersion.objects.exists()


def test_sources_units_and_parents_must_be_known(take):
    header = "kode,induk,uraian,pagu,sumber dana,kode unit\n"
    assert len(take(header + "1,,a,1,ZZ,\n2,,b,1,,XX\n").refused) == 2
    assert len(take(header + "1,,a,1,,\n2,9,b,1,,\n").refused) == 1
    assert len(take(header + "1,2,a,1,,\n2,1,b,1,,\n").refused) == 2
    assert not BudgetLine.objects.exists()


def test_spending_needs_a_day_not_before_the_budget(take):
    header = "kode,uraian,pagu,realisasi\n"
    assert len(take(header + "1,a,10,5\n", up_to=None).refused) == 1
    assert len(take(header + "1,a,10,5\n", up_to=date(2020, 12, 31)).refused) == 1


def test_a_table_without_codes_and_with_its_total_last(take):
    text = "program,ceiling_idr,realised_idr\nProgram A,7,7\nProgram B,5,5\nTOTAL,12,12\n"
    take(text, fund_source="APBN")
    parents = dict(BudgetLine.objects.values_list("name", "parent__name"))
    assert parents == {"Program A": "TOTAL", "Program B": "TOTAL", "TOTAL": None}
    assert take(text, fund_source="APBN").unchanged == 3


def test_realisation_goes_to_the_budget_in_force(take):
    take(SHEET)
    take(SHEET, adopted_on=date(2021, 9, 1), up_to=date(2021, 9, 30), document="DPPA")
    text = "kode,realisasi\n1,700\n2,900\n"
    report = take(text, REALISATION, up_to=date(2021, 12, 31))
    assert report.new == 2
    found = Realisation.objects.filter(up_to=date(2021, 12, 31)).values_list(
        "line__version__document", flat=True
    )
    assert set(found) == {"DPPA"}
    assert take(text, REALISATION, up_to=date(2021, 12, 31)).unchanged == 2
    changed = take("kode,realisasi\n1,701\n", REALISATION, up_to=date(2021, 12, 31))
    assert changed.changed == 1
    refused = take("kode,realisasi\n77,1\n1,\n1,5\n1,6\n", REALISATION, up_to=date(2021, 12, 31))
    assert len(refused.refused) == 3


def test_one_line_corrected_by_hand_names_the_old_amount(take, people):
    take(SHEET)
    line = BudgetLine.objects.select_related("version").get(code="2a")
    report_realisation(line, up_to=date(2021, 3, 31), amount_idr=100, by=people.treasurer)
    changed = report_realisation(line, up_to=date(2021, 3, 31), amount_idr=120, by=people.treasurer)
    assert (line.realisations.count(), changed.recorded_by_name) == (1, "Dina Bendahara")
    with pytest.raises(NegativeAmountError):
        report_realisation(line, up_to=date(2021, 3, 31), amount_idr=-1, by=people.treasurer)
    with pytest.raises(RealisationBeforeBudgetError):
        report_realisation(line, up_to=date(2020, 3, 31), amount_idr=1, by=people.treasurer)
    assert FundSource.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_two_at_once_is_taken_once(take):
    assert together(lambda: take(SHEET), lambda: take(SHEET)) == []
    assert (BudgetVersion.objects.count(), BudgetLine.objects.count()) == (1, 6)
    assert TrailEntry.objects.filter(action="budget.load_budget").count() == 1
