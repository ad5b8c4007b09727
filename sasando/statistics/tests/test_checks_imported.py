"""Reported tables of any office: indicators by formula, cap and scale; budgets by level; counts by row and column."""

from decimal import Decimal

import pytest

from sasando.statistics.checks.budgets import level_depths, reported_budgets
from sasando.statistics.checks.counts import reported_counts
from sasando.statistics.checks.indicators import reported_indicators
from sasando.statistics.tests.printed_year import printed, year


def said(findings):
    return [(f.check, f.row, f.printed, f.computed) for f in findings]


def indicators(*rows, **options):
    blank = {
        "indicator": "A", "unit": "%", "direction": "higher", "target": "80", "realisation": "60",
        "published_achievement": "75", "published_scale": "",
    }  # fmt: skip
    return said(
        reported_indicators(year(printed("f", [blank | row for row in rows], "indicators", **options)))
    )


FORMULA = "achievement-against-formula"


@pytest.mark.parametrize(
    ("row", "computed"),
    [
        ({}, None),
        ({"published_achievement": "75,00%"}, None),
        ({"published_achievement": "76"}, 75),
        ({"direction": "lower", "published_achievement": "125"}, None),
        ({"direction": "lower", "published_achievement": "75"}, 125),
        ({"direction": "", "published_achievement": "125"}, None),
        ({"direction": "", "published_achievement": "99"}, 75),
        ({"target": "BB", "realisation": "B", "published_achievement": "90"}, None),
        ({"target": "0", "realisation": "0", "published_achievement": "100"}, None),
        ({"target": "(cut off)"}, None),
        ({"target": "55,5", "realisation": "51.96", "published_achievement": "93,61"}, None),
        ({"target": "3", "realisation": "2", "published_achievement": "66,66"}, Decimal("66.67")),
        ({"target": "3", "realisation": "2", "published_achievement": "66,67"}, None),
    ],
)
def test_achievement_by_direction(row, computed):
    found = [finding[3] for finding in indicators(row) if finding[0] == FORMULA]
    assert found == ([] if computed is None else [computed])


def test_the_formula_that_fits_is_named():
    row = {
        "indicator": "A", "unit": "%", "direction": "lower", "target": "80", "realisation": "100",
        "published_achievement": "80", "published_scale": "",
    }  # fmt: skip
    (finding,) = reported_indicators(year(printed("f", [row], "indicators")))
    assert finding.computed == 75
    assert "target/realisasi" in finding.message.id and "target/realisation" in finding.message.en


@pytest.mark.parametrize(
    ("cap", "value", "found"),
    [
        ("100", "100", []),
        ("100", "150", [100]),
        ("none", "150", []),
        ("none", "100", [150]),
        ("120", "120", []),
    ],
)
def test_a_stated_cap_holds(cap, value, found):
    rows = indicators({"realisation": "120", "published_achievement": value}, cap=cap)
    assert [finding[3] for finding in rows] == found


def test_a_cap_nobody_stated_is_seen_and_said_once():
    rows = [
        {"indicator": name, "realisation": reached, "published_achievement": "100"}
        for name, reached in (("A", "120"), ("B", "90"))
    ]
    assert indicators(*rows) == [("achievement-cap-unstated", "", None, 100)]


@pytest.mark.parametrize(
    ("row", "check"),
    [
        ({"target": ""}, "target-missing"),
        ({"target": "-"}, "target-missing"),
        ({"realisation": "n/a"}, "indicator-unmeasured"),
        ({"realisation": ""}, "indicator-unmeasured"),
    ],
)
def test_missing_target_and_realisation(row, check):
    assert [finding[0] for finding in indicators(row)] == [check]


@pytest.mark.parametrize(
    ("label", "scale", "found"),
    [
        ("Cukup", "sampang", []),
        ("Baik", "sampang", ["Cukup"]),
        ("Sedang", "permendagri-86-2017", []),
        ("S", "permendagri-86-2017", []),
        ("Tinggi", "permendagri-86-2017", ["Sedang"]),
        ("N/A", "sampang", []),
        ("", "sampang", []),
        ("Bintang", None, []),
    ],
)
def test_scale_label_against_band(label, scale, found):
    rows = indicators({"published_scale": label}, scale=scale)
    assert [finding[3] for finding in rows] == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"numerator": "3", "denominator": "5"}, []),
        ({"numerator": "2", "denominator": "5"}, [("percent-against-parts", 40)]),
        ({"numerator": "6", "denominator": "5", "realisation": "120", "published_achievement": "150"},
         [("coverage-above-100", 120)]),
        ({"numerator": "3", "denominator": "0"}, []),
        ({"numerator": "3", "denominator": "5", "unit": "orang"}, []),
    ],
)  # fmt: skip
def test_realisation_against_numerator_and_denominator(row, found):
    assert [(finding[0], finding[3]) for finding in indicators(row)] == found


def test_average_row_against_its_rows():
    mean = {"indicator": "Rata-rata capaian", "unit": "", "direction": "", "target": "", "realisation": ""}
    rows = [{}, {"indicator": "B", "realisation": "80", "published_achievement": "100"}]
    assert indicators(*rows, mean | {"published_achievement": "87,5"}) == []
    assert indicators(*rows, mean | {"published_achievement": "90"}) == [
        ("average-against-parts", "Rata-rata capaian", "90", Decimal("87.50"))
    ]


def budget(*rows):
    keys = ("item", "level", "pagu", "realisasi", "published_pct", "unit")
    table = [dict(zip(keys, row, strict=True)) for row in rows]
    return said(reported_budgets(year(printed("f", table, "budget"))))


def test_a_budget_that_adds_up():
    rows = [
        ("Program A", "1", "400.959.000", "362.755.953", "90,47%", "Rp"),
        ("Kegiatan A1", "2", "200.000.000", "162.755.953", "81,38", "Rp"),
        ("Kegiatan A2", "2", "200.959.000", "200.000.000", "99.52", ""),
        ("Program B", "1", "51,172,000", "32.302.000.-", "63.12", "Rp"),
        ("Jumlah", "", "452.131.000", "395.057.953", "87,38", "Rp"),
    ]
    assert budget(*rows) == []
    wrong = [*rows[:2], ("Kegiatan A2", "2", "200.959.001", "200.000.000", "99.52", ""), *rows[3:]]
    assert budget(*wrong) == [("subtotal-against-parent", "Program A", "400.959.000", 400959001)]
    total = [*rows[:4], ("Jumlah", "", "452.131.001", "395.057.953", "87,38", "Rp")]
    assert budget(*total) == [("subtotal-against-parent", "Jumlah", "452.131.001", 452131000)]


def test_percent_of_the_budget():
    assert budget(("A", "1", "1000", "905", "90,5", "Rp")) == []
    assert budget(("A", "1", "1000", "905", "91", "Rp")) == []
    assert budget(("A", "1", "1000", "905", "95", "Rp")) == [
        ("percent-against-parts", "A", "95", Decimal("90.50"))
    ]
    assert budget(("A", "1", "1000", "1100", "110", "Rp")) == [("coverage-above-100", "A", "1100", 110)]
    assert budget(("A", "1", "0", "0", "0", "Rp")) == []


def test_what_is_not_known_may_hold_the_rest():
    parts = [("A1", "2", "60", "-", "", "Rp"), ("A2", "2", "", "5", "", "Rp")]
    assert budget(("A", "1", "100", "10", "10", "Rp"), *parts) == []
    assert budget(("A", "1", "50", "4", "8", "Rp"), *parts) == [
        ("subtotal-against-parent", "A", "50", 60),
        ("subtotal-against-parent", "A", "4", 5),
    ]


def test_units_mixed_in_a_budget_total():
    rows = [
        ("A", "1", "100", "", "", "Rp"),
        ("A1", "2", "60", "", "", "Rp"),
        ("A2", "2", "40", "", "", "juta"),
    ]
    assert budget(*rows) == [("units-mixed-in-total", "A", "100", None)]


@pytest.mark.parametrize(
    ("levels", "depths"),
    [
        (["1", "2", "", "2"], [1, 2, None, 2]),
        (["Program", "Kegiatan", "Sub Kegiatan", "Program"], [4, 5, 6, 4]),
        (["1.06", "1.06.02", "1.06.02.2.01"], [1, 2, 4]),
        (["A", "1", "a", "b", "2"], [0, 1, 2, 2, 1]),
        (["I", "A", "B", "II"], [0, 1, 1, 0]),
        (["besar", "kecil", "besar"], [0, 1, 0]),
        ([], []),
    ],
)
def test_levels_in_the_marks_of_offices(levels, depths):
    assert level_depths(levels) == depths


def counts(*rows):
    keys = ("period", "area", "category", "sex", "unit", "value", "row")
    table = [dict(zip(keys, row, strict=True)) for row in rows]
    return said(reported_counts(year(printed("f", table, "counts"))))


BODY = [
    ("2021", "Lobalain", "Lansia", "L", "orang", "10", "row"),
    ("2021", "Lobalain", "Lansia", "P", "orang", "1.012", "row"),
    ("2021", "Rote Timur", "Lansia", "L", "orang", "5", "row"),
    ("2021", "Rote Timur", "Lansia", "P", "orang", "7", "row"),
]


@pytest.mark.parametrize(
    ("total", "computed"),
    [
        (("2021", "Lobalain", "Lansia", "L+P", "orang", "1.022", "row total"), None),
        (("2021", "Lobalain", "Lansia", "", "orang", "1.023", "row total"), 1022),
        (("2021", "", "Lansia", "L", "orang", "15", "column total"), None),
        (("2021", "Kabupaten", "Lansia", "L", "orang", "16", "column total"), 15),
        (("2021", "Jumlah", "", "", "", "1034", "total"), None),
        (("2021", "", "", "", "orang", "1.035", "total"), 1034),
        (("2022", "", "", "", "orang", "0", "total"), None),
        (("Jumlah", "", "", "", "orang", "0", "total"), 1034),
        (("2021", "Lobalain", "Lansia", "L+P", "orang", "1.021", "row"), 1022),
        (("2021", "", "", "", "orang", "-", "total"), None),
    ],
)
def test_totals_of_counts(total, computed):
    found = [finding[3] for finding in counts(*BODY, total)]
    assert found == ([] if computed is None else [computed])


def test_a_dash_in_a_count_may_hold_the_rest_but_never_takes_away():
    body = [BODY[0], ("2021", "Lobalain", "Lansia", "P", "orang", "-", "row")]
    assert counts(*body, ("2021", "Lobalain", "", "", "orang", "12", "row total")) == []
    assert len(counts(*body, ("2021", "Lobalain", "", "", "orang", "9", "row total"))) == 1


def test_units_mixed_in_one_total():
    households = ("2021", "Lobalain", "Keluarga", "", "KK", "3", "row")
    (finding,) = counts(*BODY, households, ("2021", "", "", "", "", "1.037", "total"))
    assert finding[0] == "units-mixed-in-total"
    assert counts(*BODY, households, ("2021", "", "", "", "orang", "1.034", "total")) == []


def test_a_grand_total_without_rows_covers_the_totals():
    totals = [
        ("2021", "A", "", "", "orang", "3", "row total"),
        ("2021", "B", "", "", "orang", "4", "row total"),
    ]
    assert counts(*totals, ("2021", "", "", "", "orang", "7", "total")) == []
    assert [finding[3] for finding in counts(*totals, ("2021", "", "", "", "orang", "8", "total"))] == [7]


def test_a_refused_row_may_hold_the_rest():
    keys = ("period", "area", "category", "sex", "unit", "value", "row")
    table = [dict(zip(keys, row, strict=True)) for row in (*BODY, ("2021", "", "", "", "", "2000", "total"))]
    assert len(list(reported_counts(year(printed("f", table, "counts"))))) == 1
    assert list(reported_counts(year(printed("f", table, "counts", refused_rows=1)))) == []
