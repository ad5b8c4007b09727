"""The files an office loads about its money; README.md lists their columns."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.budget import actions

_SOURCE = ("sumber dana", "kode sumber dana", "sumber")
_YEAR = ("tahun", "tahun anggaran", "ta")
_CODE = ("kode", "kode rekening", "kode kegiatan", "no")
_UP_TO = ("sampai dengan", "s d", "posisi", "per tanggal")
_REALISED = ("realisasi", "realisasi rp", "realisasi keuangan", "jumlah realisasi", "realised", "realisation")

FUND_SOURCES = Importer(
    kind="fund-sources",
    title="Fund sources",
    columns={
        "code": ("kode",),
        "name": ("nama", "sumber dana"),
        "name_en": ("nama inggris",),
        "is_office_budget": ("lewat anggaran dinas", "anggaran dinas"),
    },
    required=("code", "name"),
    load=actions.load_fund_sources,
    permission=Permission.EDIT_BUDGET,
)
BUDGET = Importer(
    kind="budget",
    title="Budget documents with ceilings and realisation",
    columns={
        "year": _YEAR,
        "fund_source": _SOURCE,
        "document": ("dokumen",),
        "adopted_on": ("tanggal penetapan", "ditetapkan"),
        "code": _CODE,
        "parent": ("induk", "kode induk"),
        "name": ("uraian", "nama", "program", "program kegiatan", "line", "item"),
        "level": ("tingkat", "jenis baris"),
        "unit": ("kode unit", "bidang"),
        "ceiling_idr": ("pagu", "pagu anggaran", "pagu anggaran rp", "pagu rp", "anggaran", "ceiling"),
        "realised_idr": _REALISED,
        "up_to": _UP_TO,
    },
    required=("name", "ceiling_idr"),
    load=actions.load_budget,
    permission=Permission.EDIT_BUDGET,
)
REALISATION = Importer(
    kind="realisation",
    title="What was spent up to a day, by line of the budget in force",
    columns={
        "year": _YEAR,
        "fund_source": _SOURCE,
        "code": _CODE,
        "realised_idr": _REALISED,
        "up_to": _UP_TO,
    },
    required=("code", "realised_idr"),
    load=actions.load_realisation,
    permission=Permission.EDIT_BUDGET,
)

IMPORTERS = [FUND_SOURCES, BUDGET, REALISATION]
