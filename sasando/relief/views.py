from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.places.queries import Atlas
from sasando.relief import presenters, queries
from sasando.relief.forms import EventFilter, FamilyFilter
from sasando.relief.models import Event

PAGE_SIZE = 50


@require_safe
@requires(Permission.SEE_RELIEF)
def events(request: HttpRequest) -> HttpResponse:
    """All events, with the families and deliveries of the reader's villages."""
    filter_form = EventFilter(request.GET)
    found = filter_form.apply(queries.events(request.reader))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    sums = found.aggregate(all_hit=Sum("hit"), all_deliveries=Sum("deliveries"))
    return render(
        request,
        "relief/events.html",
        {
            "filter_form": filter_form,
            "page": page,
            "columns": presenters.event_columns(),
            "rows": presenters.event_rows(page),
            "totals": [_("All of this list"), "", "", "", sums["all_hit"] or 0, sums["all_deliveries"] or 0],
        },
    )


@require_safe
@requires(Permission.SEE_RELIEF)
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: the villages it hit, and what was delivered."""
    found = _event(request, pk)
    atlas = Atlas(found.began_on)
    may_see_names = request.reader.may(Permission.SEE_FAMILIES)
    families_url = reverse("relief:families", args=[pk]) if may_see_names else None
    villages = presenters.village_rows(
        queries.families_by_village(request.reader, found),
        queries.deliveries_by_village(request.reader, found),
        atlas,
        families_url,
    )
    return render(
        request,
        "relief/event.html",
        {
            "event": found,
            "definitions": presenters.event_definitions(found),
            "village_columns": presenters.village_columns(),
            "villages": villages,
            "village_totals": [
                _("Total"),
                "",
                sum(row[2] for row in villages),
                sum(row[3] for row in villages),
            ],
            "item_columns": presenters.item_columns(),
            "items": presenters.item_rows(queries.deliveries_by_item(request.reader, found)),
            "families_url": families_url,
            "crumbs": [_all_events(), {"label": found.name}],
        },
    )


@require_safe
@requires(Permission.SEE_RELIEF)
def families(request: HttpRequest, pk: int) -> HttpResponse:
    """The families an event hit, by name, where the reader may see families."""
    found = _event(request, pk)
    atlas = Atlas(found.began_on)
    filter_form = FamilyFilter(request.GET, atlas=atlas)
    hit = filter_form.apply(queries.families(request.reader, found))
    page = Paginator(hit, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "relief/families.html",
        {
            "event": found,
            "filter_form": filter_form,
            "page": page,
            "columns": presenters.family_columns(),
            "rows": presenters.family_rows(page, atlas),
            "crumbs": [
                _all_events(),
                {"label": found.name, "url": reverse("relief:event", args=[pk])},
                {"label": _("Families")},
            ],
        },
    )


def _event(request: HttpRequest, pk: int) -> Event:
    found = queries.events(request.reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _all_events() -> dict:
    return {"label": _("Disasters and food shortages"), "url": reverse("relief:events")}
