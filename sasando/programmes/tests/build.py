"""Programmes, lists and deliveries for the tests of this room and of those above it."""

from datetime import date

from sasando.budget.models import FundSource
from sasando.programmes.actions import ListRow, define_programme, open_cycle, receive_list, set_tariff
from sasando.programmes.models import Cycle, Programme
from sasando.programmes.rules import Line
from tests.people import BUILDER

STAGE = (date(2020, 1, 1), date(2020, 3, 31))


def programme(code="CBP", kind="own", recipient_kind="family", **values) -> Programme:
    source, _new = FundSource.objects.get_or_create(code="APBN", defaults={"name": "APBN"})
    return define_programme(
        code=code,
        name=f"Program {code}",
        kind=kind,
        recipient_kind=recipient_kind,
        fund_source=source,
        by=BUILDER,
        **values,
    )


def pkh() -> Programme:
    """PKH with its stage amounts."""
    made = programme("PKH", "observed", limit_per_family=4)
    for component, amount, limit in (("SD", 225_000, None), ("SMP", 375_000, None), ("LANSIA", 600_000, 1)):
        set_tariff(
            made,
            component=component,
            name=component,
            amount_idr=amount,
            limit_per_family=limit,
            valid_from=date(2020, 1, 1),
            by=BUILDER,
        )
    return made


def cycle(of: Programme, name="Tahap 1") -> Cycle:
    return open_cycle(of, name=name, begins_on=STAGE[0], ends_on=STAGE[1], by=BUILDER)


def line(of: Programme, component: str, person_id: int | None = None, amount: int | None = None) -> Line:
    tariff = of.tariffs.get(component=component)
    return Line(tariff.pk, person_id, tariff.amount_idr if amount is None else amount)


def receive(of: Programme, families, village, *components, name="Tahap 1"):
    """A list in which each family is due the components."""
    rows = [ListRow(one.family_id, village.pk, [line(of, c) for c in components]) for one in families]
    return receive_list(cycle=cycle(of, name), rows=rows, by=BUILDER)
