"""Editions of the book: the list, one edition, its chapters online, its files, and the steps to publication."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from sasando.base.access import open_to_all, requires
from sasando.base.permissions import Permission
from sasando.base.readonly import allow_writes_on_get
from sasando.files.actions import enqueue
from sasando.lib.errors import ReasonedError
from sasando.publications import actions, pages, queries
from sasando.publications.chapters import Chapter, chapters
from sasando.publications.errors import PublicationError
from sasando.publications.forms import InitialForm, PrepareForm, PublishForm, WithdrawForm
from sasando.publications.jobs import PREPARE_EDITION
from sasando.publications.models import Audience, Edition, EditionState
from sasando.publications.writers import html
from sasando.statistics.errors import SnapshotError

WORKING = (EditionState.DRAFT, EditionState.CHECKED, EditionState.INITIALLED)


def _crumbs(*more: dict) -> list[dict]:
    return [{"label": _("Profile books"), "url": reverse("publications:list")}, *more]


def _edition(request: HttpRequest, year: int, kind: str, audience: str, number: int) -> Edition:
    """The edition, where the reader may open it; else there is none."""
    found = queries.edition_of(request.reader, year, kind, audience, number)
    if found is None:
        raise Http404
    return found


def _may(request: HttpRequest, permission: Permission) -> bool:
    return request.reader is not None and request.reader.may(permission)


@open_to_all
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """The editions a reader may open; anybody may open the published public ones."""
    context = pages.edition_list(list(queries.editions(request.reader)), request.reader)
    if _may(request, Permission.PREPARE_EDITION):
        context["form"] = PrepareForm()
    return render(request, "publications/list.html", {"crumbs": _crumbs(), **context})


@requires(Permission.PREPARE_EDITION)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Ask for a draft; a worker makes it, and its page tells how far it is."""
    form = PrepareForm(request.POST)
    if not form.is_valid():
        context = pages.edition_list(list(queries.editions(request.reader)), request.reader)
        return render(
            request, "publications/list.html", {"crumbs": _crumbs(), **context, "form": form}, status=422
        )
    wanted = {"year": form.cleaned_data["year"], "audience": form.cleaned_data["audience"]}
    job = enqueue(PREPARE_EDITION, wanted, by=request.user)
    return redirect("files:job", job.pk)


@open_to_all
@require_safe
def edition(request: HttpRequest, year: int, kind: str, audience: str, number: int) -> HttpResponse:
    """One edition: where it stands, its chapters and files, its seal, what changed since, notes."""
    found = _edition(request, year, kind, audience, number)
    state = queries.state_of(found)
    found_notes = queries.notes_of(found)
    context = {
        "crumbs": _crumbs({"label": pages.title(found)}),
        "edition": found,
        "title": pages.title(found),
        "state": state,
        "steps": pages.steps(found, request.reader),
        "chapters": pages.chapter_list(found, _chapters(found)),
        "notes": pages.notes(found, found_notes, request.reader),
        "about": [
            {"term": _("Data as of"), "text": pages.formats.day(found.snapshot.as_of)},
            {"term": _("Places as of"), "text": pages.formats.day(found.snapshot.places_as_of)},
            {
                "term": _("Seal"),
                "text": found.seal,
                "note": "" if found.seal else _("not published, so not sealed"),
            },
        ],
        **pages.files(found, queries.files_of(found)),
        **_forms(request, found, state, found_notes),
    }
    if found.seal:
        errata = queries.errata(found)
        context |= {"errata": errata, **pages.erratum_rows(errata, request.reader)}
        if _may(request, Permission.SEE_SENSITIVE_STATISTICS):
            context |= pages.correction_rows(errata)
        if _may(request, Permission.PREPARE_EDITION) or _may(request, Permission.PUBLISH_EDITION):
            context["count_url"] = pages.url("count_errata", found)
    return render(request, "publications/edition.html", context)


def _forms(request: HttpRequest, found: Edition, state: EditionState, notes) -> dict:
    """The steps that are open from here to this reader."""
    forms: dict = {}
    if state in (EditionState.DRAFT, EditionState.CHECKED) and _may(request, Permission.INITIAL_EDITION):
        forms |= {"initial_form": InitialForm(), "initial_url": pages.url("initial", found)}
    if state == EditionState.INITIALLED and _may(request, Permission.PUBLISH_EDITION):
        choices = pages.note_choices(found, notes)
        forms |= {"publish_form": PublishForm(notes=choices), "publish_url": pages.url("publish", found)}
    working = state in WORKING and _may(request, Permission.PREPARE_EDITION)
    published = state == EditionState.PUBLISHED and _may(request, Permission.PUBLISH_EDITION)
    if working or published:
        forms |= {"withdraw_form": WithdrawForm(), "withdraw_url": pages.url("withdraw", found)}
    return forms


def _chapters(found: Edition) -> tuple[Chapter, ...]:
    try:
        return chapters(queries.folder_of_edition(found))
    except (OSError, ValueError, KeyError):
        return ()


@open_to_all
@require_safe
def chapter(
    request: HttpRequest, year: int, kind: str, audience: str, number: int, part: int
) -> HttpResponse:
    """A chapter of the book online; its figures lead to their table, or to where they are explained."""
    found = _edition(request, year, kind, audience, number)
    parts = _chapters(found)
    if not 1 <= part <= len(parts):
        raise Http404
    here = parts[part - 1]
    linked = _figure_links(request, found, parts)
    article = html.body(here.document, figure_url=linked)
    return render(
        request,
        "publications/chapter.html",
        {
            "crumbs": _crumbs(
                {"label": pages.title(found), "url": pages.url("edition", found)}, {"label": here.title}
            ),
            "edition": found,
            "title": pages.title(found),
            "chapter": here,
            "notice": here.document.notice,
            "article": mark_safe(article),  # the writer escapes every text
            "chapters": pages.chapter_list(found, parts),
            "before": pages.url("chapter", found, part - 1) if part > 1 else "",
            "after": pages.url("chapter", found, part + 1) if part < len(parts) else "",
        },
    )


def _figure_links(
    request: HttpRequest, found: Edition, parts: tuple[Chapter, ...]
) -> Callable[[str], str | None]:
    tables = queries.figure_tables() if _may(request, Permission.SEE_STATISTICS) else {}
    explained = {figure: part for part in parts for figure in part.figures}

    def link(figure_id: str) -> str | None:
        table = tables.get(figure_id.partition("/")[0])
        if table:
            return reverse("statistics:table", args=[found.year, table])
        part = explained.get(figure_id)
        return f"{pages.url('chapter', found, part.number)}#angka-{figure_id}" if part else None

    return link


@open_to_all
@cache_control(max_age=86400, public=True)
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The style sheet of the book inside a page."""
    return HttpResponse(html.style(), content_type="text/css; charset=utf-8")


@open_to_all
@allow_writes_on_get
@require_safe
def file(request: HttpRequest, year: int, kind: str, audience: str, number: int, name: str) -> FileResponse:
    """A file of an edition, as it was written. Who takes one of an internal edition stands in the trail."""
    found = _edition(request, year, kind, audience, number)
    stored = next((each for each in queries.files_of(found) if each.name == name), None)
    ending = f".{name.rpartition('.')[2]}"
    path = queries.folder_of_edition(found) / name
    if stored is None or ending not in pages.TYPES or not path.is_file():
        raise Http404
    if found.audience == Audience.INTERNAL:
        actions.record_download(found, name, by=request.reader)
    plain = name.rpartition("/")[2]
    stem, _dot, suffix = plain.rpartition(".")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{stem}-{found.audience}-{found.number}.{suffix}",
        content_type=pages.TYPES[ending],
    )


def _step(request: HttpRequest, found: Edition, take: Callable[[], object], done: str) -> HttpResponse:
    """Take a step; what stands in its way is said on the edition's page."""
    try:
        take()
    except (PublicationError, SnapshotError, ReasonedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(pages.url("edition", found))


@requires(Permission.INITIAL_EDITION)
@require_POST
def initial(request: HttpRequest, year: int, kind: str, audience: str, number: int) -> HttpResponse:
    """Put one's initial under a draft."""
    found = _edition(request, year, kind, audience, number)
    form = InitialForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    return _step(
        request,
        found,
        lambda: actions.initial_edition(found, by=request.user, note=note),
        _("Your initial stands under this edition."),
    )


@requires(Permission.PUBLISH_EDITION)
@require_POST
def publish(request: HttpRequest, year: int, kind: str, audience: str, number: int) -> HttpResponse:
    """Publish and seal."""
    found = _edition(request, year, kind, audience, number)
    choices = pages.note_choices(found, queries.notes_of(found))
    form = PublishForm(request.POST, request.FILES, notes=choices)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {' '.join(errors)}")
        return redirect(pages.url("edition", found))
    said = form.cleaned_data
    paper = (said["paper"].name, said["paper"].read()) if said["paper"] else None
    return _step(
        request,
        found,
        lambda: actions.publish_edition(
            found,
            by=request.user,
            note=said["note"],
            paper=paper,
            printed_notes=[int(each) for each in said.get("printed", ())],
        ),
        _("The edition is published and sealed."),
    )


@requires(Permission.PREPARE_EDITION, Permission.PUBLISH_EDITION)
@require_POST
def withdraw(request: HttpRequest, year: int, kind: str, audience: str, number: int) -> HttpResponse:
    """Take an edition out of use; a published one only by who may publish."""
    found = _edition(request, year, kind, audience, number)
    if queries.state_of(found) == EditionState.PUBLISHED and not _may(request, Permission.PUBLISH_EDITION):
        raise Http404
    form = WithdrawForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    return _step(
        request,
        found,
        lambda: actions.withdraw_edition(found, by=request.user, note=note),
        _("The edition is withdrawn. Its files and its seal stay."),
    )


@requires(Permission.PREPARE_EDITION, Permission.PUBLISH_EDITION)
@require_POST
def count_errata(request: HttpRequest, year: int, kind: str, audience: str, number: int) -> HttpResponse:
    """Count the present records, so that the errata are up to date."""
    found = _edition(request, year, kind, audience, number)
    return _step(
        request,
        found,
        lambda: actions.count_errata(found, by=request.user),
        _("The present records are counted; the errata below are up to date."),
    )
