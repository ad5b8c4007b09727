"""The year 2020 of Rote Ndao as a `YearView` by hand, and an office around it: what the engine gives, without it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sasando.base.checks import Finding, Sentence, Severity
from sasando.lib.numbers import percent
from sasando.publications.charts import Box
from sasando.publications.material import (
    AgreementText,
    Chart,
    FunctionText,
    GoalText,
    Head,
    Material,
    MissionText,
    ObjectiveText,
    OwnText,
    ProgrammeText,
    UnitText,
)
from sasando.statistics.counting.specs import load_specs
from sasando.statistics.results import Basis, FigureValue, Role, TableResult, YearView

SPECS = load_specs()

TYPED = {
    "poverty.families": 22579,
    "poverty.rate": Decimal("27.54"),
    "poverty.depth": Decimal("5.36"),
    "bpnt.amount": 17369400000,
    "bpnt.months": 86847,
    "relief.families": 10600,
    "relief.planned_families": 10500,
    "neglected.served": 351,
    "neglected.total": 3455,
    "ktk.total": None,
    "karang_taruna.total": 20,
    "karang_taruna.aided": 5,
    "heroism.youth": 0,
    "places.villages": 119,
    "places.districts": 10,
    "staff.structural": 14,
    "staff.contract": 11,
    "posts.total": 19,
    "posts.vacant": 5,
    "plan.objectives": 5,
    "plan.indicators": 11,
}
MANUAL = {"poverty.rate", "poverty.depth", "relief.planned_families", "heroism.youth"}

ROWS: dict[str, tuple[tuple[str, ...], list[tuple]]] = {
    "t01_non_civil_servants": (
        ("kind", "role", "count"),
        [
            ("contract", "Tenaga Administrasi", 5),
            ("contract", "Penjaga Kantor", 1),
            ("contract", "Supir", 3),
            ("contract", "Cleaning Service", 1),
            ("contract", "Operator Komputer", 1),
            ("pkh_facilitator", "Pendamping Sosial PKH", 51),
            ("social_worker", "SAKTI-PEKSOS", 1),
            ("tagana", "TAGANA", 30),
            ("tksk", "TKSK", 10),
        ],
    ),
    "t01_staff": (
        (
            "no",
            "position",
            "male",
            "female",
            "grade_iv",
            "grade_iii",
            "grade_ii",
            "edu_s1",
            "edu_d3",
            "edu_slta",
            "total",
        ),
        [
            (1, "Kepala Dinas", 1, 0, 1, 0, 0, 1, 0, 0, 1),
            (2, "Sekretaris", 1, 0, 1, 0, 0, 0, 1, 0, 1),
            (3, "Kepala Bidang", 4, 0, 1, 3, 0, 4, 0, 0, 4),
            (4, "Kasubag/Kasie", 3, 5, 0, 8, 0, 7, 0, 1, 8),
            (5, "Pelaksana", 3, 4, 0, 3, 4, 3, 0, 4, 7),
        ],
    ),
    "t02_relief": (
        ("district", "rice_reserve_families", "emergency_families"),
        [
            ("Rote Barat", 1799, None),
            ("Rote Barat Daya", 1808, 6),
            ("Rote Barat Laut", 1748, None),
            ("Lobalain", 1345, 21),
            ("Pantai Baru", 902, None),
            ("Landu Leko", 539, 11),
            ("Rote Timur", 1212, None),
            ("Rote Selatan", 494, None),
            ("Ndao Nuse", 715, None),
        ],
    ),
    "t03_pkh": (
        ("district", "families", "amount_idr"),
        [
            ("Landu Leko", 561, 526700000),
            ("Lobalain", 1594, 1572950000),
            ("Pantai Baru", 934, 971250000),
            ("Rote Selatan", 395, 399100000),
            ("Rote Tengah", 474, 470325000),
            ("Rote Timur", 1380, 1432400000),
            ("Ndao Nuse", 397, 353075000),
            ("Rote Barat", 781, 827950000),
            ("Rote Barat Daya", 2859, 3002875000),
            ("Rote Barat Laut", 2356, 2600850000),
        ],
    ),
    "t04_logistics": (
        ("district", "village", "elderly_persons", "disabled_persons", "living_allowance_children"),
        [
            ("Landu Leko", "Sotimori", 10, 4, None),
            ("Landu Leko", "Lifuleo", 10, 4, None),
            ("Rote Timur", "Papela", 10, 4, None),
            ("Rote Timur", "Matanae", 10, 4, None),
            ("Pantai Baru", "Keoen", 10, 4, None),
            ("Pantai Baru", "Tesabela", 10, 4, None),
            ("Rote Tengah", "Suebela", 10, 4, None),
            ("Rote Tengah", "Nggodimedda", 10, 4, None),
            ("Lobalain", "Oelunggu", 10, 4, None),
            ("Lobalain", "Kolobolon", 10, 4, None),
            ("Lobalain", "Bebalain", 10, 4, None),
            ("Lobalain", "Suelain", 10, 4, None),
            ("Rote Selatan", "Nggelodae", 10, 4, None),
            ("Rote Selatan", "Lenguselu", 10, 4, None),
            ("Rote Barat Laut", "Mundek", 10, 4, None),
            ("Rote Barat Laut", "Saindule", 10, 4, None),
            ("Rote Barat Laut", "Holulai", 10, 4, None),
            ("Rote Barat Daya", "Oebafok", 10, 4, None),
            ("Rote Barat Daya", "Lalukoen", 10, 4, None),
            ("Rote Barat Daya", "Oetefu", 10, 4, None),
            ("Rote Barat", "Boa", 10, 4, None),
            ("Rote Barat", "Oenggaut", 10, 4, None),
            ("Ndao Nuse", "Mbalilendeiki", 10, 4, None),
            ("Ndao Nuse", "Nuse", 10, 4, None),
            ("Panti Mercy Indonesia", None, None, None, 15),
        ],
    ),
    "t05_violence_by_district": (
        ("district", "children"),
        [
            ("Rote Barat Laut", 5),
            ("Rote Selatan", 4),
            ("Lobalain", 5),
            ("Rote Barat Daya", 2),
            ("Rote Barat", 4),
        ],
    ),
    "t05_violence_by_kind": (
        ("case_kind", "children"),
        [
            ("Persetubuhan", 13),
            ("Penelantaran", 3),
            ("Pencabulan dan Penelantaran", 2),
            ("Pencabulan", 1),
            ("Penganiayaan", 1),
        ],
    ),
    "t06_pmks_survey_totals": (
        ("district", "desa", "kelurahan", "total"),
        [
            ("Pantai Baru", 14, 1, 15),
            ("Rote Timur", 10, 1, 11),
            ("Rote Tengah", 7, 1, 8),
            ("Lobalain", 15, 3, 18),
            ("Rote Selatan", 7, 0, 7),
            ("Rote Barat", 1, 0, 1),
        ],
    ),
    "t06_pmks_survey_villages": (
        ("district", "village", "kind"),
        [
            ("Pantai Baru", "Batulilok", "desa"),
            ("Pantai Baru", "Edalode", "desa"),
            ("Pantai Baru", "Fatelilo", "desa"),
            ("Pantai Baru", "Lekona", "desa"),
            ("Pantai Baru", "Nusakdale", "desa"),
            ("Pantai Baru", "Oebau", "desa"),
            ("Pantai Baru", "Oeledo", "desa"),
            ("Pantai Baru", "Oenggae", "desa"),
            ("Pantai Baru", "Ofalangga", "desa"),
            ("Pantai Baru", "Sonimanu", "desa"),
            ("Pantai Baru", "Tesabela", "desa"),
            ("Pantai Baru", "Tunganamo", "desa"),
            ("Pantai Baru", "Lenupetu", "desa"),
            ("Pantai Baru", "Keoen", "desa"),
            ("Pantai Baru", "Olafulihaa", "kelurahan"),
            ("Rote Timur", "Matasio", "desa"),
            ("Rote Timur", "Batefalu", "desa"),
            ("Rote Timur", "Faifua", "desa"),
            ("Rote Timur", "Hundihopo", "desa"),
            ("Rote Timur", "Lakamola", "desa"),
            ("Rote Timur", "Matanae", "desa"),
            ("Rote Timur", "Mukekuku", "desa"),
            ("Rote Timur", "Papela", "desa"),
            ("Rote Timur", "Pengodua", "desa"),
            ("Rote Timur", "Serubeba", "desa"),
            ("Rote Timur", "Londalusi", "kelurahan"),
            ("Rote Tengah", "Lidabesi", "desa"),
            ("Rote Tengah", "Lidamanu", "desa"),
            ("Rote Tengah", "Limakoli", "desa"),
            ("Rote Tengah", "Maubesi", "desa"),
            ("Rote Tengah", "Nggodimeda", "desa"),
            ("Rote Tengah", "Siomeda", "desa"),
            ("Rote Tengah", "Suebela", "desa"),
            ("Rote Tengah", "Onatali", "kelurahan"),
            ("Lobalain", "Metina", "kelurahan"),
            ("Lobalain", "Mokdale", "kelurahan"),
            ("Lobalain", "Namodale", "kelurahan"),
            ("Lobalain", "Loleoen", "desa"),
            ("Lobalain", "Oematamboli", "desa"),
            ("Lobalain", "Baadale", "desa"),
            ("Lobalain", "Bebalain", "desa"),
            ("Lobalain", "Helebeik", "desa"),
            ("Lobalain", "Holoama", "desa"),
            ("Lobalain", "Kolobolon", "desa"),
            ("Lobalain", "Kuli Aisele", "desa"),
            ("Lobalain", "Kuli", "desa"),
            ("Lobalain", "Lekunik", "desa"),
            ("Lobalain", "Oeleka", "desa"),
            ("Lobalain", "Oelunggu", "desa"),
            ("Lobalain", "Sanggaoen", "desa"),
            ("Lobalain", "Suelain", "desa"),
            ("Lobalain", "Tuanatuk", "desa"),
            ("Rote Selatan", "Daleholu", "desa"),
            ("Rote Selatan", "Dodaek", "desa"),
            ("Rote Selatan", "Inaoe", "desa"),
            ("Rote Selatan", "Lenguselu", "desa"),
            ("Rote Selatan", "Nggelodae", "desa"),
            ("Rote Selatan", "Pilasue", "desa"),
            ("Rote Selatan", "Tebole", "desa"),
            ("Rote Barat", "Sedeoen", "desa"),
        ],
    ),
    "t07_kube": (
        ("district", "village", "groups", "families"),
        [
            ("Pantai Baru", "Keoen", 5, 50),
            ("Lobalain", "Tuanatuk", 5, 50),
            ("Rote Barat Laut", "Daudolu", 5, 50),
            ("Rote Barat Daya", "Dolasi", 5, 50),
            ("Rote Barat", "Mbueain", 10, 100),
        ],
    ),
    "t08_bpnt": (
        ("district", "families"),
        [
            ("Landu Leko", 731),
            ("Lobalain", 2097),
            ("Ndao Nuse", 631),
            ("Pantai Baru", 1219),
            ("Rote Barat", 1006),
            ("Rote Barat Daya", 3528),
            ("Rote Barat Laut", 2953),
            ("Rote Selatan", 575),
            ("Rote Tengah", 617),
            ("Rote Timur", 1784),
        ],
    ),
    "t09_key_indicators": (
        ("objective", "no", "indicator"),
        [
            (
                "Meningkatnya Pelayanan dan Pemberdayaan PMKS dalam Penanganan Fakir Miskin",
                1,
                "Keluarga fakir miskin yang diberdayakan",
            ),
            (
                "Meningkatnya Pelayanan dan Pemberdayaan PMKS dalam Penanganan Fakir Miskin",
                2,
                "KPM yang mendapat BPNT",
            ),
            (
                "Meningkatnya Pelayanan dan Pemberdayaan PMKS dalam Penanganan Fakir Miskin",
                3,
                "Cakupan rumah tangga peserta JKN/Jamkesda",
            ),
            (
                "Meningkatnya Pelayanan, Rehabilitasi, Perlindungan dan Jaminan Kesejahteraan Sosial bagi PMKS",
                4,
                "Korban bencana alam dan sosial yang mendapat bantuan tanggap darurat",
            ),
            (
                "Meningkatnya Pelayanan, Rehabilitasi, Perlindungan dan Jaminan Kesejahteraan Sosial bagi PMKS",
                5,
                "KPM yang mendapat PKH",
            ),
            (
                "Meningkatnya Pelayanan, Rehabilitasi, Perlindungan dan Jaminan Kesejahteraan Sosial bagi PMKS",
                6,
                "Disabilitas, anak dan lansia terlantar serta gepeng yang terpenuhi kebutuhan dasarnya",
            ),
        ],
    ),
    "t10_performance_agreement": (
        (
            "objective_no",
            "indicator_no",
            "indicator",
            "unit",
            "direction",
            "target",
            "numerator",
            "denominator",
            "note",
        ),
        [
            (
                1,
                None,
                "Indeks kedalaman kemiskinan",
                "%",
                "lower",
                Decimal("3.89"),
                None,
                None,
                "realisation not printed",
            ),
            (
                2,
                None,
                "Persentase penduduk miskin",
                "%",
                "lower",
                Decimal("24.65"),
                None,
                None,
                "realisation not printed",
            ),
            (
                3,
                "1.1",
                "Keluarga fakir miskin yang diberdayakan",
                "%",
                "higher",
                Decimal("1.33"),
                300,
                22579,
                None,
            ),
            (3, "1.2", "KPM yang mendapat BPNT", "%", "higher", 63, 15141, 22579, None),
            (
                4,
                "2.1",
                "Korban bencana alam dan sosial yang mendapat bantuan tanggap darurat",
                "%",
                "higher",
                100,
                10600,
                10500,
                "the book divides by its own target of 10,500",
            ),
            (
                4,
                "2.2",
                "KPM yang mendapat PKH",
                "%",
                "higher",
                Decimal("55.5"),
                11731,
                22579,
                "printed 51,95%",
            ),
            (
                4,
                "2.3",
                "Disabilitas, anak dan lansia terlantar serta gepeng yang terpenuhi kebutuhan dasarnya",
                "%",
                "higher",
                Decimal("4.89"),
                405,
                3455,
                "printed 11,72%",
            ),
            (
                4,
                "2.4",
                "KTK yang mendapat bantuan bimbingan dan rehabilitasi",
                "%",
                "higher",
                100,
                20,
                None,
                "denominator not printed",
            ),
            (4, "2.5", "Tersedianya data PMKS", "%", "higher", 50, 60, 119, None),
            (
                5,
                "3.1",
                "Karang taruna yang mendapat bantuan pemberdayaan",
                "%",
                "higher",
                None,
                5,
                20,
                "blank in the table; the text III.D.1 gives 25",
            ),
            (
                5,
                "3.2",
                "Generasi muda yang memahami nilai-nilai kepahlawanan",
                "%",
                "higher",
                50,
                0,
                None,
                "not carried out because of the pandemic",
            ),
        ],
    ),
    "t11_achievement": (
        ("no", "objective", "average_achievement_percent", "scale"),
        [
            (1, "Meningkatnya Perlindungan dan Pelayanan Sosial Dasar", Decimal("62.21"), "Cukup Berhasil"),
            (
                2,
                "Meningkatnya Pertumbuhan Ekonomi yang Inklusif dan Berdaya Saing",
                Decimal("88.28"),
                "Sangat Berhasil",
            ),
            (
                3,
                "Meningkatnya Pelayanan dan Pemberdayaan PMKS dalam Penanganan Fakir Miskin",
                Decimal("103.2"),
                "Sangat Berhasil",
            ),
            (
                4,
                "Meningkatnya Pelayanan, Rehabilitasi, Perlindungan dan Jaminan Kesejahteraan Sosial bagi PMKS",
                Decimal("111.29"),
                "Sangat Berhasil",
            ),
            (5, "Meningkatnya Pemahaman Masyarakat dan Peran Serta Kelembagaan Sosial", 50, "Belum Berhasil"),
        ],
    ),
    "t12_budget_apbd": (
        ("code", "line", "parent", "ceiling_idr", "realised_idr"),
        [
            ("A", "Belanja APBD", None, 3772191098, 3497552382),
            ("1", "Belanja Tidak Langsung", "A", 1464405368, 1418623079),
            ("2", "Belanja Langsung", "A", 2307785730, 2078929303),
            ("2a", "Program Penunjang Urusan Pemerintahan", "2", 400959000, 362755953),
            ("2b", "Program Peningkatan Perlindungan dan Jaminan Sosial", "2", 894012250, 792427550),
            ("2c", "Program Pelayanan dan Rehabilitasi Kesejahteraan Sosial", "2", 539731100, 495863400),
            ("2d", "Program Peningkatan Pemberdayaan Sosial", "2", 51172000, 32302000),
            ("2e", "Program Penanganan Fakir Miskin", "2", 421911380, 395580400),
        ],
    ),
    "t13_budget_apbn": (
        ("program", "ceiling_idr", "realised_idr"),
        [
            ("Program Peningkatan Perlindungan dan Jaminan Sosial", 12157475000, 12157475000),
            ("Program Penanganan Fakir Miskin", 17369400000, 17369400000),
        ],
    ),
}


def table(table_id: str, basis: Basis = Basis.RECORDS) -> TableResult:
    """One table of 2020, its totals made as its file says."""
    spec = SPECS.tables[table_id]
    keys, rows = ROWS[table_id]
    made = [dict(zip(keys, row, strict=True)) for row in rows]
    totals: dict = {}
    for column in spec.columns:
        if column.role in (Role.COUNT, Role.AMOUNT):
            top = [row for row in made if row.get("parent") is None]
            totals[column.key] = sum(row[column.key] or 0 for row in top)
    if table_id == "t11_achievement":
        totals = {"average_achievement_percent": Decimal("83.00"), "scale": "Berhasil"}
    for key, (part, whole) in spec.percents.items():
        for row in (*made, totals):
            row[key] = percent(row.get(part), row.get(whole))
    return TableResult(
        id=table_id,
        title=spec.title,
        source=spec.source,
        basis=basis,
        columns=spec.columns,
        rows=tuple(made),
        totals=totals,
        sensitivity=spec.sensitivity,
        fact=spec.fact,
        definition=spec.definition,
    )


def year_2020() -> YearView:
    """All tables and figures."""
    tables = {table_id: table(table_id) for table_id in sorted(ROWS)}
    return view_of(tables, TYPED)


def empty_year(year: int = 2021) -> YearView:
    """An office without a record: every table without rows, every figure not known."""
    tables = {
        key: replace(table(key), rows=(), totals=dict.fromkeys(table(key).totals)) for key in sorted(ROWS)
    }
    return replace(view_of(tables, {}), year=year, as_of=date(year, 12, 31), places_as_of=date(year, 1, 1))


def view_of(tables: Mapping[str, TableResult], typed: Mapping[str, object]) -> YearView:
    figures = {}
    for spec in SPECS.figures.values():
        source = tables.get(spec.table or "")
        value = source.totals.get(spec.column) if source and source.totals else typed.get(spec.id)
        figures[spec.id] = FigureValue(
            spec.id,
            spec.title,
            value,
            spec.unit,
            Basis.MANUAL if spec.id in MANUAL else Basis.RECORDS,
            spec.definition,
            "Diisi oleh subbagian perencanaan" if spec.id in MANUAL else "",
        )
    return YearView(2020, date(2020, 12, 31), date(2020, 1, 1), tables, figures, {}, {})


FINDINGS = [
    Finding(
        "text-figure",
        Severity.ERROR,
        "t04_logistics",
        "Jumlah",
        "elderly_persons",
        "250",
        240,
        Sentence(
            "Tabel 4 mencetak jumlah 250 lansia, sedangkan baris-barisnya berjumlah 240.",
            "Table 4 prints 250 elderly, its rows add up to 240.",
        ),
    ),
    Finding(
        "small-cell",
        Severity.WARNING,
        "t05_violence_by_kind",
        "Pencabulan",
        "children",
        "1",
        None,
        Sentence("Sel dengan satu anak pada tabel peka.", "A cell of one child in a sensitive table."),
    ),
]


def _unit(name: str, depth: int, count: int, **more) -> UnitText:
    functions = tuple(
        FunctionText(f"Menyiapkan bahan urusan ke-{n} {name.lower()}") for n in range(1, count + 1)
    )
    return UnitText(
        name, depth, duty=f"Menyelenggarakan urusan {name.lower()} di kabupaten.", functions=functions, **more
    )


MATERIAL = Material(
    office="Dinas Sosial",
    regency="Kabupaten Rote Ndao",
    code="53.14",
    seat="Ba'a",
    is_demo=True,
    head=Head(
        "Kepala Dinas Sosial",
        "Yohanis Contoh, S.Sos., M.Si.",
        "Pembina Tingkat I (IV/b)",
        "19700101 199503 1 001",
    ),
    units=(
        UnitText(
            "Dinas Sosial",
            0,
            duty="Membantu Bupati menjalankan urusan sosial.",
            summary=False,
            article="Pasal 14",
            functions=(FunctionText("Merumuskan kebijakan teknis", "Pasal 14 huruf a"),),
            functions_summary=False,
        ),
        _unit("Sekretariat", 0, 8),
        _unit("Subbagian Umum dan Kepegawaian", 1, 6),
        _unit("Subbagian Keuangan dan Aset", 1, 6),
        _unit("Bidang Pemberdayaan Sosial", 0, 6),
        _unit("Seksi Kelembagaan Sosial", 1, 5),
        UnitText("Unit Pelaksana Teknis Dinas", 0, is_formed=False),
    ),
    legal_bases=(
        "Peraturan Pemerintah Nomor 18 Tahun 2016 tentang Perangkat Daerah",
        "Peraturan Daerah Kabupaten Rote Ndao Nomor 3 Tahun 2016",
    ),
    chart=Chart(
        Box("Kepala Dinas Sosial", "Yohanis Contoh, S.Sos., M.Si."),
        Box(
            "Sekretariat",
            "Maria Contoh, A.Md.",
            (
                Box("Subbagian Umum dan Kepegawaian", "Petrus Contoh"),
                Box("Subbagian Keuangan dan Aset", "(lowong)"),
                Box("Subbagian Perencanaan, Evaluasi dan Pelaporan", "Marta Contoh"),
            ),
        ),
        (
            Box(
                "Bidang Pemberdayaan Sosial",
                "Anton Contoh, S.Sos.",
                (
                    Box("Seksi Kelembagaan dan Penyuluhan Sosial", "(lowong)"),
                    Box("Seksi Pahlawan dan Kesetiakawanan", "Rina Contoh"),
                ),
            ),
            Box(
                "Bidang Pelayanan dan Rehabilitasi Sosial",
                "Deni Contoh, S.Sos.",
                (
                    Box("Seksi Rehabilitasi Anak dan Lanjut Usia", "Sari Contoh"),
                    Box("Seksi Rehabilitasi Penyandang Disabilitas", "(lowong)"),
                    Box("Seksi Rehabilitasi Tuna Sosial", "Yanti Contoh"),
                ),
            ),
            Box(
                "Bidang Perlindungan dan Jaminan Sosial",
                "Plt. Budi Contoh, S.E.",
                (
                    Box(
                        "Seksi Bantuan Korban Tindak Kekerasan, Pekerja Migran dan Korban Perdagangan Orang",
                        "Lusi Contoh",
                    ),
                    Box("Seksi Jaminan Sosial dan Pengelolaan Sumber Dana Bantuan Sosial", "(lowong)"),
                    Box("Seksi Perlindungan Korban Bencana", "Eko Contoh"),
                ),
            ),
            Box(
                "Bidang Penanganan Fakir Miskin",
                "Nona Contoh, S.Sos.",
                (
                    Box("Seksi Fakir Miskin Perdesaan dan Perkotaan", "Hendrik Contoh"),
                    Box("Seksi Fakir Miskin Pesisir, Pulau Kecil dan Perbatasan Antarnegara", "(lowong)"),
                ),
            ),
        ),
        (Box("Kelompok Jabatan Fungsional"), Box("Unit Pelaksana Teknis Dinas", is_formed=False)),
    ),
    missions=(
        MissionText(
            1,
            "Meningkatkan Kualitas Sumber Daya Manusia yang Berdaya Saing",
            (
                GoalText(
                    "Meningkatnya perlindungan dan pelayanan sosial dasar",
                    (
                        ObjectiveText(
                            1,
                            "Meningkatnya pelayanan dan pemberdayaan fakir miskin",
                            "Memperluas akses bantuan.",
                        ),
                        ObjectiveText(
                            2, "Meningkatnya rehabilitasi dan perlindungan sosial", "Memutakhirkan data."
                        ),
                    ),
                ),
            ),
        ),
    ),
    agreements=(
        AgreementText("28 Januari 2020"),
        AgreementText("24 Agustus 2020", "pengalihan anggaran karena pandemi"),
    ),
    programmes=(
        ProgrammeText("Program Penanganan Fakir Miskin", ("Pembinaan KUBE", "Sosialisasi bantuan pangan")),
        ProgrammeText("Program Peningkatan Pemberdayaan Sosial"),
    ),
    own_texts={
        "t02_relief": OwnText(
            "Bidang Perlindungan dan Jaminan Sosial",
            "Beras disalurkan bertahap mulai Maret.",
            "Jalan ke beberapa desa terputus pada musim hujan.",
            "Penyaluran lewat laut bekerja sama dengan pemerintah desa.",
        )
    },
    figure_tables={figure.id: figure.table for figure in SPECS.figures.values() if figure.table},
)
