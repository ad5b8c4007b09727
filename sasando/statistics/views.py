"""A year's tables, figures, findings and records; and the board of who owes which table."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from time import time

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sasando.base.access import requires
from sasando.base.checks import Finding
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.lib.errors import ReasonedError
from sasando.places.queries import Atlas
from sasando.statistics import actions, collection, downloads, filling, presenters, queries, reported
from sasando.statistics.errors import SnapshotError
from sasando.statistics.findings import find
from sasando.statistics.forms import (
    AssignForm,
    BasisForm,
    FillForm,
    FindingFilter,
    HandInForm,
    MeasureForm,
    RecordsForm,
    SendBackForm,
)
from sasando.statistics.models import Snapshot, TaskState
from sasando.statistics.results import Basis, TableResult, YearView
from sasando.statistics.specs import Specs, TableSpec

FIRST_YEAR = 1945
READS = Permission.SEE_STATISTICS
FRESH_FOR = 600
"""Seconds after which findings are sought anew, for the office's lists of places and own rules may have changed."""


@dataclass
class Year:
    """A year as a page shows it: its sealed view, with every table on the basis it rests on."""

    number: int
    reader: Reader
    snapshot: Snapshot | None
    sealed: YearView
    specs: Specs
    problem: str
    """What is wrong with a table file of the office's own; empty when all can be read."""

    @cached_property
    def view(self) -> YearView:
        return replace(self.sealed, tables=collection.book_tables(self.sealed, self.specs, self.bases))

    @cached_property
    def duties(self) -> dict[str, collection.Duty]:
        return {duty.task.table_id: duty for duty in collection.duties(self.reader, self.number)}

    @property
    def bases(self) -> dict[str, str]:
        return {table_id: duty.task.basis for table_id, duty in self.duties.items()}

    @cached_property
    def findings(self) -> list[Finding]:
        sealing = (self.snapshot.pk, self.snapshot.sealed_at) if self.snapshot else None
        stamp = (sealing, collection.reported_stamp(self.number), int(time() // FRESH_FOR))
        return presenters.findings_seen_by(self.reader, self.view, _found(self.number, stamp))

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.view.places_as_of)

    def table(self, table_id: str) -> TableResult:
        """One table. Raises Http404."""
        if table_id not in self.view.tables:
            raise Http404
        return self.view.tables[table_id]

    def crumbs(self, *more: dict) -> list[dict]:
        first = {"label": _("Tables and figures"), "url": reverse("statistics:latest")}
        own = {"label": str(self.number), "url": reverse("statistics:year", args=[self.number])}
        return [first, own, *more]

    def table_crumb(self, table: TableResult) -> dict:
        url = reverse("statistics:table", args=[self.number, table.id])
        return {"label": presenters.title_of(table), "url": url}


@lru_cache(maxsize=8)
def _found(number: int, stamp: tuple) -> tuple[Finding, ...]:
    """What the checks find in a year; kept while its sealed data and what was reported stay the same."""
    return tuple(find(queries.year_view(number)))


def _known_years() -> list[int]:
    """The years there is something of, newest first."""
    return sorted({*queries.sealed_years(), *collection.years(), *reported.years()}, reverse=True)


def _default_year() -> int:
    """The latest sealed year; else the latest with anything; else last year, whose book is due now."""
    known = queries.sealed_years() or _known_years()
    return known[0] if known else timezone.localdate().year - 1


def _year(request: HttpRequest, number: int | None) -> Year:
    number = _default_year() if number is None else number
    if not FIRST_YEAR <= number <= timezone.localdate().year + 1:
        raise Http404
    snapshot = queries.current_snapshot(number)
    view = queries.year_view(snapshot or number)
    return Year(number, request.reader, snapshot, view, *collection.book_specs())


# reading


@require_safe
@requires(READS)
def year(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A year's tables and figures, and which data they rest on."""
    shown = _year(request, number)
    return render(
        request,
        "statistics/year.html",
        {
            "year": shown.number,
            "years": presenters.year_links(_known_years(), shown.number, "statistics:year"),
            "about": presenters.about(shown.snapshot, shown.view),
            "is_sealed": shown.snapshot is not None,
            "problem": shown.problem,
            "may_seal": request.reader.may(Permission.SEAL_SNAPSHOT),
            "figures": presenters.figure_cards(shown.view),
            "crumbs": shown.crumbs(),
            "finding_count": len(shown.findings),
            **presenters.table_list(shown.view, shown.duties, shown.findings),
        },
    )


@require_safe
@requires(READS)
def table(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """One table: drawing, cells that lead to records, definition, findings, what was printed."""
    shown = _year(request, number)
    found = shown.table(table_id)
    columns = presenters.measures(found)
    form = MeasureForm(request.GET, columns=columns, language=presenters.language()) if columns else None
    printed = shown.view.reported.get(table_id) if found.basis == Basis.RECORDS else None
    duty = shown.duties.get(table_id)
    in_full = presenters.in_full(request.reader, found)
    return render(
        request,
        "statistics/table.html",
        {
            "year": shown.number,
            "table": found,
            "title": presenters.title_of(found),
            "definition": found.definition.get(presenters.language(), ""),
            "measure_form": form if form and len(columns) > 1 and in_full else None,
            "about": presenters.about(shown.snapshot, shown.view),
            "duty": duty,
            "may_hand_in": duty and collection.duty_to_hand_in(request.reader, number, table_id) is not None,
            "may_verify": duty and collection.duty_to_verify(request.reader, number, table_id) is not None,
            "ask": presenters.whom_to_ask(request.reader, found),
            "findings": presenters.finding_items(
                shown.view, [f for f in shown.findings if f.table == table_id]
            ),
            "reported": presenters.reported_context(printed, found) if printed and in_full else None,
            "downloads": [
                {
                    "label": _("This table"),
                    "url": reverse("statistics:download", args=[number, table_id, kind]),
                    "format": kind.upper(),
                }
                for kind in downloads.TYPES
            ],
            "download_note": presenters.file_notes(shown.view, shown.snapshot, rows="")[1],
            "crumbs": shown.crumbs({"label": presenters.title_of(found)}),
            **presenters.table_context(request.reader, shown.view, found, form, shown.atlas),
        },
    )


@require_safe
@requires(READS)
def download(request: HttpRequest, number: int, table_id: str, file_format: str) -> HttpResponse:
    """The table as a file."""
    shown = _year(request, number)
    sheet = presenters.sheet_of(request.reader, shown.view, shown.table(table_id), shown.snapshot)
    return downloads.response(sheet, file_format)


@require_safe
@requires(READS)
def records(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """The records behind one cell, as many of them as the reader may open."""
    shown = _year(request, number)
    found = shown.table(table_id)
    form = RecordsForm(request.GET, table=found)
    if not presenters.is_drillable(found) or not form.is_valid():
        raise Http404
    refusal = presenters.whom_to_ask(request.reader, found)
    if not refusal and not presenters.may_open(request.reader, found):
        raise Http404  # secret records: for this reader the table has none
    column = form.cleaned_data["column"]
    try:
        row = form.row
        behind = (
            None
            if refusal
            else queries.records_behind(
                request.reader, shown.view, table_id, row, column, _page_number(request)
            )
        )
    except LookupError as error:
        raise Http404 from error
    labels = None if row is None else found.rows[row]
    return render(
        request,
        "statistics/records.html",
        {
            "year": shown.number,
            "title": presenters.title_of(found),
            "cell": presenters.cell_words(shown.view, found, labels, column),
            "refusal": refusal,
            "behind": behind,
            "crumbs": shown.crumbs(shown.table_crumb(found), {"label": _("Records behind a number")}),
            **(presenters.records_context(behind) if behind else {}),
        },
        status=403 if refusal else 200,
    )


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_safe
@requires(READS)
def findings(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The year's notes on inconsistent data."""
    shown = _year(request, number)
    titles = {f.table: f.table for f in shown.findings}
    titles |= {id: presenters.title_of(t) for id, t in shown.view.tables.items() if id in titles}
    form = FindingFilter(request.GET, tables=sorted(titles.items()))
    matching = form.apply(shown.findings)
    if request.GET.get("format") in downloads.TYPES:
        sheet = presenters.findings_sheet(shown.view, shown.snapshot, matching, presenters.filter_words(form))
        return downloads.response(sheet, request.GET["format"])
    page = Paginator(matching, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "statistics/findings.html",
        {
            "year": shown.number,
            "years": presenters.year_links(_known_years(), shown.number, "statistics:findings"),
            "form": form,
            "page": page,
            "about": presenters.about(shown.snapshot, shown.view),
            "summary": presenters.finding_summary(shown.findings),
            "crumbs": shown.crumbs({"label": _("Notes on inconsistent data")}),
            "downloads": [
                {
                    "label": _("This list"),
                    "url": f"?{query.urlencode()}&format={kind}",
                    "format": kind.upper(),
                }
                for kind in downloads.TYPES
            ],
            "findings": presenters.finding_items(shown.view, page.object_list),
        },
    )


@require_POST
@requires(Permission.SEAL_SNAPSHOT)
def seal(request: HttpRequest, number: int) -> HttpResponse:
    """Seal the year's data as it stands now."""
    try:
        snapshot = actions.seal_snapshot(number, by=request.user)
    except (SnapshotError, ReasonedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("The data of %(year)s were sealed as of %(day)s (sha256:%(digest)s…).")
            % {"year": number, "day": snapshot.as_of.isoformat(), "digest": snapshot.digest[:12]},
        )
    return redirect("statistics:year", number)


# the collection board


@require_safe
@requires(READS)
def board(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Who owes which table of the year."""
    number = _board_year() if number is None else number
    shown = _year(request, number)
    return render(
        request,
        "statistics/board.html",
        {
            "year": number,
            "years": presenters.year_links(
                sorted({*_known_years(), number}, reverse=True), number, "statistics:board"
            ),
            "may_assign": request.reader.may(Permission.PREPARE_EDITION),
            "crumbs": shown.crumbs({"label": _("Collection board")}),
            **presenters.board_context(request.reader, shown.view, list(shown.duties.values())),
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
    shown = _year(request, number)
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
            **presenters.duty_context(shown.view, duty),
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
            "title": spec.title[presenters.language()],
            "form": form,
            "crumbs": _board_crumbs(number, _("Fill in")),
            "template_url": reverse("statistics:template", args=[number, table_id]),
            **(
                presenters.preview_context(spec, grid)
                if is_good and step == "look"
                else presenters.grid_context(columns, grid)
            ),
        },
        status=422 if form.errors else 200,
    )


@require_safe
@requires(Permission.HAND_IN_TABLES)
def template(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """The table as a workbook to be filled in."""
    _duty, shown, spec = _to_fill(request, number, table_id)
    content = filling.template(spec, _grid_at_first(shown, spec), presenters.language())
    answer = HttpResponse(content, content_type=downloads.TYPES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{spec.id}-{number}-isian.xlsx"'
    return answer


def _to_fill(request: HttpRequest, number: int, table_id: str) -> tuple[collection.Duty, Year, TableSpec]:
    """The task, where the reader may hand it in, with its year and table. Raises Http404."""
    duty = collection.duty_to_hand_in(request.reader, number, table_id)
    if duty is None or duty.is_section:
        raise Http404
    shown = _year(request, number)
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
    shown = _year(request, number)
    return render(
        request,
        "statistics/verify.html",
        {
            "year": number,
            "form": form,
            "is_own": duty.latest is not None and duty.latest.set_by_id == request.reader.actor_id,
            "waits": duty.state == TaskState.HANDED_IN,
            **presenters.duty_context(shown.view, duty),
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
    shown = _year(request, number)
    choices = presenters.task_choices(shown.view, collection.units())
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
            "missing": presenters.unassigned(choices, shown.duties, number),
            "earlier": number - 1 if number - 1 in collection.years() else None,
            "crumbs": _board_crumbs(number, _("Assign")),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@requires(Permission.PREPARE_EDITION)
def carry_over(request: HttpRequest, number: int) -> HttpResponse:
    """Take over the board of the year before."""
    _check_year(number)
    count = collection.carry_over(number, by=request.user)
    messages.success(request, _("%(count)s taken over from the year before.") % {"count": count})
    return redirect("statistics:board", number)


def _check_year(number: int) -> None:
    if not FIRST_YEAR <= number <= timezone.localdate().year + 1:
        raise Http404


def _board_crumbs(number: int, label: str) -> list[dict]:
    return [
        {"label": _("Collection board"), "url": reverse("statistics:board", args=[number])},
        {"label": label},
    ]
