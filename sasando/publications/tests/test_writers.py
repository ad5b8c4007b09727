"""One ugly book through all four writers: the same numbers everywhere, nothing runs, the same bytes twice."""

import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO

import pytest
from docx import Document as word_file
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from sasando.publications.document import Cell, Column, Document, Heading, Picture, Table, tables
from sasando.publications.tests.sample import (
    BUDGET,
    CHART,
    HOSTILE,
    INJECTION,
    LONG,
    PKH,
    SIGNATURE,
    UGLY,
    sample,
    say,
)
from sasando.publications.writers import WriterError, column_widths, docx, head_rows, html, pdf, xlsx

NUMBERS = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture(scope="module")
def document() -> Document:
    return sample()


@pytest.fixture(scope="module")
def printed(document: Document) -> str:
    return pdf_text(pdf.write(document))


@pytest.fixture(scope="module")
def word(document: Document):
    return word_file(BytesIO(docx.write(document)))


@pytest.fixture(scope="module")
def workbook(document: Document) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(xlsx.write(document)))


def pdf_text(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def pages(text: str) -> list[list[str]]:
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")]


def texts(table: Table) -> list[list[str]]:
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    return [[cell.text for cell in row if cell.text] for row in rows]


@pytest.mark.parametrize("table", [PKH, BUDGET, LONG], ids=lambda table: table.id)
def test_the_pdf_holds_the_tables_numbers(printed: str, table: Table):
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    for row in texts(table):
        numbers = [text for text in row if NUMBERS.search(text) and " " not in text]
        assert any(all(number in line.split() for number in numbers) for line in lines), row


def test_the_docx_holds_the_tables_texts(word, document: Document):
    for table, found in zip(tables(document), word.tables, strict=True):
        assert [column.label for column in table.columns][-1] in found.rows[
            len(head_rows(table.columns)) - 1
        ].cells[-1].text
        rows = found.rows[len(head_rows(table.columns)) :]
        if table in (HOSTILE,) or table.id.startswith("Ugly") or not table.rows:
            continue
        for row, expected in zip(rows, texts(table), strict=True):
            cells = [cell.text for cell in row.cells]
            unique = [
                text
                for at, text in enumerate(cells)
                if text and (at == 0 or row.cells[at]._tc is not row.cells[at - 1]._tc)
            ]
            assert unique == expected


def test_the_xlsx_holds_the_tables_values(workbook: CalamineWorkbook, document: Document):
    names = xlsx.sheet_names(tables(document), "Daftar Tabel")
    for table, name in zip(tables(document), names, strict=True):
        rows = workbook.get_sheet_by_name(name).to_python()[3 + len(head_rows(table.columns)) :]
        for cells, row in zip([*table.rows, *([table.totals] if table.totals else [])], rows, strict=False):
            at = 0
            for cell in cells:
                if isinstance(cell.value, int | Decimal):
                    assert Decimal(str(row[at])) == cell.value
                at += cell.span


def test_all_formats_hold_the_same_numbers(
    printed: str, word, workbook: CalamineWorkbook, document: Document
):
    total = sum(row[3].value for row in PKH.rows)
    assert total == 12_157_475_000
    assert "Rp12.157.475.000" in printed
    assert word.tables[0].rows[-1].cells[-1].text == "Rp12.157.475.000"
    assert workbook.get_sheet_by_name("t03_pkh").to_python()[14][3] == total
    assert "Rp12.157.475.000</td>" in html.write(document)


@pytest.mark.parametrize(
    "writer", [html, pdf, docx, xlsx], ids=lambda writer: writer.__name__.rsplit(".", 1)[1]
)
def test_equal_documents_give_equal_bytes(writer):
    assert writer.write(sample()) == writer.write(sample())
    assert writer.write(sample()) != writer.write(sample(title="Buku lain"))


@pytest.mark.parametrize(
    "writer", [html, pdf, docx, xlsx], ids=lambda writer: writer.__name__.rsplit(".", 1)[1]
)
def test_an_empty_document_is_a_document(writer):
    bare = Document(title="", office="", regency="", year=2020, timestamp=datetime(2021, 1, 1))
    assert writer.write(bare)
    deep = replace(
        bare, body=(say(""), Heading(4, "Dalam"), Table("", "", (Column("a", ""),), ()), Picture(CHART, ""))
    )
    assert writer.write(deep)


@pytest.mark.parametrize("paper", ["a4", "f4", "b5"])
def test_papers(paper: str):
    document = sample(paper=paper, emblem=None, notice="")
    done = subprocess.run(
        ["pdfinfo", "-"], input=pdf.write(document), capture_output=True, check=True
    ).stdout.decode()
    width, height = {"a4": (595, 841), "f4": (609, 935), "b5": (498, 708)}[paper]
    assert re.search(rf"Page size: +{width}\S* x {height}", done)
    assert "Tagged:          yes" in done
    section = word_file(BytesIO(docx.write(document))).sections[-1]
    assert (round(section.page_width.pt), round(section.page_height.pt)) == pytest.approx(
        (width, height), abs=1
    )


# The PDF as a book


def test_the_pdf_looks_like_a_book(printed: str):
    found = pages(printed)
    assert "PEMERINTAH KABUPATEN ROTE NDAO" in found[0] and "TAHUN 2020" in found[0]
    assert "KATA PENGANTAR" in found[1] and "I" in found[1]
    assert "DAFTAR ISI" in found[2] and "II" in found[2]
    assert any(re.match(r"BAB I\s+PENDAHULUAN[ .\u2060]+1$", line) for line in found[2])
    assert any(re.match(r"DAFTAR TABEL[ .\u2060]+III$", line) for line in found[2])
    assert any(re.match(r"Tabel 2 +Desa yang didata[ .\u2060]+\d+$", line) for line in found[3])
    first = next(page for page in found[3:] if page[1:3] == ["BAB I", "PENDAHULUAN"])
    assert "1" in first
    assert all(any("DATA CONTOH" in line for line in page) for page in found if page)


def test_long_tables_repeat_their_head(printed: str):
    heads = [page for page in pages(printed) if any("Kategori menurut pendataan" in line for line in page)]
    rows = [page for page in pages(printed) if any(re.search(r"\bDesa \d+\b", line) for line in page)]
    assert len(rows) > 5
    assert heads == rows


@pytest.mark.parametrize("count", range(30, 50))
def test_totals_and_source_never_stand_alone(count: int):
    document = sample(front=(), body=(Heading(1, "Bab"), replace(LONG, rows=LONG.rows[:count])))
    for page in pages(pdf_text(pdf.write(document))):
        if any(line.startswith("Sumber") for line in page):
            assert any(re.search(r"\bDesa \d+\b", line) for line in page)


def test_nothing_in_a_text_is_read_as_typst(printed: str):
    flat = " ".join(printed.split())
    assert '#read("/etc/passwd")' in flat and "root:" not in flat
    assert "_miring_ $x^2$" in flat


def test_letters_the_font_lacks_are_printed_as_their_code():
    document = sample(front=(), body=(Heading(1, "Bab"), say("Ba’a 漢字 😀 ₂ selesai")))
    assert "Ba’a [U+6F22][U+5B57] [U+1F600] ₂ selesai" in pdf_text(pdf.write(document))


def test_a_heading_without_words_is_left_out():
    document = sample(front=(), body=(Heading(1, " "), Heading(2, "Dua"), say("teks")))
    assert "DUA" in pdf_text(pdf.write(document))
    assert html.body(document).count("<h") == 1


def test_a_picture_that_reaches_out_is_refused():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<image href="/etc/passwd" width="9" height="9"/></svg>'
    )
    document = sample(front=(), body=(Heading(1, "Bab"), Picture(svg, "gambar")))
    for writer in (pdf, docx):
        with pytest.raises(WriterError, match="linked image"):
            writer.write(document)
    with pytest.raises(WriterError, match="neither SVG nor PNG"):
        html.write(sample(emblem=b"GIF89a"))


# HTML


class Checker(HTMLParser):
    """Collects what a page opens, refers to and forgets to close."""

    VOID = frozenset(["meta", "br", "img", "hr"])

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def checked(text: str) -> Checker:
    checker = Checker()
    checker.feed(text)
    checker.close()
    assert checker.open == []
    return checker


def test_the_page_stands_alone_and_its_links_lead_somewhere(document: Document):
    page = checked(html.write(document))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "svg"}
    assert ("html", {"lang": "id"}) in page.tags
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag == "a":
            assert attributes["href"].startswith("#") and attributes["href"][1:] in ids
        if tag == "img":
            assert attributes["src"].startswith("data:image/") and attributes["alt"]
        if tag == "th":
            assert attributes["scope"] in ("col", "colgroup", "row")
    assert UGLY in "".join(page.text)
    assert INJECTION in "".join(page.text)


def test_figures_in_the_text_lead_to_their_explanation(document: Document):
    page = html.write(document)
    assert '<a class="book-figure" data-figure="pkh.families" href="#angka-pkh.families">11.731</a>' in page
    assert '<span class="book-figure" data-figure="pkh.coverage">51,96%</span>' in page
    inner = html.body(
        document,
        figure_url=lambda name: f"/angka/{name}?a=1&b=2",
        cell_url=lambda table, row, column: f"/t/{row}" if column.key == "families" else None,
    )
    assert 'href="/angka/pkh.coverage?a=1&amp;b=2"' in inner
    assert '<a href="/t/0">561</a>' in inner
    assert inner.startswith('<article class="book" lang="id">') and "<h1" not in inner
    checked(inner)


# DOCX


def test_the_docx_is_made_to_be_edited(word):
    by_style: dict[str, list[str]] = {}
    for paragraph in word.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert "BAB I\nPendahuluan" in by_style["Heading 1"]
    assert "A. Latar belakang" in by_style["Heading 2"]
    assert by_style["Caption"][0].startswith("Tabel\N{NO-BREAK SPACE}1. Keluarga Penerima")
    instructions = [element.text.strip() for element in word.element.iter(qn("w:instrText"))]
    assert 'TOC \\o "1-3" \\h \\z \\u' in instructions
    assert 'TOC \\h \\z \\c "Tabel"' in instructions
    assert instructions.count("SEQ Tabel \\* ARABIC") == 5
    assert any(text.startswith("REF _Ref") for text in instructions)
    formats = [element.get(qn("w:fmt")) for element in word.element.iter(qn("w:pgNumType"))]
    assert formats == ["upperRoman", "decimal"]
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert word.settings.element.find(qn("w:updateFields")) is not None
    assert word.core_properties.language == "id-ID"
    assert word.core_properties.created.year == 2021
    assert UGLY in "\n".join(by_style["List Paragraph"])


def test_the_docx_keeps_pictures_as_vectors_with_words(document: Document, word):
    with zipfile.ZipFile(BytesIO(docx.write(document))) as package:
        vectors = [package.read(name) for name in package.namelist() if name.endswith(".svg")]
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert CHART in vectors
    described = [element.get("descr") for element in word.element.iter(qn("wp:docPr"))]
    assert described == [
        "Lambang Kabupaten Rote Ndao",
        "Diagram batang keluarga penerima PKH menurut kecamatan",
    ]


# XLSX


def test_no_text_becomes_a_formula(document: Document):
    with zipfile.ZipFile(BytesIO(xlsx.write(document))) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)


def test_sheet_names_are_short_and_differ(workbook: CalamineWorkbook):
    assert workbook.sheet_names[:3] == ["Daftar Tabel", "t03_pkh", "t06_survey"]
    table = replace(PKH, id="x" * 40)
    names = xlsx.sheet_names((table, table, replace(PKH, id="[]:*?/\\")), "Daftar Tabel")
    assert names == ["x" * 31, "x" * 29 + " 2", "tabel 3"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("Rp12.157.475.000", 12157475000), '"Rp"#,##0'),
        (Cell("51,96%", Decimal("51.96")), '0.00"%"'),
        (Cell("11.731", 11731), "#,##0"),
        (Cell("2020", 2020), "0"),
        (Cell("84,5 ton", Decimal("84.5")), "0.0"),
        (Cell("1.234,50", Decimal("1234.50")), "#,##0.00"),
    ],
)
def test_numbers_look_as_printed(cell: Cell, expected: str):
    assert xlsx.number_format(cell) == expected


# Columns


def test_widths_fill_the_page_and_leave_room_for_figures():
    for table in (PKH, BUDGET, LONG, HOSTILE):
        size, widths = column_widths(table, 155)
        assert sum(widths) == pytest.approx(155)
        assert 6.5 <= size <= 10
    wide = Table(
        "wide",
        "Lebar",
        tuple(Column(f"c{n}", f"Kolom {n}", "right") for n in range(16)),
        (tuple(Cell("12.157.475.000", 12157475000) for _ in range(16)),),
    )
    assert column_widths(wide, 155)[0] == 6.5
    for writer in (pdf, docx, html, xlsx):
        assert writer.write(sample(front=(), body=(Heading(1, "Bab"), wide, SIGNATURE)))
