"""The arithmetic of aid, as pure functions. Money is whole rupiah."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from sasando.lib.dates import age_on


class Line(NamedTuple):
    """One component of an entitlement: by which tariff, for whom (None: the family as such), how much."""

    tariff_id: int
    person_id: int | None
    amount_idr: int


@dataclass(frozen=True)
class Rate:
    """A tariff as the rules need it."""

    id: int
    component: str
    amount_idr: int
    limit_per_family: int | None


def entitlement_amount(lines: Iterable[Line]) -> int:
    """What the lines add up to: an entitlement is never anything else."""
    return sum(line.amount_idr for line in lines)


def line_doubts(lines: Sequence[Line], rates: Mapping[int, Rate], limit_per_family: int | None) -> list[str]:
    """Where an entitlement departs from tariff and limits: a sentence each, empty when it does not.

    An amount other than the tariff's; more of one component than its tariff allows; more lines than the programme
    allows a family (PKH: four, Permensos 1/2018 as applied in 2020); one person counted twice.
    """
    if len(lines) == 1 and lines[0].amount_idr == rates[lines[0].tariff_id].amount_idr:
        return []
    doubts = []
    if limit_per_family is not None and len(lines) > limit_per_family:
        doubts.append(
            _("%(count)s components, at most %(limit)s are allowed a family")
            % {"count": len(lines), "limit": limit_per_family}
        )
    counts = Counter(rates[line.tariff_id].component for line in lines)
    limits = {rates[line.tariff_id].component: rates[line.tariff_id].limit_per_family for line in lines}
    for component, count in counts.items():
        limit = limits[component]
        if limit is not None and count > limit:
            doubts.append(
                _("%(component)s stands %(count)s times, at most %(limit)s are allowed")
                % {"component": component, "count": count, "limit": limit}
            )
    for line in lines:
        if line.amount_idr != rates[line.tariff_id].amount_idr:
            doubts.append(
                _("%(component)s is %(amount)s, its tariff says %(tariff)s")
                % {
                    "component": rates[line.tariff_id].component,
                    "amount": line.amount_idr,
                    "tariff": rates[line.tariff_id].amount_idr,
                }
            )
    persons = Counter(line.person_id for line in lines if line.person_id is not None)
    if any(count > 1 for count in persons.values()):
        doubts.append(_("one person is counted twice"))
    return doubts


@dataclass(frozen=True)
class Component:
    """A PKH component: whom it is for. Ages are full years, both included."""

    code: str
    min_age: int | None = None
    max_age: int | None = None
    sex: str = ""
    of_relations: frozenset[str] = frozenset()
    severe_disability: bool = False


PKH_COMPONENTS = (
    Component("HAMIL", 15, 49, "female", frozenset({"head", "spouse"})),
    Component("USIA-DINI", 0, 6),
    Component("SD", 7, 12),
    Component("SMP", 13, 15),
    Component("SMA", 16, 18),
    Component("DISABILITAS", severe_disability=True),
    Component("LANSIA", min_age=70),
)
"""Health, education and social welfare (Permensos 1/2018; elderly from 70 in 2020). Pupils' ages are usual, not law."""


def eligible_components(
    *, birth_date: date | None, sex: str, relation: str, disabled: bool, on: date
) -> list[str]:
    """The PKH components a member could be counted under by age, sex and relation.

    Pregnancy and school are then verified by the facilitator.
    """
    if birth_date is None or birth_date > on:
        return []
    years = age_on(birth_date, on)
    return [
        component.code
        for component in PKH_COMPONENTS
        if (component.min_age is None or years >= component.min_age)
        and (component.max_age is None or years <= component.max_age)
        and component.sex in ("", sex)
        and (not component.of_relations or relation in component.of_relations)
        and (not component.severe_disability or disabled)
    ]


def rice_kg(*, persons: int, days: int, grams_a_day: int = 400) -> int:
    """Whole kilograms of reserve rice for a household: 400 g a person a day (Permensos 22/2019), rounded down."""
    return persons * days * grams_a_day // 1000
