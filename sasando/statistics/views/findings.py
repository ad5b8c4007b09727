"""The notes on inconsistent data of a year."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sasando.base import exports
from sasando.base.access import requires
from sasando.statistics import presenters, queries
from sasando.statistics.forms import FindingFilter
from sasando.statistics.views.year import READS, known_years, the_year


@require_safe
@requires(READS)
def findings(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The year's notes on inconsistent data."""
    shown = the_year(request, number)
    titles = {f.table: f.table for f in shown.findings}
    titles |= {id: presenters.words.title_of(t) for id, t in shown.view.tables.items() if id in titles}
    form = FindingFilter(request.GET, tables=sorted(titles.items()))
    matching = form.apply(shown.findings)
    if request.GET.get("format") in exports.TYPES:
        sheet = presenters.findings.findings_sheet(
            shown.view, shown.snapshot, matching, presenters.findings.filter_words(form)
        )
        return exports.response(sheet, request.GET["format"])
    page = Paginator(matching, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "statistics/findings.html",
        {
            "year": shown.number,
            "years": presenters.year.year_links(known_years(), shown.number, "statistics:findings"),
            "form": form,
            "rules_problem": shown.rules_problem,
            "page": page,
            "about": presenters.year.about(shown.snapshot, shown.view),
            "summary": presenters.findings.finding_summary(shown.findings),
            "crumbs": shown.crumbs({"label": _("Notes on inconsistent data")}),
            "downloads": [
                {
                    "label": _("This list"),
                    "url": f"?{query.urlencode()}&format={kind}",
                    "format": kind.upper(),
                }
                for kind in exports.TYPES
            ],
            "findings": presenters.findings.finding_items(shown.view, page.object_list),
        },
    )
