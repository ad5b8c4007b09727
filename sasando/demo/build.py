"""Builds the demo regency: the steps in their order, each through the actions and importers officers use."""

from collections.abc import Callable

from django.db import transaction

from sasando.demo import (
    accounts,
    aid,
    budget,
    cases,
    collection,
    office,
    partners,
    people,
    places,
    plan,
    programmes,
    relief,
    reported,
    staff,
    surveys,
)
from sasando.demo.context import Demo

STEPS: tuple[tuple[str, Callable[[Demo], None]], ...] = (
    ("places", places.build),
    ("office", office.build),
    ("accounts", accounts.build),
    ("staff", staff.build),
    ("budget", budget.build),
    ("people", people.build),
    ("partners", partners.build),
    ("programmes", programmes.build),
    ("aid", aid.build),
    ("relief", relief.build),
    ("cases", cases.build),
    ("surveys", surveys.build),
    ("plan", plan.build),
    ("reported", reported.build),
    ("collection", collection.build),
)


def build_regency(advance: Callable[[str], None] = lambda label: None) -> None:
    """Build it all in one transaction: a killed build leaves an empty data folder, not half a regency."""
    demo = Demo()
    with transaction.atomic():
        for label, step in STEPS:
            advance(label)
            step(demo)
