"""Amounts, posts, education, places, small cells: each fires, and keeps still."""

from datetime import date

import pytest

from sasando.statistics.checks import amounts, disclosure, places, staffing
from sasando.statistics.checks.gazetteer import Gazetteer, Official
from sasando.statistics.checks.places import PrintedName, missing_in, name_findings, names_printed
from sasando.statistics.checks.printed import Printed
from sasando.statistics.results import Role, Sensitivity
from sasando.statistics.tests.printed_year import computed, printed, year


def bpnt(amount):
    families = [{"district": "A", "families": "1.000"}, {"district": "TOTAL", "families": "1.000"}]
    budget = [{"program": "Program Penanganan Fakir Miskin", "ceiling_idr": amount, "realised_idr": amount}]
    return year(
        printed("t08_bpnt", families),
        printed("t13_budget_apbn", budget),
        text={"bpnt_monthly_idr": "Rp 200.000"},
    )


@pytest.mark.parametrize(
    ("amount", "count"),
    [("2.400.000.000", 0), ("2.300.000.000", 0), ("1.148.000.000", 1), ("3.000.000.000", 1)],
)
def test_amount_against_tariff(amount, count):
    assert len(list(amounts.amounts_against_tariff(bpnt(amount)))) == count


def test_the_finding_says_how_many_months_the_amount_covers():
    (finding,) = amounts.amounts_against_tariff(bpnt("1.148.000.000"))
    assert finding.computed == 2_400_000_000
    assert "5,74 bulan" in finding.message.id


@pytest.mark.parametrize(
    ("each", "number", "count"),
    [(900_000, 2020, 1), (3_700_000, 2020, 0), (2_900_000, 2020, 0), (900_000, 1990, 0)],
)
def test_amount_that_looks_like_one_stage(each, number, count):
    row = {"families": "100", "amount_idr": str(each * 100)}
    table = printed("t03_pkh", [{"district": "A", **row}, {"district": "TOTAL", **row}])
    assert len(list(amounts.amounts_against_yearly_average(year(table, number=number)))) == count


def staff(total):
    return printed(
        "t01_staff", [{"no": "4", "position": "Kasubag/Kasie", "edu_s1": total, "edu_d3": "", "total": total}]
    )


POSTS = [{"echelon": "IV.a", "filled": number < 8} for number in range(13)]


@pytest.mark.parametrize(("held", "severity"), [("8", "warning"), ("13", None), ("14", "error"), ("-", None)])
def test_posts_against_staff(held, severity):
    view = year(staff(held), facts={"posts": [*POSTS, {"echelon": "III.b", "filled": True}]})
    found = [(f.computed, f.severity) for f in staffing.posts_against_staff(view)]
    assert found == ([(13, severity)] if severity else [])


@pytest.mark.parametrize(("degrees", "count"), [("S.Sos, M.Si", 1), ("S.Sos", 0), ("A.Md", 0), ("?", 0)])
def test_a_degree_that_no_column_counts(degrees, count):
    row = {"no": "1", "position": "Kepala Dinas", "edu_s1": "1", "edu_d3": "", "edu_slta": "", "total": "1"}
    view = year(printed("t01_staff", [row]), text={"head_education": degrees})
    assert len(list(staffing.education_levels_hidden(view))) == count


DISTRICTS = {
    "53.14.02": Official("53.14.02", "Rote Barat Laut"),
    "53.14.05": Official("53.14.05", "Pantai Baru"),
    "53.14.07": Official("53.14.07", "Rote Barat"),
}
VILLAGES = {
    village.code: village
    for village in (
        Official("53.14.02.2024", "Mundek", "Rote Barat Laut", "", "Loaholu", date(2020, 10, 20)),
        Official("53.14.05.2005", "Oebau", "Pantai Baru"),
        Official("53.14.05.2011", "Tesa Bela", "Pantai Baru"),
        Official("53.14.07.2004", "Boa", "Rote Barat", "Bo'a", "", date(2022, 2, 14)),
    )
}
GAZETTEER = Gazetteer(date(2020, 1, 1), DISTRICTS, VILLAGES)


@pytest.mark.parametrize(
    ("level", "name", "district", "check", "official"),
    [
        ("village", "Oebau", "Pantai Baru", None, None),
        ("village", "Desa Oebau", "Kec. Pantai Baru", "place-name-not-official", "Oebau"),
        ("village", "Tesabela", "Pantai Baru", "place-name-not-official", "Tesa Bela"),
        ("village", "Oebou", "Pantai Baru", "place-name-not-official", "Oebau"),
        ("village", "Oebau", "Rote Barat", "place-name-not-official", None),
        ("village", "Oebou", "", "place-name-not-official", None),
        ("village", "Mundek", "Barat Laut", "place-changed-later", "Loaholu"),
        ("village", "Boa", "Rote Barat", "place-changed-later", "Bo'a"),
        ("village", "Bo'a", "Rote Barat", "place-name-not-official", "Boa"),
        ("district", "Rote Barat", "", None, None),
        ("district", "Barat Laut", "", "place-name-not-official", "Rote Barat Laut"),
        ("district", "Atlantis", "", "place-name-not-official", None),
    ],
)
def test_place_names(level, name, district, check, official):
    found = list(name_findings(year(), [PrintedName("t90_any", level, name, district)], GAZETTEER))
    assert [(f.check, f.printed, f.computed) for f in found] == ([(check, name, official)] if check else [])


@pytest.mark.parametrize(
    ("printed_name", "kind"), [("keoen", "case"), ("Ke oen", "spacing"), ("Keoan", "spelling")]
)
def test_the_kind_of_misspelling_is_said(printed_name, kind):
    gazetteer = Gazetteer(
        date(2020, 1, 1), DISTRICTS, {"53.14.05.2007": Official("53.14.05.2007", "Keoen", "Pantai Baru")}
    )
    name = PrintedName("t90_any", "village", printed_name, "Pantai Baru")
    (finding,) = name_findings(year(), [name], gazetteer)
    assert kind in finding.message.en


def test_an_institution_among_the_districts_is_no_place():
    table = [
        {"district": "Pantai Baru", "village": "Oebau", "persons": "1"},
        {"district": "Panti Mercy", "village": "", "persons": "15"},
    ]
    names = {name.name for name in names_printed(year(printed("t90_any", table)))}
    assert names == {"Pantai Baru", "Oebau"}


def test_a_name_list_speaks_for_the_spelling_of_its_tables():
    listed = [{"table": "t06", "level": "village", "printed": "keoen", "district_printed": "Pantai Baru"}]
    table = [{"district": "Pantai Baru", "village": "Keoen", "kind": "desa"}]
    view = year(printed("place_names_printed", listed), printed("t06_pmks_survey_villages", table))
    assert PrintedName("t06_pmks_survey_villages", "village", "keoen", "Pantai Baru") in names_printed(view)
    assert "Keoen" not in {name.name for name in names_printed(view)}


@pytest.mark.parametrize(
    ("table_id", "districts", "missing"),
    [
        ("t03_pkh", ["Rote Barat Laut", "Pantai Baru", "Rote Barat"], []),
        ("t03_pkh", ["Rote Barat Laut"], ["Pantai Baru", "Rote Barat"]),
        ("t90_any", ["Rote Barat Laut"], []),
        ("t90_any", ["Kupang", "Ende"], []),
    ],
)
def test_districts_missing(table_id, districts, missing):
    table = printed(table_id, [{"district": name, "families": "1"} for name in districts])
    found = missing_in(Printed(table, year(table)), "district", GAZETTEER)
    assert [finding.row for finding in found] == missing


def test_places_are_only_asked_for_when_there_are_tables_of_places():
    assert list(places.districts_missing(year())) == []
    assert list(places.place_names(year())) == []


def sensitive(*values, sensitivity=Sensitivity.SENSITIVE):
    rows = [{"kind": f"k{n}", "children": value} for n, value in enumerate(values)]
    tables = [
        computed("t90_secret", [], {"kind": Role.LABEL, "children": Role.COUNT}, sensitivity=sensitivity)
    ]
    return year(printed("t90_secret", rows), tables=tables)


def test_small_cells_of_a_sensitive_table():
    (finding,) = disclosure.small_cells(sensitive("13", "4", "1", "5", "0"))
    assert (finding.row, finding.printed, finding.computed) == ("k1, k2", "1", 2)
    assert list(disclosure.small_cells(sensitive("13", "5", "0"))) == []
    assert list(disclosure.small_cells(sensitive("1", sensitivity=Sensitivity.OPEN))) == []


def test_a_sensitive_table_printed_by_village():
    names = [{"table": "t05", "level": "village", "printed": "Oebau", "district_printed": "Pantai Baru"}]
    table = printed("t05_violence_by_district", [{"no": "1", "district": "Pantai Baru", "children": "7"}])
    (finding,) = disclosure.sensitive_by_village(year(printed("place_names_printed", names), table))
    assert finding.table == "t05_violence_by_district"
    assert "Oebau" not in finding.message.id
    assert list(disclosure.sensitive_by_village(year(table))) == []


def test_amounts_keep_still_without_recipients():
    budget = [{"program": "Program Penanganan Fakir Miskin", "ceiling_idr": "1", "realised_idr": "1"}]
    view = year(printed("t13_budget_apbn", budget), text={"bpnt_monthly_idr": "200000"})
    assert list(amounts.amounts_against_tariff(view)) == []
