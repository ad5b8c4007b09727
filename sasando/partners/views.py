from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.partners import presenters, queries
from sasando.partners.forms import OrganisationFilter, PartnerFilter
from sasando.places.queries import Atlas

PAGE_SIZE = 50


@require_safe
@requires(Permission.SEE_PARTNERS)
def groups(request: HttpRequest) -> HttpResponse:
    """The KUBE within the reader's scope."""
    atlas = Atlas(timezone.localdate())
    filter_form = PartnerFilter(request.GET, atlas=atlas)
    rows = filter_form.apply(queries.groups(request.reader))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    families = rows.aggregate(total=Sum("families"))["total"] or 0
    return render(
        request,
        "partners/groups.html",
        {
            "filter_form": filter_form,
            "page": page,
            "columns": presenters.group_columns(),
            "rows": presenters.group_rows(page, atlas),
            "totals": [_("All of this list"), "", "", "", families, "", ""],
        },
    )


@require_safe
@requires(Permission.SEE_PARTNERS)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One KUBE: where it is, and its families as far as the reader may see families."""
    found = queries.groups(request.reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    atlas = Atlas(timezone.localdate())
    members = list(queries.members(request.reader, found))
    return render(
        request,
        "partners/group.html",
        {
            "group": found,
            "definitions": presenters.group_definitions(found, atlas),
            "columns": presenters.member_columns(),
            "rows": presenters.member_rows(members),
            "note": presenters.out_of_scope(found.families - len(members)),
            "crumbs": [
                {"label": _("Groups (KUBE)"), "url": reverse("partners:groups")},
                {"label": found.name},
            ],
        },
    )


@require_safe
@requires(Permission.SEE_PARTNERS)
def organisations(request: HttpRequest) -> HttpResponse:
    """Homes, Karang Taruna and other organisations within the reader's scope."""
    atlas = Atlas(timezone.localdate())
    filter_form = OrganisationFilter(request.GET, atlas=atlas)
    page = Paginator(filter_form.apply(queries.organisations(request.reader)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "partners/organisations.html",
        {
            "filter_form": filter_form,
            "page": page,
            "columns": presenters.organisation_columns(),
            "rows": presenters.organisation_rows(page, atlas),
        },
    )
