"""The printed 2020 book: what the audit of its numbers found is found here by the checks, and nothing else."""

import csv
from pathlib import Path

import pytest

from sasando.base.reader import NamedActor
from sasando.places.actions import apply_changes, load_regency
from sasando.statistics.checks.findings import find
from sasando.statistics.tests.printed_year import BOOK, book_2020

BY = NamedActor("test")
CHANGES = BOOK.parent / "places" / "changes.csv"

T04, T05, T06 = "t04_logistics", "t05_violence_by_district", "t06_pmks_survey_villages"
T10, T11 = "t10_performance_agreement", "t11_achievement"
NEGLECTED = "2.3 Disabilitas, anak dan lansia terlantar serta gepeng yang terpenuhi kebutuhan dasarnya"
PROTECTION = "Meningkatnya Pelayanan, Rehabilitasi, Perlindungan dan Jaminan Kesejahteraan Sosial bagi PMKS"
JKN = "Cakupan rumah tangga peserta JKN/Jamkesda"

# Item of the audit's summary -> the findings (check, table, row) that name it.
EXPECTED = {
    1: {
        ("total-against-rows", T04, "TOTAL"),
        ("total-against-rows", T04, "TOTAL KESELURUHAN"),
        ("text-against-table", "figures_in_text", "neglected_served"),
        ("figure-in-two-tables", T10, NEGLECTED),
        ("printed-against-records", T10, NEGLECTED),
    },
    2: {
        ("achievement-against-formula", T11, PROTECTION),
        ("printed-against-records", T11, PROTECTION),
        ("printed-against-records", T11, "TOTAL"),
    },
    3: {("percent-against-parts", "figures_in_text", "pkh_coverage_printed")},
    4: {("amount-implausible", "t13_budget_apbn", "Program Penanganan Fakir Miskin")},
    5: {("amount-implausible", "t03_pkh", "TOTAL")},
    6: {
        ("district-missing", "t02_relief", "Rote Tengah"),
        ("unlike-things-added", "t02_relief", "TOTAL"),
        (
            "coverage-above-100",
            T10,
            "2.1 Korban bencana alam dan sosial yang mendapat bantuan tanggap darurat",
        ),
    },
    7: {
        ("indicator-lists-differ", "t09_key_indicators", JKN),
        ("indicator-lists-differ", "t09_key_indicators", ""),
        ("indicator-unmeasured", T10, "2.4 KTK yang mendapat bantuan bimbingan dan rehabilitasi"),
    },
    8: {("target-missing", T10, "3.1 Karang taruna yang mendapat bantuan pemberdayaan")},
    10: {("posts-vacant", "t01_staff", "Kasubag/Kasie")},
    11: {("education-level-hidden", "t01_staff", "Kepala Dinas")},
    12: {
        *(("place-name-not-official", T04, name) for name in ("Nggodimedda", "Tesabela", "Mbalilendeiki")),
        *(("place-name-not-official", T05, name) for name in ("Inguinak", "Barat Laut")),
        *(("place-name-not-official", T06, name) for name in ("Tesabela", "Tunganamo", "keoen")),
        ("place-changed-later", T04, "Boa"),
    },
    13: {
        ("place-changed-later", T04, "Mundek"),
        ("place-changed-later", T04, "Holulai"),
        ("place-changed-later", T05, "Balaoli"),
    },
    14: {
        ("small-cells", T05, "Rote Selatan, Rote Barat Daya, Rote Barat"),
        (
            "small-cells",
            "t05_violence_by_kind",
            "Penelantaran, Pencabulan dan Penelantaran, Pencabulan, Penganiayaan",
        ),
        ("sensitive-by-village", T05, ""),
    },
}


@pytest.fixture
def places(db):
    """The official places of Rote Ndao, in 2020 and today."""
    load_regency("53.14", by=BY)
    with Path(CHANGES).open(encoding="utf-8", newline="") as file:
        apply_changes(list(csv.DictReader(file)), by=BY)


def test_the_2020_book_has_these_findings_and_no_other(places):
    found = {(finding.check, finding.table, finding.row) for finding in find(book_2020())}
    expected = set().union(*EXPECTED.values())
    assert found - expected == set()
    assert expected - found == set()


def test_findings_carry_both_values(places):
    values = {(f.table, f.row, f.column): (f.printed, f.computed) for f in find(book_2020())}
    assert values[T04, "TOTAL", "elderly_persons"] == ("250", 240)
    assert values[T04, "TOTAL", "disabled_persons"] == ("100", 96)
    assert values[T04, "TOTAL KESELURUHAN", "living_allowance_children"] == ("365", 351)
    printed, computed = values["figures_in_text", "pkh_coverage_printed", "value"]
    assert (printed, str(computed)) == ("51.95", "51.96")
    assert values["t13_budget_apbn", "Program Penanganan Fakir Miskin", "realised_idr"] == (
        "17369400000",
        36338400000,
    )
    assert values[T10, "3.1 Karang taruna yang mendapat bantuan pemberdayaan", "target"] == ("", 25)
    assert values["t01_staff", "Kasubag/Kasie", "total"] == ("8", 13)
    assert values[T04, "Nggodimedda", "village"] == ("Nggodimedda", "Nggodimeda")


def test_sentences_name_table_row_and_values_in_both_languages(places):
    for finding in find(book_2020()):
        for sentence in (finding.message.id, finding.message.en):
            assert "{" not in sentence
            assert sentence.startswith(("Tabel ", "Table ", "Teks ", "Text "))
        if finding.printed:
            assert finding.printed.rstrip("%") in finding.message.id.replace("\xa0", " ")


def test_a_truncated_percent_is_called_so(places):
    (finding,) = [f for f in find(book_2020()) if f.row == "pkh_coverage_printed"]
    assert "dipotong" in finding.message.id and "truncated" in finding.message.en
    assert "51,96%" in finding.message.id and "51.96%" in finding.message.en


def test_the_unreproducible_row_names_all_readings(places):
    (finding,) = [f for f in find(book_2020()) if f.check == "achievement-against-formula"]
    assert all(number in finding.message.id for number in ("133,78", "107,02", "127,02"))
