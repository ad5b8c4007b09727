"""What the tables give, against numbers known beforehand and against the same rules written in plain Python."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sasando.base.collect import declared_lists
from sasando.lib.numbers import percent, round_half_up
from sasando.planning.rules import label_of
from sasando.statistics.counting.engine import Facts, drill, run_tables, to_spark
from sasando.statistics.results import Basis, Role
from sasando.statistics.tests.regency import (
    BPNT,
    COLUMNS,
    DISTRICTS,
    PKH,
    RELIEF,
    office_without_records,
    places,
    write,
)

WEIGHED = {("t07_kube", "families")}
"""Counts that are sums over the records behind them: the families of the groups."""


def test_pkh_gives_the_printed_families_and_rupiah_of_each_district(book):
    rows = book.tables["t03_pkh"].rows
    assert {row["district"]: (row["families"], row["amount_idr"]) for row in rows} == PKH
    assert [row["district"] for row in rows] == list(DISTRICTS.values())
    assert book.tables["t03_pkh"].totals == {"families": 11_731, "amount_idr": 12_157_475_000}


def test_a_family_on_many_lists_is_counted_once(book):
    assert {row["district"]: row["families"] for row in book.tables["t08_bpnt"].rows} == BPNT
    assert book.figures["bpnt.families"].value == 15_141
    assert book.figures["bpnt.months"].value == 2 * 15_141


def test_relief_lists_only_districts_with_a_delivery(book):
    rows = book.tables["t02_relief"].rows
    assert {row["district"]: (row["rice_reserve_families"], row["emergency_families"]) for row in rows} == {
        district: (rice, emergency or None) for district, (rice, emergency) in RELIEF.items()
    }
    assert book.figures["relief.families"].value == 10_600


def test_aid_through_a_home_has_a_row_of_its_own(book):
    *villages, home = book.tables["t04_logistics"].rows
    assert home == {
        "district": "Panti Mercy",
        "village": None,
        "elderly_persons": None,
        "disabled_persons": None,
        "living_allowance_children": 15,
    }
    assert all(row["living_allowance_children"] is None for row in villages)
    assert book.tables["t04_logistics"].totals == {
        "elderly_persons": 240,
        "disabled_persons": 90,
        "living_allowance_children": 15,
    }


def test_violence_counts_visited_children_only(book):
    assert book.tables["t05_violence_by_district"].rows == ({"district": "Lobalain", "children": 20},)
    assert [row["children"] for row in book.tables["t05_violence_by_kind"].rows] == [14, 6]


def test_a_village_surveyed_twice_is_counted_once(book):
    assert book.tables["t06_pmks_survey_totals"].totals == {"desa": 26, "kelurahan": 5, "total": 31}
    assert len(book.tables["t06_pmks_survey_villages"].rows) == 31


def test_budget_percents_are_rounded_half_up_and_the_total_is_the_top_line(book):
    table = book.tables["t12_budget_apbd"]
    assert [row["percent"] for row in table.rows] == [
        Decimal(printed) for printed in ("92.72", "96.87", "90.08", "63.12")
    ]
    assert table.totals == {
        "ceiling_idr": 3_772_191_098,
        "realised_idr": 3_497_552_382,
        "percent": Decimal("92.72"),
    }
    assert book.figures["budget.apbd.percent"].value == Decimal("92.72")


def test_achievements_of_the_objectives(book):
    table = book.tables["t11_achievement"]
    reached = [(row["average_achievement_percent"], row["scale"]) for row in table.rows]
    assert reached[:2] == [(Decimal("62.21"), "Cukup Berhasil"), (Decimal("88.28"), "Sangat Berhasil")]
    assert reached[2] == (Decimal("103.17"), "Sangat Berhasil")
    assert reached[4] == (Decimal("50.00"), "Belum Berhasil")
    assert table.totals["scale"] == "Sangat Berhasil"
    assert book.figures["performance.achievement"].value == table.totals["average_achievement_percent"]


def test_a_typed_figure_says_so_and_why(book):
    rate = book.figures["poverty.rate"]
    assert (rate.value, rate.basis, rate.reason) == (Decimal("27.54"), Basis.MANUAL, "solved back")
    assert (book.figures["ktk.total"].value, book.figures["ktk.total"].basis) == (None, Basis.MANUAL)
    assert book.figures["pkh.families"].basis == Basis.RECORDS


def test_figures_have_a_title_in_both_languages(book):
    assert all(
        set(figure.title) == {"id", "en"} and all(figure.title.values()) for figure in book.figures.values()
    )


def test_the_records_behind_each_cell_are_as_many_as_it_says(book, facts_2020, specs):
    drilled = 0
    for table in book.tables.values():
        for column in table.columns:
            if column.role is Role.COUNT and (table.id, column.key) not in WEIGHED:
                for row in (*table.rows, None):
                    cell = table.totals[column.key] if row is None else row[column.key]
                    assert len(drill(facts_2020, specs.tables[table.id], row, column.key)) == (cell or 0)
                    drilled += 1
    assert drilled > 150


def test_the_families_of_a_cell_of_groups_are_those_of_the_groups_behind_it(
    book, facts_2020, specs, rows_2020
):
    members = {record: families for record, *_, families in rows_2020["groups"]}
    for row in book.tables["t07_kube"].rows:
        found = drill(facts_2020, specs.tables["t07_kube"], row, "families")
        assert sum(members[record] for record, _village in found) == row["families"]


def test_records_come_sorted_with_their_village(facts_2020, specs):
    found = drill(facts_2020, specs.tables["t03_pkh"], {"district": "Lobalain"}, "families")
    assert found == sorted(found)
    assert {village for _record, village in found} == {"53.14.03.2001"}


def test_every_count_leads_to_records_and_every_table_counts_from_counted(specs):
    for spec in specs.tables.values():
        assert "counted" in [cte.alias for cte in spec.tree.ctes], spec.id
        assert "record" in next(c for c in spec.tree.ctes if c.alias == "counted").this.named_selects, spec.id
        assert all(c.records for c in spec.columns if c.role in (Role.COUNT, Role.AMOUNT)), spec.id


def test_an_office_without_records_has_empty_tables_and_unknown_figures(empty_facts, specs):
    book = run_tables(empty_facts, specs)
    assert {table.id for table in book.tables.values() if table.rows} == set()
    assert {figure.id for figure in book.figures.values() if figure.value is not None} == set()


def test_places_without_records_invent_no_zero(tmp_path, specs):
    write(tmp_path, {**office_without_records(), "places": places()})
    book = run_tables(Facts(tmp_path), specs)
    assert {table.id for table in book.tables.values() if table.rows} == set()
    assert {id for id, figure in book.figures.items() if figure.value is not None} == {
        "places.districts",
        "places.villages",
    }


def test_a_district_of_a_covered_programme_without_families_has_zero(tmp_path, specs):
    paid = (1, "PKH", "January", date(2020, 1, 1), 7, "53.14.03.2001", "53.14.03", 225_000, "APBN")
    write(tmp_path, {**office_without_records(), "places": places(), "entitlements": [paid]})
    rows = run_tables(Facts(tmp_path), specs).tables["t03_pkh"].rows
    assert len(rows) == len(DISTRICTS)
    assert sum(row["families"] for row in rows) == 1
    assert {row["amount_idr"] for row in rows} == {0, 225_000}


def test_a_record_of_no_known_place_is_still_counted(tmp_path, specs):
    lost = (1, "PKH", "January", date(2020, 1, 1), 7, None, None, 225_000, "APBN")
    write(tmp_path, {**office_without_records(), "places": places(), "entitlements": [lost]})
    facts = Facts(tmp_path)
    table = run_tables(facts, specs).tables["t03_pkh"]
    assert table.rows[-1] == {"district": None, "families": 1, "amount_idr": 225_000}
    assert drill(facts, specs.tables["t03_pkh"], table.rows[-1], "families") == [(7, None)]


def test_every_query_translates_to_spark(specs):
    for spec in specs.tables.values():
        translated = to_spark(spec.sql)
        assert sqlglot.parse_one(translated, dialect="spark").named_selects == spec.tree.named_selects
    for figure in specs.figures.values():
        if figure.sql:
            assert sqlglot.parse_one(to_spark(figure.sql), dialect="spark")


def test_the_rooms_declare_the_columns_the_tables_use():
    declared = {fact.name: fact for fact in declared_lists("facts", "FACTS")}
    for name, fact in declared.items():
        types = {column.name: column.type for column in fact.columns[1:]}
        promised = COLUMNS.get(name, {})
        assert promised.items() <= types.items(), name


# --- the same rules, written again


def again_by_district(rows, programme):
    latest = {}
    for record, name, _cycle, begins, family, _village, district, _amount, _fund in rows["entitlements"]:
        if name == programme:
            latest[family] = max(latest.get(family, (date.min, 0, "")), (begins, record, district))
    return Counter(district for _day, _record, district in latest.values())


@pytest.mark.parametrize(("table", "programme"), [("t03_pkh", "PKH"), ("t08_bpnt", "BPNT")])
def test_families_by_district_again(book, rows_2020, table, programme):
    expected = again_by_district(rows_2020, programme)
    assert [row["families"] for row in book.tables[table].rows] == [
        expected[code] for code in sorted(DISTRICTS)
    ]


def again_achievements(rows, figures, cap=None):
    by_objective = defaultdict(list)
    for _id, _code, _no, objective, *_, direction, upper, lower, _agreed, target, _order in rows[
        "indicators"
    ]:
        value, against = figures[upper].value, figures[lower].value if lower else None
        if value is None or (lower and not against) or not target:
            reached = None
        else:
            realised = Fraction(value) / Fraction(against) * 100 if lower else Fraction(value)
            goal = Fraction(target)
            reached = (2 * goal - realised if direction == "lower" else realised) / goal * 100
            reached = min(reached, cap) if cap else reached
        by_objective[objective].append(reached)
    means = {}
    for objective, values in by_objective.items():
        known = [value for value in values if value is not None]
        means[objective] = sum(known) / len(known) if known else None
    return means


def rounded(value):
    return None if value is None else round_half_up(value, 2)


@pytest.mark.parametrize("cap", [None, 100, 120])
def test_achievements_again(tmp_path, rows_2020, specs, cap):
    policy, bands = (1, "Office", cap and Decimal(cap)), rows_2020["scale_bands"][:3]
    rows = {**rows_2020, "achievement_policies": [policy], "scale_bands": bands, "entitlements": []}
    write(tmp_path, rows)
    book = run_tables(Facts(tmp_path), specs)
    expected = again_achievements(rows, book.figures, cap)
    table = book.tables["t11_achievement"]
    assert {row["no"]: row["average_achievement_percent"] for row in table.rows} == {
        objective: rounded(mean) for objective, mean in expected.items()
    }
    known = [mean for mean in expected.values() if mean is not None]
    assert table.totals["average_achievement_percent"] == rounded(sum(known) / len(known))
    labels = [(at_least, label) for _id, _policy, at_least, label in bands]
    assert {row["no"]: row["scale"] for row in table.rows} == {
        objective: label_of(mean, labels) for objective, mean in expected.items()
    }
    assert table.totals["scale"] == label_of(sum(known) / len(known), labels)


def test_an_objective_without_any_value_is_not_known_and_leaves_the_mean(tmp_path, rows_2020, specs):
    write(tmp_path, {**rows_2020, "typed_figures": [], "entitlements": []})
    table = run_tables(Facts(tmp_path), specs).tables["t11_achievement"]
    assert table.rows[0]["average_achievement_percent"] is None
    assert table.rows[0]["scale"] is None
    known = [
        row["average_achievement_percent"]
        for row in table.rows
        if row["average_achievement_percent"] is not None
    ]
    assert len(known) == 3
    assert abs(table.totals["average_achievement_percent"] - sum(known) / 3) < Decimal("0.01")


# --- any records


DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))
VILLAGES = st.sampled_from([code for _id, code, level, *_ in places() if level == "village"])
AMOUNTS = st.integers(0, 10**12)
PAID = st.tuples(st.sampled_from(["PKH", "BPNT"]), DAYS, st.integers(1, 9), VILLAGES, AMOUNTS)
GIVEN = st.tuples(
    st.sampled_from(["CBP", "TANGGAP-DARURAT", "LOGISTIK-LANSIA", "JAMINAN-HIDUP"]),
    DAYS,
    st.integers(1, 9),
    VILLAGES,
)
LINES = st.tuples(AMOUNTS, AMOUNTS)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paid=st.lists(PAID, max_size=25),
    given_out=st.lists(GIVEN, max_size=25),
    lines=st.lists(LINES, max_size=6),
)
def test_totals_are_sums_and_cells_lead_to_their_records(tmp_path, specs, paid, given_out, lines):
    rows = {**office_without_records(), "places": places()}
    rows["entitlements"] = [
        (id, programme, "cycle", day, family, village, village[:8], amount, "APBN")
        for id, (programme, day, family, village, amount) in enumerate(paid, 1)
    ]
    rows["deliveries"] = [
        (id, name, "family" if name in ("CBP", "TANGGAP-DARURAT") else "person", who, None, village, village[:8], day,
         "rice", Decimal(8), "kg", None, "APBD2")
        for id, (name, day, who, village) in enumerate(given_out, 1)
    ]  # fmt: skip
    rows["budget_lines"] = [
        (id, "APBN", False, str(id), "", f"Programme {id}", "programme", ceiling, realised, id)
        for id, (ceiling, realised) in enumerate(lines, 1)
    ]
    write(tmp_path, rows)
    facts = Facts(tmp_path)
    book = run_tables(facts, specs)
    for id in ("t02_relief", "t03_pkh", "t04_logistics", "t08_bpnt", "t13_budget_apbn"):
        table = book.tables[id]
        for column in table.columns:
            values = [row[column.key] for row in table.rows if row[column.key] is not None]
            if column.role in (Role.COUNT, Role.AMOUNT):
                assert table.totals[column.key] == (sum(values) if values else None)
            if column.role is Role.COUNT:
                for row in table.rows:
                    assert len(drill(facts, specs.tables[id], row, column.key)) == (row[column.key] or 0)
    assert (book.tables["t03_pkh"].totals["amount_idr"] or 0) == sum(p[4] for p in paid if p[0] == "PKH")
    apbn = book.tables["t13_budget_apbn"]
    for row in (*apbn.rows, apbn.totals):
        assert row["percent"] == percent(row["realised_idr"], row["ceiling_idr"])
    families = {who for name, _day, who, _village in given_out if name in ("CBP", "TANGGAP-DARURAT")}
    assert (book.figures["relief.families"].value or 0) == len(families)
