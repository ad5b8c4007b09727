"""Writes an edition's files: all of them beside the place they are for, then moved there in one step.

What goes in is a `Bundle`: the document, the figures, the summary and the facts' hashes, as plain values. It can be
frozen (`edition.json`) and thawed again, so that what was initialled is what is published.
"""

import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sasando.publications import summary as one_page
from sasando.publications.assemble import Note, dated, with_seal
from sasando.publications.document import Document
from sasando.publications.errors import CannotWriteError, NoSpaceError, PictureError, UnknownFormatError
from sasando.publications.freezing import frozen, thawed
from sasando.publications.machine import canonical, package_of, seal_of
from sasando.publications.summary import Summary
from sasando.publications.writers import WriterError, docx, html, pdf, xlsx

FORMATS = ("html", "pdf", "docx", "xlsx", "json", "datapackage", "summary")
FROZEN = "edition.json"
MANIFEST = "manifest.json"
PART = ".building-"
STALE = 24 * 3600
"""Seconds after which a folder that a killed build left beside is removed by the next build."""


@dataclass(frozen=True)
class Bundle:
    """Everything an edition's files are written from."""

    document: Document
    """With its marks: see `assemble`."""
    figures: Mapping[str, Any]
    titles: Mapping[str, Mapping[str, str]]
    """Titles of the columns, by table and key."""
    summary: Summary
    facts: Mapping[str, str]
    """The hash of each fact of the snapshot."""
    sealed_on: date | None = None
    """The day of publication in the office's own time; None in a draft."""


@dataclass(frozen=True)
class Signing:
    """What publishing adds: the moment, the day in the office's own time, the notes the head approved."""

    moment: datetime
    day: date
    notes: tuple[Note, ...] = ()


def freeze(bundle: Bundle) -> bytes:
    """The bundle as canonical JSON."""
    return canonical(
        {
            "document": json.loads(frozen(bundle.document)),
            "figures": bundle.figures,
            "titles": bundle.titles,
            "summary": asdict(bundle.summary),
            "facts": bundle.facts,
            "sealed_on": bundle.sealed_on.isoformat() if bundle.sealed_on else None,
        }
    )


def thaw(data: bytes) -> Bundle:
    """The bundle that `freeze` wrote. Raises UnreadableDocumentError, ValueError or KeyError where it is damaged."""
    said = json.loads(data)
    page = said["summary"]
    return Bundle(
        document=thawed(canonical(said["document"])),
        figures=said["figures"],
        titles=said["titles"],
        summary=Summary(**{**page, "cards": _tuples(page["cards"]), "strips": _tuples(page["strips"])}),
        facts=said["facts"],
        sealed_on=date.fromisoformat(said["sealed_on"]) if said["sealed_on"] else None,
    )


def _tuples(rows: Iterable[Sequence[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in rows)


def text_digest(document: Document) -> str:
    """SHA-256 over the frozen document, its seal still a mark: the text that is sealed."""
    return hashlib.sha256(frozen(document)).hexdigest()


def sign(bundle: Bundle, signing: Signing | None) -> tuple[Bundle, str | None, str]:
    """(bundle as it is sealed, seal, text's digest). Without `signing` a draft: no seal, dots for the date."""
    year_end = date.fromisoformat(bundle.figures["as_of"])
    moment = signing.moment if signing else datetime(year_end.year, year_end.month, year_end.day, tzinfo=UTC)
    document = dated(
        bundle.document,
        moment=moment,
        signed_on=signing.day if signing else None,
        notes=signing.notes if signing else (),
    )
    digest = text_digest(document)
    seal = seal_of(bundle.figures, bundle.facts, digest) if signing else None
    figures = {**bundle.figures, "sealed": seal}
    day = signing.day if signing else None
    return replace(bundle, document=document, figures=figures, sealed_on=day), seal, digest


def write_files(bundle: Bundle, folder: Path, formats: Iterable[str]) -> list[Path]:
    """Write a signed bundle's files into an empty folder, and return them in the order of the formats.

    Raises WriterError for a picture no format can hold, OSError when the disk refuses.
    """
    chosen = check_formats(formats)
    seal = bundle.figures["sealed"]
    document = with_seal(bundle.document, seal, bundle.sealed_on)
    year = bundle.figures["year"]
    makers: dict[str, Callable[[], dict[str, bytes]]] = {
        "pdf": lambda: {f"profil-{year}.pdf": pdf.write(document)},
        "summary": lambda: _summary(bundle, year, document.timestamp, is_draft=seal is None),
        "html": lambda: {f"profil-{year}.html": html.write(document).encode()},
        "docx": lambda: {f"profil-{year}.docx": docx.write(document)},
        "xlsx": lambda: {"tables.xlsx": xlsx.write(document)},
        "json": lambda: {"figures.json": canonical(bundle.figures) + b"\n"},
        "datapackage": lambda: _package(bundle, document),
    }
    # The typesetter works outside Python's lock: the PDF is set while the other formats are written.
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = {name: pool.submit(makers[name]) for name in makers if name in chosen}
    written = []
    for name in chosen:
        for path, content in jobs[name].result().items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, content)
            written.append(target)
    return written


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk when this returns."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def check_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """The formats in the book's order. Raises UnknownFormatError."""
    wanted = list(formats)
    for name in wanted:
        if name not in FORMATS:
            raise UnknownFormatError(name, FORMATS)
    return tuple(name for name in FORMATS if name in wanted)


def _summary(bundle: Bundle, year: int, moment: datetime, *, is_draft: bool) -> dict[str, bytes]:
    page, picture = one_page.write(bundle.summary, moment=moment, is_draft=is_draft)
    return {f"ringkasan-{year}.pdf": page, f"ringkasan-{year}.png": picture}


def _package(bundle: Bundle, document: Document) -> dict[str, bytes]:
    publisher = f"{document.office} {document.regency}"
    descriptor, files = package_of(
        bundle.figures,
        bundle.titles,
        title=f"{document.title} {publisher} {document.year}",
        publisher=publisher,
        created=document.timestamp.astimezone(UTC),
        notices=tuple(filter(None, (document.edition_label + ".", document.notice))),
    )
    said = json.dumps(descriptor, ensure_ascii=False, indent=2, sort_keys=True)
    return {"datapackage.json": said.encode() + b"\n", **files}


@contextmanager
def part_beside(target: Path) -> Iterator[Path]:
    """An empty folder on the disk of `target`, gone afterwards unless it was moved; disk errors in words.

    Raises NoSpaceError, CannotWriteError, PictureError.
    """
    root = target.parent
    try:
        root.mkdir(parents=True, exist_ok=True)
        _sweep(root)
        part = Path(mkdtemp(prefix=PART, dir=root))
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except WriterError as error:
        raise PictureError(str(error)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise NoSpaceError(root) from error
        raise CannotWriteError(root, error.strerror or str(error)) from error


def _sweep(root: Path) -> None:
    """Remove what builds killed long ago left beside."""
    for part in root.glob(f"{PART}*"):
        try:
            if time.time() - part.stat().st_mtime > STALE:
                shutil.rmtree(part, ignore_errors=True)
        except OSError:
            continue


def move_into(part: Path, folder: Path) -> None:
    """Put a finished folder in its place: in one step where the place is free or empty, else file by file, each whole.

    Files of other names that lie there stay; `figures.json` comes last, so that it never speaks of files still to come.
    """
    os.chmod(part, 0o755)  # a temporary folder is its maker's alone
    try:
        os.replace(part, folder)
        return
    except OSError as error:
        # Windows refuses even an empty folder; elsewhere only one that holds something.
        if not folder.is_dir():
            raise error
    files = sorted(path for path in part.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.name == "figures.json"):
        target = folder / path.relative_to(part)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)


def digest_of_file(path: Path) -> tuple[str, int]:
    """(SHA-256, size) of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
