"""The plan, its agreements and typed figures; and the measurements that a sealed snapshot hands down."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.importing import ImportReport
from sasando.base.loading import Batch, Loading, Outcome, Row, RowRefused, set_fields
from sasando.base.reader import Actor
from sasando.lib.numbers import Ordinal
from sasando.office.models import Unit
from sasando.planning.errors import FigureIdError, ReasonMissingError, UnknownIndicatorError
from sasando.planning.models import (
    AchievementPolicy,
    Agreement,
    AgreementTarget,
    Direction,
    Goal,
    Indicator,
    KeyIndicator,
    Measurement,
    Mission,
    Objective,
    ScaleBand,
    TypedFigure,
)
from sasando.planning.rules import MeasuredValue
from sasando.trail.actions import recorded

Rows = Sequence[Mapping[str, str]]
Options = Mapping[str, Any]

FIGURE_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
DIRECTIONS = {direction.value: direction for direction in Direction}
DIRECTIONS |= dict.fromkeys(("naik", "positif", "semakin tinggi semakin baik"), Direction.HIGHER)
DIRECTIONS |= dict.fromkeys(("turun", "negatif", "semakin rendah semakin baik"), Direction.LOWER)


def type_figure(
    *, year: int, figure_id: str, value: Decimal | None, reason: str, by: Actor, unit: str = ""
) -> TypedFigure:
    """Type a number that no record yields, with its reason and source; None says that it is not known.

    A second time for the same year it replaces the first; the trail keeps both. Raises FigureIdError,
    ReasonMissingError.
    """
    if not FIGURE_ID.fullmatch(figure_id):
        raise FigureIdError(figure_id)
    if not reason.strip():
        raise ReasonMissingError(figure_id)
    with recorded(
        "planning.type_figure", by=by, year=year, figure=figure_id, value=value, reason=reason
    ) as note:
        figure = TypedFigure.objects.filter(year=year, figure_id=figure_id).first()
        if figure:
            note.says(before=figure.value, reason_before=figure.reason)
        else:
            figure = TypedFigure(year=year, figure_id=figure_id)
        figure.value, figure.unit, figure.reason = value, unit, reason.strip()
        _sign(figure, by)
        figure.save()
        note.about(figure)
    return figure


def _sign(figure: TypedFigure, by: Actor) -> None:
    figure.recorded_at, figure.recorded_by_id = timezone.now(), by.actor_id
    figure.recorded_by_name = by.actor_name


def record_measurements(
    *, year: int, as_of: date, snapshot: str, values: Mapping[str, MeasuredValue], by: Actor
) -> int:
    """Keep what the indicators (by code) came to in a sealed snapshot; planning's pages show these rows.

    Returns how many rows were new or differ from what the same snapshot gave before. The same values a second time
    change nothing and leave no entry. Raises UnknownIndicatorError.
    """
    indicators = {indicator.code: indicator for indicator in Indicator.objects.filter(code__in=values)}
    if unknown := values.keys() - indicators.keys():
        raise UnknownIndicatorError(unknown)
    present = {m.indicator_id: m for m in Measurement.objects.filter(snapshot=snapshot)}
    created, updated = [], []
    for code, value in values.items():
        indicator = indicators[code]
        measurement = present.get(indicator.id) or Measurement(indicator=indicator, snapshot=snapshot)
        changes = set_fields(measurement, vars(value) | {"year": year, "as_of": as_of})
        if changes or measurement.pk is None:
            measurement.measured_at = timezone.now()
            measurement.measured_by_id, measurement.measured_by_name = by.actor_id, by.actor_name
            (updated if measurement.pk else created).append(measurement)
    if created or updated:
        counts = {"new": len(created), "changed": len(updated)}
        with recorded("planning.record_measurements", by=by, year=year, snapshot=snapshot, **counts):
            Measurement.objects.bulk_create(created)
            names = [f.name for f in Measurement._meta.concrete_fields if not f.primary_key]
            Measurement.objects.bulk_update(updated, names)
    return len(created) + len(updated)


# --- files ---


def load_plan(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the strategic plan, one row an objective with its goal and mission. Matched by number and first day."""
    load = Loading(rows, options)
    with load.attempt(), recorded("planning.load_plan", by=by) as note:
        missions = {(m.number, m.valid_from): m for m in Mission.objects.all()}
        goals = {(g.mission_id, g.text): g for g in Goal.objects.all()}
        known = {(o.number, o.valid_from): o for o in Objective.objects.all()}
        batch, seen = Batch(load, Objective), set()
        for row, (entry, mission_values, goal_text) in load.read(_read_objective, "objective"):
            key = (entry["number"], entry["valid_from"])
            what = f"{entry['number']} {entry['text']}"
            if key in seen:
                load.refuse(row, what, _("The file has it twice."))
                continue
            seen.add(key)
            extra: list[str] = []
            mission = _mission(missions, mission_values, extra)
            goal = goals.get((mission.id, goal_text))
            if goal is None:
                goal = goals[mission.id, goal_text] = Goal.objects.create(mission=mission, text=goal_text)
            objective = known.get(key) or Objective()
            batch.put(row, what, objective, entry | {"goal": goal}).changes.extend(extra)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _mission(missions: dict, values: dict, changes: list[str]) -> Mission:
    key = (values["number"], values["valid_from"])
    mission = missions.get(key)
    if mission is None:
        mission = missions[key] = Mission.objects.create(**values)
    elif said := set_fields(mission, values):
        mission.save()
        changes.extend(said)
    return mission


def _read_objective(row: Row) -> tuple[dict, dict, str]:
    days = _days(row)
    numbers = {
        "objective_number": row.whole("objective_number"),
        "mission_number": row.whole("mission_number"),
    }
    for column, number in numbers.items():
        if not number:
            raise RowRefused(_("%(column)s is blank.") % {"column": row.called(column)})
    objective = {
        "number": numbers["objective_number"],
        "text": row.needed("objective", 300),
        "policy": row.long_text("policy"),
        "in_strategic_plan": row.yes("in_strategic_plan", True),
        **days,
    }
    mission = {"number": numbers["mission_number"], "text": row.needed("mission", 300)}
    return objective, mission | {"valid_from": days["valid_from"]}, row.needed("goal", 300)


def load_indicators(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the indicators with the figures they are made of. Matched by code."""
    load = Loading(rows, options)
    with load.attempt(), recorded("planning.load_indicators", by=by) as note:
        known = {indicator.code: indicator for indicator in Indicator.objects.all()}
        objectives = _objectives()
        units = {unit.code: unit for unit in Unit.objects.all()}
        batch = Batch(load, Indicator)
        for order, (row, entry) in enumerate(load.read_once(_read_indicator, "code"), start=1):
            code, owner = entry["code"], entry.pop("owner")
            objective = objectives.get(entry.pop("objective_number"))
            if objective is None:
                reason = _("There is no objective %(number)s.") % {
                    "number": row.text("objective_number") or "–"
                }
                load.refuse(row, code, reason)
            elif owner and owner not in units:
                load.refuse(row, code, _("There is no unit %(code)s.") % {"code": owner})
            else:
                entry["order"] = entry["order"] or order
                values = entry | {"objective": objective, "owner": units.get(owner)}
                batch.put(row, code, known.get(code) or Indicator(), values)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _objectives() -> dict[int, Objective]:
    """The objectives by number, of each number the latest."""
    return {objective.number: objective for objective in Objective.objects.order_by("valid_from", "id")}


def _read_indicator(row: Row) -> dict[str, Any]:
    figures = {column: row.text(column, 80) for column in ("numerator_figure", "denominator_figure")}
    for column, figure in figures.items():
        if figure and not FIGURE_ID.fullmatch(figure):
            raise RowRefused(
                _("%(column)s is “%(text)s”, which is no id of a figure (noun.measure).")
                % {"column": row.called(column), "text": figure}
            )
    if figures["denominator_figure"] and not figures["numerator_figure"]:
        raise RowRefused(_("An indicator with a denominator needs a numerator."))
    return {
        "code": row.needed("code", 20),
        "objective_number": row.whole("objective_number"),
        "number": row.text("number", 10),
        "name": row.needed("name", 250),
        "unit": row.text("unit", 20) or "%",
        "direction": row.choice("direction", DIRECTIONS, Direction.HIGHER),
        **figures,
        "owner": row.text("owner", 20),
        "order": row.whole("order"),
        **_days(row),
    }


def load_key_indicators(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the office's key performance indicators (IKU). Matched by number; none need be in the plan."""
    load = Loading(rows, options)
    with load.attempt(), recorded("planning.load_key_indicators", by=by) as note:
        known = {each.number: each for each in KeyIndicator.objects.all()}
        indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
        objectives = _objectives()
        batch = Batch(load, KeyIndicator)
        for row, entry in load.read_once(_read_key_indicator, "number", "name"):
            objective, code = objectives.get(entry.pop("objective_number")), entry.pop("indicator")
            if objective is None:
                reason = _("There is no objective %(number)s.") % {
                    "number": row.text("objective_number") or "–"
                }
                load.refuse(row, entry["name"], reason)
            elif code and code not in indicators:
                load.refuse(row, entry["name"], _("There is no indicator %(code)s.") % {"code": code})
            else:
                values = entry | {"objective": objective, "indicator": indicators.get(code)}
                batch.put(row, entry["name"], known.get(entry["number"]) or KeyIndicator(), values)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_key_indicator(row: Row) -> dict[str, Any]:
    number = row.whole("number")
    if not number:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("number")})
    return {
        "objective_number": row.whole("objective_number"),
        "number": number,
        "name": row.needed("name", 250),
        "indicator": row.text("indicator", 20),
    }


def load_agreement(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take versions of the performance agreement, one row a target. Matched by year, day of signing and indicator.

    A blank target is not known. A target that is a word (a grade) stands in the note, since it cannot be measured.
    """
    load = Loading(rows, options)
    with load.attempt(), recorded("planning.load_agreement", by=by) as note:
        indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}
        agreements = {(a.year, a.signed_on): a for a in Agreement.objects.all()}
        known = {(t.agreement_id, t.indicator_id): t for t in AgreementTarget.objects.all()}
        batch, seen = Batch(load, AgreementTarget), set()
        for row, entry in load.read(lambda row: _read_target(row, load.options), "indicator"):
            key = (entry["year"], entry["signed_on"], entry["indicator"])
            indicator = indicators.get(entry["indicator"])
            if indicator is None:
                reason = _("There is no indicator %(code)s.") % {"code": entry["indicator"]}
                load.refuse(row, entry["indicator"], reason)
                continue
            if key in seen:
                load.refuse(row, entry["indicator"], _("The file has it twice."))
                continue
            seen.add(key)
            extra: list[str] = []
            agreement = _agreement(agreements, entry, extra)
            target = known.get((agreement.id, indicator.id)) or AgreementTarget()
            values = {
                "agreement": agreement,
                "indicator": indicator,
                "value": entry["value"],
                "note": entry["note"],
            }
            what = f"{entry['signed_on']} {indicator.code}"
            batch.put(row, what, target, values).changes.extend(extra)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _agreement(agreements: dict, entry: dict, changes: list[str]) -> Agreement:
    key = (entry["year"], entry["signed_on"])
    agreement = agreements.get(key)
    if agreement is None:
        agreement = agreements[key] = Agreement.objects.create(
            year=entry["year"], signed_on=entry["signed_on"], reason=entry["reason"]
        )
    elif entry["reason"] and agreement.reason != entry["reason"]:
        changes.extend(set_fields(agreement, {"reason": entry["reason"]}))
        agreement.save(update_fields=["reason"])
    return agreement


def _read_target(row: Row, options: Options) -> dict[str, Any]:
    year = row.year("year") or options.get("year")
    signed_on = row.day("signed_on") or options.get("signed_on")
    if not year or not signed_on:
        raise RowRefused(
            _("%(column)s is blank.") % {"column": row.called("year" if not year else "signed_on")}
        )
    note = row.text("note", 250)
    if isinstance(row.number("target"), Ordinal):
        value, note = None, note or row.text("target", 250)
    else:
        value = row.decimal("target")
    return {
        "year": year,
        "signed_on": signed_on,
        "reason": row.text("reason", 300),
        "indicator": row.needed("indicator", 20),
        "value": value,
        "note": note,
    }


def load_typed_figures(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take typed figures with their reasons. Matched by year and figure."""
    load = Loading(rows, options)
    with load.attempt(), recorded("planning.load_typed_figures", by=by) as note:
        known = {(f.year, f.figure_id): f for f in TypedFigure.objects.all()}
        batch, seen = Batch(load, TypedFigure), set()
        for row, entry in load.read(lambda row: _read_typed(row, load.options), "figure_id"):
            key = (entry["year"], entry["figure_id"])
            if key in seen:
                load.refuse(row, entry["figure_id"], _("The file has it twice."))
                continue
            seen.add(key)
            figure = known.get(key) or TypedFigure()
            outcome = batch.put(row, f"{entry['year']} {entry['figure_id']}", figure, entry)
            if outcome.is_new or outcome.changes:
                _sign(figure, by)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_typed(row: Row, options: Options) -> dict[str, Any]:
    year = row.year("year") or options.get("year")
    if not year:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("year")})
    figure_id = row.needed("figure_id", 80)
    if not FIGURE_ID.fullmatch(figure_id):
        raise RowRefused(
            _("%(column)s is “%(text)s”, which is no id of a figure (noun.measure).")
            % {"column": row.called("figure_id"), "text": figure_id}
        )
    return {
        "year": year,
        "figure_id": figure_id,
        "value": row.decimal("value"),
        "unit": row.text("unit", 20),
        "reason": row.needed("reason", 300),
    }


def load_scale(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take achievement policies with their scale, one row a band. Matched by the policy's name and the band's start."""
    load = Loading(rows, options)
    with load.attempt(), recorded("planning.load_scale", by=by) as note:
        policies = {policy.name: policy for policy in AchievementPolicy.objects.all()}
        known = {(band.policy_id, band.at_least): band for band in ScaleBand.objects.all()}
        batch, seen = Batch(load, ScaleBand), set()
        for row, (policy_values, at_least, label) in load.read(_read_band, "label"):
            what = f"{policy_values['name']}: {label}"
            if (policy_values["name"], at_least) in seen:
                load.refuse(row, what, _("The file has it twice."))
                continue
            seen.add((policy_values["name"], at_least))
            extra: list[str] = []
            policy = _policy(policies, policy_values, extra)
            band = known.get((policy.id, at_least)) or ScaleBand()
            outcome: Outcome = batch.put(
                row, what, band, {"policy": policy, "at_least": at_least, "label": label}
            )
            outcome.changes.extend(extra)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _policy(policies: dict, values: dict, changes: list[str]) -> AchievementPolicy:
    policy = policies.get(values["name"])
    if policy is None:
        policy = policies[values["name"]] = AchievementPolicy.objects.create(**values)
    elif said := set_fields(policy, values):
        policy.save()
        changes.extend(said)
    return policy


def _read_band(row: Row) -> tuple[dict, Decimal, str]:
    at_least, cap = row.decimal("at_least", 2), row.decimal("cap_percent", 2)
    if at_least is None:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("at_least")})
    if cap is not None and cap <= 0:
        raise RowRefused(_("The cap must be above 0; leave it blank for none."))
    policy = {
        "name": row.needed("policy", 80),
        "cap_percent": cap,
        "source": row.text("source", 200),
        **_days(row),
    }
    return policy, at_least, row.needed("label", 60)


def _days(row: Row) -> dict[str, date | None]:
    begins, ends = row.day("valid_from"), row.day("valid_to")
    if begins and ends and ends <= begins:
        raise RowRefused(_("The end must come after the beginning."))
    return {"valid_from": begins, "valid_to": ends}
