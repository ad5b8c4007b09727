"""The printed book as tagged PDF (PDF/UA-1), set by typst.

The look is `templates/book.typ`, one fixed file. The document goes beside it as JSON and pictures as files
of their own, so whatever a text holds is printed and never run. Nothing is read from the disk or the
network while setting.
"""

import json
from datetime import UTC
from typing import Any

import typst

from sasando.publications.document import (
    Block,
    Contents,
    Document,
    Heading,
    ListBlock,
    ListOfPictures,
    ListOfTables,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from sasando.publications.writers import (
    PAPERS,
    TEMPLATES,
    WriterError,
    column_widths,
    fitted,
    head_rows,
    image_kind,
    outline_levels,
    printable,
    under_table,
    words,
)

# Left, right, top, bottom in mm; type size in points.
_MARGINS = {"a4": (30, 25, 30, 27), "f4": (30, 25, 30, 28), "b5": (23, 20, 26, 24)}
_SIZES = {"a4": 11.5, "f4": 11.5, "b5": 10.5}


def write(document: Document) -> bytes:
    """The whole book. Equal documents give equal bytes.

    A character the book's font doesn't have (a Chinese sign, an emoji) is printed as its code, `[U+6F22]`. Raises
    `WriterError` where a picture can't be set.
    """
    setter = _Setter(document)
    data = json.dumps(setter.data(), ensure_ascii=False)
    files = {"main": (TEMPLATES / "book.typ").read_bytes(), **setter.files}
    moment = document.timestamp
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    timestamp = int(moment.timestamp())
    try:
        try:
            return _set(files, data, timestamp)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            return _set(files, _without_missing_letters(data), timestamp)
    except typst.TypstError as error:
        raise WriterError(f"the PDF can't be set: {error}") from error


def _set(files: dict[str, bytes], data: str, timestamp: int) -> bytes:
    return typst.compile(
        {**files, "data.json": data.encode()},
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=timestamp,
    )


def _without_missing_letters(data: str) -> str:
    """The data with each character that the font can't show written as its code. Each rare one is tried alone."""
    trial = b'#set document(title: "x")\n#set text(font: "Libertinus Serif", lang: "id")\n#json("data.json")'
    for letter in sorted(set(data)):
        if ord(letter) < 0x180:
            continue
        try:
            _set({"main": trial}, json.dumps(letter, ensure_ascii=False), 0)
        except typst.TypstError:
            data = data.replace(letter, f"[U+{ord(letter):04X}]")
    return data


class _Setter:
    """The document as plain data for the template."""

    def __init__(self, document: Document):
        self.document = document
        self.words = words(document)
        self.files: dict[str, bytes] = {}
        self.margins = _MARGINS[document.paper]
        self.width = PAPERS[document.paper][0] - self.margins[0] - self.margins[1]

    def data(self) -> dict[str, Any]:
        document = self.document
        width, height = PAPERS[document.paper]
        left, right, top, bottom = self.margins
        regency = printable(document.regency)
        return {
            "words": self.words,
            "lang": document.language.split("-")[0].lower() or "id",
            "title": printable(document.title).strip() or self.words["untitled"],
            "subtitle": printable(document.subtitle),
            "author": f"{printable(document.office)} {regency}".strip(),
            "office": printable(document.office),
            "regency": regency,
            "government": f"{self.words['government']} {regency}",
            "year": str(document.year),
            "edition": printable(document.edition_label),
            "header": printable(document.header or document.title),
            "notice": printable(document.notice),
            "emblem": self.file(document.emblem) if document.emblem else None,
            "emblem-alt": f"{self.words['emblem']} {regency}",
            "width": width,
            "height": height,
            "margin": {"left": left, "right": right, "top": top, "bottom": bottom},
            "size": _SIZES[document.paper],
            "front": self.blocks(document.front),
            "body": self.blocks(document.body),
        }

    def file(self, picture: bytes) -> str:
        path = f"picture{len(self.files) + 1}.{image_kind(picture)}"
        self.files[path] = picture
        return path

    def title(self, text: str, word: str) -> str:
        return printable(text).strip() or self.words[word]

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        return [self.block(block, level) for block, level in outline_levels(blocks)]

    def block(self, block: Block, level: int = 2) -> dict[str, Any]:
        match block:
            case Heading():
                number, text = printable(block.number), printable(block.text)
                return {"t": "heading", "level": level or 2, "number": number, "text": text}
            case Paragraph():
                runs = [{"text": printable(r.text), "bold": r.bold, "italic": r.italic} for r in block.runs]
                return {"t": "paragraph", "runs": runs}
            case ListBlock():
                items = [[self.block(part) for part in item] for item in block.items]
                return {"t": "list", "ordered": block.ordered, "start": block.start, "items": items}
            case Table():
                return self.table(block)
            case Picture():
                alt = printable(block.alt or block.caption) or self.words["picture"]
                return {
                    "t": "picture",
                    "path": self.file(block.svg),
                    "alt": alt,
                    "caption": printable(block.caption),
                    "number": printable(block.number),
                }
            case Signature():
                post = "\n".join(part for part in (block.post, block.office) if part)
                return {
                    "t": "signature",
                    "place": printable(block.place_and_date),
                    "post": printable(post),
                    "name": printable(block.name),
                    "rank": printable(block.rank),
                    "nip": printable(block.nip),
                }
            case PageBreak():
                return {"t": "pagebreak"}
            case Contents():
                return {"t": "contents", "text": self.title(block.title, "contents")}
            case ListOfTables():
                return {"t": "tables", "text": self.title(block.title, "tables")}
            case ListOfPictures():
                return {"t": "pictures", "text": self.title(block.title, "picture")}
        raise TypeError(f"not a block: {block!r}")

    def table(self, table: Table) -> dict[str, Any]:
        size, widths = column_widths(table, self.width)
        count = len(table.columns)

        def cells(row: Any) -> list[dict[str, Any]]:
            return [
                {"text": printable(cell.text), "span": span, "align": table.columns[at].align}
                for cell, at, span in fitted(row, count)
            ]

        return {
            "t": "table",
            "caption": printable(table.caption),
            "number": printable(table.number),
            "size": size,
            "widths": widths,
            "head": [
                [{"text": printable(c.text), "span": c.span, "rows": c.rows, "align": "center"} for c in row]
                for row in head_rows(table.columns)
            ],
            "rows": [cells(row) for row in table.rows],
            "totals": cells(table.totals) if table.totals else None,
            "under": [
                {"label": label, "text": printable(text)} for label, text in under_table(table, self.words)
            ],
        }
