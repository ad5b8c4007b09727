"""Step: who owed which table of the 2020 book, and the units' own texts of the year (ours, not the printed book's)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from sasando.accounts.models import User
from sasando.demo.context import YEAR, Demo
from sasando.office.models import Unit
from sasando.statistics.reporting.collection import SECTION, assign_table, hand_in_table, verify_table

TABLES_DUE = date(YEAR + 1, 1, 22)
SECTIONS_DUE = date(YEAR + 1, 1, 29)
OWNERS = {
    "t01_staff": "SEK-UK",
    "t01_non_civil_servants": "SEK-UK",
    "t02_relief": "JAM-BENC",
    "t03_pkh": "JAM-DANA",
    "t04_logistics": "REH-AL",
    "t05_violence_by_district": "JAM-KTK",
    "t05_violence_by_kind": "JAM-KTK",
    "t06_pmks_survey_totals": "SEK-PEP",
    "t06_pmks_survey_villages": "SEK-PEP",
    "t07_kube": "FM-DK",
    "t08_bpnt": "FM-DK",
    "t09_key_indicators": "SEK-PEP",
    "t10_performance_agreement": "SEK-PEP",
    "t11_achievement": "SEK-PEP",
    "t12_budget_apbd": "SEK-KA",
    "t13_budget_apbn": "SEK-KA",
}
SECTIONS = ("SEK", "DAYA", "REH", "JAM", "FM")


@dataclass(frozen=True)
class HandedIn:
    """What a unit handed in: on which day of 2021, by which demo account, verified by whom (blank: not yet)."""

    task: str
    day: date
    by: str
    verified_by: str = ""
    explanation: str = ""
    obstacles: str = ""
    efforts: str = ""


HANDED_IN = (
    HandedIn(
        "t02_relief",
        date(2021, 1, 15),
        "kabid.jamsos",
        "sekretaris",
        "Beras cadangan pemerintah disalurkan di sembilan kecamatan, dan bantuan tanggap darurat kepada keluarga yang "
        "terkena bencana.",
        "Gelombang tinggi menunda pengiriman ke Ndao Nuse.",
        "Beras dititipkan di kecamatan sebelum musim barat.",
    ),
    HandedIn(
        "t03_pkh",
        date(2021, 1, 18),
        "kabid.jamsos",
        "sekretaris",
        "Semua keluarga pada daftar bayar tahap pertama menerima bantuannya.",
        "Sebagian kartu rusak sehingga pencairan terlambat.",
        "Pendamping mengantar keluarga ke bank untuk mengganti kartu.",
    ),
    HandedIn(
        "t08_bpnt",
        date(2021, 1, 27),
        "kasie.miskin",
        "sekretaris",
        "Kuota keluarga penerima bertambah sepanjang tahun.",
        "Jumlah e-warong di pulau-pulau kecil belum cukup.",
        "E-warong baru diusulkan kepada bank penyalur.",
    ),
    HandedIn(
        "t07_kube",
        date(2021, 1, 20),
        "kasie.miskin",
        explanation="Tiga puluh kelompok usaha bersama didampingi, dipantau, dan dinilai.",
        obstacles="Pembukuan sebagian kelompok belum teratur.",
        efforts="Pendamping melatih pembukuan sederhana di tiap kelompok.",
    ),
    HandedIn("t12_budget_apbd", date(2021, 1, 21), "bendahara", "sekretaris"),
    HandedIn("t13_budget_apbn", date(2021, 1, 21), "bendahara"),
    HandedIn("t11_achievement", date(2021, 1, 25), "perencana"),
    HandedIn(
        f"{SECTION}JAM",
        date(2021, 1, 28),
        "kabid.jamsos",
        "sekretaris",
        "Bidang ini melayani keluarga yang terkena bencana, penerima PKH, dan korban tindak kekerasan.",
        "Pembatasan perjalanan tahun 2020 mengurangi kunjungan lapangan.",
        "Pendampingan dilakukan lewat telepon sampai kunjungan dapat dilanjutkan.",
    ),
)


def build(demo: Demo) -> None:
    """Assign every table and section, then hand in and verify what had come in."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    users = {user.username: user for user in User.objects.all()}
    owed = {**OWNERS, **{f"{SECTION}{code}": code for code in SECTIONS}}
    tasks = {
        table_id: assign_table(
            YEAR,
            table_id,
            unit=units[code],
            due_on=SECTIONS_DUE if table_id.startswith(SECTION) else TABLES_DUE,
            by=users["perencana"],
        )
        for table_id, code in owed.items()
    }
    for each in HANDED_IN:
        words = {"explanation": each.explanation, "obstacles": each.obstacles, "efforts": each.efforts}
        hand_in_table(tasks[each.task], by=users[each.by], at=_at(each.day, 10), **words)
        if each.verified_by:
            verify_table(tasks[each.task], by=users[each.verified_by], at=_at(each.day, 15))


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
