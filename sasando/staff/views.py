"""The chart of the office, a unit's page, and the lists of the people who work there."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.office.forms import DayForm
from sasando.office.presenters import spoken
from sasando.office.queries import legal_bases, unit_with_functions, units
from sasando.places.queries import Atlas
from sasando.staff import presenters, queries
from sasando.staff.forms import AuxiliaryFilter, EmployeeFilter

PAGE_SIZE = 50


def _crumbs(*names: tuple[str, str]) -> list[dict]:
    return [{"label": label, "url": url} for label, url in names]


@requires(Permission.SEE_OFFICE)
def chart(request):
    """The organisation chart as of a day: units, holders, vacant and acting marked."""
    form = DayForm(request.GET)
    day = form.day()
    found = queries.chart(request.reader, day)
    context = {
        "form": form,
        "day": day,
        "nodes": presenters.chart_nodes(found.tops, day),
        "posts": found.posts,
        "vacant": found.vacant,
        "crumbs": _crumbs((_("Organisation chart"), "")),
    }
    return render(request, "staff/chart.html", context)


@requires(Permission.SEE_OFFICE)
def unit(request, code):
    """One unit: main duty, numbered functions, posts and holders, staff, parts, legal bases."""
    found = unit_with_functions(request.reader, code)
    if found is None:
        raise Http404
    form = DayForm(request.GET)
    day = form.day()
    members = queries.staff_of_unit(request.reader, found, day)
    context = {
        "unit": found,
        "day": day,
        "name": spoken(found.name, found.name_en),
        "duty": spoken(found.duty, found.duty_en),
        "parent": presenters.unit_link(found.parent, day),
        "posts": [presenters.held_post(held) for held in queries.held_posts_of(request.reader, found, day)],
        "functions": [(each, spoken(each.text, each.text_en)) for each in found.functions.all()],
        "parts": [presenters.unit_link(part, day) for part in found.units.all()],
        "bases": [basis for basis in legal_bases(request.reader) if basis.unit_id == found.id],
        "sees_staff": request.reader.may(Permission.SEE_STAFF),
        "columns": presenters.columns(presenters.EMPLOYEE_COLUMNS),
        "rows": presenters.employee_rows(members, day),
        "crumbs": _crumbs((_("Organisation chart"), reverse("staff:chart")), (found.code, "")),
    }
    return render(request, "staff/unit.html", context)


@requires(Permission.SEE_STAFF)
def employees(request):
    """The civil servants as of a day, within the reader's scope, with filters."""
    form = EmployeeFilter(request.GET, list(units(request.reader, DayForm(request.GET).day())))
    day = form.day()
    found = queries.matching_employees(
        request.reader, day, text=form.asked("q"), unit=form.asked("unit"), group=form.asked("group")
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "day": day,
        "page": page,
        "columns": presenters.columns(presenters.EMPLOYEE_COLUMNS),
        "rows": presenters.employee_rows(page.object_list, day),
        "crumbs": _crumbs((_("Employees"), "")),
    }
    return render(request, "staff/employees.html", context)


@requires(Permission.SEE_STAFF)
def auxiliaries(request):
    """Contract staff, facilitators, volunteers and social workers as of a day, with filters."""
    form = AuxiliaryFilter(request.GET)
    day = form.day()
    found = queries.matching_auxiliaries(request.reader, day, text=form.asked("q"), kind=form.asked("kind"))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "day": day,
        "page": page,
        "columns": presenters.columns(presenters.AUXILIARY_COLUMNS),
        "rows": presenters.auxiliary_rows(page.object_list, Atlas(day).name, day),
        "crumbs": _crumbs((_("Employees"), reverse("staff:employees")), (_("Beside the civil servants"), "")),
    }
    return render(request, "staff/auxiliaries.html", context)
