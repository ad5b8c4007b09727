"""The files an office loads into its register; README.md lists their columns."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.registry import actions

CATEGORIES = Importer(
    kind="categories",
    title="Welfare categories (PPKS)",
    columns={
        "list_name": ("daftar", "nama daftar"),
        "code": ("kode",),
        "number": ("nomor", "no"),
        "name": ("nama", "kategori", "jenis ppks", "jenis pmks"),
        "name_en": ("nama inggris",),
        "subject": ("menerangkan", "subjek"),
        "sex": ("jenis kelamin",),
        "min_age": ("usia terendah", "umur minimal"),
        "max_age": ("usia tertinggi", "umur maksimal"),
        "is_secret": ("rahasia", "terbatas"),
        "valid_from": ("berlaku dari", "mulai berlaku"),
        "valid_to": ("berlaku sampai", "sampai"),
    },
    required=("list_name", "code", "number", "name"),
    load=actions.load_categories,
    permission=Permission.EDIT_OFFICE,
)

IMPORTERS = [CATEGORIES]
