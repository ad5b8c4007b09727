"""The book: a year's tables and figures, what the office tells of itself, and the text, as one `Document`.

Pure: it reads no database. What is known only when an edition is published (the seal, the date of signing, which notes
the head approved) stands in the document as a mark, and `dated` and `with_seal` put it in.

The text (`book/profile.md`, or an office's own) gets these names:

    office, regency, seat, year, as_of, places_as_of, audience ("public" or "internal"), is_empty
    head, units, legal_bases, missions, agreements, programmes             see `material`
    figure("pkh.families")          the figure in print; an unknown name is an error, an unknown value is said in words
    share("pkh.families", "poverty.families")                              one figure in percent of another
    known("pkh.families", ...)      whether all of them have a value       positive(...): whether all are above zero
    has_rows("t03_pkh")             whether the table is there and holds rows
    total("t11_achievement", "scale")                                      the total of a column, in print
    table_number("t03_pkh")         "Tabel 5"
    own_texts("t03_pkh", ...)       what units wrote: unit, explanation, obstacles, efforts
    other_texts()                   what units wrote to tables and sections not asked for before this place

and these blocks: table, chart, map, organisation_chart, photo, contents, tables, pictures, signature, figures, notes,
seal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sasando.base.checks import Finding
from sasando.lib.dates import date_text, month_text
from sasando.publications import charts
from sasando.publications.document import (
    Block,
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    ListOfPictures,
    ListOfTables,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    numbered,
    tables,
)
from sasando.publications.markdown import TemplateError, figure_mark, parse, render_template, table_mark
from sasando.publications.material import Material, OwnText, book_folder
from sasando.publications.models import Audience
from sasando.publications.presenters import (
    UNKNOWN,
    cell_of,
    figure_text,
    of,
    share_text,
    table_of,
    without_unit,
)
from sasando.statistics.results import Basis, FigureValue, Role, Sensitivity, TableResult, YearView

MARK = "\ue000"
SEAL_MARK, NOTES_MARK, DATE_MARK = f"{MARK}seal", f"{MARK}notes", f"{MARK}date"

DOTS = "……………………………"
DATE_DOTS = "………………"

EDITION = {
    Audience.PUBLIC: {"id": "Edisi Publik", "en": "Public edition"},
    Audience.INTERNAL: {"id": "Edisi Internal", "en": "Internal edition"},
}
DRAFT = {"id": "NASKAH, BELUM DITERBITKAN", "en": "DRAFT, NOT PUBLISHED"}
DEMO = {
    "id": "DATA CONTOH: SEMUA ORANG DAN ANGKA REKAAN",
    "en": "SAMPLE DATA: ALL PERSONS AND NUMBERS INVENTED",
}
INSIDE = {"id": "UNTUK LINGKUNGAN DINAS", "en": "FOR THE OFFICE ONLY"}
TITLE = {"id": "Buku Profil", "en": "Profile Book"}

SEALED_TEXT = {
    "id": "Edisi ini dikunci pada {date}. Segel berikut merangkum seluruh fakta, angka, dan naskahnya; perubahan satu "
    "huruf saja menghasilkan segel yang lain. Pembetulan sesudah tanggal itu dimuat sebagai ralat.",
    "en": "This edition was sealed on {date}. The seal sums up all its facts, figures and text; a single changed "
    "letter gives another seal. Later corrections appear as errata.",
}
UNSEALED_TEXT = {
    "id": "Naskah ini belum diterbitkan, sehingga belum dikunci.",
    "en": "This draft is not published and therefore not sealed.",
}
NO_NOTES = {
    "id": "Tidak ada catatan yang dimuat.",
    "en": "No notes are given.",
}
PLACE_OF_NOTE = {"id": "Letak", "en": "Where"}
NOTE = {"id": "Catatan", "en": "Note"}
BASIS_SHORT = {
    Basis.RECORDS: {"id": "catatan", "en": "records"},
    Basis.REPORTED: {"id": "rekapitulasi", "en": "reported"},
    Basis.MANUAL: {"id": "isian", "en": "typed"},
}


@dataclass(frozen=True)
class Note:
    """A note on inconsistent data as it stands in the annex."""

    table_id: str
    text: str


def assemble(
    view: YearView,
    material: Material,
    findings: Sequence[Finding] = (),
    *,
    audience: str,
    text: tuple[str, str],
    language: str = "id",
) -> Document:
    """The numbered document, with its marks still in it.

    `text` is (name, template). Raises TemplateError naming the line. The internal edition takes all findings as notes.
    """
    return _Assembly(view, material, findings, audience, language, *text).document()


def dated(
    document: Document, *, moment: datetime, signed_on: date | None = None, notes: Sequence[Note] = ()
) -> Document:
    """The document with its day of signing (dots in a draft) and, in the public edition, the notes the head approved.

    What comes out is the text that is sealed.
    """
    language = document.language
    labels = {table.id: table.number for table in tables(document)}

    def fill(block: Block) -> tuple[Block, ...]:
        match block:
            case Signature(place_and_date=place) if DATE_MARK in place:
                when = month_text(signed_on, language) if signed_on else f"{DATE_DOTS} {document.year + 1}"
                return (replace(block, place_and_date=place.replace(DATE_MARK, when)),)
            case Paragraph(runs=(Run(text=mark),)) if mark == NOTES_MARK:
                return _notes(notes, labels, language)
        return (block,)

    return replace(_filled(document, fill), timestamp=moment)


def with_seal(document: Document, seal: str | None, sealed_on: date | None = None) -> Document:
    """The document with its seal in the annex; without one it says on every page that it is a draft."""
    language = document.language
    said: tuple[Block, ...] = (_said(of(UNSEALED_TEXT, language)),)
    if seal and sealed_on:
        words = of(SEALED_TEXT, language).format(date=date_text(sealed_on, language))
        said = (_said(words), Paragraph((Run(seal, bold=True),)))

    def fill(block: Block) -> tuple[Block, ...]:
        return said if block == _said(SEAL_MARK) else (block,)

    notice = document.notice if seal else " · ".join(filter(None, (of(DRAFT, language), document.notice)))
    return replace(_filled(document, fill), notice=notice)


def _filled(document: Document, fill: Callable[[Block], tuple[Block, ...]]) -> Document:
    return replace(
        document,
        front=tuple(part for block in document.front for part in fill(block)),
        body=tuple(part for block in document.body for part in fill(block)),
    )


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _notes(notes: Iterable[Note], labels: Mapping[str, str], language: str) -> tuple[Block, ...]:
    rows = tuple(
        (
            Cell(f"{index}.", index),
            Cell(_where(note.table_id, labels, language)),
            Cell(note.text),
        )
        for index, note in enumerate(notes, 1)
    )
    if not rows:
        return (_said(of(NO_NOTES, language)),)
    columns = (
        Column("#", "No", "center"),
        Column("where", of(PLACE_OF_NOTE, language)),
        Column("note", of(NOTE, language)),
    )
    return (Table("catatan", "", columns, rows),)


def _where(table_id: str, labels: Mapping[str, str], language: str) -> str:
    number = labels.get(table_id)
    word = {"id": "Tabel", "en": "Table"}
    return (
        f"{of(word, language)}\N{NO-BREAK SPACE}{number}"
        if number
        else OTHER_PLACES.get(table_id, table_id or "–")
    )


OTHER_PLACES = {"text": "Teks", "figures_in_text": "Teks", "names": "Nama tempat"}


class _Assembly:
    """One book being put together."""

    def __init__(
        self,
        view: YearView,
        material: Material,
        findings: Sequence[Finding],
        audience: str,
        language: str,
        name: str,
        source: str,
    ):
        self.view, self.material, self.findings = view, material, findings
        self.audience, self.language, self.name, self.source = audience, language, name, source
        self.mentioned: dict[str, None] = {}
        self.shares: dict[tuple[str, str], str] = {}
        self.told: set[str] = set()

    def document(self) -> Document:
        rendered = render_template(self.source, self.context(), name=self.name)
        blocks = parse(rendered, blocks=self.directives(), name=self.name)
        first = next(
            (i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1 and b.numbered),
            len(blocks),
        )
        material, language = self.material, self.language
        document = Document(
            title=of(TITLE, language),
            office=material.office,
            regency=material.regency,
            year=self.view.year,
            timestamp=datetime(self.view.as_of.year, self.view.as_of.month, self.view.as_of.day),
            language=language,
            edition_label=of(EDITION[Audience(self.audience)], language),
            header=f"{of(TITLE, language)} {material.office} {material.regency} {self.view.year}",
            notice=" · ".join(
                filter(
                    None,
                    (
                        of(INSIDE, language) if self.audience == Audience.INTERNAL else "",
                        of(DEMO, language) if material.is_demo else "",
                    ),
                )
            ),
            emblem=material.look.emblem,
            paper=material.look.paper,
            front=blocks[:first],
            body=blocks[first:],
        )
        self.check_mentions(document)
        return self.with_notes(numbered(document))

    def check_mentions(self, document: Document) -> None:
        """A mention of a table that the text doesn't hold is an error of the text, with its line."""
        held = {table.id for table in tables(document)}
        for table_id in self.mentioned:
            if table_id not in held:
                line = next(
                    (
                        n
                        for n, text in enumerate(self.source.split("\n"), 1)
                        if "table_number" in text and table_id in text
                    ),
                    None,
                )
                raise TemplateError(
                    self.name, line, f'the text mentions the table "{table_id}" but does not hold it'
                )

    def with_notes(self, document: Document) -> Document:
        """In the internal edition the notes are all findings; the public one keeps the mark."""
        if self.audience == Audience.PUBLIC:
            return document
        labels = {table.id: table.number for table in tables(document)}
        notes = [Note(f.table, f.message.in_language(self.language)) for f in self.findings]

        def fill(block: Block) -> tuple[Block, ...]:
            if isinstance(block, Paragraph) and block.runs and block.runs[0].text == NOTES_MARK:
                return _notes(notes, labels, self.language)
            return (block,)

        return _filled(document, fill)

    # what the text may say

    def context(self) -> dict[str, Any]:
        material = self.material
        return {
            "office": material.office,
            "regency": material.regency,
            "short_regency": material.short_regency,
            "seat": material.seat,
            "year": self.view.year,
            "as_of": date_text(self.view.as_of, self.language),
            "places_as_of": date_text(self.view.places_as_of, self.language),
            "audience": str(self.audience),
            "is_empty": self.is_empty(),
            "head": material.head,
            "units": material.units,
            "legal_bases": material.legal_bases,
            "has_chart": material.chart is not None,
            "missions": material.missions,
            "agreements": material.agreements,
            "programmes": material.programmes,
            "figure": self.figure,
            "share": self.share,
            "known": lambda *ids: all(self.value(i) is not None for i in ids),
            "positive": lambda *ids: all((self.value(i) or 0) > 0 for i in ids),
            "has_rows": lambda *ids: all(i in self.view.tables and self.view.tables[i].rows for i in ids),
            "has_table": lambda table_id: table_id in self.view.tables,
            "is_withheld": self.is_withheld,
            "total": self.total,
            "table_number": self.table_number,
            "own_texts": self.own_texts,
            "other_texts": lambda: self.own_texts(*sorted(self.material.own_texts.keys() - self.told)),
        }

    def is_empty(self) -> bool:
        """Whether the year holds nothing at all: no row and no figure."""
        return not any(table.rows for table in self.view.tables.values()) and not any(
            f.value for f in self.view.figures.values() if not f.id.startswith("places.")
        )

    def is_withheld(self, table_id: str) -> bool:
        return self.audience == Audience.PUBLIC and self.table(table_id).sensitivity == Sensitivity.SENSITIVE

    def value(self, figure_id: str) -> object:
        found = self.view.figures.get(figure_id)
        return found.value if found else None

    def found(self, figure_id: str) -> FigureValue:
        if figure_id not in self.view.figures:
            raise KeyError(f'there is no figure "{figure_id}"{_meant(figure_id, self.view.figures)}')
        return self.view.figures[figure_id]

    def figure(self, figure_id: str) -> Markup:
        return figure_mark(figure_id, figure_text(self.found(figure_id), self.language))

    def share(self, part: str, whole: str) -> Markup:
        text = share_text(self.found(part), self.found(whole), self.language)
        self.shares[part, whole] = text
        return figure_mark(f"{part}/{whole}", text)

    def table(self, table_id: str) -> TableResult:
        if table_id not in self.view.tables:
            raise KeyError(f'there is no table "{table_id}"{_meant(table_id, self.view.tables)}')
        return self.view.tables[table_id]

    def total(self, table_id: str, key: str) -> str:
        table = self.table(table_id)
        value = table.totals.get(key)
        return (
            of(UNKNOWN, self.language)
            if value is None
            else cell_of(table.column(key), value, self.language).text
        )

    def table_number(self, table_id: str) -> Markup:
        self.table(table_id)
        self.mentioned[table_id] = None
        return table_mark(table_id)

    def own_texts(self, *table_ids: str) -> list[OwnText]:
        self.told.update(table_ids)
        return [self.material.own_texts[i] for i in table_ids if i in self.material.own_texts]

    # the blocks

    def directives(self) -> dict[str, Callable[[str], Iterable[Block]]]:
        return {
            "table": self.table_block,
            "chart": self.chart_block,
            "map": self.map_block,
            "organisation_chart": self.organisation_block,
            "photo": self.photo_block,
            "contents": lambda said: (Contents(said.strip() or "Daftar Isi"),),
            "tables": lambda said: (ListOfTables(said.strip() or "Daftar Tabel"),),
            "pictures": lambda said: (ListOfPictures(said.strip() or "Daftar Gambar"),),
            "signature": lambda said: (self.signature(),),
            "figures": lambda said: (self.figures_annex(),),
            "notes": lambda said: (_said(NOTES_MARK),),
            "seal": lambda said: (_said(SEAL_MARK),),
        }

    def table_block(self, said: str) -> Iterable[Block]:
        table_id, _, caption = said.partition("\n")
        table = table_of(
            self.table(table_id.strip()),
            year=self.view.year,
            office=f"{self.material.office} {self.material.short_regency}",
            audience=self.audience,
            language=self.language,
        )
        return (replace(table, caption=caption.strip() or table.caption),)

    def column(self, said: str) -> tuple[TableResult, str]:
        """`t03_pkh.families` -> the table and the column's key."""
        table_id, _, key = said.partition(".")
        table = self.table(table_id)
        if key not in {column.key for column in table.columns}:
            raise KeyError(f'the table "{table_id}" has no column "{key}"')
        return table, key

    def chart_block(self, said: str) -> Iterable[Block]:
        asked, _, caption = said.partition("\n")
        wishes = [part.partition("=") for part in asked.split()]
        columns = [self.column(column) for column, _, _ in wishes]
        if not columns or len(columns) > 2:
            raise ValueError("a chart shows one or two columns, as t03_pkh.families")
        if any(self.is_withheld(table.id) for table, _ in columns):
            return ()
        labels: dict[str, None] = {}
        series = []
        for table, key in columns:
            values = {
                str(row.get(_label(table))): row.get(key)
                for row in _leaves(table)
                if row.get(_label(table)) is not None
            }
            labels |= dict.fromkeys(values)
            series.append((table, key, values))
        if not labels:
            return ()
        drawn = [
            charts.Series(
                name.replace("_", " ") or without_unit(of(table.column(key).title, self.language)),
                [values.get(label) for label in labels],
                [cell_of(table.column(key), values.get(label), self.language).text for label in labels],
            )
            for (_, _, name), (table, key, values) in zip(wishes, series, strict=True)
        ]
        alt = "; ".join(
            f"{label}: " + ", ".join(f"{one.texts[index]}" for one in drawn)
            for index, label in enumerate(labels)
        )
        caption = caption.strip() or of(columns[0][0].title, self.language)
        return (Picture(charts.bars(list(labels), drawn), f"{caption}. {alt}.", caption),)

    def map_block(self, said: str) -> Iterable[Block]:
        asked, _, caption = said.partition("\n")
        table, key = self.column(asked.strip())
        if self.is_withheld(table.id) or not table.rows:
            return ()
        column = table.column(key)
        values = {str(row.get(_label(table))): row.get(key) for row in table.rows}
        drawn = self.material.draw_map(values, lambda value: cell_of(column, value, self.language).text)
        if drawn is None:
            return ()
        svg, alt = drawn
        caption = caption.strip() or of(table.title, self.language)
        return (Picture(svg, f"{caption}. {alt}", caption),)

    def organisation_block(self, said: str) -> Iterable[Block]:
        chart = self.material.chart
        if chart is None:
            return ()
        svg = charts.organisation(chart.top, chart.staff, chart.divisions, chart.others)
        boxes = [chart.top, *filter(None, [chart.staff]), *chart.divisions, *chart.others]
        caption = said.strip() or f"Struktur Organisasi {self.material.office} {self.material.regency}"
        alt = "; ".join(
            box.title + (f" ({', '.join(part.title for part in box.below)})" if box.below else "")
            for box in boxes
        )
        return (Picture(svg, f"{caption}: {alt}.", caption),)

    def photo_block(self, said: str) -> Iterable[Block]:
        name, _, caption = said.partition("\n")
        path = book_folder() / Path(name.strip()).name
        if not path.is_file():
            raise ValueError(f'the photograph "{path.name}" is not in {book_folder()}')
        return (Picture(path.read_bytes(), caption.strip() or path.stem, caption.strip()),)

    def signature(self) -> Signature:
        head, material = self.material.head, self.material
        place = f"{material.seat}, {DATE_MARK}" if material.seat else DATE_MARK
        if head is None:
            return Signature(place, f"Kepala {material.office}", f"{material.regency},", DOTS, "", "")
        return Signature(place, head.post, f"{material.regency},", head.name, head.rank, head.nip)

    def figures_annex(self) -> Block:
        """Every figure with its value, basis, definition and source; in the internal edition its day, too."""
        internal = self.audience == Audience.INTERNAL
        columns = [
            Column("figure", "Angka"),
            Column("value", "Nilai", "right"),
            Column("basis", "Dasar"),
            Column("definition", "Definisi dan sumber"),
        ]
        if internal:
            columns.append(Column("as_of", "Posisi data", "center"))
        rows = []
        day = self.view.as_of.strftime("%d-%m-%Y")
        for figure in self.view.figures.values():
            cells = [
                Cell(of(figure.title, self.language), figure.id, figure_id=figure.id),
                Cell(figure_text(figure, self.language), figure.value),
                Cell(of(BASIS_SHORT[figure.basis], self.language)),
                Cell(self.explained(figure)),
            ]
            rows.append((*cells, Cell(day, self.view.as_of)) if internal else tuple(cells))
        for (part, whole), text in self.shares.items():
            one, other = of(self.found(part).title, self.language), of(self.found(whole).title, self.language)
            cells = [
                Cell(f"{one} terhadap {_small(other)}", figure_id=f"{part}/{whole}"),
                Cell(text),
                Cell("hasil bagi"),
                Cell("Hasil bagi kedua angka itu, dibulatkan ke dua desimal."),
            ]
            rows.append((*cells, Cell(day, self.view.as_of)) if internal else tuple(cells))
        return Table("angka", "", tuple(columns), tuple(rows))

    def explained(self, figure: FigureValue) -> str:
        table = self.view.tables.get(self.material.figure_tables.get(figure.id, ""))
        said = of(figure.definition, self.language) or (of(table.definition, self.language) if table else "")
        source = figure.reason or (table.source if table else "")
        parts = [said.rstrip("."), f"Sumber: {source}".rstrip(".") if source else ""]
        return ". ".join(filter(None, parts)) + ("." if any(parts) else "")


def _meant(wrong: str, known: Iterable[str]) -> str:
    close = get_close_matches(wrong, list(known), n=1)
    return f'; perhaps "{close[0]}" is meant' if close else ""


def _small(text: str) -> str:
    """The text as it stands inside a sentence; abbreviations keep their capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _label(table: TableResult) -> str:
    """The column that names a row in a drawing."""
    labels = [
        column.key
        for column in table.columns
        if column.role == Role.LABEL and column.key not in ("code", "parent")
    ]
    return labels[0] if labels else table.columns[0].key


def _leaves(table: TableResult) -> list[Mapping[str, Any]]:
    """The rows that are no sums of others: in a tree, those that nothing lies below."""
    parents = {row.get("parent") for row in table.rows} - {None}
    return [row for row in table.rows if row.get("code") is None or row.get("code") not in parents]
