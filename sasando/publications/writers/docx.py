"""The book as a Word file that an office goes on editing: real headings, styles, tables, captions and
contents fields.

Contents and lists are filled in beforehand and are fields as well; Word brings their page numbers up to
date when it opens the file. Numbers of tables and pictures are SEQ fields, mentions of a table REF fields.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import typst
from docx import Document as word_file
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from sasando.publications.document import (
    Block,
    Cell,
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

FONT = "Times New Roman"
_MARGINS = {"a4": (30, 25, 30, 27), "f4": (30, 25, 30, 28), "b5": (23, 20, 26, 24)}
_SIZES = {"a4": 12, "f4": 12, "b5": 11}
_SEA, _LONTAR, _TINT = "17495C", "9A7B3F", "F1ECE0"
_LANGUAGES = {"id": "id-ID", "en": "en-GB"}
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_AFTER_UPDATE_FIELDS = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids")
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Two numberings of our own beside the template's; the ids are free in it.
_ORDERED, _BULLETS, _FIRST_LIST = 90, 91, 900


def write(document: Document) -> bytes:
    """The whole book. Equal documents give equal bytes."""
    return _Writer(document).bytes()


@dataclass(frozen=True, slots=True)
class _Target:
    """What a contents field lists: a heading or a captioned table or picture, and the bookmark around it."""

    bookmark: str
    label: str
    text: str
    level: int


class _Writer:
    def __init__(self, document: Document):
        self.document = document
        self.words = words(document)
        self.file = word_file()
        self.language = _LANGUAGES.get(document.language.split("-")[0].lower(), document.language)
        self.margins = _MARGINS[document.paper]
        self.width = PAPERS[document.paper][0] - self.margins[0] - self.margins[1]
        self.bookmarks = 0
        self.lists = 0
        self.vectors = 0
        self.sequences: dict[str, int] = {}
        self.targets = self._targets()

    def _targets(self) -> dict[int, _Target]:
        found: dict[int, _Target] = {}
        blocks = (*outline_levels(self.document.front), *outline_levels(self.document.body))
        levels = {id(block): level for block, level in blocks}
        for number, block in enumerate(walk((*self.document.front, *self.document.body)), 1):
            bookmark = f"_Toc{number:08}"
            match block:
                case Heading() if id(block) in levels:
                    found[id(block)] = _Target(bookmark, block.number, block.text, levels[id(block)])
                case Contents() | ListOfTables() | ListOfPictures():
                    found[id(block)] = _Target(bookmark, "", block.title, 1)
                case Table() | Picture() if block.caption:
                    name = self.words["table" if isinstance(block, Table) else "picture"]
                    found[id(block)] = _Target(bookmark, f"{name} {block.number}".strip(), block.caption, 0)
        return found

    def bytes(self) -> bytes:
        self.properties()
        self.styles()
        self.numberings()
        self.settings()
        cover = self.file.sections[0]
        self.page(cover, cover=True)
        self.cover()
        for blocks, pattern in ((self.document.front, "upperRoman"), (self.document.body, "decimal")):
            if not blocks:
                continue
            section = self.file.add_section(WD_SECTION.NEW_PAGE)
            self.page(section)
            self.running(section, pattern)
            for block, level in outline_levels(blocks):
                self.block(block, level)
        self.language_of_styles()
        stored = BytesIO()
        self.file.save(stored)
        return _repacked(stored.getvalue())

    # The file's frame

    def properties(self) -> None:
        document, properties = self.document, self.file.core_properties
        moment = document.timestamp
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        moment = moment.replace(microsecond=0)
        office = printable(f"{document.office} {document.regency}").strip()
        properties.title = printable(document.title)[:255]
        properties.subject = printable(document.subtitle)[:255]
        properties.author = properties.last_modified_by = office[:255]
        properties.language = self.language
        properties.keywords = properties.category = ""
        properties.comments = printable(document.notice)[:255]
        properties.created = properties.modified = properties.last_printed = moment
        properties.revision = 1

    def settings(self) -> None:
        settings = self.file.settings.element
        for name in ("updateFields", "compat"):
            for old in settings.findall(qn(f"w:{name}")):
                settings.remove(old)
        later = [
            child for child in settings if child.tag in {qn(f"w:{name}") for name in _AFTER_UPDATE_FIELDS}
        ]
        update = parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>')
        compatible = parse_xml(
            f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        )
        if later:
            later[0].addprevious(update)
        else:
            settings.append(update)
        rest = [child for child in settings if child.tag in {qn("w:docVars"), qn("w:rsids")}]
        if rest:
            rest[0].addprevious(compatible)
        else:
            update.addnext(compatible)

    def style(self, name: str, size: float, **options: object) -> ParagraphStyle:
        """A paragraph style of the book, made or changed."""
        styles = self.file.styles
        found = next((s for s in styles if s.name == name), None)
        style = found or styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if found is None:
            style.base_style = styles["Normal"]
            style.quick_style = True
        properties = style.element.get_or_add_rPr()
        for child in list(properties):
            properties.remove(child)
        style.font.name = FONT
        fonts = properties.find(qn("w:rFonts"))
        for script in ("eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        style.font.size = Pt(size)
        style.font.bold = bool(options.get("bold"))
        style.font.italic = bool(options.get("italic"))
        style.font.color.rgb = RGBColor.from_string(str(options.get("color", "000000")))
        form = style.paragraph_format
        form.space_before = Pt(float(options.get("before", 0)))
        form.space_after = Pt(float(options.get("after", 0)))
        form.line_spacing = float(options.get("line", 1.0))
        form.keep_with_next = bool(options.get("keep"))
        form.alignment = options.get("align", WD_ALIGN_PARAGRAPH.LEFT)
        form.first_line_indent = Mm(float(options.get("first", 0)))
        form.left_indent = Mm(float(options.get("left", 0)))
        form.widow_control = True
        return style

    def styles(self) -> None:
        size = _SIZES[self.document.paper]
        center, both = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
        self.style("Normal", size, line=1.15)
        self.style("Body Text", size, align=both, first=9, after=6, line=1.25)
        self.style("List Paragraph", size, align=both, after=3, line=1.2)
        chapter = self.style("Heading 1", size * 1.25, bold=True, align=center, after=24, keep=True, line=1.1)
        chapter.paragraph_format.page_break_before = True
        chapter.font.all_caps = True
        section = self.style("Heading 2", size * 1.08, bold=True, before=14, after=6, keep=True, line=1.1)
        section.font.all_caps = True
        self.style("Heading 3", size * 1.02, bold=True, before=12, after=4, keep=True, line=1.1)
        self.style("Heading 4", size, bold=True, italic=True, before=10, after=4, keep=True, line=1.1)
        self.style("Caption", size, bold=True, align=center, before=12, after=5, keep=True)
        self.style("Table Text", 10)
        self.style("Table Head", 10, bold=True, align=center, keep=True)
        self.style("Source", size * 0.8)
        self.style("Picture", size, align=center, before=12, keep=True)
        self.style("Signature Block", size, align=center, keep=True)
        self.style("Title", size * 2.8, bold=True, align=center, color=_SEA, before=16, after=4)
        for border in self.file.styles["Title"].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break
        self.style("Subtitle", size * 1.3, align=center, after=16)
        self.style("Cover", size * 1.2, align=center, after=4)
        for level in (1, 2, 3):
            entry = self.style(
                f"toc {level}", size, bold=level == 1, before=5 if level == 1 else 0, left=(level - 1) * 8
            )
            entry.paragraph_format.right_indent = Mm(10)
            if level == 1:
                entry.font.all_caps = True
            self.tab(entry)
        entry = self.style("table of figures", size, after=3, left=20, first=-20)
        entry.paragraph_format.right_indent = Mm(10)
        self.tab(entry)
        self.style("Header", size * 0.8, align=center, color=_SEA)
        self.style("Footer", size * 0.8, align=center)
        self.file.styles["Source"].paragraph_format.space_after = Pt(2)

    def tab(self, style: ParagraphStyle) -> None:
        properties = style.element.get_or_add_pPr()
        position = round(self.width * 56.693)
        properties.insert_element_before(
            parse_xml(
                f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:leader="dot" w:pos="{position}"/></w:tabs>'
            ),
            "w:suppressAutoHyphens",
            "w:spacing",
            "w:ind",
            "w:jc",
        )

    def language_of_styles(self) -> None:
        settings = self.file.settings.element.iter(qn("w:themeFontLang"))
        for language in (*self.file.styles.element.iter(qn("w:lang")), *settings):
            language.set(qn("w:val"), self.language)

    def numberings(self) -> None:
        """One ordered and one plain list of four levels; each list of the text is an instance of its own."""
        numbering = self.file.part.numbering_part.element
        patterns = (("decimal", "%1."), ("lowerLetter", "%2."), ("decimal", "%3)"), ("lowerLetter", "%4)"))
        bullets = (("bullet", "•"), ("bullet", "–"), ("bullet", "•"), ("bullet", "–"))
        for identity, levels in ((_BULLETS, bullets), (_ORDERED, patterns)):
            parts = "".join(
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{text}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{454 + depth * 400}" w:hanging="397"/></w:pPr>'
                "</w:lvl>"
                for depth, (form, text) in enumerate(levels)
            )
            numbering.insert(
                0,
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">'
                    f'<w:multiLevelType w:val="multilevel"/>{parts}</w:abstractNum>'
                ),
            )

    def new_list(self, block: ListBlock, depth: int) -> int:
        identity = _FIRST_LIST + self.lists
        self.lists += 1
        abstract = _ORDERED if block.ordered else _BULLETS
        start = (
            f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{block.start}"/></w:lvlOverride>'
            if block.ordered
            else ""
        )
        self.file.part.numbering_part.element.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>'
                f"{start}</w:num>"
            )
        )
        return identity

    def page(self, section: Section, *, cover: bool = False) -> None:
        width, height = PAPERS[self.document.paper]
        left, right, top, bottom = self.margins
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin, section.right_margin = Mm(right if cover else left), Mm(right)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.header_distance = section.footer_distance = Mm(13)

    def running(self, section: Section, pattern: str) -> None:
        """Header, footer and page numbers of a section, counted from 1."""
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        number = OxmlElement("w:pgNumType")
        number.set(qn("w:fmt"), pattern)
        number.set(qn("w:start"), "1")
        section._sectPr.find(qn("w:cols")).addprevious(number)
        header, footer = section.header, section.footer
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        line = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="4" w:color="{_LONTAR}"/></w:pBdr>'
        title = self.document.header or self.document.title
        self.replace(header._element, [_paragraph("Header", _run(title), line)])
        lines = [_paragraph("Footer", _field("PAGE", "1"))]
        if self.document.notice:
            notice = self.document.notice.replace("\n", " ")
            lines.append(_paragraph("Footer", _run(notice, italic=True, size=8.5, color="6B6357")))
        self.replace(footer._element, lines)

    def replace(self, part: object, paragraphs: list[str]) -> None:
        for child in list(part):
            part.remove(child)
        for paragraph in paragraphs:
            part.append(_xml(paragraph))

    def add(self, xml: str) -> object:
        element = _xml(xml)
        self.file.element.body.sectPr.addprevious(element)
        return element

    # The cover

    def cover(self) -> None:
        document = self.document
        height = PAPERS[document.paper][1]
        if document.emblem:
            self.image(
                document.emblem, f"{self.words['emblem']} {document.regency}", height=Mm(33), style="Cover"
            )
        else:
            self.add(_paragraph("Cover", "", _spacing(before=30)))
        government = f"{self.words['government']} {document.regency}".upper()
        size = _SIZES[document.paper]
        self.add(_paragraph("Cover", _run(government), _spacing(before=8, after=4)))
        self.add(_paragraph("Cover", _run(document.office.upper(), bold=True, size=size * 1.6)))
        rule = '<w:pBdr><w:{} w:val="single" w:sz="12" w:space="14" w:color="{}"/></w:pBdr>'
        inset = '<w:ind w:left="1100" w:right="1100"/>'
        gap = (height - 200) * 0.8
        top = rule.format("top", _LONTAR)
        self.add(
            _paragraph("Title", _run(document.title.upper()), top + _spacing(before=gap, after=6) + inset)
        )
        bottom = rule.format("bottom", _LONTAR)
        self.add(_paragraph("Subtitle", _run(document.subtitle), bottom + _spacing(after=30) + inset))
        year = f"{self.words['year']} {document.year}".upper()
        self.add(_paragraph("Cover", _run(year, bold=True, size=size * 1.9)))
        if document.edition_label:
            self.add(_paragraph("Cover", _run(document.edition_label, size=size), _spacing(before=gap)))
        if document.notice:
            self.add(_paragraph("Cover", _run(document.notice, italic=True, size=10)))
        footer = self.file.sections[0].footer
        footer.is_linked_to_previous = False
        self.file.sections[0].header.is_linked_to_previous = False
        band = (
            f'<w:pBdr><w:top w:val="single" w:sz="18" w:space="8" w:color="{_LONTAR}"/>'
            f'<w:bottom w:val="single" w:sz="2" w:space="8" w:color="{_SEA}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_SEA}"/>'
        )
        name = f"{document.office} {document.regency}".strip().upper()
        self.replace(footer._element, [_paragraph("Footer", _run(name, size=11, color="FFFFFF"), band)])

    # Blocks

    def block(self, block: Block, level: int = 2) -> None:
        match block:
            case Heading():
                self.heading(block, level or 2)
            case Paragraph():
                self.add(_paragraph("BodyText", self.runs(block.runs)))
            case ListBlock():
                self.list_block(block)
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)
            case Signature():
                self.signature(block)
            case PageBreak():
                self.add(_paragraph("Normal", '<w:r><w:br w:type="page"/></w:r>'))
            case Contents():
                self.contents(block)
            case ListOfTables():
                self.list_of(block, "table", Table)
            case ListOfPictures():
                self.list_of(block, "picture", Picture)
            case _:
                raise TypeError(f"not a block: {block!r}")

    def heading(self, block: Heading | Contents | ListOfTables | ListOfPictures, level: int) -> None:
        target = self.targets[id(block)]
        content = _run(target.text)
        if target.label:
            content = _run(target.label + ("\n" if level == 1 else " ")) + content
        self.add(_paragraph(f"Heading{level}", self.bookmarked(target.bookmark, content)))

    def bookmarked(self, name: str, content: str) -> str:
        self.bookmarks += 1
        start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name={quoteattr(name)}/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{self.bookmarks}"/>'

    def runs(self, runs: Iterable[Run]) -> str:
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        if run.reference:
            bookmark = self.reference(run.reference)
            if bookmark:
                return _field(f"REF {bookmark} \\h", run.text, bold=run.bold, italic=run.italic)
        return _run(run.text, bold=run.bold, italic=run.italic)

    def reference(self, table_id: str) -> str | None:
        for block in walk((*self.document.front, *self.document.body)):
            if isinstance(block, Table) and block.id == table_id and block.caption:
                return self.targets[id(block)].bookmark.replace("_Toc", "_Ref")
        return None

    def list_block(self, block: ListBlock, depth: int = 0) -> None:
        depth = min(depth, 3)
        identity = self.new_list(block, depth)
        for item in block.items:
            for place, part in enumerate(item):
                if isinstance(part, Paragraph):
                    form = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>'
                    if place:
                        form = f'<w:ind w:left="{454 + depth * 400}"/>'
                    self.add(_paragraph("ListParagraph", self.runs(part.runs), form))
                elif isinstance(part, ListBlock):
                    self.list_block(part, depth + 1)
                else:
                    self.block(part)

    def caption(self, block: Table | Picture) -> str:
        """The caption's runs: word, SEQ field, text; bookmarked for the lists and for mentions."""
        target = self.targets[id(block)]
        name = self.words["table" if isinstance(block, Table) else "picture"]
        label = ""
        if block.number.isdecimal():
            expected = self.sequences.get(name, 0) + 1
            self.sequences[name] = int(block.number)
            reset = f" \\r {block.number}" if int(block.number) != expected else ""
            label = _run(f"{name}\N{NO-BREAK SPACE}") + _field(f"SEQ {name} \\* ARABIC{reset}", block.number)
        elif block.number:
            label = _run(f"{name}\N{NO-BREAK SPACE}{block.number}")
        if label:
            label = self.bookmarked(target.bookmark.replace("_Toc", "_Ref"), label) + _run(". ")
        content = self.bookmarked(target.bookmark, label + _run(block.caption, bold=False))
        return content

    def table(self, block: Table) -> None:
        if block.caption:
            self.add(_paragraph("Caption", self.caption(block)))
        size, widths = column_widths(block, self.width * 0.98)
        twips = [round(width * 56.693) for width in widths]
        self.add(_table(block, twips, size, self.words["empty"]))
        under = under_table(block, self.words)
        for place, (label, text) in enumerate(under):
            form = _spacing(before=3 if place == 0 else 0, after=12 if place == len(under) - 1 else 2)
            keep = "<w:keepNext/>" if place < len(under) - 1 else ""
            self.add(_paragraph("Source", _run(f"{label}: ", italic=True) + _run(text), keep + form))
        if not under:
            self.add(_paragraph("Source", "", _spacing(after=6)))

    def picture(self, block: Picture) -> None:
        alt = block.alt or block.caption or self.words["picture"]
        self.image(block.svg, alt, width=Mm(self.width), style="Picture", most=Mm(175))
        if block.caption:
            form = _spacing(before=4, after=12)
            self.add(_paragraph("Caption", self.caption(block), '<w:keepNext w:val="0"/>' + form))

    def image(
        self, data: bytes, alt: str, *, style: str, width: int = 0, height: int = 0, most: int = 0
    ) -> None:
        """A picture in its own paragraph. An SVG goes in as it is, with a PNG beside it."""
        kind = image_kind(data)
        pixels = _drawn(data) if kind == "svg" else data
        paragraph = self.file.add_paragraph(style=style)
        try:
            shape = paragraph.add_run().add_picture(
                BytesIO(pixels), width=width or None, height=None if width else height
            )
        except Exception as error:  # python-docx raises bare exceptions of many kinds on broken pictures
            raise WriterError(f"a picture can't be read: {error}") from error
        if most and shape.height > most:
            shape.width, shape.height = int(shape.width * most / shape.height), most
        properties = shape._inline.docPr
        properties.set("descr", printable(alt))
        properties.set("name", f"{self.words['picture']} {properties.get('id')}")
        if kind == "svg":
            self.vectors += 1
            name = PackURI(f"/word/media/vector{self.vectors}.svg")
            part = Part(name, "image/svg+xml", data, self.file.part.package)
            relation = self.file.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
            blip = next(shape._inline.iter(qn("a:blip")))
            blip.append(
                parse_xml(
                    f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_SVG_EXTENSION}">'
                    f'<asvg:svgBlip xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
                )
            )

    def signature(self, block: Signature) -> None:
        left = f'<w:ind w:left="{round(self.width * 0.46 * 56.693)}"/>'
        lines = [block.place_and_date, block.post, block.office]
        lines = [line for line in lines if line]
        for place, line in enumerate(lines):
            form = _spacing(before=24 if place == 0 else 0, after=6 if place == 0 else 0) + left
            self.add(_paragraph("SignatureBlock", _run(line), form))
        under = [block.rank, f"{self.words['nip']} {block.nip}" if block.nip else ""]
        under = [line for line in under if line]
        name = _run(block.name, bold=True, underline=True)
        self.add(_paragraph("SignatureBlock", name, _spacing(before=68) + left))
        for place, line in enumerate(under):
            keep = '<w:keepNext w:val="0"/>' if place == len(under) - 1 else ""
            self.add(_paragraph("SignatureBlock", _run(line), keep + _spacing() + left))

    # Contents

    def contents(self, block: Contents) -> None:
        self.heading(block, 1)
        entries = [(f"toc{t.level}", t) for t in self.targets.values() if 1 <= t.level <= 3]
        self.field_of_entries('TOC \\o "1-3" \\h \\z \\u', entries)

    def list_of(self, block: ListOfTables | ListOfPictures, name: str, kind: type) -> None:
        self.heading(block, 1)
        found = [
            self.targets[id(b)]
            for b in walk((*self.document.front, *self.document.body))
            if isinstance(b, kind) and b.caption
        ]
        self.field_of_entries(f'TOC \\h \\z \\c "{self.words[name]}"', [("tableoffigures", t) for t in found])

    def field_of_entries(self, instruction: str, entries: list[tuple[str, _Target]]) -> None:
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        if not entries:
            self.add(_paragraph("Normal", begin + _run(self.words["empty"]) + end))
        for place, (style, target) in enumerate(entries):
            joint = ". " if style == "tableoffigures" else " "
            text = f"{target.label}{joint}{target.text}" if target.label else target.text
            page = _field(f"PAGEREF {target.bookmark} \\h", "")
            content = _run(text.replace("\n", " ")) + "<w:r><w:tab/></w:r>" + page
            line = f'<w:hyperlink w:anchor="{target.bookmark}" w:history="1">{content}</w:hyperlink>'
            first = begin if place == 0 else ""
            last = end if place == len(entries) - 1 else ""
            self.add(_paragraph(style, first + line + last))


def _xml(text: str) -> object:
    opening, rest = text.split(">", 1)
    if opening.endswith("/"):
        return parse_xml(f"{opening[:-1]} {nsdecls('w')}/>{rest}")
    return parse_xml(f"{opening} {nsdecls('w')}>{rest}")


def _paragraph(style: str, content: str, form: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{form}</w:pPr>{content}</w:p>'


def _spacing(*, before: float = 0, after: float = 0) -> str:
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'


def _format(
    *,
    bold: bool | None = None,
    italic: bool = False,
    underline: bool = False,
    size: float = 0,
    color: str = "",
) -> str:
    parts = []
    if bold is not None:
        parts.append("<w:b/>" if bold else '<w:b w:val="0"/>')
    if italic:
        parts.append("<w:i/>")
    if color:
        parts.append(f'<w:color w:val="{color}"/>')
    if size:
        parts.append(f'<w:sz w:val="{round(size * 2)}"/>')
    if underline:
        parts.append('<w:u w:val="single"/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if parts else ""


def _run(
    text: str,
    *,
    bold: bool | None = None,
    italic: bool = False,
    underline: bool = False,
    size: float = 0,
    color: str = "",
) -> str:
    form = _format(
        bold=bold or None if bold is not False else False,
        italic=italic,
        underline=underline,
        size=size,
        color=color,
    )
    lines = [
        f'<w:t xml:space="preserve">{escape(line)}</w:t>'.replace("\t", " ")
        for line in printable(text).split("\n")
    ]
    return f"<w:r>{form}{'<w:br/>'.join(lines)}</w:r>"


def _field(instruction: str, result: str, *, bold: bool = False, italic: bool = False) -> str:
    form = _format(bold=bold or None, italic=italic)
    return (
        f'<w:r>{form}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{form}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r>{form}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{form}<w:t>{escape(printable(result))}</w:t></w:r>"
        f'<w:r>{form}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _table(table: Table, twips: list[int], size: float, empty: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8C8474"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))
    )
    caption = quoteattr(printable(table.caption)[:250] or printable(table.id))
    properties = (
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        '<w:jc w:val="center"/>'
        f'<w:tblBorders>{border}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={caption}/></w:tblPr>'
    )
    rows = [*_head(table, twips, size)]
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        rows.append(_row(table, row, twips, size, keep=number == last))
    if not table.rows:
        form = '<w:keepNext/><w:jc w:val="center"/>'
        content = _paragraph("TableText", _run(empty, italic=True, size=size), form)
        rows.append(f"<w:tr>{_cell(content, sum(twips), len(twips))}</w:tr>")
    if table.totals:
        rows.append(_row(table, table.totals, twips, size, keep=True, bold=True))
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(content: str, width: int, span: int = 1, extra: str = "") -> str:
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{extra}</w:tcPr>{content}</w:tc>'


def _head(table: Table, twips: list[int], size: float) -> Iterator[str]:
    rows = head_rows(table.columns)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/><w:vAlign w:val="center"/>'
    tall = {cell.start for cell in rows[0] if cell.rows > 1}
    for level, row in enumerate(rows):
        cells = {}
        for cell in row:
            merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            content = _paragraph("TableHead", _run(cell.text, size=size))
            width = sum(twips[cell.start : cell.start + cell.span])
            cells[cell.start] = _cell(content, width, cell.span, merge + shade)
        if level:
            for start in tall:
                cells[start] = _cell(_paragraph("TableHead", ""), twips[start], 1, "<w:vMerge/>" + shade)
        content = "".join(cells[start] for start in sorted(cells))
        yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{content}</w:tr>"


def _row(
    table: Table, row: tuple[Cell, ...], twips: list[int], size: float, *, keep: bool, bold: bool = False
) -> str:
    cells = []
    for cell, at, span in fitted(row, len(twips)):
        form = "<w:keepNext/>" if keep else ""
        align = table.columns[at].align
        if align != "left":
            form += f'<w:jc w:val="{align}"/>'
        content = _paragraph("TableText", _run(cell.text, size=size, bold=bold or None), form)
        cells.append(_cell(content, sum(twips[at : at + span]), span))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _drawn(svg: bytes) -> bytes:
    """The SVG as PNG at 192 dots per inch."""
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("picture.svg")'
    try:
        return typst.compile(
            {"main": source, "picture.svg": svg}, format="png", ppi=192, ignore_system_fonts=True
        )
    except typst.TypstError as error:
        raise WriterError(f"a picture can't be drawn: {error}") from error


def _repacked(data: bytes) -> bytes:
    """The same package with constant file dates."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
