"""The files an office loads about itself; README.md lists their columns."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.office import actions

_DATES = {
    "valid_from": ("berlaku sejak", "mulai berlaku", "from"),
    "valid_to": ("berlaku sampai", "berakhir", "to"),
}

UNITS = Importer(
    kind="units",
    title="Units of the office with their main duties",
    columns={
        "code": ("kode", "kode unit", "unit code"),
        "parent": ("induk", "kode induk", "unit induk", "belongs to"),
        "kind": ("jenis", "jenis unit"),
        "name": ("name_id", "nama", "nama unit"),
        "name_en": ("nama inggris", "english name"),
        "duty": ("duty_id", "tugas pokok", "tugas", "main duty"),
        "duty_en": ("tugas pokok inggris",),
        "functions_title": ("judul fungsi",),
        "order": ("urutan", "no urut"),
        "is_formed": ("formed", "terbentuk", "sudah terbentuk"),
        **_DATES,
    },
    required=("code", "kind", "name"),
    load=actions.load_units,
    permission=Permission.EDIT_OFFICE,
)
FUNCTIONS = Importer(
    kind="functions",
    title="Numbered functions of the units, in short texts of our own",
    columns={
        "id": ("kode fungsi", "function id"),
        "unit": ("kode unit", "unit code"),
        "number": ("nomor", "no", "no urut"),
        "capability": ("kemampuan",),
        "text": ("text_id", "uraian", "fungsi", "uraian fungsi", "ringkasan"),
        "text_en": ("uraian inggris",),
    },
    required=("unit", "number", "text"),
    load=actions.load_functions,
    permission=Permission.EDIT_OFFICE,
)
REGULATION_TEXT = Importer(
    kind="regulation-text",
    title="The regulation's own wording of main duties and functions",
    columns={
        "unit": ("kode unit", "unit code"),
        "number": ("nomor", "no", "nomor fungsi"),
        "article": ("pasal",),
        "wording": ("bunyi", "bunyi peraturan", "text"),
    },
    required=("unit", "wording"),
    load=actions.load_regulation_text,
    permission=Permission.EDIT_OFFICE,
)
POSTS = Importer(
    kind="posts",
    title="Structural posts",
    columns={
        "code": ("kode", "kode jabatan"),
        "unit": ("kode unit", "unit code"),
        "name": ("name_id", "nama", "nama jabatan", "jabatan"),
        "name_en": ("nama inggris",),
        "echelon": ("eselon",),
        "order": ("urutan", "no urut"),
        **_DATES,
    },
    required=("code", "unit", "name"),
    load=actions.load_posts,
    permission=Permission.EDIT_OFFICE,
)
LEGAL_BASES = Importer(
    kind="legal-bases",
    title="Laws and regulations the office rests on",
    columns={
        "unit": ("kode unit", "unit code"),
        "article": ("pasal",),
        "title": ("judul", "peraturan", "dasar hukum"),
    },
    required=("title",),
    load=actions.load_legal_bases,
    permission=Permission.EDIT_OFFICE,
)

IMPORTERS = [UNITS, FUNCTIONS, REGULATION_TEXT, POSTS, LEGAL_BASES]
