"""A year's plan, its agreement in versions, and the figures typed by hand."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.office.forms import DayForm, last_day
from sasando.planning import actions, presenters, queries
from sasando.planning.forms import TypedFigureForm
from sasando.planning.rules import rounded


def _crumbs(*names: tuple[str, str]) -> list[dict]:
    first = {"label": _("Performance"), "url": reverse("planning:index")}
    return [first, *({"label": label, "url": url} for label, url in names)]


@requires(Permission.SEE_PLAN)
def index(request):
    """The latest year with an agreement."""
    years = queries.years(request.reader)
    return redirect("planning:year", years[0] if years else timezone.localdate().year)


@requires(Permission.SEE_PLAN)
def year(request, year):
    """Objectives and indicators of a year: target in force, last measurement, achievement, scale."""
    form = DayForm(request.GET, last_day(year))
    plan = queries.year_plan(request.reader, year, form.day())
    context = {
        "year": year,
        "years": [each for each in queries.years(request.reader) if each != year],
        "form": form,
        "plan": plan,
        "columns": presenters.indicator_columns(),
        "sections": [presenters.objective_section(view) for view in plan.objectives],
        "achievement": rounded(plan.achievement),
        "bands": presenters.band_rows(plan),
        "key_columns": presenters.key_indicator_columns(),
        "key_rows": presenters.key_indicator_rows(queries.key_indicators(request.reader)),
        "crumbs": _crumbs((str(year), "")),
    }
    return render(request, "planning/year.html", context)


@requires(Permission.SEE_PLAN)
def agreement(request, year):
    """The year's performance agreement: every version's targets beside one another."""
    form = DayForm(request.GET, last_day(year))
    plan = queries.year_plan(request.reader, year, form.day())
    context = {
        "year": year,
        "form": form,
        "plan": plan,
        "columns": presenters.agreement_columns(plan.agreements),
        "rows": presenters.agreement_rows(plan),
        "crumbs": _crumbs(
            (str(year), reverse("planning:year", args=[year])), (_("Performance agreement"), "")
        ),
    }
    return render(request, "planning/agreement.html", context)


@requires(Permission.SEE_PLAN)
def typed_figures(request, year):
    """The figures typed for a year, each with its reason."""
    found = queries.typed_figures(request.reader, year)
    may_edit = request.reader.may(Permission.EDIT_PLAN)
    form_address = reverse("planning:type_figure", args=[year])

    def address(figure):
        return f"{form_address}?{urlencode({'figure': figure.figure_id})}"

    context = {
        "year": year,
        "may_edit": may_edit,
        "columns": presenters.typed_columns(),
        "rows": presenters.typed_rows(found, address if may_edit else None),
        "crumbs": _crumbs((str(year), reverse("planning:year", args=[year])), (_("Typed figures"), "")),
    }
    return render(request, "planning/typed_figures.html", context)


@requires(Permission.EDIT_PLAN)
def type_figure(request, year):
    """Type a figure with its reason, or change one."""
    if request.method == "POST":
        form = TypedFigureForm(request.POST)
        if form.is_valid():
            actions.type_figure(year=year, by=request.user, **form.cleaned_data)
            messages.success(request, _("The figure has been kept with its reason."))
            return redirect("planning:typed_figures", year)
    else:
        form = TypedFigureForm(initial=_present(request, year))
    here = reverse("planning:typed_figures", args=[year])
    context = {
        "year": year,
        "form": form,
        "cancel": here,
        "crumbs": _crumbs((str(year), reverse("planning:year", args=[year])), (_("Typed figures"), here)),
    }
    return render(request, "planning/type_figure.html", context, status=422 if form.errors else 200)


def _present(request, year) -> dict:
    """The figure named in the address as it stands, to begin the form with."""
    named = request.GET.get("figure", "")
    found = queries.typed_figures(request.reader, year).filter(figure_id=named).first()
    if found is None:
        return {"figure_id": named}
    value = presenters.trimmed(found.value) if found.value is not None else ""
    return {"figure_id": found.figure_id, "value": value, "unit": found.unit, "reason": found.reason}
