import io
import re
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sasando.lib.identity import excel_damage
from sasando.lib.sheets import SheetError, normalise_header, read_rows

WANTED = {"kk": ["No. KK", "Nomor KK"], "name": ["Nama", "Nama Lengkap"], "amount": ["Jumlah (Rp)"]}
TABLE = (
    "NO_KK;nama  lengkap;Jumlah (Rp);Ket\n5314030103120001;Yosepha Ndolu;1,5;\n\n5314030103120002;Señor;2;x\n"
)


def workbook(**sheets: list[list]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return file.getvalue()


def ods(rows: str) -> bytes:
    file = io.BytesIO()
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        )
        package.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f"<table:table table:name='Data'>{rows}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def ods_cell(text: str, times: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("title", ["", "DAFTAR PENERIMA\n\nKecamatan;Lobalain\n"])
def test_csv(encoding, delimiter, title):
    text = (title + TABLE).replace(";", delimiter)
    sheet = read_rows(text.encode(encoding), "pkh.csv", WANTED)
    assert (sheet.encoding, sheet.delimiter, sheet.sheet_name) == (encoding, delimiter, None)
    assert sheet.headers == ["NO_KK", "nama  lengkap", "Jumlah (Rp)", "Ket"]
    assert sheet.row_numbers == ([2, 4] if not title else [5, 7])
    assert [record for _, record in sheet.records()] == [
        {"kk": "5314030103120001", "name": "Yosepha Ndolu", "amount": "1,5", "Ket": ""},
        {"kk": "5314030103120002", "name": "Señor", "amount": "2", "Ket": "x"},
    ]


def test_csv_without_wanted_headers(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Judul tabel\na,b\n1,2\n3\n", encoding="utf-8")
    sheet = read_rows(path, "t.csv")
    assert (sheet.headers, sheet.rows, sheet.fields) == (["a", "b"], [["1", "2"], ["3", ""]], {})


def test_xlsx_keeps_numbers_and_takes_the_fitting_sheet():
    data = workbook(
        Petunjuk=[["Isi lembar berikut"], ["Nama", "Arti"]],
        Data=[
            ["DAFTAR"],
            ["Nomor KK", "Nama", "Jumlah (Rp)", "Tanggal", "Aktif"],
            ["5314030103120001", " Yosepha\u00a0", 225000, datetime(2020, 12, 31), True],
            [5314030103120002, "Adrianus", 1.5, date(2020, 1, 2), False],
        ],
    )
    sheet = read_rows(data, "pkh.xlsx", WANTED)
    assert (sheet.sheet_name, sheet.encoding, sheet.row_numbers) == ("Data", None, [3, 4])
    assert sheet.rows[0] == ["5314030103120001", "Yosepha", 225000, "2020-12-31", "TRUE"]
    assert sheet.rows[1][2:] == [1.5, "2020-01-02", "FALSE"]
    assert [bool(excel_damage(row[0])) for row in sheet.rows] == [False, True]
    assert read_rows(data, "pkh.xlsx", sheet="Petunjuk").sheet_name == "Petunjuk"
    with pytest.raises(SheetError, match="no sheet called Lain"):
        read_rows(data, "pkh.xlsx", sheet="Lain")


def test_ods():
    rows = "".join(
        f"<table:table-row>{ods_cell(a)}{ods_cell(b)}</table:table-row>" for a, b in (("No KK", "Nama"), "xy")
    )
    blank = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = read_rows(ods(rows + blank), "pkh.ods", WANTED)
    assert (sheet.sheet_name, list(sheet.records())) == ("Data", [(2, {"kk": "x", "name": "y"})])


def far_corner(rows: str = "", part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook with cells in opposite corners; `rows` and `part` say otherwise how, and where in the package."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1048575, 16383, "z")
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if rows and name.endswith("sheet1.xml"):
                text = re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), text)
            text = text.replace(b'"worksheets/sheet1.xml"', f'"/{part}"'.encode())
            new.writestr(part if name == "xl/worksheets/sheet1.xml" else name, text)
    return changed.getvalue()


NO_PLACE_NAMED = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
)
WIDE = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="1000"><c r="A1000"><v>1</v></c></row>'


FAR_CORNER_ODS = (
    f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("a", 16000)}</table:table-row>'
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n ", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b";;;\n;;\n", "is empty"),
        (workbook(Kosong=[]), "no sheet with cells"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a spreadsheet"),
        (b"%PDF-1.4\n\x81\x8d\x8f", "not a spreadsheet"),
        (b"a,b\x00c\n", "not a spreadsheet"),
        (b"<html><table><tr><td>NIK</td></tr></table>", "web page"),
        (b"PK\x03\x04" + b"x" * 50, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        (workbook(Data=[["Nama"]])[:-40], "damaged"),
        (b"a,b\n1,2\n", "headers looked for: kk, name, amount"),
        (far_corner(), "too large"),
        (far_corner(NO_PLACE_NAMED), "too large"),
        (far_corner(part="content.xml"), "too large"),
        (far_corner(WIDE), "too large"),
        (ods(FAR_CORNER_ODS), "damaged"),
        (b'a;"' + b"x" * 200_000 + b'"', "not a spreadsheet"),
    ],
)
def test_what_is_refused_and_why(data, reason):
    with pytest.raises(SheetError, match=reason) as caught:
        read_rows(data, "berkas", WANTED)
    assert "berkas" in caught.value.reason


def test_control_characters_are_no_text():
    with_nul = far_corner('<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b_x0007_</t></is></c></row>')
    assert read_rows(with_nul, "berkas").headers == ["ab"]


@pytest.mark.parametrize("path", ["/no/such/file.csv", "/", "a\0b"])
def test_no_such_file(path):
    with pytest.raises(SheetError, match="cannot be opened"):
        read_rows(path, "berkas")


GOOD = workbook(Data=[["Nomor KK", "Nama"], ["1", "a"]])


@settings(deadline=None)
@given(
    st.binary(max_size=400)
    | st.builds(lambda tail: b"PK\x03\x04" + tail, st.binary(max_size=200))
    | st.builds(lambda tail: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + tail, st.binary(max_size=1200))
    | st.builds(
        lambda at, new: GOOD[:at] + new + GOOD[at + len(new) :],
        st.integers(0, len(GOOD)),
        st.binary(max_size=9),
    )
    | st.text(alphabet=",;\t\"'\r\naN1", max_size=60).map(str.encode),
    st.sampled_from([None, WANTED]),
)
@example(b"\xff\xfe\x00\xd8", None)
def test_random_bytes_never_raise_anything_else(data, wanted):
    try:
        sheet = read_rows(data, "berkas", wanted)
    except SheetError as error:
        assert error.reason.endswith(".")
    else:
        assert all(len(row) >= len(sheet.headers) for row in sheet.rows)
        assert len(list(sheet.records())) == len(sheet.rows)


def test_normalise_header():
    assert normalise_header(" No._KK\u00a0") == normalise_header("NO KK") == "no kk"
    assert normalise_header("Jumlah (Rp)") == "jumlah rp"
