"""Reads of the plan: a year's objectives with indicators, targets and what they last came to."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.planning import rules
from sasando.planning.models import (
    AchievementPolicy,
    Agreement,
    AgreementTarget,
    Indicator,
    KeyIndicator,
    Measurement,
    Objective,
    ScaleBand,
    TypedFigure,
)


def agreements_of(year: int, day: date) -> list[Agreement]:
    """The versions of a year's agreement signed up to a day; the last one is in force."""
    return list(Agreement.objects.filter(year=year, signed_on__lte=day).order_by("signed_on"))


def policy_on(day: date) -> AchievementPolicy | None:
    """How achievements are capped and labelled on a day; of several, the one that began last."""
    return AchievementPolicy.objects.holding_on(day).order_by("valid_from", "id").last()


@dataclass
class IndicatorView:
    """An indicator of the year: its target in each version of the agreement, and what it last came to."""

    indicator: Indicator
    targets: dict[int, AgreementTarget]
    """By agreement id."""
    stated: TypedFigure | None = None
    """The target another paper states, where the agreement leaves it blank."""
    target: AgreementTarget | None = None
    """That of the version in force."""
    measurement: Measurement | None = None
    label: str | None = None


@dataclass
class ObjectiveView:
    """An objective with its indicators and the mean of their achievements."""

    objective: Objective
    indicators: list[IndicatorView] = field(default_factory=list)
    achievement: Fraction | None = None
    label: str | None = None

    @property
    def left_out(self) -> int:
        """How many indicators have no achievement and so leave the mean."""
        return sum(
            view.measurement is None or view.measurement.achievement is None for view in self.indicators
        )


@dataclass
class YearPlan:
    """Everything planning's page of a year shows."""

    year: int
    day: date
    agreements: list[Agreement]
    objectives: list[ObjectiveView]
    policy: AchievementPolicy | None
    bands: list[ScaleBand]
    achievement: Fraction | None
    label: str | None
    as_of: date | None


def year_plan(reader: Reader, year: int, day: date) -> YearPlan | None:
    """The plan of a year as it stood on a day; None for readers who may not see it. It belongs to the whole office."""
    if not reader.may(Permission.SEE_PLAN):
        return None
    agreements = agreements_of(year, day)
    policy = policy_on(day)
    bands = list(ScaleBand.objects.filter(policy=policy).order_by("-at_least")) if policy else []
    scale = [(band.at_least, band.label) for band in bands]
    targets: dict[int, dict[int, AgreementTarget]] = {}
    for target in AgreementTarget.objects.filter(agreement__in=agreements):
        targets.setdefault(target.indicator_id, {})[target.agreement_id] = target
    stated = {figure.figure_id: figure for figure in TypedFigure.objects.filter(year=year)}
    measured = {m.indicator_id: m for m in _measurements(year, day)}
    views: dict[int, ObjectiveView] = {}
    for indicator in _indicators(day, targets):
        mine = targets.get(indicator.id, {})
        view = IndicatorView(indicator, mine, target=mine.get(agreements[-1].id) if agreements else None)
        if view.target is None or view.target.value is None:
            view.stated = stated.get(rules.target_figure(indicator.code))
        view.measurement = measured.get(indicator.id)
        view.label = rules.label_of(view.measurement and view.measurement.achievement, scale)
        objective = views.setdefault(indicator.objective_id, ObjectiveView(indicator.objective))
        objective.indicators.append(view)
    objectives = sorted(views.values(), key=lambda view: (view.objective.number, view.objective.id))
    for objective in objectives:
        objective.achievement = rules.mean(
            view.measurement.achievement for view in objective.indicators if view.measurement
        )
        objective.label = rules.label_of(objective.achievement, scale)
    achievement = rules.mean(objective.achievement for objective in objectives)
    as_of = max((m.as_of for m in measured.values()), default=None)
    label = rules.label_of(achievement, scale)
    return YearPlan(year, day, agreements, objectives, policy, bands, achievement, label, as_of)


def _indicators(day: date, targets: dict) -> QuerySet[Indicator]:
    """What a version of the year's agreement promises; before there is one, every indicator of the day."""
    found = Indicator.objects.select_related("objective", "owner").order_by("order", "code")
    return found.filter(id__in=targets) if targets else found.holding_on(day)


def _measurements(year: int, day: date) -> QuerySet[Measurement]:
    return Measurement.objects.filter(year=year, as_of__lte=day).order_by("as_of", "measured_at", "id")


def key_indicators(reader: Reader) -> QuerySet[KeyIndicator]:
    """The office's key performance indicators (IKU)."""
    found = KeyIndicator.objects.select_related("objective", "indicator").order_by("number")
    return found if reader.may(Permission.SEE_PLAN) else found.none()


def typed_figures(reader: Reader, year: int) -> QuerySet[TypedFigure]:
    """The figures typed for a year, with their reasons."""
    found = TypedFigure.objects.filter(year=year).order_by("figure_id")
    return found if reader.may(Permission.SEE_PLAN) else found.none()


def years(reader: Reader) -> list[int]:
    """The years with an agreement, the latest first."""
    if not reader.may(Permission.SEE_PLAN):
        return []
    return list(Agreement.objects.order_by("-year").values_list("year", flat=True).distinct())
