"""Cases as table rows and definitions. Lists get lines, which have no names; only an opened case has one."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.cases.queries import CaseLine, OpenCase
from sasando.cases.rules import joined
from sasando.lib.dates import date_text
from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.registry.rules import age


def line_columns() -> list[dict]:
    return [
        {"label": _("Case number"), "heading": True},
        {"label": _("Initials")},
        {"label": _("District")},
        {"label": _("Reported on"), "kind": "day"},
        {"label": _("Last visit"), "kind": "day"},
        {"label": _("Closed on"), "kind": "day"},
    ]


def line_rows(lines: Iterable[CaseLine], atlas: Atlas) -> list[list]:
    """One row a case; its number leads to its page."""
    return [
        [
            {"text": line.number, "url": reverse("cases:case", args=[line.pk])},
            line.initials,
            district_name(atlas, line.village_id),
            line.reported_on,
            line.last_visit,
            line.closed_on or "",
        ]
        for line in lines
    ]


def case_definitions(opened: OpenCase, atlas: Atlas) -> list[dict]:
    """What is known of an opened case."""
    case, person = opened.case, opened.case.person
    years = age(person.birth_date, timezone.localdate())
    return [
        {"term": _("Name"), "text": person.name},
        {"term": _("Sex"), "text": person.get_sex_display()},
        {"term": _("Birth date"), "text": _day(person.birth_date)},
        {"term": _("Age today"), "text": None if years is None else _("%(years)s years") % {"years": years}},
        {"term": _("Village"), "text": atlas.name(case.village_id)},
        {"term": _("District"), "text": district_name(atlas, case.village_id)},
        {"term": _("Kind"), "text": joined(opened.kinds)},
        {"term": _("Reported on"), "text": _day(case.reported_on)},
        {"term": _("Closed on"), "text": _day(case.closed_on) if case.closed_on else _("open")},
        {"term": _("Unit"), "text": opened.unit},
    ]


def visit_columns() -> list[dict]:
    return [
        {"label": _("Visited on"), "kind": "day", "heading": True},
        {"label": _("What was seen and agreed")},
        {"label": _("Recorded by")},
    ]


def visit_rows(opened: OpenCase) -> list[list]:
    """One row a home visit, latest first."""
    return [[visit.visited_on, visit.note, visit.recorded_by_name] for visit in opened.visits]


def assignment_columns() -> list[dict]:
    return [
        {"label": _("Worker"), "heading": True},
        {"label": _("From"), "kind": "day"},
        {"label": _("Handed over on"), "kind": "day"},
    ]


def assignment_rows(opened: OpenCase) -> list[list]:
    """One row an assignment."""
    return [[each.worker_name, each.from_day, each.to_day or ""] for each in opened.assignments]


def district_name(atlas: Atlas, village_id: int | None) -> str | None:
    """The name of the district a village lies in."""
    spot = atlas.ancestor(village_id, Level.DISTRICT)
    return spot.name if spot else None


def _day(day) -> str | None:
    return date_text(day, get_language() or "id") if day else None
