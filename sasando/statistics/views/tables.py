"""One table: its page, its file, the records behind its cells."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sasando.base import exports
from sasando.base.access import requires
from sasando.base.readonly import allow_writes_on_get
from sasando.statistics import actions, presenters, queries
from sasando.statistics.forms import MeasureForm, RecordsForm
from sasando.statistics.presenters.words import language, title_of
from sasando.statistics.reporting import collection
from sasando.statistics.results import Basis, Sensitivity
from sasando.statistics.views.year import READS, the_year


@require_safe
@requires(READS)
def table(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """One table: drawing, cells that lead to records, definition, findings, what was printed."""
    shown = the_year(request, number)
    found = shown.table(table_id)
    columns = presenters.drawings.measures(found)
    form = MeasureForm(request.GET, columns=columns, language=language()) if columns else None
    printed = shown.view.reported.get(table_id) if found.basis == Basis.RECORDS else None
    duty = shown.duties.get(table_id)
    in_full = queries.in_full(request.reader, found)
    notes = [finding for finding in shown.findings if finding.table == table_id]
    return render(
        request,
        "statistics/table.html",
        {
            "year": number,
            "table": found,
            "title": title_of(found),
            "definition": found.definition.get(language(), ""),
            "measure_form": form if form and len(columns) > 1 and in_full else None,
            "about": presenters.year.about(shown.snapshot, shown.view),
            "duty": duty,
            "may_hand_in": duty and collection.duty_to_hand_in(request.reader, number, table_id) is not None,
            "may_verify": duty and collection.duty_to_verify(request.reader, number, table_id) is not None,
            "ask": queries.whom_to_ask(request.reader, found),
            "findings": presenters.findings.finding_items(shown.view, notes),
            "reported": presenters.tables.reported_context(printed, found) if printed and in_full else None,
            "downloads": presenters.tables.downloads(number, found),
            "download_note": presenters.tables.file_notes(shown.view, shown.snapshot, rows="")[1],
            "crumbs": shown.crumbs({"label": title_of(found)}),
            **presenters.tables.table_context(request.reader, shown.view, found, form, shown.atlas),
        },
    )


@allow_writes_on_get
@require_safe
@requires(READS)
def download(request: HttpRequest, number: int, table_id: str, file_format: str) -> HttpResponse:
    """The table as a file. Who takes a sensitive one along stands in the trail."""
    shown = the_year(request, number)
    found = shown.table(table_id)
    sheet = presenters.tables.sheet_of(request.reader, shown.view, found, shown.snapshot)
    if found.sensitivity is Sensitivity.SENSITIVE:
        in_full = queries.in_full(request.reader, found)
        actions.record_download(f"{sheet.name}.{file_format}", in_full=in_full, by=request.user)
    return exports.response(sheet, file_format)


@allow_writes_on_get
@require_safe
@requires(READS)
def records(request: HttpRequest, number: int, table_id: str) -> HttpResponse:
    """The records behind a cell, as far as the reader may open them. Who is shown secret ones stands in the trail."""
    shown = the_year(request, number)
    found = shown.table(table_id)
    form = RecordsForm(request.GET, table=found)
    if not queries.is_drillable(found) or not form.is_valid():
        raise Http404
    refusal = queries.whom_to_ask(request.reader, found)
    if not refusal and not queries.may_open(request.reader, found):
        raise Http404  # secret records: for this reader the table has none
    column = form.cleaned_data["column"]
    context = {}
    try:
        row = form.row
        if not refusal:
            page = _page_number(request)
            behind = queries.records_behind(request.reader, shown.view, table_id, row, column, page)
            if queries.is_secret(found):
                actions.record_secret_read(behind, year=number, by=request.user)
            context = presenters.tables.records_context(behind)
    except LookupError as error:
        raise Http404 from error
    labels = None if row is None else found.rows[row]
    return render(
        request,
        "statistics/records.html",
        {
            "year": number,
            "title": title_of(found),
            "cell": presenters.tables.cell_words(shown.view, found, labels, column),
            "refusal": refusal,
            "crumbs": shown.crumbs(shown.table_crumb(found), {"label": _("Records behind a number")}),
            **context,
        },
        status=403 if refusal else 200,
    )


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
