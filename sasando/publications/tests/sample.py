"""A book with ugly content, used by the tests of the document and of its writers."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from sasando.publications.document import (
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    ListBlock,
    ListOfPictures,
    ListOfTables,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    numbered,
)

UGLY = (
    """# tajuk *tebal* _miring_ $x^2$ <b onclick="x()">B</b> & @pasal \\read \\\\ """
    """"kutip" 'tunggal' `kode` {% x %} [a](b)"""
)
INJECTION = '#read("/etc/passwd") #eval("1+1") ]] #include "x" <script>alert(1)</script>'

CHART = b"""<svg xmlns="http://www.w3.org/2000/svg" width="640" height="170" viewBox="0 0 640 170">
<g font-family="sans-serif" font-size="14">
<text x="0" y="30">Lobalain</text><rect x="140" y="16"
width="460" height="18" fill="#17495c"/> <text x="0" y="70">Rote Barat Daya</text><rect x="140" y="56"
width="420" height="18" fill="#17495c"/> <text x="0" y="110">Rote Timur</text><rect x="140" y="96"
width="200" height="18" fill="#17495c"/>
<text x="0" y="150">Pantai Baru</text><rect x="140" y="136" width="140" height="18"
fill="#9a7b3f"/>
</g></svg>"""
EMBLEM = b"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="110" viewBox="0 0 90 110">
<path d="M5 5h80v60q0 30-40 42Q5 95 5 65z" fill="#f1ece0" stroke="#17495c" stroke-width="4"/>
<circle cx="45" cy="48" r="18" fill="#9a7b3f"/></svg>"""

DISTRICTS = (
    ("Landu Leko", 561, 526_700_000),
    ("Lobalain", 1594, 1_572_950_000),
    ("Pantai Baru", 934, 971_250_000),
    ("Rote Selatan", 395, 399_100_000),
    ("Rote Tengah", 474, 470_325_000),
    ("Rote Timur", 1380, 1_432_400_000),
    ("Ndao Nuse", 397, 353_075_000),
    ("Rote Barat", 781, 827_950_000),
    ("Rote Barat Daya", 2859, 3_002_875_000),
    ("Rote Barat Laut", 2356, 2_600_850_000),
)


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def count(number: int) -> Cell:
    return Cell(grouped(number), number)


def money(number: int) -> Cell:
    return Cell(f"Rp{grouped(number)}", number)


def percent(text: str) -> Cell:
    return Cell(f"{text.replace('.', ',')}%", Decimal(text))


PKH = Table(
    id="t03_pkh",
    caption="Keluarga Penerima Manfaat Program Keluarga Harapan menurut Kecamatan Tahun 2020",
    columns=(
        Column("no", "No", "center"),
        Column("district", "Kecamatan"),
        Column("families", "Jumlah KPM", "right"),
        Column("amount_idr", "Jumlah Bantuan", "right"),
    ),
    rows=tuple(
        (Cell(f"{index}.", index), Cell(name, name), count(families), money(amount))
        for index, (name, families, amount) in enumerate(DISTRICTS, 1)
    ),
    totals=(
        Cell("Jumlah", span=2),
        count(sum(row[1] for row in DISTRICTS)),
        money(sum(row[2] for row in DISTRICTS)),
    ),
    source="Dinas Sosial Kab. Rote Ndao, tahun 2020",
    basis_label="dihitung dari catatan (daftar penerima Kementerian Sosial)",
)

BUDGET = Table(
    id="t12_apbd",
    caption="Realisasi Keuangan APBD II",
    columns=(
        Column("no", "No", "center"),
        Column("item", "Uraian"),
        Column("ceiling_idr", "Pagu Anggaran (Rp)", "right"),
        Column("realised_idr", "Jumlah (Rp)", "right", "Realisasi"),
        Column("percent", "%", "right", "Realisasi"),
    ),
    rows=(
        (Cell("A."), Cell("Belanja APBD"), money(3_772_191_098), money(3_497_552_382), percent("92.72")),
        (
            Cell("1"),
            Cell("Belanja Tidak Langsung"),
            money(1_464_405_368),
            money(1_418_623_079),
            percent("96.87"),
        ),
        (Cell("2"), Cell("Belanja Langsung"), money(2_307_785_730), money(2_078_929_303), percent("90.08")),
        (
            Cell(""),
            Cell("Program Pelayanan dan Rehabilitasi Kesejahteraan Sosial bagi Penyandang Masalah"),
            money(539_731_100),
            Cell("–"),
            Cell("belum diketahui"),
        ),
    ),
    totals=(Cell("Total Realisasi", span=3), money(3_497_552_382), percent("92.72")),
    source="Dinas Sosial Kab. Rote Ndao, tahun 2020",
    notes=("Persentase dihitung terhadap pagu setelah perubahan.",),
)

EMPTY = Table(
    id="t06_survey",
    caption="Desa yang didata",
    columns=(Column("village", "Desa"), Column("count", "Jumlah", "right")),
    rows=(),
    source="Dinas Sosial Kab. Rote Ndao",
)

LONG = Table(
    id="t99_long",
    caption="Daftar panjang yang melewati beberapa halaman",
    columns=(
        Column("no", "No", "center"),
        Column("village", "Desa/Kelurahan"),
        Column("category", "Kategori menurut pendataan"),
        Column("families", "Keluarga", "right"),
        Column("amount_idr", "Bantuan", "right"),
    ),
    rows=tuple(
        (
            Cell(f"{n}.", n),
            Cell(f"Desa {n}"),
            Cell("=1+1" if n == 7 else "Lanjut usia terlantar"),
            count(n * 37),
            money(n * 225_000),
        )
        for n in range(1, 301)
    ),
    totals=(Cell("Jumlah", span=3), count(37 * 45150), money(225_000 * 45150)),
    source="Dinas Sosial Kab. Rote Ndao, tahun 2020",
)

HOSTILE = Table(
    id="Ugly [id]: */? yang terlalu panjang untuk sebuah lembar",
    caption=UGLY,
    columns=(Column("a", UGLY), Column("b", "@B"), Column("c", "<C> & D", "right")),
    rows=(
        (Cell(INJECTION), Cell('=HYPERLINK("http://x","y")'), Cell("-1", -1)),
        (Cell("+62 812"), Cell("@SUM(A1)"), Cell("")),
        (Cell("kendali \x00\x07\ud800 hilang"), Cell("baris\nbaru"), Cell("0,00", Decimal("0.00"))),
        (Cell("pendek"),),
    ),
    source=UGLY,
    notes=(INJECTION,),
)

ANNEX = Table(
    id="figures",
    caption="",
    columns=(Column("id", "Angka"), Column("definition", "Definisi"), Column("value", "Nilai", "right")),
    rows=(
        (
            Cell("pkh.families", figure_id="pkh.families"),
            Cell("Keluarga penerima PKH pada 31 Desember 2020"),
            count(11731),
        ),
    ),
)

SIGNATURE = Signature(
    "Ba’a, Januari 2021",
    "Kepala Dinas Sosial",
    "Kabupaten Rote Ndao,",
    "MARIA CONTOH, S.Sos., M.Si.",
    "Pembina Tk. I / IV b",
    "19700101 199503 2 001",
)


def say(text: str) -> Paragraph:
    return Paragraph((Run(text),))


PLAIN = (
    "Dinas Sosial menyelenggarakan urusan pemerintahan di bidang sosial. Buku ini memuat gambaran umum, "
    "sumber daya, program, dan hasil kerja selama satu tahun anggaran, agar perangkat daerah, mitra, dan "
    "masyarakat melihat hal yang sama dengan yang tercatat di kantor."
)


def sample(**changes: object) -> Document:
    """The sample book, numbered."""
    document = Document(
        title="Buku Profil",
        subtitle="Gambaran umum, pelayanan, dan capaian kinerja",
        language="id",
        regency="Kabupaten Rote Ndao",
        office="Dinas Sosial",
        year=2020,
        edition_label="Edisi publik",
        header="Buku Profil Dinas Sosial Kabupaten Rote Ndao Tahun 2020",
        notice="DATA CONTOH: semua orang dalam buku ini rekaan",
        emblem=EMBLEM,
        timestamp=datetime(2021, 1, 15, 8, 30, tzinfo=UTC),
        front=(
            Heading(1, "Kata Pengantar"),
            say("Puji syukur kami panjatkan ke hadirat Tuhan Yang Maha Esa. " + PLAIN),
            say("Semoga buku profil ini dapat bermanfaat bagi kita semua."),
            SIGNATURE,
            Contents("Daftar Isi"),
            ListOfTables("Daftar Tabel"),
            ListOfPictures("Daftar Gambar"),
        ),
        body=(
            Heading(1, "Pendahuluan"),
            Heading(2, "Latar belakang"),
            say(PLAIN),
            say(PLAIN),
            Heading(2, "Tujuan"),
            say("Tujuan penyusunan buku ini adalah:"),
            ListBlock(
                True,
                (
                    (say("memberikan gambaran umum pelayanan dan sumber daya manusia;"),),
                    (
                        say("menyediakan data dan informasi:"),
                        ListBlock(True, ((say("program;"),), (say("kegiatan;"),))),
                    ),
                    (say("menjadi bahan evaluasi."),),
                ),
            ),
            ListBlock(False, ((say("perangkat daerah"),), (say(UGLY),))),
            Heading(1, "Kondisi capaian pelaksanaan tugas"),
            Heading(2, "Perlindungan dan jaminan sosial"),
            Heading(3, "Program Keluarga Harapan"),
            Paragraph(
                (
                    Run("Bantuan diterima "),
                    Run("11.731", bold=True, figure_id="pkh.families"),
                    Run(" keluarga atau "),
                    Run("51,96%", figure_id="pkh.coverage"),
                    Run(" dari keluarga miskin, sebagaimana "),
                    Run("", reference="t03_pkh"),
                    Run("; "),
                    Run("huruf miring", italic=True),
                    Run("."),
                )
            ),
            PKH,
            Picture(
                CHART,
                "Diagram batang keluarga penerima PKH menurut kecamatan",
                "Keluarga penerima PKH menurut kecamatan",
            ),
            say(PLAIN),
            EMPTY,
            Heading(1, "Program, kegiatan, dan anggaran"),
            Heading(2, "Realisasi anggaran"),
            say(PLAIN),
            BUDGET,
            LONG,
            Heading(1, INJECTION),
            say(INJECTION),
            HOSTILE,
            PageBreak(),
            Heading(1, "Penutup"),
            say(PLAIN),
            SIGNATURE,
            Heading(1, "Lampiran: penjelasan angka", numbered=False),
            ANNEX,
        ),
    )
    return numbered(replace(document, **changes))
