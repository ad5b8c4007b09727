"""What the components of `base/components/` need beyond a plain include.

The two drawings are tags (`{% bar_chart rows title=… %}`, `{% meter value target %}`); the table's cells and
the page numbers are filters; `{% asset %}` gives a static file's address and never fails, for pages that must
survive anything.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sasando.base.templatetags import formats

register = template.Library()

NUMBER_KINDS = {"number", "rupiah", "percent"}

# Sizes of the bar chart, in CSS pixels: it is drawn at its real size so that text stays readable on a phone.
LINE_HEIGHT = 20
BAR_HEIGHT = 10
ROW_GAP = 14
LABEL_WIDTH = 30
"""Characters of a label on one line; the rest goes below, so that 360 px hold the label and the value."""


def _of(thing: object, name: str, default: object = None) -> object:
    """An option of a mapping or an attribute of an object: presenters may give either."""
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)


# table


@dataclass(frozen=True)
class Cell:
    """One cell, ready to print."""

    text: str
    url: str
    note: str
    heading: bool
    css: str


FORMATS = {"number": formats.number, "rupiah": formats.rupiah, "percent": formats.percent, "day": formats.day}


def _formatted(value: object, kind: str) -> str:
    """A cell's value as its column says; words stay as they are ("below 5" for a small number withheld)."""
    if value is None:
        return formats.not_known()
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int | Decimal) and kind in FORMATS:
        return FORMATS[kind](value)
    return str(value) if not isinstance(value, str) else value


@register.filter
def column_css(column: object) -> str:
    """The class of a column's cells: `num` sets numbers under one another, `day` keeps a date on one line."""
    kind = _of(column, "kind", "text")
    align = _of(column, "align") or ("end" if kind in NUMBER_KINDS else "start")
    return "num" if align == "end" else "day" if kind == "day" else ""


@register.filter
def cells_beside(row: object, columns: Sequence[object]) -> list[Cell]:
    """The cells of a row, each formatted and aligned as its column says.

    `row` is a list of cells, or has `cells`. A cell is a value, or has `text` with `url` and `note` where it
    needs them.
    Raises ValueError when the row and the table do not have the same number of columns.
    """
    values = row if isinstance(row, list | tuple) else _of(row, "cells")
    if len(values) != len(columns):
        raise ValueError(f"A row of {len(values)} cells stands in a table of {len(columns)} columns.")
    cells = []
    for value, column in zip(values, columns, strict=True):
        rich = isinstance(value, Mapping) or hasattr(value, "text")
        cells.append(
            Cell(
                text=_formatted(_of(value, "text") if rich else value, _of(column, "kind", "text")),
                url=(_of(value, "url") or "") if rich else "",
                note=(_of(value, "note") or "") if rich else "",
                heading=bool(_of(column, "heading", False)),
                css=column_css(column),
            )
        )
    return cells


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """The numbers shown under a list: the first, the last and those around this one."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


# drawings


def _share(value: Decimal | int, whole: Decimal | int) -> str:
    """`value` of `whole` as an SVG length between 0% and 100%."""
    share = Decimal(value) * 100 / Decimal(whole)
    return f"{min(max(share, Decimal(0)), Decimal(100)):.2f}%"


@register.inclusion_tag("base/components/bar_chart.html")
def bar_chart(rows: Iterable[object], title: str, description: str = "", key: str = "") -> dict[str, object]:
    """Draw horizontal bars; the same figures stand in a table beside the drawing.

    A row has `label`, `value` (None: not known) and, where the number alone does not say it, `text`; `accent`
    sets one bar apart. `key` makes the drawing's ids unique when two on a page have the same title.
    """
    rows = list(rows)
    known = [row for row in rows if _of(row, "value") is not None]
    longest = max((_of(row, "value") for row in known), default=0)
    bars = []
    top = 0
    for row in rows:
        value = _of(row, "value")
        lines = textwrap.wrap(str(_of(row, "label")), LABEL_WIDTH) or [""]
        first_line = top + LINE_HEIGHT - 5
        bars.append(
            {
                "lines": [(first_line + index * LINE_HEIGHT, line) for index, line in enumerate(lines)],
                "text": _of(row, "text") or ("—" if value is None else formats.number(value)),
                "text_y": first_line,
                "bar_y": top + LINE_HEIGHT * len(lines),
                "width": _share(value, longest) if value is not None and longest > 0 else "0%",
                "accent": bool(_of(row, "accent", False)),
            }
        )
        top += LINE_HEIGHT * len(lines) + BAR_HEIGHT + ROW_GAP
    if known and not description:
        highest = max(known, key=lambda row: _of(row, "value"))
        lowest = min(known, key=lambda row: _of(row, "value"))
        description = _(
            "Highest: %(highest)s. Lowest: %(lowest)s. The table beside it gives every figure."
        ) % {
            "highest": _of(highest, "label"),
            "lowest": _of(lowest, "label"),
        }
    return {
        "bars": bars,
        "bar_height": BAR_HEIGHT,
        "height": max(top - ROW_GAP, 0),
        "title": title,
        "description": description,
        "key": key or slugify(title) or "chart",
    }


@register.inclusion_tag("base/components/meter.html")
def meter(
    value: Decimal | int | None,
    target: Decimal | int | None,
    label: str = "",
    achievement: Decimal | None = None,
) -> dict[str, object]:
    """Draw how far a value has come towards its target.

    `achievement` (percent) is given where the rule is another than value ÷ target, as for indicators that
    should fall. Without a value or a target no bar is drawn and the words say which is missing.
    """
    if achievement is None and value is not None and target:
        achievement = Decimal(value) * 100 / Decimal(target)
    context: dict[str, object] = {"label": label or _("Achievement"), "known": achievement is not None}
    if achievement is None:
        return context | {"text": _("no target set") if value is not None else _("not yet measured")}
    scale = max(achievement, Decimal(100))
    return context | {
        "text": _("%(percent)s of target") % {"percent": formats.percent(achievement)},
        "filled": _share(achievement, scale),
        "target": _share(100, scale),
        "reached": achievement >= 100,
    }


# addresses


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; where the list of collected files is missing, the plain address.

    Only for the pages that tell of an error: they must not fail for want of a style sheet.
    """
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """The address of another page of this list: the same filter, another page number."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[context.get("parameter") or "page"] = number
    return f"?{query.urlencode()}"
