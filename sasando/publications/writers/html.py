"""The book as one HTML page that needs nothing beside it: no script, no font, no picture from elsewhere.

`write` gives the whole page, `body` the article alone for the web application (which serves `style()` as
its own file and allows `data:` pictures). Pictures are `<img>`, so whatever an SVG holds, it can't run.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from html import escape

from sasando.publications.document import (
    Block,
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    ListBlock,
    ListOfPictures,
    ListOfTables,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    walk,
)
from sasando.publications.writers import (
    PAPERS,
    TEMPLATES,
    fitted,
    head_rows,
    image_kind,
    outline_levels,
    printable,
    under_table,
    words,
)

FigureUrl = Callable[[str], str | None]
CellUrl = Callable[[Table, int, Column], str | None]

_MEDIA = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


def style() -> str:
    """The style sheet of the article, everything in it under `.book`."""
    return (TEMPLATES / "book.css").read_text(encoding="utf-8")


def body(document: Document, *, figure_url: FigureUrl | None = None, cell_url: CellUrl | None = None) -> str:
    """The article: front matter and body without the cover, chapters as `<h2>`.

    `figure_url(figure_id)` and `cell_url(table, row, column)` give the address a figure in the text or a
    cell of a table leads to, or None. Without them a figure leads to the row of the work that explains it,
    if there is one.
    """
    return _Page(document, figure_url, cell_url).article()


def write(document: Document) -> str:
    """The whole page, with cover and style."""
    width, height = PAPERS[document.paper]
    page = _Page(document, None, None)
    css = f"@page {{ size: {width}mm {height}mm; margin: 24mm 20mm; }}\n{style()}"
    css += (TEMPLATES / "page.css").read_text(encoding="utf-8")
    title = " ".join(
        part for part in (document.title, document.office, document.regency, str(document.year)) if part
    )
    notice = f'<aside class="book-notice">{_text(document.notice)}</aside>\n' if document.notice else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{_attribute(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_attribute(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n"
        f'<a class="book-skip" href="#isi">{page.words["skip"]}</a>\n{notice}'
        f'<div class="book">\n{page.cover()}<main id="isi">\n{page.content()}</main>\n</div>\n'
        "</body>\n</html>\n"
    )


def _attribute(text: object) -> str:
    return escape(printable(text))


def _text(text: object) -> str:
    return escape(printable(text), quote=False).replace("\n", "<br>")


def _slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", printable(text).lower()).strip("-.")[:60] or "x"


class _Page:
    def __init__(self, document: Document, figure_url: FigureUrl | None, cell_url: CellUrl | None):
        self.document = document
        self.words = words(document)
        self.figure_url = figure_url
        self.cell_url = cell_url
        self.blocks = (*document.front, *document.body)
        self.anchors = self._anchors()
        self.explained = {
            cell.figure_id
            for block in walk(self.blocks)
            if isinstance(block, Table)
            for row in block.rows
            for cell in row
            if cell.figure_id
        }
        self.marked: set[str] = set()

    def _anchors(self) -> dict[int, str]:
        """The id of each heading, table, picture and list, by the block's identity."""
        found: dict[int, str] = {}
        used: set[str] = {"isi"}
        for block in walk(self.blocks):
            match block:
                case Heading():
                    wish = _slug(f"{block.number} {block.text}")
                case Table():
                    wish = f"tabel-{_slug(block.id)}"
                case Picture():
                    wish = f"gambar-{_slug(block.number or block.alt)}"
                case Contents() | ListOfTables() | ListOfPictures():
                    wish = _slug(block.title)
                case _:
                    continue
            anchor, count = wish, 1
            while anchor in used:
                count += 1
                anchor = f"{wish}-{count}"
            used.add(anchor)
            found.setdefault(id(block), anchor)
        return found

    def anchor(self, block: Block) -> str:
        return self.anchors[id(block)]

    def cover(self) -> str:
        document = self.document
        emblem = ""
        if document.emblem:
            alt = f"{self.words['emblem']} {document.regency}"
            emblem = f'<img src="{_source(document.emblem)}" alt="{_attribute(alt)}">'
        subtitle = f'<p class="book-subtitle">{_text(document.subtitle)}</p>' if document.subtitle else ""
        return (
            f'<header class="book-cover">\n<div>{emblem}\n'
            f'<p class="book-government">{self.words["government"]} {_text(document.regency)}</p>\n'
            f'<p class="book-office">{_text(document.office)}</p></div>\n'
            f'<div><div class="book-title"><h1>{_text(document.title)}</h1>{subtitle}</div>\n'
            f'<p class="book-year">{self.words["year"]} {document.year}</p></div>\n'
            f'<p class="book-edition">{_text(document.edition_label)}</p>\n</header>\n'
        )

    def article(self) -> str:
        language = _attribute(self.document.language)
        return f'<article class="book" lang="{language}">\n{self.content()}</article>\n'

    def content(self) -> str:
        blocks = (*outline_levels(self.document.front), *outline_levels(self.document.body))
        return "".join(self.block(block, level) for block, level in blocks)

    def block(self, block: Block, level: int = 2) -> str:
        match block:
            case Heading():
                return self.heading(block, level or 2)
            case Paragraph():
                return f"<p>{self.runs(block.runs)}</p>\n"
            case ListBlock():
                return self.listing(block)
            case Table():
                return self.table(block)
            case Picture():
                return self.picture(block)
            case Signature():
                return self.signature(block)
            case PageBreak():
                return '<div class="book-break"></div>\n'
            case Contents():
                return self.contents(block)
            case ListOfTables():
                captioned = [b for b in walk(self.blocks) if isinstance(b, Table) and b.caption]
                return self.index(block, self.words["table"], captioned)
            case ListOfPictures():
                captioned = [b for b in walk(self.blocks) if isinstance(b, Picture) and b.caption]
                return self.index(block, self.words["picture"], captioned)
        raise TypeError(f"not a block: {block!r}")

    def heading(self, block: Heading, level: int) -> str:
        number = f'<span class="book-number">{_text(block.number)}</span> ' if block.number else ""
        tag = f"h{level + 1}"
        return f'<{tag} id="{_attribute(self.anchor(block))}">{number}{_text(block.text)}</{tag}>\n'

    def runs(self, runs: tuple[Run, ...]) -> str:
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        text = _text(run.text)
        if run.figure_id:
            name = _attribute(run.figure_id)
            url = self.figure_url(run.figure_id) if self.figure_url else None
            if not url and run.figure_id in self.explained:
                url = f"#angka-{run.figure_id}"
            if url:
                text = f'<a class="book-figure" data-figure="{name}" href="{_attribute(url)}">{text}</a>'
            else:
                text = f'<span class="book-figure" data-figure="{name}">{text}</span>'
        elif run.reference:
            targets = [b for b in walk(self.blocks) if isinstance(b, Table) and b.id == run.reference]
            if targets:
                text = f'<a href="#{_attribute(self.anchor(targets[0]))}">{text}</a>'
        if run.italic:
            text = f"<em>{text}</em>"
        return f"<strong>{text}</strong>" if run.bold else text

    def listing(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        items = "".join(f"<li>{''.join(self.block(part) for part in item)}</li>\n" for item in block.items)
        return f"<{tag}{start}>\n{items}</{tag}>\n"

    def table(self, block: Table) -> str:
        anchor = _attribute(self.anchor(block))
        label = f' aria-labelledby="{anchor}-judul"' if block.caption else ""
        scroll = f' role="region" tabindex="0"{label}' if block.caption else ""
        caption = ""
        if block.caption:
            caption = _caption(self.words["table"], block.number, block.caption, f' id="{anchor}-judul"')
        under = "".join(
            f'<p class="book-under"><em>{_text(name)}:</em> {_text(text)}</p>\n'
            for name, text in under_table(block, self.words)
        )
        return (
            f'<figure id="{anchor}">\n{caption}<div class="book-scroll"{scroll}><table{label}>\n'
            f"{self.head(block)}{self.rows(block)}{self.totals(block)}</table></div>\n{under}</figure>\n"
        )

    def head(self, table: Table) -> str:
        rows = []
        for row in head_rows(table.columns):
            cells = []
            for cell in row:
                scope = "colgroup" if cell.span > 1 else "col"
                span = f' colspan="{cell.span}"' if cell.span > 1 else ""
                span += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
                cells.append(f'<th scope="{scope}"{span}>{_text(cell.text)}</th>')
            rows.append(f"<tr>{''.join(cells)}</tr>\n")
        return f"<thead>\n{''.join(rows)}</thead>\n"

    def rows(self, table: Table) -> str:
        if not table.rows:
            empty = f'<td class="book-empty" colspan="{len(table.columns)}">{self.words["empty"]}</td>'
            return f"<tbody>\n<tr>{empty}</tr>\n</tbody>\n"
        naming = next((i for i, column in enumerate(table.columns) if column.align == "left"), None)
        rows = []
        for number, row in enumerate(table.rows):
            cells = []
            for cell, at, span in fitted(row, len(table.columns)):
                url = self.cell_url(table, number, table.columns[at]) if self.cell_url else None
                cells.append(self.cell(cell, table.columns[at], span, at == naming and bool(cell.text), url))
            rows.append(f"<tr>{''.join(cells)}</tr>\n")
        return f"<tbody>\n{''.join(rows)}</tbody>\n"

    def totals(self, table: Table) -> str:
        if not table.totals:
            return ""
        cells = "".join(
            self.cell(cell, table.columns[at], span, at == 0 and bool(cell.text), None)
            for cell, at, span in fitted(table.totals, len(table.columns))
        )
        return f"<tfoot>\n<tr>{cells}</tr>\n</tfoot>\n"

    def cell(self, cell: Cell, column: Column, span: int, names_row: bool, url: str | None) -> str:
        names = [f"book-{column.align}"] if column.align != "left" else []
        if column.align == "right" and len(cell.text) > 24:
            names.append("book-words")
        attributes = f' class="{" ".join(names)}"' if names else ""
        if names_row:
            attributes += ' scope="row"'
        if span > 1:
            attributes += f' colspan="{span}"'
        if cell.figure_id and cell.figure_id not in self.marked:
            self.marked.add(cell.figure_id)
            attributes += f' id="angka-{_attribute(cell.figure_id)}"'
        text = _text(cell.text)
        if url:
            text = f'<a href="{_attribute(url)}">{text}</a>'
        tag = "th" if names_row else "td"
        return f"<{tag}{attributes}>{text}</{tag}>"

    def picture(self, block: Picture) -> str:
        alt = _attribute(block.alt or block.caption or self.words["picture"])
        caption = _caption(self.words["picture"], block.number, block.caption) if block.caption else ""
        image = f'<img src="{_source(block.svg)}" alt="{alt}">'
        anchor = _attribute(self.anchor(block))
        return f'<figure class="book-picture" id="{anchor}">\n{image}\n{caption}</figure>\n'

    def signature(self, block: Signature) -> str:
        lines = [block.place_and_date, block.post, block.office]
        under = [block.rank, f"{self.words['nip']} {block.nip}" if block.nip else ""]
        parts = [f"<p>{_text(line)}</p>" for line in lines if line]
        parts.append(f'<p class="book-name">{_text(block.name)}</p>')
        parts += [f"<p>{_text(line)}</p>" for line in under if line]
        return f'<div class="book-signature">\n{"".join(parts)}\n</div>\n'

    def contents(self, block: Contents) -> str:
        entries = [
            (1 if not isinstance(b, Heading) else level, b)
            for b, level in (*outline_levels(self.document.front), *outline_levels(self.document.body))
            if isinstance(b, Heading | ListOfTables | ListOfPictures) and level <= 3
        ]
        lines, depth = [], 0
        for level, entry in entries:
            if level > depth:
                lines.append("<ol>" * (level - depth) if depth else '<ol class="book-list">')
            else:
                lines.append("</li>" + "</ol></li>" * (depth - level))
            number = entry.number if isinstance(entry, Heading) else ""
            text = entry.text if isinstance(entry, Heading) else entry.title
            lines.append(f"<li>{_entry(self.anchor(entry), number, text)}")
            depth = level
        lines.append("</li></ol>" * depth)
        return self.navigation(block.title, self.anchor(block), "".join(lines), "book-contents")

    def index(
        self, block: ListOfTables | ListOfPictures, name: str, found: list[Table] | list[Picture]
    ) -> str:
        entries = "".join(
            f"<li>{_entry(self.anchor(item), f'{name} {item.number}'.strip(), item.caption)}</li>"
            for item in found
        )
        lines = f'<ol class="book-list">{entries}</ol>' if entries else f"<p>{self.words['empty']}</p>"
        return self.navigation(block.title, self.anchor(block), lines, "book-tables")

    def navigation(self, title: str, anchor: str, lines: str, name: str) -> str:
        head = f'<h2 id="{_attribute(anchor)}">{_text(title)}</h2>\n'
        return f'<nav class="{name}" aria-labelledby="{_attribute(anchor)}">\n{head}{lines}\n</nav>\n'


def _entry(anchor: str, number: str, text: str) -> str:
    label = f'<span class="book-number">{_text(number)}</span>' if number else ""
    return f'<a href="#{_attribute(anchor)}">{label}<span>{_text(text)}</span></a>'


def _caption(name: str, number: str, caption: str, attributes: str = "") -> str:
    label = f'<span class="book-number">{name} {_text(number)}</span> ' if number else ""
    return f"<figcaption{attributes}>{label}{_text(caption)}</figcaption>\n"


def _source(picture: bytes) -> str:
    return f"data:{_MEDIA[image_kind(picture)]};base64,{b64encode(picture).decode()}"
