"""Lists of staff: dated facts follow one another, a post has one holder, nothing is applied by halves."""

from datetime import date

import pytest

from sasando.base.importing import read_file
from sasando.office.models import Post
from sasando.staff.importers import AUXILIARIES, EMPLOYEES
from sasando.staff.models import Appointment, Auxiliary, EducationRecord, Employee, RankHolding

HEADER = "NIP;Nama;L/P;Golongan;TMT Golongan;Pendidikan;Jabatan;Unit Kerja;TMT Jabatan\n"
ADA = "196501012000011001;Ada Umpama;L;III/d;;S1;Kepala Seksi Fakir Miskin;;2018-01-01\n"
BEN = "197002022000011002;Ben Misal;L;II/a;01-04-2019;SMA;Pelaksana;FM-DK;2017-01-01\n"


@pytest.fixture
def take(people):
    Post.objects.create(code="KA-FM-DK", unit=people.section, name="Kepala Seksi Fakir Miskin")

    def take(text, importer=EMPLOYEES, apply=True):
        report = importer(
            read_file(importer, text.encode(), "a.csv"), apply=apply, by=people.secretary, options={}
        )
        assert report.rows == report.new + report.changed + report.unchanged + len(report.refused)
        return report

    return take


def test_a_list_with_names_of_posts_is_taken_once(take):
    assert take(HEADER + ADA + BEN).new == 2
    ada = Employee.objects.get(name="Ada Umpama")
    assert (ada.birth_date, ada.sex) == (date(1965, 1, 1), "male")
    assert [(a.post.code, a.position_group) for a in ada.appointments.all()] == [("KA-FM-DK", "section_head")]
    assert Appointment.objects.get(post=None).position_group == "staff"
    assert RankHolding.objects.get(rank="II/a").valid_from == date(2019, 4, 1)
    again = take(HEADER + ADA + BEN)
    assert (again.unchanged, again.extra["stored"]) == (2, False)


def test_a_new_rank_ends_the_old_one(take):
    take(HEADER + ADA)
    report = take(HEADER + ADA.replace("III/d;", "IV/a;01-10-2020"))
    assert report.changed == 1
    ranks = RankHolding.objects.order_by("id").values_list("rank", "valid_from", "valid_to")
    assert list(ranks) == [("III/d", None, date(2020, 10, 1)), ("IV/a", date(2020, 10, 1), None)]


def test_a_new_rank_without_a_day_is_refused(take):
    take(HEADER + ADA)
    (refused,) = take(HEADER + ADA.replace("III/d", "IV/a")).refused
    assert "III/d" in refused.reason
    assert RankHolding.objects.count() == 1


def test_a_move_follows_the_present_appointment(take):
    take(HEADER + ADA)
    moved = "196501012000011001;Ada Umpama;L;III/d;;S1;Pelaksana;FM-DK;2020-03-01\n"
    assert take(HEADER + moved).changed == 1
    spans = Appointment.objects.order_by("id").values_list("post__code", "valid_from", "valid_to")
    day = date(2020, 3, 1)
    assert list(spans) == [("KA-FM-DK", date(2018, 1, 1), day), (None, day, None)]


def test_a_post_handed_over_in_one_file(take):
    take(HEADER + ADA + BEN)
    ada = ADA.replace("Kepala Seksi Fakir Miskin;;2018-01-01", "Pelaksana;FM-DK;2020-03-01")
    ben = BEN.replace("Pelaksana;FM-DK;2017-01-01", "KA-FM-DK;;2020-03-01")
    assert take(HEADER + ben + ada).changed == 2
    held = Appointment.objects.get(post__code="KA-FM-DK", valid_to=None)
    assert held.employee.name == "Ben Misal"


@pytest.mark.parametrize(
    "line",
    [
        "197002022000011002;Ben Misal;L;II/a;;SMA;KA-FM-DK;;2020-01-01",  # the post has a holder
        "197002022000011002;Ben Misal;L;II/z;;SMA;Pelaksana;FM-DK;2020-01-01",
        "19700202200001100;Ben Misal;L;II/a;;SMA;Pelaksana;FM-DK;2020-01-01",
        "1.97002022E+17;Ben Misal;L;II/a;;SMA;Pelaksana;FM-DK;2020-01-01",
        "197002022000011002;;L;II/a;;SMA;Pelaksana;FM-DK;2020-01-01",
        "197002022000011002;Ben Misal;L;II/a;;SMA;Pelaksana;XX;2020-01-01",
        "197002022000011002;Ben Misal;L;II/a;;SMA;Pelaksana;FM-DK;kemarin",
        "196501012000011001;Ada Umpama;L;III/d;;S1;KA-FM-DK;;2018-01-01",  # twice in the file
    ],
)
def test_one_refused_row_keeps_the_whole_file_out(take, line):
    report = take(HEADER + ADA + line + "\n")
    assert len(report.refused) >= 1
    assert report.extra["stored"] is False
    assert not Employee.objects.exists()


def test_no_refusal_repeats_the_number(take):
    report = take(HEADER + "19700202200001100;Ben Misal;L;II/a;;SMA;Pelaksana;FM-DK;\n")
    assert "19700202200001100" not in str(report.as_dict())


def test_a_nip_that_contradicts_the_birth_date_is_kept_and_noted(take):
    text = "nip,nama,l/p,tanggal lahir,kode unit\n196501012000011001,Ada Umpama,P,1965-02-01,FM-DK\n"
    report = take(text)
    assert (report.new, len(report.extra["notes"])) == (1, 1)
    assert Employee.objects.get().birth_date == date(1965, 2, 1)


def test_who_is_missing_in_the_file_stays_and_is_named(take):
    take(HEADER + ADA + BEN)
    report = take(HEADER + ADA)
    assert "Ben Misal" in report.extra["notes"][0]["text"]
    assert EducationRecord.objects.count() == 2


AUX = "nama,jenis kelamin,jenis,peran,tmt,selesai bertugas,kode wilayah\n"


def test_auxiliaries_by_kind_name_and_place(take):
    text = AUX + "Cin Contoh,P,TKSK,TKSK,2015-01-01,,53.14.03\nCin Contoh,P,TKSK,TKSK,2015-01-01,,53.14.06\n"
    assert take(text, AUXILIARIES).new == 2
    assert take(text, AUXILIARIES).unchanged == 2
    ended = text.replace("2015-01-01,,53.14.06", "2015-01-01,2020-07-01,53.14.06")
    assert take(ended, AUXILIARIES).changed == 1
    assert take(ended, AUXILIARIES).unchanged == 2
    assert Auxiliary.objects.holding_on(date(2020, 7, 1)).count() == 1
    again = ended + "Cin Contoh,P,TKSK,TKSK,2021-01-01,,53.14.06\n"
    assert len(take(again, AUXILIARIES).refused) == 1
    returned = AUX + "Cin Contoh,P,TKSK,TKSK,2021-01-01,,53.14.06\n"
    assert take(returned, AUXILIARIES).new == 1


def test_an_auxiliary_at_an_unknown_place_is_refused(take):
    report = take(AUX + "Cin Contoh,P,TKSK,TKSK,2015-01-01,,99.99.99\n", AUXILIARIES)
    assert len(report.refused) == 1
