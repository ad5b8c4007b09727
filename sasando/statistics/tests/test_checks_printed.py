"""Totals, sub-totals, percents, one figure in several places, printed against computed: each fires, and keeps still."""

from decimal import Decimal
from fractions import Fraction

import pytest

from sasando.statistics.checks import figures, percents, records, totals
from sasando.statistics.checks.arithmetic import Agreement, agreement, exponent_printed
from sasando.statistics.results import Basis, Role
from sasando.statistics.tests.printed_year import computed, printed, year


def said(findings):
    return [(f.row, f.column, f.printed, f.computed) for f in findings]


@pytest.mark.parametrize(
    ("text", "value", "exponent"),
    [
        ("51,95%", "51.95", -2),
        ("103.2", "103.2", -1),
        ("83", "83", 0),
        ("92.0", "92", -1),
        ("12.157.475.000", "12157475000", 0),
        ("1,5 juta", "1500000", 5),
        ("Rp 29,526,875,000", "29526875000", 0),
        ("0", "0", 0),
        ("(2,5)", "-2.5", -1),
    ],
)
def test_precision_is_that_of_the_paper(text, value, exponent):
    assert exponent_printed(text, Decimal(value)) == exponent


@pytest.mark.parametrize(
    ("text", "value", "exact", "verdict"),
    [
        ("103.2", "103.2", "103.17", Agreement.SAME),
        ("103.1", "103.1", "103.17", Agreement.TRUNCATED),
        ("83", "83", "82.996", Agreement.SAME),
        ("82", "82", "82.996", Agreement.DIFFERENT),
        ("0.13", "0.13", "0.125", Agreement.SAME),
        ("-0.13", "-0.13", "-0.125", Agreement.SAME),
        ("1,5 juta", "1500000", "1549999", Agreement.SAME),
    ],
)
def test_a_printed_number_agrees_as_far_as_it_is_printed(text, value, exact, verdict):
    assert agreement(text, Decimal(value), Fraction(exact)) == verdict


def rows(*values, total):
    body = [{"no": str(n), "district": f"D{n}", "families": value} for n, value in enumerate(values, 1)]
    return [*body, {"no": "", "district": "T O T A L", "families": total}]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (rows("1.000", "20", total="1.020"), []),
        (rows("1.000", "20", total="1.021"), [("T O T A L", "families", "1.021", 1020)]),
        (rows("10", "", total="10"), []),
        (rows("10", "-", total="11"), [("T O T A L", "families", "11", 10)]),
        (rows("10", "(cut off)", total="11"), []),
        (rows("10", "(cut off)", total="9"), [("T O T A L", "families", "9", 10)]),
        (rows("10", "20", total="(cut off)"), []),
    ],
)
def test_total_against_rows(table, found):
    assert said(totals.totals_against_rows(year(printed("t90_any", table)))) == found


def test_a_grand_total_adds_up_all_columns():
    table = [
        {"district": "A", "men": "10", "women": "4"},
        {"district": "B", "men": "10", "women": "4"},
        {"district": "TOTAL", "men": "20", "women": "8"},
    ]
    right = [*table, {"district": "TOTAL KESELURUHAN", "men": "28", "women": ""}]
    wrong = [*table, {"district": "TOTAL KESELURUHAN", "men": "29", "women": ""}]
    assert said(totals.totals_against_rows(year(printed("t90_any", right)))) == []
    assert said(totals.totals_against_rows(year(printed("t90_any", wrong)))) == [
        ("TOTAL KESELURUHAN", "men", "29", 28)
    ]


def test_the_only_total_may_be_called_grand():
    table = [{"district": "A", "men": "10"}, {"district": "Jumlah Keseluruhan", "men": "11"}]
    assert said(totals.totals_against_rows(year(printed("t90_any", table)))) == [
        ("Jumlah Keseluruhan", "men", "11", 10)
    ]


def test_a_total_across_a_row():
    table = [{"district": "A", "desa": "7", "kelurahan": "1", "total": "9"}]
    finding = ("A", "total", "9", 8)
    assert said(totals.totals_against_rows(year(printed("t06_pmks_survey_totals", table)))) == [finding]
    table[0]["total"] = "8"
    assert said(totals.totals_against_rows(year(printed("t06_pmks_survey_totals", table)))) == []


def tree(whole, first, second):
    return [
        {"code": "A", "line": "Belanja", "parent": "", "ceiling_idr": whole},
        {"code": "1", "line": "Tidak langsung", "parent": "A", "ceiling_idr": first},
        {"code": "2", "line": "Langsung", "parent": "A", "ceiling_idr": second},
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (tree("300", "100", "200"), []),
        (tree("301", "100", "200"), [("Belanja", "ceiling_idr", "301", 300)]),
        (tree("", "100", "200"), []),
        (tree("300", "", ""), []),
    ],
)
def test_subtotal_against_parent(lines, found):
    assert said(totals.subtotals_against_parents(year(printed("t12_budget_apbd", lines)))) == found


@pytest.mark.parametrize(
    ("percent", "found"),
    [
        ("92,72%", []),
        ("92,7", []),
        ("93", []),
        ("92,71", [("Belanja", "percent_printed", "92,71", Decimal("92.72"))]),
        ("90", [("Belanja", "percent_printed", "90", Decimal("92.72"))]),
        ("-", []),
    ],
)
def test_percent_against_parts(percent, found):
    line = {
        "code": "A", "line": "Belanja", "parent": "", "ceiling_idr": "3.772.191.098.-",
        "realised_idr": "3.497.552.382.-", "percent_printed": percent,
    }  # fmt: skip
    assert said(percents.percents_in_tables(year(printed("t12_budget_apbd", [line])))) == found


def test_a_cut_percent_is_named_as_truncated():
    text = {"pkh_families": "11.731", "poor_families": "22.579", "pkh_coverage_printed": "51,95%"}
    (finding,) = percents.percents_in_text(year(text=text))
    assert (finding.printed, finding.computed) == ("51,95%", Decimal("51.96"))
    assert "truncated" in finding.message.en and finding.severity == "warning"
    assert list(percents.percents_in_text(year(text=text | {"pkh_coverage_printed": "51,96%"}))) == []
    (wrong,) = percents.percents_in_text(year(text=text | {"pkh_coverage_printed": "55%"}))
    assert "truncated" not in wrong.message.en and wrong.severity == "error"


def test_more_than_the_budget_was_spent():
    line = {"program": "P", "ceiling_idr": "100", "realised_idr": "120", "percent_printed": "120"}
    (finding,) = percents.percents_in_tables(year(printed("t13_budget_apbn", [line])))
    assert (finding.check, finding.computed) == ("coverage-above-100", 120)


def agreement_row(**cells):
    blank = {
        "objective_no": "1", "indicator_no": "2.1", "indicator": "Korban bencana", "unit": "%", "direction": "higher",
        "target": "100", "numerator": "", "denominator": "",
    }  # fmt: skip
    return printed("t10_performance_agreement", [blank | cells])


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({"numerator": "10.600", "denominator": "10.500"}, 1),
        ({"numerator": "10.500", "denominator": "10.500"}, 0),
        ({"numerator": "10.600"}, 0),
        ({"numerator": "12", "denominator": "10", "unit": "indeks"}, 0),
    ],
)
def test_coverage_above_100(cells, count):
    assert len(list(percents.coverage_above_100(year(agreement_row(**cells))))) == count


BPNT = [{"district": "A", "families": "15.141"}, {"district": "TOTAL", "families": "15.141"}]


def test_text_against_table_and_records():
    def found(text, figure):
        view = year(
            printed("t08_bpnt", BPNT), text={"bpnt_families": text}, figures={"bpnt.families": figure}
        )
        return [(f.printed, f.computed) for f in figures.text_against_tables(view)]

    assert found("15.141", 15141) == []
    assert found("15.140", 15141) == [("15.140", 15141)]
    assert found("15.140", 15000) == [("15.140", 15141), ("15.140", 15000)]
    assert found("15.141", 15000) == []


def test_text_against_records_where_no_table_was_printed():
    view = year(text={"bpnt_families": "10"}, figures={"bpnt.families": 11})
    assert [(f.printed, f.computed) for f in figures.text_against_tables(view)] == [("10", 11)]


def test_the_same_figure_in_two_tables():
    numerator = agreement_row(indicator_no="1.2", numerator="15.000", denominator="22.579")
    view = year(printed("t08_bpnt", BPNT), numerator)
    assert said(figures.same_figure_in_two_tables(view)) == [
        ("1.2 Korban bencana", "numerator", "15.000", 15141)
    ]
    same = agreement_row(indicator_no="1.2", numerator="15141", denominator="22.579")
    assert said(figures.same_figure_in_two_tables(year(printed("t08_bpnt", BPNT), same))) == []


def test_a_budget_line_against_what_was_handed_out():
    row = {"program": "Program Penanganan Fakir Miskin", "ceiling_idr": 500, "realised_idr": 500}
    roles = {"program": Role.LABEL, "ceiling_idr": Role.AMOUNT, "realised_idr": Role.AMOUNT}
    tables = [computed("t13_budget_apbn", [row], roles)]
    (finding,) = figures.same_figure_in_two_tables(year(tables=tables, figures={"bpnt.amount": 480}))
    assert (finding.table, finding.computed) == ("t13_budget_apbn", 480)
    assert list(figures.same_figure_in_two_tables(year(tables=tables, figures={"bpnt.amount": 500}))) == []


def test_counts_against_a_list_of_names():
    counts = printed(
        "t06_pmks_survey_totals", [{"district": "A", "desa": "2", "kelurahan": "1", "total": "3"}]
    )
    names = [
        {"no": "1", "district": "A", "village": "x", "kind": "desa"},
        {"no": "1", "district": "A", "village": "z", "kind": "kelurahan"},
    ]
    view = year(counts, printed("t06_pmks_survey_villages", names))
    assert said(figures.counts_of_listed_rows(view)) == [("A", "desa", "2", 1)]
    whole = [*names, {"no": "1", "district": "A", "village": "y", "kind": "desa"}]
    view = year(counts, printed("t06_pmks_survey_villages", whole))
    assert said(figures.counts_of_listed_rows(view)) == []


def relief(rice, emergency, text):
    row = {"rice_reserve_families": rice, "emergency_families": emergency}
    table = printed("t02_relief", [{"district": "A", **row}, {"district": "TOTAL", **row}])
    return year(table, text={"relief_realised_families": text})


def test_unlike_things_added():
    (finding,) = figures.unlike_things_added(relief("10.562", "38", "10.600"))
    assert (finding.printed, finding.computed) == ("10.600", 38)
    assert list(figures.unlike_things_added(relief("10.562", "38", "38"))) == []
    assert list(figures.unlike_things_added(relief("10.562", "38", "10.700"))) == []


COUNTED = {"district": Role.LABEL, "families": Role.COUNT}


def against(table_rows, computed_rows, **more):
    tables = [computed("t03_pkh", computed_rows, COUNTED, **more)]
    return said(records.printed_against_records(year(printed("t03_pkh", table_rows), tables=tables)))


def test_printed_against_records():
    paper = [{"district": "Lobalain", "families": "1.594"}, {"district": "TOTAL", "families": "1.594"}]
    assert against(paper, [{"district": "Lobalain", "families": 1594}]) == []
    assert against(paper, [{"district": "LOBALAIN", "families": 1590}]) == [
        ("Lobalain", "families", "1.594", 1590),
        ("TOTAL", "families", "1.594", 1590),
    ]


def test_a_misspelt_row_still_meets_its_record():
    paper = [{"district": "Lobalein", "families": "10"}]
    assert against(paper, [{"district": "Lobalain", "families": 11}]) == [("Lobalein", "families", "10", 11)]


def test_rows_that_only_paper_or_only_records_have():
    paper = [{"district": "Lobalain", "families": "10"}, {"district": "Atlantis", "families": "3"}]
    rows = [{"district": "Lobalain", "families": 10}, {"district": "Rote Tengah", "families": 4}]
    assert against(paper, rows) == [("Atlantis", "", "Atlantis", None), ("Rote Tengah", "", None, None)]


def test_a_row_of_the_records_without_any_number_need_not_be_printed():
    paper = [{"district": "Lobalain", "families": "10"}]
    rows = [{"district": "Lobalain", "families": 10}, {"district": "Rote Tengah", "families": 0}]
    assert against(paper, rows) == []


def test_a_table_that_is_itself_reported_is_not_compared_with_itself():
    paper = [{"district": "Lobalain", "families": "10"}]
    assert against(paper, [{"district": "Lobalain", "families": 11}], basis=Basis.REPORTED) == []


def test_not_known_is_not_compared():
    paper = [{"district": "Lobalain", "families": "-"}, {"district": "Rote Timur", "families": "7"}]
    rows = [{"district": "Lobalain", "families": 10}, {"district": "Rote Timur", "families": None}]
    assert against(paper, rows) == []
