"""Print a value in the reader's language: `{{ amount|rupiah }}`, `number`, `percent`, `{{ born_on|day }}`.

A null prints a dash, with "not known" for those who listen to the page: a missing figure is never a zero.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.lib import dates, money

register = template.Library()


def language() -> str:
    """The language of this page; Indonesian where translations are switched off."""
    return get_language() or "id"


def not_known() -> SafeString:
    """The dash that stands for a value nobody has given."""
    return format_html('<span aria-hidden="true">—</span><span class="sr-only">{}</span>', _("not known"))


def _printed(value: object, write: Callable[..., str]) -> str:
    if value is None or value == "":
        return not_known()
    return write(value, language=language())


@register.filter
def rupiah(value: int | None) -> str:
    """Whole rupiah: `Rp12.157.475.000`."""
    return _printed(value, money.rupiah)


@register.filter
def number(value: int | Decimal | None) -> str:
    """A count or a measured number with the language's separators: `12.157`."""
    return _printed(value, money.number)


@register.filter
def percent(value: Decimal | None) -> str:
    """A percentage already rounded to two decimals: `51,96%`."""
    return _printed(value, money.percent_text)


@register.filter
def day(value: date | None) -> str:
    """A long date: `31 Desember 2020`."""
    return _printed(value, dates.date_text)
