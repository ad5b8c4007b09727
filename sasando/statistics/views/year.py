"""A year's page, and sealing the year; `Year` is what every page of the room begins with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from time import time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sasando.base.access import requires
from sasando.base.checks import Finding
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.files.actions import enqueue
from sasando.places.queries import Atlas
from sasando.statistics import presenters, queries
from sasando.statistics.checks.findings import find
from sasando.statistics.checks.rulebook import RulesError, own_files
from sasando.statistics.counting.specs import Specs
from sasando.statistics.jobs import SEAL_SNAPSHOT
from sasando.statistics.models import Snapshot
from sasando.statistics.reporting import book, collection, reported
from sasando.statistics.results import TableResult, YearView

FIRST_YEAR = 1945
READS = Permission.SEE_STATISTICS
FRESH_FOR = 600
"""Seconds after which findings are sought anew, for the office's lists of places may have changed."""


@dataclass
class Year:
    """A year as a page shows it: its sealed view, with every table on the basis it rests on."""

    number: int
    reader: Reader
    snapshot: Snapshot | None
    sealed: YearView
    specs: Specs
    problem: str
    """What is wrong with a table file of the office's own; empty when all can be read."""

    @cached_property
    def view(self) -> YearView:
        return replace(self.sealed, tables=book.book_tables(self.sealed, self.specs, self.bases))

    @cached_property
    def duties(self) -> dict[str, collection.Duty]:
        return {duty.task.table_id: duty for duty in collection.duties(self.reader, self.number)}

    @property
    def bases(self) -> dict[str, str]:
        return {table_id: duty.task.basis for table_id, duty in self.duties.items()}

    @cached_property
    def findings(self) -> list[Finding]:
        """What the reader may see of what the checks found; none while `rules_problem` says why there are none."""
        return queries.findings_seen_by(self.reader, self.view, self._found[0])

    @property
    def rules_problem(self) -> str:
        """What is wrong with the office's own rules; empty when the checks ran."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[Sequence[Finding], str]:
        sealing = (self.snapshot.pk, self.snapshot.sealed_at) if self.snapshot else None
        reported = collection.reported_stamp(self.number)
        try:
            return _findings_of(self.number, (sealing, reported, own_files(), int(time() // FRESH_FOR))), ""
        except RulesError as error:
            return (), _(error.template) % error.values

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.view.places_as_of)

    def table(self, table_id: str) -> TableResult:
        """One table. Raises Http404."""
        if table_id not in self.view.tables:
            raise Http404
        return self.view.tables[table_id]

    def crumbs(self, *more: dict) -> list[dict]:
        first = {"label": _("Tables and figures"), "url": reverse("statistics:latest")}
        own = {"label": str(self.number), "url": reverse("statistics:year", args=[self.number])}
        return [first, own, *more]

    def table_crumb(self, table: TableResult) -> dict:
        url = reverse("statistics:table", args=[self.number, table.id])
        return {"label": presenters.words.title_of(table), "url": url}


@lru_cache(maxsize=8)
def _findings_of(number: int, stamp: tuple) -> tuple[Finding, ...]:
    """What the checks find in a year; kept while its sealed data and what was reported stay the same."""
    return tuple(find(queries.year_view(number)))


def known_years() -> list[int]:
    """The years there is something of, newest first."""
    return sorted({*queries.sealed_years(), *collection.years(), *reported.years()}, reverse=True)


def _default_year() -> int:
    """The latest sealed year; else the latest with anything; else last year, whose book is due now."""
    known = queries.sealed_years() or known_years()
    return known[0] if known else timezone.localdate().year - 1


def check_year(number: int) -> None:
    """Raises Http404 for a year no book can be of."""
    if not FIRST_YEAR <= number <= timezone.localdate().year + 1:
        raise Http404


def the_year(request: HttpRequest, number: int | None) -> Year:
    """The year of an address, the latest where it names none. Raises Http404."""
    number = _default_year() if number is None else number
    check_year(number)
    snapshot = queries.current_snapshot(number)
    view = queries.year_view(snapshot or number)
    return Year(number, request.reader, snapshot, view, *book.book_specs())


@require_safe
@requires(READS)
def year(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A year's tables and figures, and which data they rest on."""
    shown = the_year(request, number)
    return render(
        request,
        "statistics/year.html",
        {
            "year": shown.number,
            "years": presenters.year.year_links(known_years(), shown.number, "statistics:year"),
            "about": presenters.year.about(shown.snapshot, shown.view),
            "is_sealed": shown.snapshot is not None,
            "problem": shown.problem,
            "rules_problem": shown.rules_problem,
            "may_seal": request.reader.may(Permission.SEAL_SNAPSHOT),
            "figures": presenters.year.figure_cards(shown.view),
            "crumbs": shown.crumbs(),
            "finding_count": len(shown.findings),
            **presenters.year.table_list(shown.view, shown.duties, shown.findings),
        },
    )


@require_POST
@requires(Permission.SEAL_SNAPSHOT)
def seal(request: HttpRequest, number: int) -> HttpResponse:
    """Seal the year's data as it stands now: long work, so the page that follows shows its progress."""
    job = enqueue(SEAL_SNAPSHOT, {"year": number}, by=request.user)
    return redirect("files:job", job.pk)
