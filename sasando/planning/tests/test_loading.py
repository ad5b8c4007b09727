"""Files of the plan, typed figures and measurements."""

from datetime import date
from decimal import Decimal

import pytest

from sasando.base.importing import read_file
from sasando.base.loading import Batch, Loading
from sasando.planning.actions import record_measurements, type_figure
from sasando.planning.errors import FigureIdError, ReasonMissingError, UnknownIndicatorError
from sasando.planning.importers import AGREEMENT, INDICATORS, KEY_INDICATORS, PLAN, SCALE, TYPED_FIGURES
from sasando.planning.models import (
    Agreement,
    AgreementTarget,
    Goal,
    Indicator,
    KeyIndicator,
    Measurement,
    Mission,
    Objective,
    TypedFigure,
)
from sasando.planning.rules import MeasuredValue
from sasando.trail.models import TrailEntry

PLAN_CSV = """misi ke,misi,tujuan,no sasaran,sasaran,kebijakan,renstra
1,Mutu SDM,Perlindungan sosial,1,Kemiskinan turun,Menjangkau,ya
1,Mutu SDM,Perlindungan sosial,2,Layanan naik,,tidak
"""
INDICATORS_CSV = """kode,no sasaran,indikator,arah,pembilang,penyebut,unit penanggung jawab
P0,1,Penduduk miskin,turun,poverty.rate,,
1.1,2,Penerima PKH,naik,pkh.families,poverty.families,FM-DK
"""
AGREEMENT_CSV = """tahun,tanggal,alasan,kode,target,keterangan
2020,28-01-2020,,P0,"24,65%",
2020,28-01-2020,,1.1,-,belum ditetapkan
2020,24 Agustus 2020,Refocusing,P0,24.65,
2020,24 Agustus 2020,Refocusing,1.1,B,
"""


@pytest.fixture
def take(people):
    def take(importer, text, apply=True, **options):
        report = importer(
            read_file(importer, text.encode(), "a.csv"), apply=apply, by=people.secretary, options=options
        )
        assert report.rows == report.new + report.changed + report.unchanged + len(report.refused)
        return report

    return take


@pytest.fixture
def plan(take):
    for importer, text in ((PLAN, PLAN_CSV), (INDICATORS, INDICATORS_CSV), (AGREEMENT, AGREEMENT_CSV)):
        assert take(importer, text).extra["stored"]


def test_everything_is_taken_once(plan, take):
    assert (Mission.objects.count(), Goal.objects.count(), Objective.objects.count()) == (1, 1, 2)
    assert Indicator.objects.get(code="1.1").owner.code == "FM-DK"
    entries = TrailEntry.objects.count()
    for importer, text in ((PLAN, PLAN_CSV), (INDICATORS, INDICATORS_CSV), (AGREEMENT, AGREEMENT_CSV)):
        report = take(importer, text)
        assert (report.unchanged, report.extra["stored"]) == (report.rows, False)
    assert TrailEntry.objects.count() == entries


def test_targets_blank_and_in_words(plan):
    found = AgreementTarget.objects.values_list("agreement__signed_on", "indicator__code", "value", "note")
    assert set(found) == {
        (date(2020, 1, 28), "P0", Decimal("24.65"), ""),
        (date(2020, 1, 28), "1.1", None, "belum ditetapkan"),
        (date(2020, 8, 24), "P0", Decimal("24.65"), ""),
        (date(2020, 8, 24), "1.1", None, "B"),
    }
    assert Agreement.objects.get(signed_on=date(2020, 8, 24)).reason == "Refocusing"


@pytest.mark.parametrize(
    ("importer", "text", "refused"),
    [
        (PLAN, "misi ke,misi,tujuan,no sasaran,sasaran\n1,a,b,,c\n1,a,b,9,\n1,a,b,3,c\n1,a,b,3,d\n", 3),
        (INDICATORS, "kode,no sasaran,indikator,pembilang,penyebut\nX,9,a,,\nY,1,a,PKH,\nZ,1,a,,a.b\n", 3),
        (INDICATORS, "kode,no sasaran,indikator,arah\nX,1,a,miring\nP0,1,a,turun\nP0,1,a,turun\n", 2),
        (KEY_INDICATORS, "no sasaran,no,indikator,kode\n9,1,a,\n1,,a,\n1,3,a,ZZ\n", 3),
        (
            AGREEMENT,
            "tahun,tanggal,kode,target\n2020,2020-01-28,ZZ,1\n2020,,P0,1\n2020,2020-01-28,P0,1 2 3\n",
            3,
        ),
        (TYPED_FIGURES, "tahun,angka,nilai,alasan\n2020,a.b,1,\n2020,Bukan Id,1,x\n2020,a.b,satu,x\n", 3),
        (SCALE, "skala,cap,mulai,sebutan\nA,,,x\nA,0,85,x\nA,,85,\n", 3),
    ],
)
def test_refused_rows_keep_the_file_out(plan, take, importer, text, refused):
    entries = TrailEntry.objects.count()
    report = take(importer, text)
    assert len(report.refused) == refused
    assert report.extra["stored"] is False
    assert TrailEntry.objects.count() == entries


def test_a_preview_stores_nothing(take):
    assert take(PLAN, PLAN_CSV, apply=False).new == 2
    assert not Mission.objects.exists()


def test_key_indicators_need_no_indicator(plan, take):
    text = "no sasaran,no,indikator,kode\n2,1,Penerima PKH,1.1\n2,2,Peserta JKN,\n"
    assert take(KEY_INDICATORS, text).new == 2
    assert KeyIndicator.objects.get(number=2).indicator is None
    assert take(KEY_INDICATORS, text).unchanged == 2


def test_a_scale_with_a_cap(take):
    text = "skala,cap,mulai,sebutan\nA,100,85,Baik\nA,100,0,Kurang\n"
    assert take(SCALE, text).new == 2
    assert take(SCALE, text).unchanged == 2
    changed = take(SCALE, text.replace("100", "120"))
    assert (changed.changed, changed.unchanged) == (1, 1)


def test_typed_figures_from_a_file_and_by_hand(take, people):
    header = "tahun;angka;nilai;satuan;alasan\n"
    text = header + "2020;poverty.rate;27,54;%;dihitung balik\n2020;ktk.total;-;;tidak diketahui\n"
    assert take(TYPED_FIGURES, text).new == 2
    assert take(TYPED_FIGURES, text).unchanged == 2
    assert TypedFigure.objects.get(figure_id="ktk.total").value is None
    figure = type_figure(
        year=2020, figure_id="poverty.rate", value=Decimal("27.6"), reason="BPS", by=people.secretary
    )
    assert (figure.recorded_by_name, TypedFigure.objects.count()) == ("Bernad Sekretaris", 2)


def test_a_typed_figure_needs_an_id_and_a_reason(people):
    with pytest.raises(FigureIdError):
        type_figure(year=2020, figure_id="Angka", value=None, reason="x", by=people.secretary)
    with pytest.raises(ReasonMissingError):
        type_figure(year=2020, figure_id="a.b", value=None, reason="  ", by=people.secretary)
    assert not TypedFigure.objects.exists()


def value(achievement):
    number = Decimal(achievement)
    return MeasuredValue(Decimal(300), Decimal(22579), Decimal("1.3287"), number, "records")


def measured(people, snapshot, **values):
    return record_measurements(
        year=2020,
        as_of=date(2020, 12, 31),
        snapshot=snapshot,
        values={"1.1": value("99.8967")} | values,
        by=people.secretary,
    )


def test_a_sealed_snapshot_leaves_its_measurements_once(plan, people):
    assert measured(people, "sha256:a") == 1
    entries = TrailEntry.objects.count()
    assert measured(people, "sha256:a") == 0
    assert TrailEntry.objects.count() == entries
    assert measured(people, "sha256:b") == 1
    assert Measurement.objects.count() == 2
    row = Measurement.objects.get(snapshot="sha256:a")
    assert (row.achievement, row.basis, row.measured_by_name) == (
        Decimal("99.8967"),
        "records",
        "Bernad Sekretaris",
    )


def test_measuring_what_is_not_in_the_plan_records_nothing(plan, people):
    with pytest.raises(UnknownIndicatorError, match=r"9\.9"):
        record_measurements(
            year=2020,
            as_of=date(2020, 12, 31),
            snapshot="s",
            values={"1.1": value("1"), "9.9": value("1")},
            by=people.secretary,
        )
    assert not Measurement.objects.exists()


def test_a_value_its_column_cannot_hold_is_refused(db):
    load = Loading([{"x": "1"}])
    batch = Batch(load, TypedFigure)
    batch.put(load.rows[0], "a.b", TypedFigure(), {"value": Decimal(10) ** 20})
    batch.write()
    assert [outcome.refused for outcome in load.outcomes] == [True]
    assert batch.created == []
