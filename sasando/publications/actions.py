"""Writes: an edition prepared, initialled, published and sealed, withdrawn; a book straight into a folder."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.accounts.models import User
from sasando.accounts.reader import AccountReader
from sasando.accounts.roles import ROLES
from sasando.base.checks import Finding
from sasando.base.reader import Actor
from sasando.files.actions import store
from sasando.office.queries import office
from sasando.publications.assemble import Note
from sasando.publications.build import (
    FORMATS,
    FROZEN,
    MANIFEST,
    Bundle,
    Signing,
    check_formats,
    digest_of_file,
    freeze,
    move_into,
    part_beside,
    sign,
    write_bytes,
    write_files,
)
from sasando.publications.errors import (
    DraftChangedError,
    InitialledBeforeError,
    MayNotInitialError,
    NoOfficeError,
    PreparedYourselfError,
    ReasonMissingError,
    UnknownKindError,
    WrongStepError,
    WrongYearError,
)
from sasando.publications.machine import canonical
from sasando.publications.material import KINDS
from sasando.publications.models import (
    Audience,
    Edition,
    EditionFile,
    EditionNote,
    EditionState,
    EditionStatus,
)
from sasando.publications.queries import (
    bundle_of,
    draft_bundle,
    editions_folder,
    folder_of_edition,
    published_edition,
    state_of,
)
from sasando.publications.states import INITIALS, may_follow
from sasando.statistics.actions import seal_snapshot
from sasando.statistics.models import Snapshot
from sasando.trail.actions import recorded

FIRST_YEAR = 1945
ATTEMPTS = 5
"""How often a number is taken anew before an edition gives up."""

DRAFT, PUBLISHED = "draft", "published"


def check_year(year: int) -> int:
    """The year, where there can be a book of it. Raises WrongYearError."""
    last = timezone.localdate().year
    if not FIRST_YEAR <= year <= last:
        raise WrongYearError(year, FIRST_YEAR, last)
    return year


def check_kind(kind: str) -> str:
    """The kind of book, where there is a text for it. Raises UnknownKindError."""
    if kind not in KINDS:
        raise UnknownKindError(kind, KINDS)
    return kind


# a book straight into a folder


def build_book(
    year: int,
    *,
    audience: str = Audience.PUBLIC,
    formats: Iterable[str] = FORMATS,
    to: Path | str,
    by: Actor,
    kind: str = "profile",
    draft: bool = False,
) -> list[Path]:
    """Write one edition into a folder and return its files: the published edition, else (or with `draft`) a draft.

    A draft is made from a fresh snapshot of the records. Nothing is left half: the files are made beside and moved in.
    Raises PublicationError (wrong year, text, disk) or SnapshotError.
    """
    check_year(year)
    check_kind(kind)
    chosen = check_formats(formats)
    if office() is None:
        raise NoOfficeError
    folder = Path(to)
    edition = None if draft else published_edition(year, kind, audience)
    if edition:
        return _copy_edition(edition, folder, chosen, by)
    snapshot = seal_snapshot(year, by=by)
    bundle, _findings, _sensitive = draft_bundle(snapshot, kind=kind, audience=audience)
    signed, _seal, _digest = sign(bundle, None)
    with part_beside(_inside(folder)) as part:
        paths = [path.relative_to(part) for path in write_files(signed, part, chosen)]
        move_into(part, folder)
    return [folder / path for path in paths]


def _inside(folder: Path) -> Path:
    """Where to build for a folder: beside it, or inside it where it is there already (the same disk, then)."""
    return folder / "part" if folder.is_dir() else folder


BELONGS = {
    "html": ("profil-{year}.html",),
    "pdf": ("profil-{year}.pdf",),
    "docx": ("profil-{year}.docx",),
    "xlsx": ("tables.xlsx",),
    "json": ("figures.json",),
    "datapackage": ("datapackage.json", "data/"),
    "summary": ("ringkasan-{year}.pdf", "ringkasan-{year}.png"),
}
"""The files of each format; a name that ends in `/` is a folder."""


def _copy_edition(edition: Edition, folder: Path, formats: Iterable[str], by: Actor) -> list[Path]:
    names = [name.format(year=edition.year) for each in formats for name in BELONGS[each]]
    source = folder_of_edition(edition)
    files = [
        file.name
        for file in edition.files.order_by("id")
        if any(file.name == name or (name.endswith("/") and file.name.startswith(name)) for name in names)
    ]
    with part_beside(_inside(folder)) as part:
        for name in files:
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, part / name)
        move_into(part, folder)
    if edition.audience == Audience.INTERNAL:
        with recorded("publications.copy_edition", by=by, subject=edition, to=str(folder)):
            pass
    return [folder / name for name in files]


# editions


def prepare_edition(
    year: int,
    *,
    audience: str,
    by: Actor,
    kind: str = "profile",
    snapshot: Snapshot | None = None,
    at: datetime | None = None,
) -> Edition:
    """Make a draft edition in all formats, over a fresh snapshot unless one is given. `at` for what happened earlier.

    Raises PublicationError or SnapshotError; then nothing has changed and no file is left.
    """
    check_year(year)
    check_kind(kind)
    if office() is None:
        raise NoOfficeError
    snapshot = snapshot or seal_snapshot(year, by=by)
    bundle, findings, sensitive = draft_bundle(snapshot, kind=kind, audience=Audience(audience))
    signed, _seal, digest = sign(bundle, None)
    with part_beside(editions_folder() / "edition") as part:
        made = _Made(
            year=year,
            kind=kind,
            audience=audience,
            snapshot=snapshot,
            text_digest=digest,
            files=_write_edition(part / DRAFT, bundle, signed),
            findings=findings,
            sensitive=sensitive,
            at=at or timezone.now(),
        )
        for _attempt in range(ATTEMPTS - 1):
            # On PostgreSQL another edition may take the number in the same moment: then the next one is tried.
            with suppress(IntegrityError):
                return _register(part, made, by)
        return _register(part, made, by)


@dataclass(frozen=True)
class _Made:
    """A draft whose files are written, before it has a number."""

    year: int
    kind: str
    audience: str
    snapshot: Snapshot
    text_digest: str
    files: list[tuple[str, str, int]]
    findings: list[Finding]
    sensitive: set[str]
    at: datetime


def _write_edition(folder: Path, frozen: Bundle, signed: Bundle) -> list[tuple[str, str, int]]:
    """All files of an edition in a folder, and what it is proved by; each as (name, digest, size)."""
    folder.mkdir(parents=True)
    paths = write_files(signed, folder, FORMATS)
    for name, content in ((FROZEN, freeze(frozen)), (MANIFEST, canonical({"facts": signed.facts}))):
        write_bytes(folder / name, content)
        paths.append(folder / name)
    return [(path.relative_to(folder).as_posix(), *digest_of_file(path)) for path in paths]


def _register(part: Path, made: _Made, by: Actor) -> Edition:
    with recorded("publications.prepare_edition", by=by) as note:
        named = {"year": made.year, "kind": made.kind, "audience": made.audience}
        number = (Edition.objects.filter(**named).aggregate(last=Max("number"))["last"] or 0) + 1
        name = f"{made.year}-{made.kind}-{made.audience}-{number}"
        edition = Edition.objects.create(
            **named,
            snapshot=made.snapshot,
            number=number,
            folder=f"{name}/{DRAFT}",
            text_digest=made.text_digest,
            prepared_at=made.at,
            prepared_by_id=by.actor_id,
            prepared_by_name=by.actor_name,
        )
        _set_state(edition, EditionState.DRAFT, by=by, at=made.at)
        _store_files(edition, made.files)
        EditionNote.objects.bulk_create(
            EditionNote(
                edition=edition,
                number=index,
                severity=str(finding.severity),
                table_id=finding.table or "",
                text=finding.message.id,
                text_en=finding.message.en,
                is_sensitive=finding.table in made.sensitive,
                is_printed=made.audience == Audience.INTERNAL,
            )
            for index, finding in enumerate(made.findings, 1)
        )
        note.about(edition)
        note.says(**named, number=number, text=made.text_digest, snapshot=made.snapshot.digest)
        target = editions_folder() / name
        # The row is ours alone, so a folder of this name is what a build killed before its commit has left.
        shutil.rmtree(target, ignore_errors=True)
        os.replace(part, target)
        os.chmod(target, 0o755)
    return edition


def _store_files(edition: Edition, files: list[tuple[str, str, int]]) -> None:
    edition.files.all().delete()
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, name=name, digest=digest, size=size) for name, digest, size in files
    )


def _set_state(
    edition: Edition,
    state: EditionState,
    *,
    by: Actor,
    at: datetime | None = None,
    note: str = "",
    paper: str = "",
) -> EditionStatus:
    return EditionStatus.objects.create(
        edition=edition,
        state=state,
        note=note,
        paper=paper,
        set_at=at or timezone.now(),
        set_by_id=by.actor_id,
        set_by_name=by.actor_name,
    )


def _locked(edition: Edition) -> Edition:
    """The edition, held until the transaction ends: two people signing at once follow one another."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def _require(edition: Edition, step: EditionState) -> EditionState:
    state = state_of(edition)
    if not may_follow(state, step):
        raise WrongStepError(step.label, state.label)
    return state


def initial_edition(
    edition: Edition, *, by: Actor, note: str = "", role: str | None = None, at: datetime | None = None
) -> EditionStatus:
    """Put one's initial under an edition: first the head of a division, then the secretary, each another person.

    A user's roles of today say whose initial it is; for somebody without an account `role` says it. Raises
    WrongStepError, MayNotInitialError, InitialledBeforeError.
    """
    with recorded("publications.initial_edition", by=by, subject=edition) as entry:
        edition = _locked(edition)
        state = state_of(edition)
        if state not in INITIALS:
            raise WrongStepError(_("initial"), state.label)
        awaited = INITIALS[state]
        held = {holding.role for holding in AccountReader(by).holdings} if isinstance(by, User) else {role}
        if awaited not in held:
            raise MayNotInitialError(str(ROLES[awaited].label))
        if any(s.set_by_id == by.actor_id and s.set_by_name == by.actor_name for s in _initials(edition)):
            raise InitialledBeforeError(by.actor_name)
        step = EditionState.CHECKED if state == EditionState.DRAFT else EditionState.INITIALLED
        entry.says(state=step)
        return _set_state(edition, step, by=by, at=at, note=note)


def _initials(edition: Edition) -> list[EditionStatus]:
    return [s for s in edition.statuses.all() if s.state in (EditionState.CHECKED, EditionState.INITIALLED)]


def publish_edition(
    edition: Edition,
    *,
    by: Actor,
    note: str = "",
    paper: tuple[str, bytes] | None = None,
    printed_notes: Iterable[int] = (),
    at: datetime | None = None,
) -> Edition:
    """Publish and seal an edition: what was initialled, dated and sealed, in all formats.

    `paper` is the scan (name, content) where the head approved on paper; `printed_notes` are the numbers of the notes
    that go into the public edition (notes on sensitive tables never do). Raises PreparedYourselfError, WrongStepError,
    DraftChangedError, PublicationError; then nothing has changed.
    """
    moment = at or timezone.now()
    _may_publish(edition, by)
    scan = store(paper[1], paper[0], by=by).digest if paper else ""
    bundle, signing, wanted = _signing(edition, moment, set(printed_notes))
    signed, seal, digest = sign(bundle, signing)
    home = editions_folder() / Path(edition.folder).parent
    with part_beside(home / PUBLISHED) as part:
        files = _write_edition(part / PUBLISHED, signed, signed)
        with recorded("publications.publish_edition", by=by, subject=edition) as entry:
            edition = _locked(edition)
            _may_publish(edition, by)
            old = folder_of_edition(edition)
            edition.seal, edition.text_digest = seal or "", digest
            edition.folder = f"{home.name}/{PUBLISHED}"
            edition.save()
            _store_files(edition, files)
            edition.notes.filter(number__in=wanted).update(is_printed=True)
            _set_state(edition, EditionState.PUBLISHED, by=by, at=moment, note=note, paper=scan)
            entry.says(seal=seal, paper=scan, notes=sorted(wanted))
            shutil.rmtree(
                home / PUBLISHED, ignore_errors=True
            )  # left by a publishing killed before its commit
            os.replace(part / PUBLISHED, home / PUBLISHED)
            transaction.on_commit(lambda: shutil.rmtree(old, ignore_errors=True))
    return edition


def _may_publish(edition: Edition, by: Actor) -> None:
    if (edition.prepared_by_id, edition.prepared_by_name) == (by.actor_id, by.actor_name):
        raise PreparedYourselfError(by.actor_name)
    _require(edition, EditionState.PUBLISHED)


def _signing(edition: Edition, moment: datetime, numbers: set[int]) -> tuple[Bundle, Signing, set[int]]:
    """(the bundle as prepared, what publishing adds, the numbers of the notes newly printed)."""
    try:
        bundle = bundle_of(edition)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DraftChangedError from error
    if sign(bundle, None)[2] != edition.text_digest:
        raise DraftChangedError
    here = office()
    if here is None:
        raise NoOfficeError
    notes = [
        note
        for note in edition.notes.order_by("number")
        if edition.audience == Audience.PUBLIC and note.number in numbers and not note.is_sensitive
    ]
    day = moment.astimezone(ZoneInfo(here.time_zone)).date()
    signing = Signing(moment, day, tuple(Note(note.table_id, note.text) for note in notes))
    return bundle, signing, {note.number for note in notes}


def withdraw_edition(edition: Edition, *, by: Actor, note: str, at: datetime | None = None) -> EditionStatus:
    """Take an edition out of use, saying why; files and seal stay. Raises ReasonMissingError, WrongStepError."""
    if not note.strip():
        raise ReasonMissingError
    with recorded("publications.withdraw_edition", by=by, subject=edition, reason=note.strip()):
        edition = _locked(edition)
        _require(edition, EditionState.WITHDRAWN)
        return _set_state(edition, EditionState.WITHDRAWN, by=by, at=at, note=note.strip())


def record_download(edition: Edition, name: str, *, by: Actor) -> None:
    """Say in the trail who took a file of an internal edition along."""
    with recorded("publications.download", by=by, subject=edition, file=name):
        pass


def count_errata(edition: Edition, *, by: Actor) -> Snapshot:
    """Seal the present records of an edition's year, so that its page shows which cells have changed."""
    sealed = edition.snapshot
    return seal_snapshot(edition.year, as_of=sealed.as_of, places_as_of=sealed.places_as_of, by=by)
