"""Titles, units, kinds of number: what all pages of the room say the same way."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from sasando.base.templatetags import formats
from sasando.office.models import Unit
from sasando.office.presenters import spoken
from sasando.statistics.results import Basis, FigureValue, Role, TableColumn, TableResult

KINDS = {Role.COUNT: "number", Role.NUMBER: "number", Role.AMOUNT: "rupiah", Role.PERCENT: "percent"}


UNIT_NAMES = {
    "family": lambda count: npgettext("unit", "family", "families", count),
    "person": lambda count: npgettext("unit", "person", "persons", count),
    "village": lambda count: npgettext("unit", "village", "villages", count),
    "district": lambda count: npgettext("unit", "district", "districts", count),
    "group": lambda count: npgettext("unit", "group", "groups", count),
    "organisation": lambda count: npgettext("unit", "organisation", "organisations", count),
    "post": lambda count: npgettext("unit", "post", "posts", count),
    "family-month": lambda count: npgettext("unit", "monthly payment", "monthly payments", count),
    "objective": lambda count: npgettext("unit", "objective", "objectives", count),
    "indicator": lambda count: npgettext("unit", "indicator", "indicators", count),
    "child": lambda count: npgettext("unit", "child", "children", count),
}


def language() -> str:
    """The language of titles and sentences on this page: "id" or "en"."""
    return "en" if formats.language().startswith("en") else "id"


def title_of(thing: TableResult | FigureValue | TableColumn) -> str:
    """The title in the reader's language."""
    return thing.title[language()]


def basis_word(basis: str) -> str:
    """The basis in one word."""
    return {Basis.RECORDS: _("Records"), Basis.REPORTED: _("Reported"), Basis.MANUAL: _("Manual")}[
        Basis(basis)
    ]


def unit_name(unit: Unit) -> str:
    """The unit's name in the reader's language."""
    return spoken(unit.name, unit.name_en)


def unit_word(unit: str, count: int | Decimal = 2) -> str:
    """A unit in the reader's language."""
    known = UNIT_NAMES.get(unit)
    return known(int(count)) if known else unit


def figure_text(value: int | Decimal | None, unit: str) -> str | None:
    """A value with its unit as it is printed; None stays None."""
    if value is None:
        return None
    if unit == "IDR":
        return formats.rupiah(int(value))
    if unit == "%":
        return formats.percent(value)
    text = formats.number(value)
    return f"{text} {unit_word(unit, value)}".strip()


def formats_of(kind: str):
    """The function that prints values of a column's kind."""
    return {"rupiah": formats.rupiah, "percent": formats.percent}.get(kind, formats.number)
