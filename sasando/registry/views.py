"""Pages of the register: the list of families, one family, looking one up by a number."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from sasando.base.access import requires
from sasando.base.exports import csv_response
from sasando.base.permissions import Permission
from sasando.base.readonly import allow_writes_on_get
from sasando.base.templatetags.formats import day
from sasando.lib.identity import IdentityError
from sasando.places.queries import Atlas
from sasando.registry import actions, presenters, queries
from sasando.registry.forms import FamilyFilterForm, NumberForm

PAGE_SIZE = 50


@require_safe
@requires(Permission.SEE_FAMILIES)
def families(request: HttpRequest) -> HttpResponse:
    """The families in the reader's places, narrowed by place and name."""
    atlas = Atlas(timezone.localdate())
    form = FamilyFilterForm(request.GET, reader=request.reader, atlas=atlas)
    found = queries.family_list(request.reader, form.narrowed, atlas)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = queries.family_lines([family.pk for family in page], atlas)
    return render(
        request,
        "registry/families.html",
        {
            "filter_form": form,
            "page": page,
            "total": page.paginator.count,
            "columns": presenters.list_columns(),
            "rows": presenters.list_rows(lines),
            "export_query": request.GET.urlencode(),
        },
    )


@require_safe
@allow_writes_on_get
@requires(Permission.SEE_FAMILIES)
def export(request: HttpRequest) -> HttpResponse:
    """The same list as a file, with its filter and day; that it was taken is recorded."""
    atlas = Atlas(timezone.localdate())
    form = FamilyFilterForm(request.GET, reader=request.reader, atlas=atlas)
    found = queries.family_list(request.reader, form.narrowed, atlas)
    lines = queries.family_lines([family.pk for family in found], atlas)
    actions.note_export(rows=len(lines), filters=vars(form.narrowed), by=request.user)
    return csv_response(
        f"{_('Families')} {atlas.day}",
        notes=(
            _("Families"),
            _("Filter: %(filter)s") % {"filter": form.sentence()},
            _("As of %(day)s") % {"day": day(atlas.day)},
        ),
        headings=presenters.export_headings(),
        rows=presenters.export_rows(lines),
    )


@sensitive_post_parameters("number")
@requires(Permission.SEE_FAMILIES)
def find(request: HttpRequest) -> HttpResponse:
    """Look a family up by NIK or KK number; one out of scope answers like one that does not exist."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = queries.find_by_number(request.reader, form.cleaned_data["number"])
        except IdentityError as error:
            form.add_error("number", _(error.template) % error.values)
        else:
            if found is not None:
                return redirect("desk:family", pk=found)
            form.add_error("number", _("No family in your places has this number."))
    return render(request, "registry/find.html", {"form": form}, status=422 if form.errors else 200)
