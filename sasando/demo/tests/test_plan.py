"""The facts of the demo plan give the printed agreement (Tabel 9 and 10), and the rules the printed achievements."""

from decimal import Decimal

import pytest

from sasando.demo import office, plan
from sasando.demo.context import Demo
from sasando.demo.tests.regency import build_places, rows_of
from sasando.planning import rules
from sasando.planning.facts import FACTS
from sasando.planning.models import Agreement, AgreementTarget

TARGETS = {
    # code: objective, direction, target
    "P1": (1, "lower", "3.89"),
    "P0": (2, "lower", "24.65"),
    "1.1": (3, "higher", "1.33"),
    "1.2": (3, "higher", "63"),
    "2.1": (4, "higher", "100"),
    "2.2": (4, "higher", "55.5"),
    "2.3": (4, "higher", "4.89"),
    "2.4": (4, "higher", "100"),
    "2.5": (4, "higher", "50"),
    "3.1": (5, "higher", None),
    "3.2": (5, "higher", "50"),
}
FIGURES = {
    "kube.families": 300,
    "bpnt.families": 15141,
    "pkh.families": 11731,
    "poverty.families": 22579,
    "relief.families": 10600,
    "neglected.served": 351,
    "neglected.total": 3455,
    "violence.children": 20,
    "survey.villages": 60,
    "places.villages": 119,
    "karang_taruna.aided": 5,
    "karang_taruna.total": 20,
}
"""What the records of 2020 give (the other figures are typed)."""


@pytest.fixture
def demo(db):
    build_places()
    demo = Demo()
    office.build(demo)
    plan.build(demo)
    return demo


def test_five_objectives_two_of_them_in_the_agreement_only(demo):
    rows = rows_of(FACTS, "objectives")
    assert [(row["number"], row["in_strategic_plan"]) for row in rows] == [
        (1, False), (2, False), (3, True), (4, True), (5, True),
    ]  # fmt: skip
    assert rows[4]["text"] == "Meningkatnya Pemahaman Masyarakat dan Peran Serta Kelembagaan Sosial"


def test_eleven_indicators_with_the_targets_of_the_changed_agreement(demo):
    rows = rows_of(FACTS, "indicators")
    assert [row["code"] for row in rows] == list(TARGETS)
    assert {row["code"]: (row["objective_number"], row["direction"], row["target"]) for row in rows} == {
        code: (objective, direction, target and Decimal(target))
        for code, (objective, direction, target) in TARGETS.items()
    }
    assert {row["unit"] for row in rows} == {"%"}


def test_the_first_version_is_kept_and_its_targets_are_not_known(demo):
    days = Agreement.objects.values_list("signed_on", flat=True)
    assert [str(day) for day in days] == ["2020-01-28", "2020-08-24"]
    first = AgreementTarget.objects.filter(agreement__signed_on="2020-01-28")
    assert set(first.values_list("value", flat=True)) == {None}
    assert first.exclude(note="").count() == 11


def test_six_key_indicators_of_two_objectives_one_never_measured(demo):
    rows = rows_of(FACTS, "key_indicators")
    assert [(row["objective_number"], row["number"], row["indicator_code"]) for row in rows] == [
        (3, 1, "1.1"), (3, 2, "1.2"), (3, 3, None), (4, 4, "2.1"), (4, 5, "2.2"), (4, 6, "2.3"),
    ]  # fmt: skip
    assert rows[2]["name"] == "Cakupan rumah tangga peserta JKN/Jamkesda"


def test_typed_figures_have_reasons_and_one_is_not_known(demo):
    rows = {row["figure_id"]: row for row in rows_of(FACTS, "typed_figures")}
    assert {id: row["value"] for id, row in rows.items()} == {
        "heroism.youth": 0,
        "ktk.total": None,
        "poverty.depth": Decimal("5.36"),
        "poverty.rate": Decimal("27.54"),
        "relief.planned_families": 10500,
        "target.3_1": 25,
    }
    assert all(row["reason"] for row in rows.values())


def test_every_figure_an_indicator_names_is_counted_or_typed(demo):
    typed = {row["figure_id"] for row in rows_of(FACTS, "typed_figures")}
    named = {
        row[side]
        for row in rows_of(FACTS, "indicators")
        for side in ("numerator_figure", "denominator_figure")
    }
    assert named - {""} <= typed | FIGURES.keys()


def test_the_rules_give_the_printed_achievements(demo):
    typed = {row["figure_id"]: row["value"] for row in rows_of(FACTS, "typed_figures")}
    values = FIGURES | typed
    (policy,) = rows_of(FACTS, "achievement_policies")
    scale = [(row["at_least"], row["label"]) for row in rows_of(FACTS, "scale_bands")]
    reached = {}
    for row in rows_of(FACTS, "indicators"):
        target = row["target"] if row["target"] is not None else values.get(rules.target_figure(row["code"]))
        measured = rules.measure(
            direction=row["direction"],
            target=target,
            numerator=values[row["numerator_figure"]],
            denominator=values.get(row["denominator_figure"]),
            is_share=bool(row["denominator_figure"]),
            basis="records",
            cap_percent=policy["cap_percent"],
        )
        reached.setdefault(row["objective_number"], {})[row["code"]] = measured
    means = {n: rules.mean(m.achievement for m in each.values()) for n, each in reached.items()}
    shown = {n: (rules.rounded(mean), rules.label_of(mean, scale)) for n, mean in means.items()}
    assert shown[1] == (Decimal("62.21"), "Cukup Berhasil")
    assert shown[2] == (Decimal("88.28"), "Sangat Berhasil")
    assert (rules.rounded(means[3], 1), shown[3][1]) == (Decimal("103.2"), "Sangat Berhasil")
    assert shown[5] == (Decimal("50.00"), "Belum Berhasil")
    assert reached[4]["2.4"].achievement is None
    assert rules.rounded(reached[4]["2.2"].realised) == Decimal("51.96")
    printed = [Decimal(text) for text in ("62.21", "88.28", "103.2", "111.29", "50")]
    assert rules.rounded(rules.mean(printed), 0) == 83
    assert rules.label_of(rules.mean(printed), scale) == "Berhasil"


def test_loading_the_plan_again_changes_nothing(demo):
    before = AgreementTarget.objects.count()
    plan.build(demo)
    assert AgreementTarget.objects.count() == before
