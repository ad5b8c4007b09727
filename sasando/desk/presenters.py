"""The home page and one family's whole page, ready to print."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.base.templatetags import formats
from sasando.base.worklist import Waiting
from sasando.planning.presenters import trimmed
from sasando.planning.queries import IndicatorView, year_plan
from sasando.planning.rules import rounded
from sasando.programmes import presenters as programmes
from sasando.programmes.queries import FamilyAid
from sasando.registry import presenters as registry
from sasando.registry.queries import FamilyPage
from sasando.statistics import presenters as statistics
from sasando.statistics.queries import current_snapshot, sealed_years, year_view

KEY_FIGURES = (
    "poverty.families",
    "pkh.families",
    "bpnt.families",
    "relief.families",
    "neglected.served",
    "kube.families",
    "budget.apbd.percent",
    "performance.achievement",
)
"""Figures of the home page, in this order, as far as the year has them."""

MOST_WAITING = 12


def waiting_context(items: Sequence[Waiting], today: date) -> dict:
    """What waits, with how near its day is; the rest is counted."""
    return {
        "waiting": [
            {
                "text": item.text,
                "url": item.url,
                "due": item.due,
                "when": due_words(item.due, today),
                "is_late": item.due is not None and item.due < today,
            }
            for item in items[:MOST_WAITING]
        ],
        "waiting_more": max(len(items) - MOST_WAITING, 0),
    }


def due_words(due: date | None, today: date) -> str:
    """How near a day is, in words."""
    if due is None:
        return ""
    days = (due - today).days
    if days < -statistics.board.TOLD_DAYS:
        return _("late")
    if days < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": formats.number(-days)}
    if days == 0:
        return _("today")
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": formats.number(days)}


def year_context(reader: Reader) -> dict:
    """The latest sealed year's key figures and indicators, for those who may see them."""
    if not reader.may(Permission.SEE_STATISTICS):
        return {"may_see_figures": False}
    years = sealed_years()
    if not years:
        return {"may_see_figures": True, "year": None}
    snapshot = current_snapshot(years[0])
    view = year_view(snapshot)
    known = [id for id in KEY_FIGURES if id in view.figures and view.figures[id].value is not None]
    cards = statistics.year.figure_cards(view, known)
    for card in cards:
        card["note"] = ""
    return {
        "may_see_figures": True,
        "year": view.year,
        "as_of": view.as_of,
        "year_url": reverse("statistics:year", args=[view.year]),
        "figures": cards,
        "indicators": indicators(reader, view.year, view.as_of),
        "plan_url": reverse("planning:year", args=[view.year]),
    }


def indicators(reader: Reader, year: int, day: date) -> list[dict]:
    """What each indicator of the year was to reach and what it came to, as measured when the year was sealed."""
    plan = year_plan(reader, year, day)
    return [
        {
            "name": view.indicator.name,
            "target": trimmed(_aim(view), view.indicator.unit),
            "realised": trimmed(
                rounded(view.measurement.realised) if view.measurement else None, view.indicator.unit
            ),
            "value": _measured(view),
            "aim": _aim(view),
            "achievement": view.measurement.achievement if view.measurement else None,
            "label": view.label or "",
        }
        for objective in (plan.objectives if plan else [])
        for view in objective.indicators
    ]


def _measured(view: IndicatorView) -> Decimal | None:
    """The value to be drawn; one that has a target but no achievement under the office's rule is not drawn."""
    if view.measurement is None:
        return None
    is_drawn = view.measurement.achievement is not None or _aim(view) is None
    return view.measurement.realised if is_drawn else None


def _aim(view: IndicatorView) -> Decimal | None:
    """The target of the agreement in force; where it leaves it blank, the one another paper states."""
    if view.target is not None and view.target.value is not None:
        return view.target.value
    return view.stated.value if view.stated else None


def family_context(page: FamilyPage | None, aid: FamilyAid | None) -> dict:
    """One family: what the register says and what it was due or received, each where the reader may see it."""
    told = registry.family(page) if page else {}
    given = programmes.family_aid(aid) if aid else {}
    title = told.get("title") or given["head"] or _("Family without a head")
    crumbs = [{"label": _("Families"), "url": reverse("registry:families") if page else ""}, {"label": title}]
    return {**given, **told, "title": title, "crumbs": crumbs}
