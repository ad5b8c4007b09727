"""Pages of aid: programmes with their cycles and deliveries, a family's whole aid, the correction of a delivery."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sasando.base.access import requires
from sasando.base.exports import csv_response
from sasando.base.permissions import Permission
from sasando.base.readonly import allow_writes_on_get
from sasando.base.templatetags.formats import day
from sasando.places.queries import Atlas
from sasando.programmes import actions, presenters, queries
from sasando.programmes.errors import CorrectedMeanwhileError, ProgrammeError
from sasando.programmes.forms import CorrectionForm, DeliveryFilterForm, YearForm

PAGE_SIZE = 50


@require_safe
@requires(Permission.SEE_AID)
def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes with what they came to in a year, within the reader's places."""
    form = YearForm(request.GET, reader=request.reader, this_year=timezone.localdate().year)
    lines = queries.programme_lines(request.reader, form.chosen_year)
    return render(
        request,
        "programmes/list.html",
        {"filter_form": form, "year": form.chosen_year, **presenters.programme_table(lines)},
    )


@require_safe
@requires(Permission.SEE_AID)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: its cycles, its tariffs, its deliveries."""
    found, atlas = _programme(code), Atlas(timezone.localdate())
    form = DeliveryFilterForm(request.GET, reader=request.reader, atlas=atlas)
    rows = queries.programme_deliveries(
        request.reader, found, year=form.chosen_year, district=form.district_code, atlas=atlas
    )
    page = Paginator(queries.with_names(rows), PAGE_SIZE).get_page(request.GET.get("page"))
    value = rows.aggregate(total=Sum("amount_idr"))["total"]
    return render(
        request,
        "programmes/programme.html",
        {
            "title": presenters.name(found),
            "crumbs": presenters.crumbs(found),
            "facts": presenters.programme_facts(found),
            "programme": found,
            "filter_form": form,
            "year": form.chosen_year,
            "cycles": presenters.cycle_table(queries.cycle_lines(request.reader, found, form.chosen_year)),
            "tariffs": presenters.tariff_table(queries.tariffs(found)),
            "page": page,
            "total": page.paginator.count,
            "columns": presenters.delivery_columns(),
            "rows": presenters.delivery_rows(queries.delivery_lines(list(page), atlas)),
            "totals": [_("All of this list"), "", "", "", "", value if value is not None else "", ""],
            "export_query": request.GET.urlencode(),
        },
    )


@require_safe
@allow_writes_on_get
@requires(Permission.SEE_AID)
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The deliveries of a programme as a file, with filter and day; that it was taken is recorded."""
    found, atlas = _programme(code), Atlas(timezone.localdate())
    form = DeliveryFilterForm(request.GET, reader=request.reader, atlas=atlas)
    rows = queries.programme_deliveries(
        request.reader, found, year=form.chosen_year, district=form.district_code, atlas=atlas
    )
    lines = queries.delivery_lines(list(queries.with_names(rows)), atlas)
    filters = {"year": str(form.chosen_year), "district": form.district_code}
    actions.note_export(programme=found, rows=len(lines), filters=filters, by=request.user)
    return csv_response(
        f"{found.code} {form.chosen_year}",
        notes=(
            presenters.name(found),
            _("Filter: %(filter)s") % {"filter": form.sentence()},
            _("As of %(day)s") % {"day": day(atlas.day)},
        ),
        headings=[column["label"] for column in presenters.delivery_columns()],
        rows=presenters.export_rows(lines),
    )


@require_safe
@requires(Permission.SEE_AID)
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery, and what was corrected of it."""
    found = queries.delivery(request.reader, pk)
    if found is None:
        raise Http404
    (line,) = queries.delivery_lines([found], Atlas(timezone.localdate()))
    may_correct = queries.delivery_to_correct(request.reader, pk) is not None
    return render(
        request,
        "programmes/delivery.html",
        {
            "delivery": found,
            "facts": presenters.delivery_facts(line),
            "corrections": presenters.correction_table(queries.corrections(found)),
            "crumbs": presenters.crumbs(found.programme, line.recipient),
            "may_correct": may_correct,
        },
    )


@requires(Permission.EDIT_AID)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the value or quantity of a delivery, with a reason."""
    found = queries.delivery_to_correct(request.reader, pk)
    if found is None:
        raise Http404
    (line,) = queries.delivery_lines([found], Atlas(timezone.localdate()))
    form = CorrectionForm(request.POST) if request.method == "POST" else CorrectionForm.of(found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_delivery(found, by=request.user, **form.cleaned_data)
        except CorrectedMeanwhileError as error:
            messages.error(request, str(error))
            return redirect("programmes:correct", pk=pk)
        except ProgrammeError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The delivery was corrected; old, new and reason are kept."))
            return redirect("programmes:delivery", pk=pk)
    return render(
        request,
        "programmes/correct.html",
        {
            "delivery": found,
            "facts": presenters.delivery_facts(line),
            "form": form,
            "crumbs": presenters.crumbs(found.programme, line.recipient, _("Correct")),
        },
        status=422 if form.errors else 200,
    )


def _programme(code: str):
    found = queries.programme(code)
    if found is None:
        raise Http404
    return found
