"""The files an office loads about its plan; README.md lists their columns."""

from sasando.base.importing import Importer
from sasando.base.permissions import Permission
from sasando.planning import actions

_DATES = {
    "valid_from": ("berlaku sejak", "mulai berlaku", "from"),
    "valid_to": ("berlaku sampai", "berakhir", "to"),
}
_YEAR = ("tahun", "tahun anggaran", "ta")
_OBJECTIVE = ("objective_no", "no sasaran", "nomor sasaran", "sasaran ke")

PLAN = Importer(
    kind="plan",
    title="Mission, goals and objectives of the strategic plan",
    columns={
        "mission_number": ("misi ke", "no misi", "nomor misi"),
        "mission": ("misi",),
        "goal": ("tujuan",),
        "objective_number": _OBJECTIVE,
        "objective": ("sasaran",),
        "policy": ("kebijakan",),
        "in_strategic_plan": ("dalam renstra", "renstra"),
        **_DATES,
    },
    required=("mission_number", "mission", "goal", "objective_number", "objective"),
    load=actions.load_plan,
    permission=Permission.EDIT_PLAN,
)
INDICATORS = Importer(
    kind="indicators",
    title="Indicators with the figures they are made of",
    columns={
        "code": ("kode", "kode indikator"),
        "objective_number": _OBJECTIVE,
        "number": ("indicator_no", "nomor", "no"),
        "name": ("indicator", "indikator", "nama indikator", "indikator kinerja"),
        "unit": ("satuan",),
        "direction": ("arah",),
        "numerator_figure": ("pembilang",),
        "denominator_figure": ("penyebut",),
        "owner": ("unit penanggung jawab", "penanggung jawab"),
        "order": ("urutan",),
        **_DATES,
    },
    required=("code", "objective_number", "name"),
    load=actions.load_indicators,
    permission=Permission.EDIT_PLAN,
)
KEY_INDICATORS = Importer(
    kind="key-indicators",
    title="Key performance indicators (IKU)",
    columns={
        "objective_number": _OBJECTIVE,
        "number": ("no", "nomor"),
        "name": ("indicator name", "indikator", "nama indikator", "indikator kinerja utama"),
        "indicator": ("kode", "kode indikator", "indicator code"),
    },
    required=("objective_number", "number", "name"),
    load=actions.load_key_indicators,
    permission=Permission.EDIT_PLAN,
)
AGREEMENT = Importer(
    kind="agreement",
    title="Versions of the performance agreement with their targets",
    columns={
        "year": _YEAR,
        "signed_on": ("tanggal", "ditetapkan", "tanggal penetapan"),
        "reason": ("alasan perubahan", "alasan"),
        "indicator": ("kode", "kode indikator", "indicator code"),
        "target": ("target kinerja",),
        "note": ("keterangan", "catatan"),
    },
    required=("indicator", "target"),
    load=actions.load_agreement,
    permission=Permission.EDIT_PLAN,
)
TYPED_FIGURES = Importer(
    kind="typed-figures",
    title="Figures typed by hand, with their reasons",
    columns={
        "year": _YEAR,
        "figure_id": ("angka", "kode angka", "figure"),
        "value": ("nilai",),
        "unit": ("satuan",),
        "reason": ("alasan", "alasan dan sumber", "sumber"),
    },
    required=("figure_id", "value", "reason"),
    load=actions.load_typed_figures,
    permission=Permission.EDIT_PLAN,
)
SCALE = Importer(
    kind="achievement-scale",
    title="How achievements are capped and labelled",
    columns={
        "policy": ("nama skala", "skala"),
        "cap_percent": ("batas atas", "cap"),
        "at_least": ("mulai", "dari", "mulai persen"),
        "label": ("sebutan", "predikat", "kategori"),
        "source": ("sumber",),
        **_DATES,
    },
    required=("policy", "at_least", "label"),
    load=actions.load_scale,
    permission=Permission.EDIT_PLAN,
)

IMPORTERS = [PLAN, INDICATORS, KEY_INDICATORS, AGREEMENT, TYPED_FIGURES, SCALE]
