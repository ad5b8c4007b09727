"""Reads of the office: its settings, and the tree of its units."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.office.models import LegalBasis, Office, Post, Unit, UnitFunction


def office() -> Office | None:
    """The office of this installation; None before `sasando init`."""
    return Office.objects.select_related("regency").first()


def unit_ids_within(unit_id: int) -> frozenset[int]:
    """The unit and all units below it."""
    parents = dict(Unit.objects.values_list("id", "parent_id"))
    within = {unit_id}
    grown = True
    while grown:
        added = {unit for unit, parent in parents.items() if parent in within} - within
        within |= added
        grown = bool(added)
    return frozenset(within)


def units(reader: Reader, day: date) -> QuerySet[Unit]:
    """The units of a day in the order of the chart. What the office is built of is open to every officer."""
    found = Unit.objects.holding_on(day).order_by("order", "code")
    return found if reader.may(Permission.SEE_OFFICE) else found.none()


def unit_with_functions(reader: Reader, code: str) -> Unit | None:
    """A unit with its functions, parts and legal bases at hand; None where there is none for this reader."""
    if not reader.may(Permission.SEE_OFFICE):
        return None
    functions = Prefetch("functions", UnitFunction.objects.order_by("number"))
    parts = Prefetch("units", Unit.objects.order_by("order", "code"))
    return Unit.objects.filter(code=code).select_related("parent").prefetch_related(functions, parts).first()


def posts(reader: Reader, day: date) -> QuerySet[Post]:
    """The structural posts of a day in the order of the chart."""
    found = Post.objects.holding_on(day).select_related("unit").order_by("order", "code")
    return found if reader.may(Permission.SEE_OFFICE) else found.none()


def legal_bases(reader: Reader) -> QuerySet[LegalBasis]:
    """The laws and regulations the office rests on, in the order the book cites them."""
    found = LegalBasis.objects.select_related("unit").order_by("id")
    return found if reader.may(Permission.SEE_OFFICE) else found.none()
