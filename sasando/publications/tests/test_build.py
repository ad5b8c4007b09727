"""The files of an edition: the same numbers in every format, the same bytes every time, and nothing half."""

import errno
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Thread

import docx
import pytest
from python_calamine import CalamineWorkbook

from sasando.lib.money import number, percent_text, rupiah
from sasando.publications import build
from sasando.publications.assemble import assemble
from sasando.publications.build import (
    FORMATS,
    Bundle,
    Signing,
    freeze,
    move_into,
    part_beside,
    sign,
    thaw,
    write_files,
)
from sasando.publications.errors import CannotWriteError, NoSpaceError, PictureError, UnknownFormatError
from sasando.publications.freezing import UnreadableDocumentError, frozen, thawed
from sasando.publications.machine import figures_of
from sasando.publications.material import PACKAGE_BOOK, Look
from sasando.publications.queries import exact
from sasando.publications.summary import summary_of
from sasando.publications.tests.years import FINDINGS, MATERIAL, empty_year, year_2020
from sasando.publications.writers import pdf

TEXT = ("profile.md", (PACKAGE_BOOK / "profile.md").read_text(encoding="utf-8"))
SIGNING = Signing(datetime(2021, 3, 2, 3, tzinfo=UTC), date(2021, 3, 2))


def bundle(view=None, audience="internal", material=MATERIAL):
    view = view or year_2020()
    return Bundle(
        document=assemble(view, material, FINDINGS, audience=audience, text=TEXT),
        figures=figures_of(view, office="53.14", audience=audience),
        titles={t.id: {c.key: c.title["id"] for c in t.columns} for t in view.tables.values()},
        summary=summary_of(view, material, audience=audience),
        facts={"families": "f" * 64, "places": "a" * 64},
    )


@pytest.fixture(scope="module", params=["internal", "public"])
def edition(request, tmp_path_factory):
    """A published edition in all formats: (folder, figures.json)."""
    folder = tmp_path_factory.mktemp(request.param)
    write_files(sign(bundle(audience=request.param), SIGNING)[0], folder, FORMATS)
    return folder, json.loads((folder / "figures.json").read_text())


def printed(column, value) -> str:
    if column["role"] == "amount":
        return rupiah(value)
    if column["role"] == "percent":
        return percent_text(exact(value))
    return number(exact(value)) if isinstance(value, int | float) else value


def numbers_of(said):
    """(table, row's printed numbers) of every row and total of `figures.json`."""
    for table in said["tables"]:
        columns = [c for c in table["columns"] if c["role"] not in ("label", "ordinal")]
        for row in [*table["rows"], table["totals"]]:
            texts = [printed(c, row[c["key"]]) for c in columns if row.get(c["key"]) is not None]
            if texts:
                yield table["id"], texts


def held_in_order(texts, line):
    at = 0
    for text in texts:
        at = line.find(text, at)
        if at < 0:
            return False
        at += len(text)
    return True


def test_pdf_holds_the_numbers(edition):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    folder, said = edition
    text = subprocess.run(
        ["pdftotext", "-layout", str(folder / "profil-2020.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lines = [re.sub(r"\s+", " ", line) for line in text.splitlines()]
    held = {
        t.id
        for t in build.with_seal(bundle(audience=said["edition"]).document, None).body
        if hasattr(t, "columns")
    }
    for table_id, texts in numbers_of(said):
        if table_id in held:
            assert any(held_in_order(texts, line) for line in lines), f"{table_id}: {texts}"


def test_docx_holds_the_numbers(edition):
    folder, said = edition
    rows = [
        [cell.text for cell in row.cells]
        for table in docx.Document(folder / "profil-2020.docx").tables
        for row in table.rows
    ]
    lines = [" ".join(cells) for cells in rows]
    missing = [(i, t) for i, t in numbers_of(said) if not any(held_in_order(t, line) for line in lines)]
    assert {i for i, _t in missing} <= ({"t05_violence_by_kind"} if said["edition"] == "public" else set())


def test_workbook_holds_the_numbers(edition):
    folder, said = edition
    book = CalamineWorkbook.from_filelike(io.BytesIO((folder / "tables.xlsx").read_bytes()))
    for table in said["tables"]:
        if table["id"] not in book.sheet_names:
            assert (said["edition"], table["id"]) == ("public", "t05_violence_by_kind")
            continue
        lines = book.get_sheet_by_name(table["id"]).to_python()
        for row in [*table["rows"], table["totals"]]:
            wanted = [v for k, v in row.items() if isinstance(v, int | float) and k != "no"]
            assert any(all(v in line for v in wanted) for line in lines), (table["id"], row)


def test_html_and_data_package_hold_the_numbers(edition):
    folder, said = edition
    page = (folder / "profil-2020.html").read_text()
    package = json.loads((folder / "datapackage.json").read_text())
    for table_id, texts in numbers_of(said):
        if f'id="tabel-{table_id}"' in page:
            assert all(f">{text}<" in page for text in texts), (table_id, texts)
    assert [r["name"] for r in package["resources"]] == [t["id"] for t in said["tables"]]
    for table in said["tables"]:
        assert len((folder / f"data/{table['id']}.csv").read_text().splitlines()) == len(table["rows"]) + 1


def test_figures_of_the_text_stand_in_the_printed_book(edition):
    folder, said = edition
    page = re.sub(r"<[^>]+>", "", (folder / "profil-2020.html").read_text())
    values = {f["id"]: f["value"] for f in said["figures"]}
    for figure_id in ("pkh.families", "bpnt.families", "kube.families", "relief.families", "neglected.total"):
        assert number(values[figure_id]) in page


def test_no_format_of_the_public_edition_tells_a_kind_of_harm(tmp_path):
    write_files(sign(bundle(audience="public"), SIGNING)[0], tmp_path, FORMATS)
    content = "".join(
        path.read_text() for path in tmp_path.rglob("*") if path.suffix in (".json", ".csv", ".html")
    )
    content += "\n".join(
        cell.text
        for t in docx.Document(tmp_path / "profil-2020.docx").tables
        for r in t.rows
        for cell in r.cells
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO((tmp_path / "tables.xlsx").read_bytes()))
    content += str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "20" in content
    for word in ("Persetubuhan", "Pencabulan", "Penganiayaan", "satu anak pada tabel peka"):
        assert word not in content


def test_equal_bundles_give_equal_bytes(tmp_path):
    signed = sign(bundle(), SIGNING)[0]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_files(signed if name == "one" else thaw(freeze(signed)), tmp_path / name, FORMATS)
    one, two = (
        {p.relative_to(tmp_path / n): p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()}
        for n in ("one", "two")
    )
    assert one == two
    assert len(one) == 8 + len(year_2020().tables)


def test_a_document_freezes_and_thaws():
    document = bundle().document
    assert thawed(frozen(document)) == document
    for damaged in (b"", b"{}", b'{"=":"Run","text":"x"}', b'{"=":"Nothing"}'):
        with pytest.raises(UnreadableDocumentError):
            thawed(damaged)


def test_a_draft_has_no_seal_and_a_signed_book_has_one():
    draft, seal, digest = sign(bundle(), None)
    assert (draft.figures["sealed"], seal) == (None, None)
    signed, seal, other = sign(bundle(), SIGNING)
    assert signed.figures["sealed"] == seal
    assert digest != other


def test_an_empty_office_has_a_book_in_every_format(tmp_path):
    bare = replace(
        MATERIAL, units=(), chart=None, missions=(), agreements=(), programmes=(), own_texts={}, head=None
    )
    written = write_files(sign(bundle(empty_year(), material=bare), None)[0], tmp_path, FORMATS)
    assert {path.name for path in written} >= {"profil-2021.pdf", "ringkasan-2021.png", "figures.json"}
    assert "belum ada satu pun catatan" in (tmp_path / "profil-2021.html").read_text()


def test_a_picture_that_cannot_be_set_leaves_nothing(tmp_path):
    broken = replace(MATERIAL, look=Look(emblem=b"<svg"))
    with (
        pytest.raises(PictureError, match="edisi terakhir tidak berubah"),
        part_beside(tmp_path / "x") as part,
    ):
        write_files(sign(bundle(material=broken), None)[0], part, ["pdf"])
    assert list(tmp_path.iterdir()) == []


def test_formats_are_known():
    with pytest.raises(UnknownFormatError, match="odt"):
        build.check_formats(["pdf", "odt"])
    assert build.check_formats(["json", "html"]) == ("html", "json")


@pytest.mark.parametrize(("code", "error"), [(errno.ENOSPC, NoSpaceError), (errno.EACCES, CannotWriteError)])
def test_a_full_disk_is_said_and_leaves_the_last_edition(tmp_path, monkeypatch, code, error):
    target = tmp_path / "edition"
    target.mkdir()
    (target / "figures.json").write_text("the last edition")

    def full(path, content):
        raise OSError(code, "no")

    monkeypatch.setattr(build, "write_bytes", full)
    with pytest.raises(error), part_beside(target / "part") as part:
        write_files(sign(bundle(), None)[0], part, ["json", "html"])
    assert [path.name for path in target.iterdir()] == ["figures.json"]
    assert (target / "figures.json").read_text() == "the last edition"


def test_an_error_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    def broken(document):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(pdf, "write", broken)
    with pytest.raises(RuntimeError), part_beside(tmp_path / "edition") as part:
        write_files(sign(bundle(), None)[0], part, FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_moving_keeps_files_of_other_names(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "surat.txt").write_text("mine")
    (folder / "figures.json").write_text("old")
    with part_beside(folder / "part") as part:
        (part / "data").mkdir()
        (part / "data/a.csv").write_text("a")
        (part / "figures.json").write_text("new")
        move_into(part, folder)
    assert {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*") if p.is_file()} == {
        "surat.txt": "mine",
        "figures.json": "new",
        "data/a.csv": "a",
    }


def test_two_builds_into_one_folder_both_end_well(tmp_path):
    signed = sign(bundle(), None)[0]
    errors = []

    def run():
        try:
            with part_beside(tmp_path / "out") as part:
                write_files(signed, part, ["json", "html", "xlsx"])
                move_into(part, tmp_path / "out")
        except Exception as error:
            errors.append(error)

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "figures.json",
        "profil-2020.html",
        "tables.xlsx",
    ]
