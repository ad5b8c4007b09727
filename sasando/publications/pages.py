"""Editions ready to print on a page, no more of them than the reader may see."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.base.templatetags import formats
from sasando.publications import queries
from sasando.publications.chapters import Chapter
from sasando.publications.models import Audience, Edition, EditionFile, EditionNote, EditionState
from sasando.publications.queries import Errata, Erratum
from sasando.statistics.results import Role

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".png": "image/png",
}
"""The type each file of an edition is sent as; there are no others."""


def address(edition: Edition) -> list:
    """The arguments of the edition's pages."""
    return [edition.year, edition.kind, edition.audience, edition.number]


def url(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"publications:{name}", args=[*address(edition), *more])


def title(edition: Edition) -> str:
    """What an edition is called: `Buku Profil 2020, edisi publik, nomor 1`."""
    return _("Profile book %(year)s, %(audience)s, number %(number)s") % {
        "year": edition.year,
        "audience": edition.get_audience_display().lower(),
        "number": edition.number,
    }


def edition_list(editions: list[Edition], reader: Reader | None) -> dict:
    """The editions; who prepared them is told to those who make the book, not to outsiders."""
    inside = reader is not None and reader.may(Permission.SEE_SENSITIVE_STATISTICS)
    rows = []
    for edition in editions:
        state = queries.state_of(edition)
        rows.append(
            [
                {"text": str(edition.year), "url": url("edition", edition)},
                edition.get_audience_display(),
                str(edition.number),
                state.label,
                _moment(queries.statuses_of(edition)[-1].set_at),
                *([edition.prepared_by_name] if inside else []),
            ]
        )
    columns = [
        {"label": _("Year"), "kind": "text", "heading": True},
        {"label": _("Edition"), "kind": "text"},
        {"label": _("Number"), "kind": "text", "align": "end"},
        {"label": _("State"), "kind": "text"},
        {"label": _("Since"), "kind": "day"},
        *([{"label": _("Prepared by"), "kind": "text"}] if inside else []),
    ]
    return {"columns": columns, "rows": rows}


def _moment(moment) -> object:
    return timezone.localtime(moment).date()


def steps(edition: Edition, reader: Reader | None) -> list[dict]:
    """Who did what and when. Outside the office only what was published is told, not who prepared it."""
    inside = reader is not None and reader.may(Permission.SEE_SENSITIVE_STATISTICS)
    shown = queries.statuses_of(edition)
    if not inside:
        shown = [status for status in shown if status.state == EditionState.PUBLISHED]
    return [
        {
            "term": EditionState(status.state).label,
            "text": f"{formats.day(_moment(status.set_at))}, {status.set_by_name}",
            "note": " ".join(
                filter(None, [status.note, _("Approved on paper; the scan is kept.") if status.paper else ""])
            ),
        }
        for status in shown
    ]


def files(edition: Edition, found: Sequence[EditionFile]) -> dict:
    """The downloads of an edition: its main files as buttons, all of them with size and hash in a table."""
    main = [file for file in found if "/" not in file.name]
    columns = [
        {"label": _("File"), "kind": "text", "heading": True},
        {"label": _("Size"), "kind": "text", "align": "end"},
        {"label": "SHA-256", "kind": "text"},
    ]
    rows = [[{"text": f.name, "url": url("file", edition, f.name)}, size(f.size), f.digest] for f in found]
    buttons = [
        {
            "label": file.name,
            "url": url("file", edition, file.name),
            "format": file.name.rpartition(".")[2].upper(),
            "size": size(file.size),
        }
        for file in main
    ]
    return {"downloads": buttons, "file_columns": columns, "file_rows": rows}


def size(number: int) -> str:
    """`34 kB`, `1,2 MB`."""
    if number < 1_000_000:
        return f"{max(round(number / 1000), 1)} kB"
    return f"{number / 1_000_000:.1f} MB".replace(".", "," if formats.language().startswith("id") else ".")


def chapter_list(edition: Edition, found: Sequence[Chapter]) -> list[dict]:
    return [{"label": each.title, "url": url("chapter", edition, each.number)} for each in found]


def erratum_rows(errata: Errata, reader: Reader | None) -> dict:
    """The table of changed cells; why they changed is for the office's own readers."""
    inside = reader is not None and reader.may(Permission.SEE_SENSITIVE_STATISTICS)
    columns = [
        {"label": _("Table"), "kind": "text"},
        {"label": _("Row"), "kind": "text", "heading": True},
        {"label": _("Column"), "kind": "text"},
        {"label": _("As published"), "kind": "text", "align": "end"},
        {"label": _("Corrected"), "kind": "text", "align": "end"},
    ]
    rows = [
        [each.title, each.row, each.column, _cell(each, each.old), _cell(each, each.new)]
        + (["; ".join(each.reasons)] if inside else [])
        for each in errata.cells
    ]
    if inside:
        columns.append({"label": _("Why"), "kind": "text"})
    return {"erratum_columns": columns, "erratum_rows": rows}


def _cell(erratum: Erratum, value: object) -> str:
    if value is None or not isinstance(value, int | float):
        return formats.number(None)
    if erratum.role == Role.AMOUNT:
        return formats.rupiah(int(value))
    exact = queries.exact(value)
    return formats.percent(exact) if erratum.role == Role.PERCENT else formats.number(exact)


def correction_rows(errata: Errata) -> dict:
    """The corrections of records behind the errata."""
    columns = [
        {"label": _("Programme"), "kind": "text", "heading": True},
        {"label": _("District"), "kind": "text"},
        {"label": _("What"), "kind": "text"},
        {"label": _("Before"), "kind": "text", "align": "end"},
        {"label": _("After"), "kind": "text", "align": "end"},
        {"label": _("Why"), "kind": "text"},
    ]
    rows = [[c.programme, c.district, c.field, c.old, c.new, c.reason] for c in errata.corrections]
    return {"correction_columns": columns, "correction_rows": rows}


def notes(edition: Edition, found: Sequence[EditionNote], reader: Reader | None) -> list[str]:
    """The notes on inconsistent data: all for the office's readers, the printed ones for everybody."""
    inside = reader is not None and reader.may(Permission.SEE_SENSITIVE_STATISTICS)
    english = formats.language().startswith("en")
    return [
        (note.text_en if english and note.text_en else note.text)
        for note in found
        if inside or note.is_printed
    ]


def note_choices(edition: Edition, found: Sequence[EditionNote]) -> list[tuple[str, str]]:
    """The notes the head may let into a public edition; those on sensitive tables are not among them."""
    if edition.audience != Audience.PUBLIC:
        return []
    return [(str(note.number), note.text) for note in found if not note.is_sensitive]
