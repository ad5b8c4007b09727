"""The text and the figures put together: what stands where, what is withheld, what an error says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sasando.publications.assemble import DATE_DOTS, Note, assemble, dated, with_seal
from sasando.publications.document import Heading, Paragraph, Picture, Signature, Table, tables, walk
from sasando.publications.markdown import TemplateError
from sasando.publications.material import PACKAGE_BOOK, Material, OwnText
from sasando.publications.tests.years import FINDINGS, MATERIAL, empty_year, table, view_of, year_2020
from sasando.statistics.results import Basis

TEXT = ("profile.md", (PACKAGE_BOOK / "profile.md").read_text(encoding="utf-8"))
BARE = Material(office="Dinas Sosial", regency="Kabupaten Contoh", code="53.14")
MOMENT = datetime(2021, 3, 2, 3, tzinfo=UTC)


def book(view=None, material=MATERIAL, audience="internal", text=TEXT):
    return assemble(view or year_2020(), material, FINDINGS, audience=audience, text=text)


def words(document) -> str:
    """Everything the document says, cells included."""
    parts = []
    for block in walk((*document.front, *document.body)):
        match block:
            case Paragraph():
                parts.append("".join(run.text for run in block.runs))
            case Heading():
                parts.append(f"{block.number} {block.text}")
            case Table():
                rows = (*block.rows, *((block.totals,) if block.totals else ()))
                parts.extend(cell.text for row in rows for cell in row)
                parts.extend((block.caption, *block.notes))
            case Signature():
                parts.append(f"{block.place_and_date} {block.post} {block.name} {block.rank} {block.nip}")
    return "\n".join(parts)


def test_chapters_stand_in_the_order_of_a_profile_book():
    document = book()
    chapters = [b for b in document.body if isinstance(b, Heading) and b.level == 1]
    assert [(c.number, c.text) for c in chapters[:5]] == [
        ("BAB I", "Pendahuluan"),
        ("BAB II", "Gambaran Umum"),
        ("BAB III", "Kondisi Capaian Pelaksanaan Tugas"),
        ("BAB IV", "Program, Kinerja, dan Anggaran"),
        ("BAB V", "Penutup"),
    ]
    assert [c.text.partition(".")[0] for c in chapters[5:]] == ["Lampiran 1", "Lampiran 2", "Lampiran 3"]
    assert document.front[0] == Heading(1, "Kata Pengantar", numbered=False)


def test_every_table_of_the_book_is_in_it():
    held = {t.id for t in tables(book())}
    assert held >= set(year_2020().tables)


def test_numbers_in_the_text_are_the_figures():
    said = words(book())
    for printed in (
        "11.731",
        "Rp12.157.475.000",
        "51,96%",
        "10.600",
        "100,95%",
        "351",
        "10,16%",
        "86.847",
        "83,00%",
    ):
        assert printed in said
    changed = view_of({"t03_pkh": table("t03_pkh")}, {"poverty.families": 40_000})
    assert "29,33%" in words(book(changed))


def test_the_text_holds_no_number_of_its_own():
    source = TEXT[1].split("-#}", 1)[1]
    digits = [
        line for line in source.splitlines() if any(part.isdigit() and len(part) > 2 for part in line.split())
    ]
    assert not digits


def test_pictures_are_vector_drawings_with_words():
    pictures = [b for b in book().body if isinstance(b, Picture)]
    assert (
        len(pictures) == 4
    )  # chart of the office, families, achievement, budget; no place has coordinates here
    assert all(p.svg.startswith(b"<svg") and len(p.alt) > 40 for p in pictures)


def test_map_is_drawn_where_places_are_known():
    asked = {}

    def draw(values, text):
        asked.update(values)
        return b"<svg/>", text(values["Lobalain"])

    pictures = [b for b in book(material=replace(MATERIAL, draw_map=draw)).body if isinstance(b, Picture)]
    assert asked["Rote Barat Daya"] == 2859
    assert any(p.svg == b"<svg/>" and p.alt.endswith("1.594") for p in pictures)


def test_units_say_whether_their_duty_is_the_regulation_s():
    said = words(book())
    assert "Fungsi (ringkasan, bukan bunyi Peraturan Bupati):" in said
    assert "Merumuskan kebijakan teknis (Pasal 14 huruf a)" in said
    assert "Membantu Bupati menjalankan urusan sosial. (Pasal 14)" in said
    assert "Unit ini belum dibentuk" in said


def test_own_texts_of_units_are_printed_once():
    texts = {
        "t02_relief": MATERIAL.own_texts["t02_relief"],
        "section:SEK": OwnText("Sekretariat", "Arsip ditata ulang.", "Ruang terbatas.", "Gudang dipinjam."),
    }
    said = words(book(material=replace(MATERIAL, own_texts=texts)))
    assert said.count("Beras disalurkan bertahap") == 1
    assert "Keterangan Unit Kerja Lain" in said
    assert said.count("Arsip ditata ulang.") == said.count("Gudang dipinjam.") == 1


def test_public_edition_gives_the_total_of_a_sensitive_table_only():
    document = book(audience="public")
    by_id = {t.id: t for t in tables(document)}
    shown = by_id["t05_violence_by_district"]
    assert [cell.text for cell in shown.totals] == ["Jumlah", "20"]
    assert [cell.text for row in shown.rows for cell in row] == ["Rincian tidak dimuat"]
    assert "t05_violence_by_kind" not in by_id
    said = words(document)
    for kind in ("Persetubuhan", "Penelantaran", "Pencabulan"):
        assert kind not in said
    assert "peka" not in said  # a finding on a sensitive table


def test_internal_edition_never_crosses_district_and_kind():
    by_id = {t.id: t for t in tables(book())}
    for table_id, keys in (
        ("t05_violence_by_district", ["#", "district", "children"]),
        ("t05_violence_by_kind", ["#", "case_kind", "children"]),
    ):
        assert [c.key for c in by_id[table_id].columns] == keys


def test_internal_edition_explains_each_figure_with_its_day_and_all_notes():
    document = book()
    annex = next(t for t in tables(document) if t.id == "angka")
    assert [c.key for c in annex.columns] == ["figure", "value", "basis", "definition", "as_of"]
    assert {row[0].figure_id for row in annex.rows} >= set(year_2020().figures)
    assert {row[2].text for row in annex.rows} == {"catatan", "isian", "hasil bagi"}
    said = words(document)
    assert "Tabel 4 mencetak jumlah 250 lansia" in said
    assert "Diisi oleh subbagian perencanaan" in said


def test_public_edition_explains_without_the_day_and_prints_approved_notes_only():
    document = book(audience="public")
    annex = next(t for t in tables(document) if t.id == "angka")
    assert [c.key for c in annex.columns] == ["figure", "value", "basis", "definition"]
    assert "mencetak jumlah 250" not in words(dated(document, moment=MOMENT))
    printed = dated(document, moment=MOMENT, notes=[Note("t04_logistics", FINDINGS[0].message.id)])
    assert "mencetak jumlah 250" in words(printed)


def test_draft_says_so_and_leaves_the_date_open():
    draft = with_seal(dated(book(), moment=MOMENT), None)
    assert draft.notice.startswith("NASKAH, BELUM DITERBITKAN")
    assert f"Ba'a, {DATE_DOTS} 2021" in words(draft)
    assert "belum dikunci" in words(draft)


def test_published_book_is_dated_signed_and_shows_its_seal():
    document = with_seal(
        dated(book(), moment=MOMENT, signed_on=date(2021, 3, 2)), "sha256:abc", date(2021, 3, 2)
    )
    said = words(document)
    assert (
        "Ba'a, Maret 2021 Kepala Dinas Sosial Yohanis Contoh, S.Sos., M.Si. Pembina Tingkat I (IV/b)" in said
    )
    assert "sha256:abc" in said
    assert "2 Maret 2021" in said
    assert "NASKAH" not in document.notice
    assert "\ue000" not in said


def test_a_null_is_said_in_words_and_printed_as_a_dash():
    view = year_2020()
    assert view.figures["ktk.total"].value is None
    annex = next(t for t in tables(book(view)) if t.id == "angka")
    row = next(r for r in annex.rows if r[0].figure_id == "ktk.total")
    assert row[1].text == "belum diketahui"
    relief = next(t for t in tables(book(view)) if t.id == "t02_relief")
    assert relief.rows[0][-1].text == "–"
    assert any("bukan nol" in note for note in relief.notes)


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_an_office_without_any_record_gets_a_book_that_says_so(audience):
    document = with_seal(dated(book(empty_year(), BARE, audience), moment=MOMENT), None)
    said = words(document)
    assert "belum ada satu pun catatan" in said
    assert "Penerima PKH tahun 2021 belum tercatat." in said
    assert [t.id for t in tables(document) if t.caption] == []


def test_an_office_of_which_not_even_tables_are_known_gets_a_book():
    assert "belum ada satu pun catatan" in words(book(view_of({}, {}), BARE))


def test_reported_tables_say_that_they_are():
    view = year_2020()
    view = replace(view, tables={**view.tables, "t03_pkh": replace(table("t03_pkh"), basis=Basis.REPORTED)})
    shown = next(t for t in tables(book(view)) if t.id == "t03_pkh")
    assert shown.basis_label == "dilaporkan sebagai rekapitulasi"


def test_equal_neighbours_are_printed_once_and_counted_once():
    shown = next(t for t in tables(book()) if t.id == "t04_logistics")
    assert [cell.text for cell in shown.rows[0][:3]] == ["1.", "Landu Leko", "Sotimori"]
    assert [cell.text for cell in shown.rows[1][:3]] == ["", "", "Lifuleo"]
    assert shown.rows[1][1].value == "Landu Leko"
    assert shown.rows[-1][0].text == "11."


def test_remarks_stand_below_the_table():
    shown = next(t for t in tables(book()) if t.id == "t10_performance_agreement")
    assert "note" not in [c.key for c in shown.columns]
    assert any(note.startswith("3.1: ") for note in shown.notes)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('{{ figure("pkh.familie") }}', 'no figure "pkh.familie"; perhaps "pkh.families"'),
        ('{{ share("pkh.families", "x") }}', 'no figure "x"'),
        ("```table t03_pkg\n```", 'no table "t03_pkg"; perhaps "t03_pkh"'),
        ("```chart t03_pkh.people\n```", 'no column "people"'),
        ("```chart\n```", "one or two columns"),
        ("```photo ../../etc/passwd\n```", 'the photograph "passwd"'),
        ('{{ table_number("t08_bpnt") }}', 'mentions the table "t08_bpnt" but does not hold it'),
        ("{% if %}", "Expected an expression"),
        ("{{ nothing }}", "'nothing' is undefined"),
    ],
)
def test_a_broken_text_names_its_line(wrong, said):
    source = f"# Judul\n\nBaik.\n\n{wrong}\n"
    with pytest.raises(TemplateError) as caught:
        book(text=("profile.md", source))
    assert caught.value.line == 5
    assert said in caught.value.message


def test_percent_rounds_half_up():
    view = view_of(
        {}, {"poverty.families": 22579, "karang_taruna.total": Decimal(8), "karang_taruna.aided": 1}
    )
    assert "12,50%" in words(book(view))
