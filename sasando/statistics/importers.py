"""The kinds of reported file: printed tables of the book or of any office, and numbers printed in running text."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.statistics.models import ReportedKind
from sasando.statistics.reporting.files import REQUIRED, load_table, load_text_figures

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


def _importer(
    kind: str, title: str, columns: Mapping[str, Sequence[str]], required: Sequence[str], load: Callable
) -> Importer:
    return Importer(
        kind=kind,
        title=title,
        columns=columns,
        required=required,
        load=load,
        permission=Permission.HAND_IN_TABLES,
        stores_at_once=True,
    )


def _tables(kind: ReportedKind, title: str, columns: Mapping[str, Sequence[str]]) -> Importer:
    return _importer(f"reported-{kind}", title, columns, REQUIRED[kind], partial(load_table, kind))


IMPORTERS = [
    _tables(ReportedKind.TABLE, "A table of the book, as printed", _BOOK),
    _importer(
        "reported-text-figures",
        "Numbers printed in running text",
        {
            "key": ("kunci", "id"),
            "value": ("nilai", "printed"),
            "unit": ("satuan",),
            "where": ("tempat", "bagian"),
        },
        ("key", "value"),
        load_text_figures,
    ),
    _tables(
        ReportedKind.INDICATORS,
        "Indicators with target, realisation and published achievement, as printed",
        {
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
    ),
    _tables(
        ReportedKind.BUDGET,
        "Budget lines with ceiling and realisation, as printed",
        {
            "item": ("uraian", "program", "kegiatan"),
            "level": ("tingkat",),
            "pagu": ("anggaran", "pagu anggaran", "ceiling"),
            "realisasi": ("realisasi anggaran", "realisation", "realised"),
            "published_pct": ("persentase", "persen", "%", "percent"),
            "unit": ("satuan",),
        },
    ),
    _tables(
        ReportedKind.COUNTS,
        "Counts by area, category and sex with their totals, as printed",
        {
            "period": ("periode", "tahun", "bulan"),
            "area": ("wilayah", "kecamatan"),
            "category": ("kategori", "jenis"),
            "sex": ("jenis kelamin", "jk"),
            "unit": ("satuan",),
            "value": ("nilai", "jumlah"),
            "row": ("baris", "jenis baris"),
        },
    ),
]
