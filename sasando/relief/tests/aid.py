"""Deliveries for this room's tests."""

from datetime import date

from django.utils import timezone

from sasando.budget.models import FundSource
from sasando.places.models import Place
from sasando.programmes.models import Delivery, Programme
from sasando.registry.models import Family


def make_programme(code: str = "CBP") -> Programme:
    """A programme of the office for families."""
    source, _new = FundSource.objects.get_or_create(
        code="BTT", defaults={"name": "Belanja Tidak Terduga", "is_office_budget": True}
    )
    programme, _new = Programme.objects.get_or_create(
        code=code, defaults={"name": code, "kind": "own", "recipient_kind": "family", "fund_source": source}
    )
    return programme


def make_delivery(village: Place, family: Family | None, day: date = date(2020, 5, 4), **changes) -> Delivery:
    """A delivery of 8 kg of rice to a family, or without one to its village."""
    programme = make_programme()
    values = {
        "programme": programme,
        "family": family,
        "village_recipient": None if family else village,
        "village": village,
        "delivered_on": day,
        "item": "Beras",
        "quantity": 8,
        "unit": "kg",
        "amount_idr": 80_000,
        "fund_source": programme.fund_source,
        "recorded_at": timezone.now(),
        "recorded_by_name": "Dina",
    }
    return Delivery.objects.create(**values | changes)
