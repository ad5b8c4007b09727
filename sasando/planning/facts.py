"""What statistics reads of the plan: objectives, indicators with the targets in force, typed figures, the scale."""

from collections.abc import Callable, Iterator, Sequence

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.planning.models import (
    AchievementPolicy,
    AgreementTarget,
    Indicator,
    KeyIndicator,
    Objective,
    ScaleBand,
    TypedFigure,
)
from sasando.planning.queries import agreements_of
from sasando.planning.rules import target_figure

TEXT, INTEGER, DECIMAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DECIMAL


def _objectives(as_of: AsOf) -> Iterator[tuple]:
    rows = Objective.objects.holding_on(as_of.end).order_by("number", "id")
    return rows.values_list("id", "number", "text", "in_strategic_plan").iterator()


def _indicators(as_of: AsOf) -> Iterator[tuple]:
    agreements = agreements_of(as_of.year, as_of.end)
    if not agreements:
        return
    targets = AgreementTarget.objects.filter(agreement=agreements[-1]).order_by(
        "indicator__order", "indicator__code"
    )
    stated = dict(TypedFigure.objects.filter(year=as_of.year).values_list("figure_id", "value"))
    for *told, code, target, order in targets.values_list(
        "indicator_id",
        "indicator__code",
        "indicator__number",
        "indicator__objective__number",
        "indicator__objective__text",
        "indicator__name",
        "indicator__unit",
        "indicator__direction",
        "indicator__numerator_figure",
        "indicator__denominator_figure",
        "indicator__code",
        "value",
        "indicator__order",
    ).iterator():
        yield *told, target, stated.get(target_figure(code)) if target is None else target, order


def _key_indicators(as_of: AsOf) -> Iterator[tuple]:
    rows = KeyIndicator.objects.order_by("number", "id")
    return rows.values_list(
        "id", "objective__number", "objective__text", "number", "name", "indicator__code"
    ).iterator()


def _typed_figures(as_of: AsOf) -> Iterator[tuple]:
    rows = TypedFigure.objects.filter(year=as_of.year).order_by("figure_id")
    return rows.values_list("id", "figure_id", "value", "unit", "reason").iterator()


def _scale_bands(as_of: AsOf) -> Iterator[tuple]:
    policies = AchievementPolicy.objects.holding_on(as_of.end)
    rows = ScaleBand.objects.filter(policy__in=policies).order_by("policy__name", "-at_least")
    return rows.values_list("id", "policy__name", "at_least", "label").iterator()


def _policies(as_of: AsOf) -> Iterator[tuple]:
    rows = AchievementPolicy.objects.holding_on(as_of.end).order_by("name", "id")
    return rows.values_list("id", "name", "cap_percent").iterator()


def _opener(model: type[models.Model], headings: Callable, texts: Callable, url: Callable) -> Callable:
    """Opens records of a model for readers who may see the plan, which belongs to the whole office."""

    def open_records(reader: Reader, ids: Sequence[int]) -> RecordPage:
        found = model.objects.filter(id__in=ids)
        seen = found if reader.may(Permission.SEE_PLAN) else found.none()
        return RecordPage(headings(), [(url(record), texts(record)) for record in seen.order_by("id")])

    return open_records


def _year_address(record: TypedFigure) -> str:
    return reverse("planning:typed_figures", args=[record.year])


def _index_address(record: models.Model) -> str:
    return reverse("planning:index")


def _plan_fact(
    name: str, title: str, columns: Sequence[Column], rows, opener, basis: str = "records"
) -> Fact:
    return Fact(
        name=name,
        title=title,
        columns=tuple(columns),
        rows=rows,
        permission=Permission.SEE_PLAN,
        open=opener,
        privacy=Privacy.PUBLIC,
        basis=basis,
    )


FACTS = [
    _plan_fact(
        "objectives",
        "Objectives",
        [
            Column("record", INTEGER, "the objective"),
            Column("number", INTEGER, "number of the objective (sasaran)"),
            Column("text", TEXT, "text of the objective"),
            Column(
                "in_strategic_plan",
                ColumnType.BOOLEAN,
                "stands in the strategic plan, not in the agreement alone",
            ),
        ],
        _objectives,
        _opener(
            Objective,
            lambda: (_("Number"), _("Objective")),
            lambda o: (str(o.number), o.text),
            _index_address,
        ),
    ),
    _plan_fact(
        "indicators",
        "Indicators of the agreement in force",
        [
            Column("record", INTEGER, "the indicator"),
            Column("code", TEXT, "code of the indicator"),
            Column("number", TEXT, "number in the agreement; empty where it has none"),
            Column("objective_number", INTEGER, "number of the objective"),
            Column("objective", TEXT, "text of the objective"),
            Column("name", TEXT, "name of the indicator"),
            Column("unit", TEXT, "unit of target and realisation"),
            Column("direction", TEXT, "higher or lower is better"),
            Column("numerator_figure", TEXT, "id of the figure that is the numerator, or the value itself"),
            Column(
                "denominator_figure",
                TEXT,
                "id of the denominator; empty: the numerator is the value",
            ),
            Column("target", DECIMAL, "target in force; null where the agreement leaves it blank"),
            Column(
                "measured_against", DECIMAL, "the target, or the one another paper states where it is blank"
            ),
            Column("ordering", INTEGER, "place in the agreement"),
        ],
        _indicators,
        _opener(
            Indicator,
            lambda: (_("Number"), _("Indicator")),
            lambda i: (i.number or i.code, i.name),
            _index_address,
        ),
    ),
    _plan_fact(
        "key_indicators",
        "Key performance indicators",
        [
            Column("record", INTEGER, "the entry"),
            Column("objective_number", INTEGER, "number of the objective"),
            Column("objective", TEXT, "text of the objective"),
            Column("number", INTEGER, "number in the list"),
            Column("name", TEXT, "name of the key indicator"),
            Column("indicator_code", TEXT, "code of the indicator that measures it; null where none does"),
        ],
        _key_indicators,
        _opener(
            KeyIndicator,
            lambda: (_("Number"), _("Key indicator")),
            lambda k: (str(k.number), k.name),
            _index_address,
        ),
    ),
    _plan_fact(
        "typed_figures",
        "Figures typed by hand",
        [
            Column("record", INTEGER, "the typed figure"),
            Column("figure_id", TEXT, "id of the figure"),
            Column("value", DECIMAL, "value; null where it is not known"),
            Column("unit", TEXT, "unit of the value"),
            Column("reason", TEXT, "reason and source"),
        ],
        _typed_figures,
        _opener(
            TypedFigure,
            lambda: (_("Figure"), _("Reason and source")),
            lambda f: (f.figure_id, f.reason),
            _year_address,
        ),
        basis="manual",
    ),
    _plan_fact(
        "scale_bands",
        "Bands of the achievement scale",
        [
            Column("record", INTEGER, "the band"),
            Column("policy", TEXT, "name of the policy"),
            Column("at_least", DECIMAL, "from this achievement on", "percent"),
            Column("label", TEXT, "label of the band"),
        ],
        _scale_bands,
        _opener(
            ScaleBand,
            lambda: (_("From (%)"), _("Label")),
            lambda b: (str(b.at_least), b.label),
            _index_address,
        ),
    ),
    _plan_fact(
        "achievement_policies",
        "Achievement policies",
        [
            Column("record", INTEGER, "the policy"),
            Column("name", TEXT, "name of the policy"),
            Column("cap_percent", DECIMAL, "highest achievement that counts; null: no cap", "percent"),
        ],
        _policies,
        _opener(
            AchievementPolicy, lambda: (_("Name"), _("Source")), lambda p: (p.name, p.source), _index_address
        ),
    ),
]
