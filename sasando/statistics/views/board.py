"""The board of who owes which table, and each step of a task on it."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sasando.base import exports
from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.statistics import presenters, queries
from sasando.statistics.counting.specs import TableSpec
from sasando.statistics.forms import AssignForm, BasisForm, FillForm, HandInForm, SendBackForm
from sasando.statistics.models import TaskState
from sasando.statistics.reporting import collection, filling, reported
from sasando.statistics.results import Basis
from sasando.statistics.views.year import READS, Year, check_year, known_years, the_year


@require_safe
@requires(READS)
def board(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Who owes which table of the year."""
    number = _board_year() if number is None else number
    shown = the_year(request, number)
    return render(
        request,
        "statistics/board.html",
        {
            "year": number,
            "years": presenters.year.year_links(
                sorted({*known_years(), number}, reverse=True), number, "statistics:board"
            ),
            "may_assign": request.reader.may(Permission.PREPARE_EDITION),
            "crumbs": shown.crumbs({"label": _("Collection board")}),
            **presenters.board.board_context(request.reader, shown.view, list(shown.duties.values())),
        },
    )


def _board_year() -> int:
    """The year last put on the board; else last year."""
    years = collection.years()
    return years[0] if years else timezone.localdate().year - 1


@requires(Permission.HAND_IN_TABLES)
def hand_in(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """The unit's text to its table, and handing it in."""
    duty = collection.duty_to_hand_in(request.reader, number, table_id)
    if duty is None:
        raise Http404
    shown = the_year(request, number)
    last = duty.handed_in
    initial = last and {key: getattr(last, key) for key in HandInForm.base_fields}
    form = HandInForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        collection.hand_in_table(duty.task, by=request.user, **form.cleaned_data)
        messages.success(request, _("Handed in. It now waits to be verified."))
        return redirect("statistics:board", number)
    status = 422 if form.errors else 200
    return render(
        request,
        "statistics/hand_in.html",
        {
            "year": number,
            "form": form,
            "basis_form": BasisForm(initial={"basis": duty.task.basis}),
            "board_url": reverse("statistics:board", args=[number]),
            **presenters.board.duty_context(shown.view, duty),
            "crumbs": _board_crumbs(number, _("Hand in")),
        },
        status=status,
    )


@requires(Permission.HAND_IN_TABLES)
def fill(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """Fill in a table: cells, a pasted table or a file; first each cell's fate is shown, then it is stored."""
    duty, shown, spec = _to_fill(request, number, table_id)
    columns = filling.columns_of(spec)
    initial = {
        "document": shown.sealed.reported[table_id].document if table_id in shown.sealed.reported else "",
        "rests_on_it": duty.task.basis == Basis.REPORTED or not shown.view.tables[table_id].rows,
    }
    is_sent = request.method == "POST"
    form = FillForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        spec=spec,
        columns=columns,
        initial=initial,
    )
    step = request.POST.get("step", "")
    is_good = is_sent and form.is_valid()
    if is_good and step == "store":
        given = form.cleaned_data
        try:
            filling.fill_table(
                duty.task,
                spec,
                given["grid"],
                document=given["document"],
                rests_on_it=given["rests_on_it"],
                by=request.user,
            )
        except (filling.FillError, reported.ReportedError) as error:
            form.add_error(None, str(error))
            is_good = False
        else:
            messages.success(request, _("Stored as reported. Hand it in when it is complete."))
            return redirect("statistics:hand_in", number, table_id)
    grid = form.cleaned_data["grid"] if is_good else _grid_at_first(shown, spec)
    return render(
        request,
        "statistics/fill.html",
        {
            "year": number,
            "title": spec.title[presenters.words.language()],
            "form": form,
            "crumbs": _board_crumbs(number, _("Fill in")),
            "template_url": reverse("statistics:template", args=[number, table_id]),
            **(
                presenters.board.preview_context(spec, grid)
                if is_good and step == "look"
                else presenters.board.grid_context(columns, grid)
            ),
        },
        status=422 if form.errors else 200,
    )


@require_safe
@requires(Permission.HAND_IN_TABLES)
def template(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """The table as a workbook to be filled in."""
    _duty, shown, spec = _to_fill(request, number, table_id)
    content = filling.template(spec, _grid_at_first(shown, spec), presenters.words.language())
    answer = HttpResponse(content, content_type=exports.TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{spec.id}-{number}-isian.xlsx"'
    return answer


def _to_fill(request: HttpRequest, number: int, table_id: str) -> tuple[collection.Duty, Year, TableSpec]:
    """The task, where the reader may hand it in, with its year and table. Raises Http404."""
    duty = collection.duty_to_hand_in(request.reader, number, table_id)
    if duty is None or duty.is_section:
        raise Http404
    shown = the_year(request, number)
    spec = shown.specs.tables.get(table_id)
    if spec is None:
        raise Http404
    return duty, shown, spec


def _grid_at_first(shown: Year, spec: TableSpec) -> filling.Grid:
    printed = shown.sealed.reported.get(spec.id)
    earlier = None if printed else queries.reported_tables(shown.number - 1).get(spec.id)
    return filling.grid_to_fill(spec, printed, earlier, shown.atlas)


@requires(Permission.VERIFY_TABLES)
def verify(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """Read what a unit handed in; verify it or send it back."""
    duty = collection.duty_to_verify(request.reader, number, table_id)
    if duty is None:
        raise Http404
    form = SendBackForm(request.POST if "send_back" in request.POST else None)
    if request.method == "POST":
        try:
            if "send_back" not in request.POST:
                collection.verify_table(duty.task, by=request.user)
                messages.success(request, _("Verified."))
                return redirect("statistics:board", number)
            if form.is_valid():
                collection.send_back_table(duty.task, by=request.user, **form.cleaned_data)
                messages.success(request, _("Sent back to its unit with your reason."))
                return redirect("statistics:board", number)
        except collection.CollectionError as error:
            messages.error(request, str(error))
            return redirect("statistics:verify", number, table_id)
    shown = the_year(request, number)
    return render(
        request,
        "statistics/verify.html",
        {
            "year": number,
            "form": form,
            "is_own": duty.latest is not None and duty.latest.set_by_id == request.reader.actor_id,
            "waits": duty.state == TaskState.HANDED_IN,
            **presenters.board.duty_context(shown.view, duty),
            "crumbs": _board_crumbs(number, _("Verify")),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@requires(Permission.HAND_IN_TABLES)
def basis(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """Switch what a table rests on."""
    duty = collection.duty_to_hand_in(request.reader, number, table_id)
    form = BasisForm(request.POST)
    if duty is None or duty.is_section or not form.is_valid():
        raise Http404
    collection.switch_basis(duty.task, form.cleaned_data["basis"], by=request.user)
    messages.success(request, _("The table's basis was changed."))
    return redirect("statistics:hand_in", number, table_id)


@requires(Permission.PREPARE_EDITION)
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give tables and sections to the units that owe them."""
    shown = the_year(request, number)
    choices = presenters.board.task_choices(shown.view, collection.units())
    initial = {"table_id": request.GET.get("table", ""), "due_on": date(number + 1, 1, 31)}
    duty = shown.duties.get(initial["table_id"])
    if duty:
        initial |= {"unit": duty.task.unit_id, "due_on": duty.task.due_on, "basis": duty.task.basis}
    form = AssignForm(request.POST if request.method == "POST" else None, tables=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            collection.assign_table(number, given.pop("table_id"), by=request.user, **given)
        except collection.CollectionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Assigned to %(unit)s.") % {"unit": given["unit"]})
            return redirect("statistics:assign", number)
    return render(
        request,
        "statistics/assign.html",
        {
            "year": number,
            "form": form,
            "missing": presenters.board.unassigned(choices, shown.duties, number),
            "earlier": number - 1 if number - 1 in collection.years() else None,
            "crumbs": _board_crumbs(number, _("Assign")),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@requires(Permission.PREPARE_EDITION)
def carry_over(request: HttpRequest, number: int) -> HttpResponse:
    """Take over the board of the year before."""
    check_year(number)
    count = collection.carry_over(number, by=request.user)
    messages.success(request, _("%(count)s taken over from the year before.") % {"count": count})
    return redirect("statistics:board", number)


def _board_crumbs(number: int, label: str) -> list[dict]:
    return [
        {"label": _("Collection board"), "url": reverse("statistics:board", args=[number])},
        {"label": label},
    ]
