"""Long jobs, for who asked for them: how far one is, and the list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sasando.base.access import signed_in
from sasando.base.readonly import allow_writes_on_get
from sasando.files import actions, presenters, queries


def _seen(request: HttpRequest, number: int) -> dict:
    """How far the job is, its end noted as seen. Raises Http404 for who did not ask for it."""
    found = queries.job_of(request.reader, number)
    if found is None:
        raise Http404
    actions.see_job(found)
    return presenters.job_progress(found)


@require_safe
@signed_in
def jobs(request: HttpRequest) -> HttpResponse:
    """The reader's long jobs, the newest first."""
    found = queries.jobs(request.reader)[: presenters.LISTED]
    crumbs = [{"label": _("My long jobs")}]
    return render(request, "files/jobs.html", {"crumbs": crumbs, **presenters.job_table(found)})


@allow_writes_on_get
@never_cache
@require_safe
@signed_in
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How far a job is, until it leads to its result. Opened again, the page tells the same without JavaScript."""
    context = _seen(request, number)
    crumbs = [{"label": _("My long jobs"), "url": reverse("files:jobs")}, {"label": context["label"]}]
    return render(request, "files/job.html", {"crumbs": crumbs, **context})


@allow_writes_on_get
@never_cache
@require_safe
@signed_in
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """The part of the job's page that htmx asks for again and again."""
    return render(request, "base/components/progress.html", _seen(request, number))
