"""The official places as of any day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sasando.base.access import requires
from sasando.base.permissions import Permission
from sasando.places import presenters
from sasando.places.forms import DayForm
from sasando.places.queries import Atlas


@requires(Permission.SEE_PLACES)
def place_list(request: HttpRequest) -> HttpResponse:
    """Districts with their villages on a day."""
    form = DayForm(request.GET)
    form = DayForm(initial={"on": form.day}, data={"on": form.day})
    return render(
        request, "places/list.html", {"form": form, **presenters.district_list(Atlas(form.day), form.day)}
    )


@requires(Permission.SEE_PLACES)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One place under a code, whenever it held: names, part of what, what came before and after."""
    story = presenters.story(code)
    if story is None:
        raise Http404
    return render(request, "places/place.html", story)
