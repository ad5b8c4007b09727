"""The year's budget, and loading a spreadsheet: file, preview of every row's fate, apply."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sasando.base.access import requires
from sasando.base.importing import UnusableFileError, read_file
from sasando.base.permissions import Permission
from sasando.budget import actions, presenters, queries
from sasando.budget.errors import UploadExpiredError
from sasando.budget.forms import UploadForm, fingerprint, seal, unseal
from sasando.budget.importers import BUDGET
from sasando.office.forms import DayForm, last_day


@requires(Permission.SEE_BUDGET)
def index(request):
    """The latest year with a budget."""
    years = queries.years(request.reader)
    return redirect("budget:year", years[0] if years else timezone.localdate().year)


@requires(Permission.SEE_BUDGET)
def year(request, year):
    """The year's budget by fund source as of a day."""
    form = DayForm(request.GET, last_day(year))
    day = form.day()
    budgets = queries.budget_of(request.reader, year, day)
    context = {
        "year": year,
        "years": [each for each in queries.years(request.reader) if each != year],
        "form": form,
        "day": day,
        "columns": presenters.columns(),
        "tables": [presenters.source_table(budget) for budget in budgets],
        "may_edit": request.reader.may(Permission.EDIT_BUDGET),
        "crumbs": [{"label": _("Budget"), "url": reverse("budget:index")}, {"label": str(year), "url": ""}],
    }
    return render(request, "budget/year.html", context)


@requires(Permission.EDIT_BUDGET)
def load(request):
    """Choose a spreadsheet; sent, it shows what would become of each row and stores nothing."""
    sources = list(queries.fund_sources(request.reader))
    form = UploadForm(request.POST or None, request.FILES or None, sources=sources)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_file(BUDGET, file.read(), file.name)
        except UnusableFileError as error:
            form.add_error("file", str(error))
        else:
            return _preview(request, rows, form.options(), file.name)
    context = {"form": form, "sources": sources, "crumbs": _crumbs()}
    return render(request, "budget/load.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_BUDGET)
@require_POST
def apply(request):
    """Store a previewed file, if it would still do what the preview said."""
    try:
        rows, options, previewed = unseal(request.POST.get("token", ""), request.user)
    except UploadExpiredError:
        messages.error(request, _("The preview has expired. Nothing was stored; choose the file again."))
        return redirect("budget:load")
    now = _take(request, rows, options, apply=False)
    if fingerprint(now) != previewed:
        messages.warning(
            request, _("The records have changed since the preview. Look at it again, then apply.")
        )
        return _preview(request, rows, options, request.POST.get("name", ""))
    report = _take(request, rows, options, apply=True)
    if report.extra["stored"]:
        said = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
        messages.success(
            request, _("Stored: %(new)s new, %(changed)s changed, %(unchanged)s unchanged lines.") % said
        )
    else:
        messages.info(request, _("The file changes nothing; nothing was stored."))
    return redirect("budget:year", options["year"])


def _take(request, rows, options, *, apply):
    """The file's fate, its columns called as the office's own ledgers call them."""
    names = {column: aliases[0] for column, aliases in BUDGET.columns.items()}
    return actions.load_budget(rows, apply=apply, by=request.user, options=options | {"names": names})


def _preview(request, rows, options, name):
    report = _take(request, rows, options, apply=False)
    ready = not report.refused and bool(report.new or report.changed)
    context = {
        "name": name,
        "report": report,
        "refused": len(report.refused),
        "notes": [note["text"] for note in report.extra["notes"]],
        "columns": presenters.fate_columns(),
        "rows": presenters.fate_rows(report),
        "token": seal(rows, options, report, request.user) if ready else "",
        "crumbs": _crumbs(),
    }
    return render(request, "budget/preview.html", context)


def _crumbs():
    return [{"label": _("Budget"), "url": reverse("budget:index")}, {"label": _("Load a budget"), "url": ""}]
