"""The plan as tables."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from sasando.base.templatetags.formats import day as day_text
from sasando.base.templatetags.formats import number, percent
from sasando.office.presenters import spoken
from sasando.planning import rules
from sasando.planning.models import Agreement, KeyIndicator, TypedFigure
from sasando.planning.queries import IndicatorView, ObjectiveView, YearPlan


def trimmed(value: Decimal | None, unit: str = "") -> str:
    """A value with the decimals it needs and its unit: `24,65%`, `3,89`; a dash where it is not known."""
    if value is None:
        return number(None)
    whole = value == value.to_integral_value()
    printed = number(Decimal(int(value)) if whole else value.normalize())
    return printed if not unit else f"{printed}%" if unit == "%" else f"{printed} {unit}"


def indicator_columns() -> list[dict]:
    """The columns of an objective's indicators."""
    return [
        {"label": _("No.")},
        {"label": _("Indicator"), "heading": True},
        {"label": _("Target"), "align": "end"},
        {"label": _("Realised"), "align": "end"},
        {"label": _("Achievement"), "align": "end"},
        {"label": _("Scale")},
    ]


def objective_section(view: ObjectiveView) -> dict:
    """An objective with the table of its indicators and the sentence on its mean."""
    return {
        "id": f"objective-{view.objective.id}",
        "title": f"{view.objective.number}. {view.objective.text}",
        "caption": _("Indicators of objective %(number)s") % {"number": view.objective.number},
        "in_strategic_plan": view.objective.in_strategic_plan,
        "policy": view.objective.policy,
        "rows": [_indicator_row(each) for each in view.indicators],
        "mean": percent(rules.rounded(view.achievement)),
        "is_measured": view.achievement is not None,
        "label": view.label or "",
        "left_out": view.left_out,
    }


def _indicator_row(view: IndicatorView) -> list:
    indicator, measurement = view.indicator, view.measurement
    owner = spoken(indicator.owner.name, indicator.owner.name_en) if indicator.owner else ""
    direction = _("lower is better") if indicator.direction == "lower" else ""
    realised = measurement.realised if measurement else None
    return [
        indicator.number,
        {"text": indicator.name, "note": " · ".join(filter(None, [owner, direction]))},
        {
            "text": trimmed(view.target.value if view.target else None, indicator.unit),
            "note": _("%(value)s by another paper") % {"value": trimmed(view.stated.value, indicator.unit)}
            if view.stated
            else "",
        },
        {
            "text": trimmed(rules.rounded(realised), indicator.unit),
            "note": _figures(indicator, measurement),
        },
        {"text": percent(rules.rounded(measurement.achievement if measurement else None))},
        view.label or "",
    ]


def _figures(indicator, measurement) -> str:
    """The two numbers a share was made of."""
    if measurement is None or not indicator.denominator_figure or measurement.numerator is None:
        return ""
    below = _("not known") if measurement.denominator is None else trimmed(measurement.denominator)
    return f"{trimmed(measurement.numerator)} / {below}"


def agreement_columns(agreements: Sequence[Agreement]) -> list[dict]:
    """The columns of the targets, one for each version of the agreement."""
    return [
        {"label": _("No.")},
        {"label": _("Indicator"), "heading": True},
        *({"label": day_text(agreement.signed_on), "align": "end"} for agreement in agreements),
    ]


def agreement_rows(plan: YearPlan) -> list[list]:
    """The target of each indicator in each version, with the note that stands beside it."""
    rows = []
    for objective in plan.objectives:
        for view in objective.indicators:
            cells = []
            for agreement in plan.agreements:
                target = view.targets.get(agreement.id)
                cells.append(
                    {
                        "text": trimmed(target.value if target else None, view.indicator.unit),
                        "note": target.note if target else "",
                    }
                )
            rows.append([view.indicator.number, view.indicator.name, *cells])
    return rows


def key_indicator_columns() -> list[dict]:
    """The columns of the key performance indicators."""
    return [{"label": _("No.")}, {"label": _("Key indicator"), "heading": True}, {"label": _("Measured by")}]


def key_indicator_rows(found: Sequence[KeyIndicator]) -> list[list]:
    """Each key indicator and the indicator that measures it."""
    return [
        [each.number, each.name, each.indicator.name if each.indicator else _("no indicator measures it")]
        for each in found
    ]


def typed_columns() -> list[dict]:
    """The columns of the typed figures."""
    return [
        {"label": _("Figure"), "heading": True},
        {"label": _("Value"), "align": "end"},
        {"label": _("Reason and source")},
        {"label": _("Typed by")},
        {"label": _("On"), "kind": "day"},
    ]


def typed_rows(found: Sequence[TypedFigure], address) -> list[list]:
    """Each typed figure; its id leads to the form that changes it."""
    return [
        [
            {"text": each.figure_id, "url": address(each)} if address else each.figure_id,
            {"text": trimmed(each.value, each.unit)},
            each.reason,
            each.recorded_by_name,
            each.recorded_at.date(),
        ]
        for each in found
    ]


def band_rows(plan: YearPlan) -> list[str]:
    """The scale as short sentences."""
    return [
        _("%(label)s from %(percent)s") % {"label": band.label, "percent": percent(band.at_least)}
        for band in plan.bands
    ]
