"""Targets, measured values, indicator lists, achievements, averages and scale labels: each fires, and keeps still."""

from decimal import Decimal

import pytest

from sasando.statistics.checks import plan
from sasando.statistics.checks.scales import scale_for, shipped_scales
from sasando.statistics.tests.printed_year import printed, year


def indicator(number="1.1", name="Keluarga diberdayakan", **cells):
    blank = {
        "objective_no": "1", "indicator_no": number, "indicator": name, "unit": "%", "direction": "higher",
        "target": "50", "numerator": "5", "denominator": "20",
    }  # fmt: skip
    return blank | cells


def agreed(*rows):
    return printed("t10_performance_agreement", rows)


def achieved(*rows):
    return printed(
        "t11_achievement",
        [
            {"no": no, "objective": name, "average_achievement_percent": value, "scale": scale}
            for no, name, value, scale in rows
        ],
    )


FACT = {
    "name": "Keluarga diberdayakan",
    "numerator_figure": "kube.families",
    "denominator_figure": "ktk.total",
}


@pytest.mark.parametrize(("target", "count"), [("", 1), ("-", 1), ("50", 0), ("BB", 0), ("(cut off)", 0)])
def test_target_missing(target, count):
    # A second row keeps the column one of numbers.
    view = year(agreed(indicator(target=target), indicator("1.2", "Lain"), indicator("1.3", "Lagi")))
    assert len(list(plan.targets_missing(view))) == count


@pytest.mark.parametrize(
    ("cells", "figures", "count"),
    [
        ({}, {}, 0),
        ({"denominator": ""}, {}, 1),
        ({"numerator": "", "denominator": ""}, {}, 1),
        ({"numerator": "0", "denominator": ""}, {}, 0),
        ({"denominator": ""}, {"kube.families": 5, "ktk.total": None}, 1),
        ({"denominator": ""}, {"kube.families": 5, "ktk.total": 10}, 0),
    ],
)
def test_indicator_without_a_measured_value(cells, figures, count):
    view = year(agreed(indicator(**cells)), figures=figures, facts={"indicators": [FACT]})
    assert len(list(plan.indicators_unmeasured(view))) == count


def test_without_facts_the_paper_alone_decides():
    assert len(list(plan.indicators_unmeasured(year(agreed(indicator(denominator="")))))) == 1


def keys(*names):
    return printed("t09_key_indicators", [{"objective": "A", "no": "1", "indicator": name} for name in names])


def test_indicator_lists_differ():
    view = year(keys("Keluarga diberdayakan", "Peserta JKN"), agreed(indicator()))
    found = [(f.row, f.printed, f.computed) for f in plan.indicator_lists_differ(view)]
    assert found == [("Peserta JKN", "Peserta JKN", None), ("", "2", 1)]


def test_equal_indicator_lists():
    view = year(keys("Persentase keluarga diberdayakan"), agreed(indicator()))
    assert list(plan.indicator_lists_differ(view)) == []


@pytest.mark.parametrize(
    ("rows", "average", "computed"),
    [
        ([indicator()], "50", None),
        ([indicator()], "55", Decimal("50")),
        ([indicator(direction="lower", numerator="15")], "50", None),
        ([indicator(), indicator("1.2", target="")], "50", None),
        ([indicator(), indicator("1.2", target="")], "75", None),
        ([indicator(), indicator("1.2", target="")], "25", None),
        ([indicator(), indicator("1.2", target="")], "60", Decimal("50")),
        ([indicator(target="", denominator="")], "60", None),
        ([indicator(target="1.33", numerator="300", denominator="22579")], "100", None),
        ([indicator(target="1.33", numerator="300", denominator="22579")], "99.9", None),
    ],
)
def test_achievement_against_formula(rows, average, computed):
    view = year(agreed(*rows), achieved(("1", "Sasaran", average, "")))
    found = [f.computed for f in plan.achievements_against_formula(view)]
    assert found == ([] if computed is None else [computed])


def test_the_cap_of_the_year_holds():
    rows = agreed(indicator(numerator="20"))
    facts = {"achievement_policies": [{"name": "x", "cap_percent": Decimal(100)}], "indicators": [FACT]}
    capped = year(rows, achieved(("1", "Sasaran", "100", "")), facts=facts)
    assert list(plan.achievements_against_formula(capped)) == []
    free = year(rows, achieved(("1", "Sasaran", "100", "")))
    assert [f.computed for f in plan.achievements_against_formula(free)] == [200]


def test_average_against_parts():
    rows = [("1", "A", "62.21", ""), ("2", "B", "88.28", ""), ("", "TOTAL", "75", "")]
    assert list(plan.averages_against_parts(year(achieved(*rows)))) == []
    rows[2] = ("", "TOTAL", "76", "")
    (finding,) = plan.averages_against_parts(year(achieved(*rows)))
    assert (finding.row, finding.printed, str(finding.computed)) == ("TOTAL", "76", "75.25")


def test_scale_label_against_the_office_scale():
    bands = [
        {"policy": "p", "at_least": Decimal(least), "label": label}
        for least, label in (("85", "Sangat Berhasil"), ("55", "Cukup Berhasil"), ("0", "Belum Berhasil"))
    ]
    rows = [("1", "A", "62.21", "Cukup Berhasil"), ("2", "B", "50", "Belum Berhasil")]
    facts = {"scale_bands": bands}
    assert list(plan.scales_against_bands(year(achieved(*rows), facts=facts))) == []
    rows[1] = ("2", "B", "90", "Belum Berhasil")
    (finding,) = plan.scales_against_bands(year(achieved(*rows), facts=facts))
    assert (finding.row, finding.printed, finding.computed) == ("B", "Belum Berhasil", "Sangat Berhasil")


@pytest.mark.parametrize(
    ("name", "value", "label", "allowed"),
    [
        ("permendagri-86-2017", "91", "Sangat Tinggi", True),
        ("permendagri-86-2017", "91", "ST", True),
        ("permendagri-86-2017", "90.5", "Tinggi", True),
        ("permendagri-86-2017", "90.5", "Sangat Tinggi", True),
        ("permendagri-86-2017", "90", "Sangat Tinggi", False),
        ("permendagri-86-2017", "50.5", "Sangat Rendah", True),
        ("permendagri-86-2017", "50.5", "Rendah", True),
        ("permendagri-86-2017", "-5", "Sangat Rendah", True),
        ("sampang", "76", "Baik", True),
        ("sampang", "70", "Baik", False),
        ("lkjip-85-70-55", "85", "Sangat Berhasil", True),
        ("lkjip-85-70-55", "84.99", "Sangat Berhasil", False),
        ("lkjip-85-70-55", "50", "Belum Berhasil", True),
    ],
)
def test_shipped_scales(name, value, label, allowed):
    bands = shipped_scales()[name].allowed(Decimal(value))
    assert any(band.is_called(label) for band in bands) is allowed


def test_every_shipped_scale_says_its_source():
    assert all(scale.source for scale in shipped_scales().values())


def test_a_scale_is_only_guessed_when_one_alone_has_all_labels():
    view = year()
    assert scale_for(view, ["Sangat Baik", "Cukup"]).name == "sampang"
    assert scale_for(view, ["Bintang Lima"]) is None
    assert scale_for(view, []) is None
    assert scale_for(view, ["Bintang Lima"], "sampang").name == "sampang"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("higher", "higher"),
        ("Semakin rendah semakin baik", "lower"),
        ("positif", "higher"),
        ("(-)", "lower"),
        ("+", "higher"),
        ("", None),
        ("stabil", None),
    ],
)
def test_direction_in_the_words_of_offices(text, direction):
    assert plan.direction_of(text) == direction
