"""The files of the office: every row accounted for, all or nothing, twice the same changes nothing."""

import pytest

from sasando.base.importing import UnusableFileError, read_file
from sasando.base.reader import NamedActor
from sasando.office.importers import FUNCTIONS, LEGAL_BASES, POSTS, REGULATION_TEXT, UNITS
from sasando.office.models import LegalBasis, Post, Unit, UnitFunction
from sasando.trail.models import TrailEntry

BY = NamedActor("Dina")

UNITS_CSV = """Kode;Induk;Jenis;Nama;Urutan;Terbentuk
BID;DIN;Bidang;Bidang Pemberdayaan;2;ya
DIN;;Dinas;Dinas Sosial;1;ya
UPTD;DIN;UPTD;Unit Pelaksana Teknis;3;tidak
"""


def take(importer, text, apply=True):
    rows = read_file(importer, text.encode(), "file.csv")
    report = importer(rows, apply=apply, by=BY, options={})
    assert report.rows == report.new + report.changed + report.unchanged + report.doubtful + len(
        report.refused
    )
    assert len(report.extra["fates"]) == report.rows
    return report


@pytest.fixture
def units(db):
    take(UNITS, UNITS_CSV)


def test_a_parent_may_stand_below_its_part(db):
    report = take(UNITS, UNITS_CSV)
    assert (report.new, report.extra["stored"]) == (3, True)
    assert Unit.objects.get(code="BID").parent.code == "DIN"
    assert not Unit.objects.get(code="UPTD").is_formed


def test_the_same_file_again_changes_nothing_and_leaves_no_trail(units):
    entries = TrailEntry.objects.count()
    report = take(UNITS, UNITS_CSV)
    assert (report.unchanged, report.extra["stored"], TrailEntry.objects.count()) == (3, False, entries)


def test_a_preview_tells_the_same_and_stores_nothing(db):
    report = take(UNITS, UNITS_CSV, apply=False)
    assert (report.new, report.extra["stored"]) == (3, False)
    assert not Unit.objects.exists()
    assert not TrailEntry.objects.exists()


def test_a_change_names_the_old_and_the_new(units):
    report = take(UNITS, UNITS_CSV.replace("Bidang Pemberdayaan", "Bidang Sosial"))
    assert (report.changed, report.unchanged) == (1, 2)
    (fate,) = [f for f in report.extra["fates"] if f["fate"] == "changed"]
    assert "Bidang Pemberdayaan → Bidang Sosial" in fate["changes"][0]


@pytest.mark.parametrize(
    "line",
    [
        "SEK;XX;Seksi;Seksi tanpa induk;4;ya",
        "SEK;;Seksi;Seksi lepas;4;ya",
        "SEK;SEK;Seksi;Seksi sendiri;4;ya",
        "SEK;DIN;Sub Bagian;Sub bagian salah tempat;4;ya",
        "SEK;DIN;Regu;Jenis tak dikenal;4;ya",
        "SEK;DIN;Bidang;;4;ya",
        "SEK;DIN;Bidang;Urutan kata;empat;ya",
        "BID;DIN;Bidang;Kembar;4;ya",
    ],
)
def test_one_refused_row_keeps_the_whole_file_out(db, line):
    report = take(UNITS, UNITS_CSV + line + "\n")
    (refused,) = report.refused
    assert refused.line == 5
    assert refused.reason
    assert report.extra["stored"] is False
    assert not Unit.objects.exists()


def test_two_units_that_belong_to_each_other_are_refused(units):
    report = take(UNITS, "kode,induk,jenis,nama\nA,B,seksi,A\nB,A,seksi,B\n")
    assert len(report.refused) == 2


def test_functions_are_matched_by_unit_and_number(units):
    text = "unit,nomor,uraian\nBID,1,Menyuluh\nBID,2,Membina\n"
    assert take(FUNCTIONS, text).new == 2
    assert take(FUNCTIONS, text).unchanged == 2
    assert set(UnitFunction.objects.values_list("code", flat=True)) == {"BID.1", "BID.2"}
    report = take(FUNCTIONS, "id,unit,nomor,uraian\nBID.9,BID,1,Nomor sudah ada\nX.1,X,1,Unit tak ada\n")
    assert len(report.refused) == 2


def test_the_regulations_wording_stands_beside_our_text(units):
    take(FUNCTIONS, "unit,nomor,uraian\nBID,1,Menyuluh\n")
    text = "unit,nomor,pasal,bunyi\nBID,,Pasal 9,Kepala bidang bertugas ...\nBID,1,Pasal 9 ayat (2),a. menyuluh;\n"
    assert take(REGULATION_TEXT, text).new == 2
    assert take(REGULATION_TEXT, text).unchanged == 2
    unit, function = Unit.objects.get(code="BID"), UnitFunction.objects.get(code="BID.1")
    assert (unit.regulation_article, function.regulation_article) == ("Pasal 9", "Pasal 9 ayat (2)")
    assert (function.text, function.regulation_text) == ("Menyuluh", "a. menyuluh;")
    changed = take(REGULATION_TEXT, "unit,nomor,bunyi\nBID,1,b. membina;\n")
    function.refresh_from_db()
    assert (changed.changed, function.regulation_article) == (1, "Pasal 9 ayat (2)")
    assert len(take(REGULATION_TEXT, "unit,nomor,bunyi\nBID,1,\nBID,7,x\nZZ,,y\n").refused) == 3


def test_posts_left_out_of_a_file_stay_and_are_named(units):
    take(POSTS, "kode,unit,nama,eselon\nKA-1,BID,Kepala Bidang,III.b\nKA-2,DIN,Kepala Dinas,II.b\n")
    report = take(POSTS, "kode,unit,nama,eselon\nKA-1,BID,Kepala Bidang,III.b\n")
    assert report.unchanged == 1
    assert "KA-2" in report.extra["notes"][0]["text"]
    assert Post.objects.count() == 2


def test_legal_bases_may_belong_to_no_unit(units):
    assert take(LEGAL_BASES, "judul,pasal,unit\nPP 18/2016,,\nPerbup 43/2016,Pasal 14,DIN\n").new == 2
    assert LegalBasis.objects.get(title="PP 18/2016").unit is None


def test_a_file_without_the_needed_columns_is_not_read(db):
    with pytest.raises(UnusableFileError, match="kind"):
        read_file(UNITS, b"kode,nama\nA,B\n", "file.csv")
