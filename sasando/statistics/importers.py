"""The kinds of reported file: printed tables of the book or of any office, and numbers printed in running text."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.statistics import reported

_BOOK = {
    "no": ("nomor",),
    "district": ("kecamatan",),
    "village": ("desa", "desa/kelurahan"),
    "position": ("nama jabatan",),
    "role": ("jabatan non pns",),
    "case_kind": ("penanganan kasus",),
    "indicator": ("indikator",),
    "objective": ("sasaran",),
    "program": ("uraian",),
    "line_title": ("line",),
    "printed": (),
    "families": ("jumlah kpm",),
    "total": ("jumlah",),
}
"""Columns by which the header row of a table of the book is found; others are kept under their own headers."""

IMPORTERS = [
    Importer(
        kind="reported-table",
        title="A table of the book, as printed",
        columns=_BOOK,
        required=(),
        load=reported.load_table,
        permission=Permission.HAND_IN_TABLES,
        stores_at_once=True,
    ),
    Importer(
        kind="reported-text-figures",
        title="Numbers printed in running text",
        columns={
            "key": ("kunci", "id"),
            "value": ("nilai", "printed"),
            "unit": ("satuan",),
            "where": ("tempat", "bagian"),
        },
        required=("key", "value"),
        load=reported.load_text_figures,
        permission=Permission.HAND_IN_TABLES,
        stores_at_once=True,
    ),
    Importer(
        kind="reported-indicators",
        title="Indicators with target, realisation and published achievement, as printed",
        columns={
            "indicator": ("indikator", "indikator kinerja", "nama indikator"),
            "unit": ("satuan",),
            "direction": ("arah", "sifat"),
            "target": ("target kinerja",),
            "realisation": ("realisasi", "realization"),
            "published_achievement": ("capaian", "capaian kinerja", "achievement"),
            "published_scale": ("skala", "kategori", "predikat", "scale"),
            "year": ("tahun",),
            "numerator": ("pembilang",),
            "denominator": ("penyebut",),
        },
        required=("indicator", "target", "realisation"),
        load=reported.load_indicators,
        permission=Permission.HAND_IN_TABLES,
        stores_at_once=True,
    ),
    Importer(
        kind="reported-budget",
        title="Budget lines with ceiling and realisation, as printed",
        columns={
            "item": ("uraian", "program", "kegiatan"),
            "level": ("tingkat",),
            "pagu": ("anggaran", "pagu anggaran", "ceiling"),
            "realisasi": ("realisasi anggaran", "realisation", "realised"),
            "published_pct": ("persentase", "persen", "%", "percent"),
            "unit": ("satuan",),
        },
        required=("item", "pagu", "realisasi"),
        load=reported.load_budget,
        permission=Permission.HAND_IN_TABLES,
        stores_at_once=True,
    ),
    Importer(
        kind="reported-counts",
        title="Counts by area, category and sex with their totals, as printed",
        columns={
            "period": ("periode", "tahun", "bulan"),
            "area": ("wilayah", "kecamatan"),
            "category": ("kategori", "jenis"),
            "sex": ("jenis kelamin", "jk"),
            "unit": ("satuan",),
            "value": ("nilai", "jumlah"),
            "row": ("baris", "jenis baris"),
        },
        required=("value", "row"),
        load=reported.load_counts,
        permission=Permission.HAND_IN_TABLES,
        stores_at_once=True,
    ),
]
