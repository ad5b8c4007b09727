"""The files an office loads about its aid programmes; README.md lists their columns."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.programmes import actions

_SINCE = ("berlaku dari", "mulai berlaku")
_UNTIL = ("berlaku sampai", "sampai")

PROGRAMMES = Importer(
    kind="programmes",
    title="Aid programmes",
    columns={
        "code": ("kode", "kode program"),
        "name": ("nama", "nama program", "program"),
        "name_en": ("nama inggris",),
        "purpose": ("tujuan", "kegunaan"),
        "kind": ("jenis", "penyelenggara"),
        "recipient_kind": ("penerima", "jenis penerima"),
        "fund_source": ("sumber dana", "kode sumber dana"),
        "unit": ("kode unit", "unit", "bidang"),
        "legal_basis": ("dasar hukum",),
        "limit_per_family": ("batas per keluarga",),
        "valid_from": _SINCE,
        "valid_to": _UNTIL,
    },
    required=("code", "name", "fund_source"),
    load=actions.load_programmes,
    permission=Permission.EDIT_AID,
)
TARIFFS = Importer(
    kind="tariffs",
    title="Tariffs of aid programmes",
    columns={
        "programme": ("kode program", "program"),
        "component": ("komponen", "kode komponen"),
        "name": ("nama", "nama komponen"),
        "amount_idr": ("besaran", "nilai", "jumlah rp", "rupiah"),
        "months": ("bulan", "lama bulan"),
        "limit_per_family": ("batas per keluarga", "maksimal"),
        "source": ("sumber", "dasar"),
        "valid_from": _SINCE,
        "valid_to": _UNTIL,
    },
    required=("programme", "component", "name", "amount_idr"),
    load=actions.load_tariffs,
    permission=Permission.EDIT_AID,
)

IMPORTERS = [PROGRAMMES, TARIFFS]
