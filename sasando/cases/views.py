from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.base.readonly import allow_writes_on_get
from sasando.cases import actions, presenters, queries
from sasando.cases.errors import CaseError, CaseNotFoundError
from sasando.cases.forms import AssignForm, CloseForm, VisitForm
from sasando.cases.models import Case
from sasando.places.queries import Atlas

PAGE_SIZE = 50


@never_cache
@require_safe
@requires(Permission.SEE_CASES)
def mine(request: HttpRequest) -> HttpResponse:
    """The cases the reader works on."""
    return _list(
        request, queries.assigned_cases(request.reader), _("My cases"), _("No case is assigned to you.")
    )


@never_cache
@require_safe
@requires(Permission.SUPERVISE_CASES)
def unit(request: HttpRequest) -> HttpResponse:
    """The cases of the units the reader supervises."""
    return _list(
        request, queries.supervised_cases(request.reader), _("Cases of my unit"), _("Your unit has no case.")
    )


def _list(request: HttpRequest, found: QuerySet[Case], title: str, empty: str) -> HttpResponse:
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "empty": empty,
        "page": page,
        "columns": presenters.line_columns(),
        "rows": presenters.line_rows(queries.lines(page.object_list), Atlas(timezone.localdate())),
    }
    return render(request, "cases/cases.html", context)


@allow_writes_on_get
@never_cache
@require_safe
@requires(Permission.SEE_CASES, Permission.SUPERVISE_CASES)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case in full. Reading it is in the trail before it is shown."""
    try:
        opened = actions.read_case(case_id=pk, by=request.reader)
    except CaseNotFoundError:
        raise Http404 from None
    atlas = Atlas(timezone.localdate())
    supervised = not opened.case.closed_on and queries.supervised_cases(request.reader).filter(pk=pk).exists()
    return render(
        request,
        "cases/case.html",
        {
            "opened": opened,
            "definitions": presenters.case_definitions(opened, atlas),
            "visit_columns": presenters.visit_columns(),
            "visits": presenters.visit_rows(opened),
            "assignment_columns": presenters.assignment_columns(),
            "assignments": presenters.assignment_rows(opened),
            "may_visit": queries.cases_to_visit(request.reader).filter(pk=pk).exists(),
            "may_supervise": supervised,
            "crumbs": [_home(request), {"label": opened.case.number}],
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_CASES)
def add_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a home visit in a case one works on."""

    def record(found: Case, form: Form) -> str:
        actions.record_visit(case=found, by=request.user, **form.cleaned_data)
        return _("The visit has been recorded.")

    return _form(
        request, queries.cases_to_visit(request.reader), pk, VisitForm, _("Record a home visit"), record
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SUPERVISE_CASES)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a case of one's unit to a worker."""

    def record(found: Case, form: Form) -> str:
        actions.assign_worker(case=found, by=request.user, **form.cleaned_data)
        return _("The case has been assigned.")

    return _form(
        request, queries.supervised_cases(request.reader), pk, AssignForm, _("Assign a worker"), record
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SUPERVISE_CASES)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a case of one's unit."""

    def record(found: Case, form: Form) -> str:
        actions.close_case(case=found, by=request.user, **form.cleaned_data)
        return _("The case has been closed.")

    return _form(
        request, queries.supervised_cases(request.reader), pk, CloseForm, _("Close the case"), record
    )


def _form(
    request: HttpRequest,
    allowed: QuerySet[Case],
    pk: int,
    form_class: type[Form],
    title: str,
    record: Callable[[Case, Form], str],
) -> HttpResponse:
    """A form about one of the allowed cases; it shows the case as lists do, so opening it is no read of the case."""
    found = allowed.filter(pk=pk).first()
    if found is None:
        raise Http404
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = record(found, form)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect("cases:case", pk=pk)
    address = reverse("cases:case", args=[pk])
    context = {
        "title": title,
        "line": queries.lines(allowed.filter(pk=pk))[0],
        "form": form,
        "cancel_url": address,
        "crumbs": [_home(request), {"label": found.number, "url": address}, {"label": title}],
    }
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


def _home(request: HttpRequest) -> dict:
    if request.reader.may(Permission.SEE_CASES):
        return {"label": _("My cases"), "url": reverse("cases:mine")}
    return {"label": _("Cases of my unit"), "url": reverse("cases:unit")}
