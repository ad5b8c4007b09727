"""Home, the whole page of one family, and the gallery of components."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sasando.base.access import requires, signed_in
from sasando.base.gallery import samples
from sasando.base.permissions import Permission
from sasando.base.readonly import allow_writes_on_get
from sasando.desk import presenters, queries
from sasando.programmes.queries import family_aid
from sasando.registry.actions import note_secret_read
from sasando.registry.queries import family_page


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The first page after log-in."""
    today = timezone.localdate()
    items = queries.waiting_for(request.reader)
    return render(
        request,
        "desk/home.html",
        {
            "greeting_name": request.reader.actor_name,
            "today": today,
            **presenters.waiting_context(items, today),
            **presenters.year_context(request.reader),
        },
    )


@never_cache
@require_safe
@allow_writes_on_get
@requires(Permission.SEE_FAMILIES, Permission.SEE_AID)
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the reader may know of one family: members, lists, categories, and the aid of every programme.

    Where need-to-know categories are shown, that is recorded before the page is written.
    """
    page, aid = family_page(request.reader, pk), family_aid(request.reader, pk)
    if page is None and aid is None:
        raise Http404
    if page and page.secrets:
        note_secret_read(page.id, holdings=page.secrets, by=request.user)
    return render(request, "desk/family.html", presenters.family_context(page, aid))


@require_safe
@signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Every component that pages are built from, with invented data."""
    return render(request, "base/gallery.html", samples())
