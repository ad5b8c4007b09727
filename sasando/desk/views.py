"""Home: the year's key figures against their targets, and what waits for the reader. And the gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sasando.base.access import signed_in
from sasando.base.gallery import samples
from sasando.desk import presenters, queries


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


@require_safe
@signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Every component that pages are built from, with invented data."""
    return render(request, "base/gallery.html", samples())
