"""The book online: an edition's document cut into chapters, each a page."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sasando.publications.assemble import with_seal
from sasando.publications.build import FROZEN, sign, thaw
from sasando.publications.document import (
    Block,
    Contents,
    Document,
    Heading,
    ListOfPictures,
    ListOfTables,
    Table,
)


@dataclass(frozen=True)
class Chapter:
    """A chapter: its place among them, its heading, and a document that holds it alone."""

    number: int
    title: str
    document: Document

    @property
    def figures(self) -> frozenset[str]:
        """The figures that are explained here."""
        tables = [block for block in self.document.body if isinstance(block, Table)]
        return frozenset(cell.figure_id for t in tables for row in t.rows for cell in row if cell.figure_id)


def chapters(folder: Path) -> tuple[Chapter, ...]:
    """The chapters of the edition in a folder. Raises OSError, ValueError or KeyError where it is damaged."""
    path = folder / FROZEN
    status = path.stat()
    return _chapters(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _chapters(path: Path, changed: int, size: int) -> tuple[Chapter, ...]:
    bundle = thaw(path.read_bytes())
    if bundle.sealed_on is None:
        bundle, _seal, _digest = sign(bundle, None)
    document = with_seal(bundle.document, bundle.figures["sealed"], bundle.sealed_on)
    found: list[tuple[str, list[Block]]] = []
    for block in (*document.front, *document.body):
        if isinstance(block, Contents | ListOfTables | ListOfPictures):
            continue
        if isinstance(block, Heading) and block.level == 1:
            found.append((f"{block.number} {block.text}".strip(), []))
        if found:
            found[-1][1].append(block)
    return tuple(
        Chapter(number, title, replace(document, front=(), body=tuple(blocks)))
        for number, (title, blocks) in enumerate(found, 1)
    )
