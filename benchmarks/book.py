"""The whole 2020 book in all formats from a snapshot, beside its tables alone through docxtpl and WeasyPrint."""

import io
import tempfile
from html import escape
from pathlib import Path

import docx
import docxtpl
import weasyprint

from benchmarks.harness import compare, time_of
from sasando.base.reader import NamedActor
from sasando.demo.build import build_regency
from sasando.publications.build import FORMATS, sign, write_files
from sasando.publications.document import Table, tables
from sasando.publications.queries import draft_bundle
from sasando.publications.writers import pdf
from sasando.statistics.actions import seal_snapshot

YEAR = 2020


def docxtpl_tables(found: tuple[Table, ...]) -> io.BytesIO:
    """A DOCX template with a row loop for each table."""
    template = docx.Document()
    for index, table in enumerate(found):
        template.add_paragraph(table.caption)
        grid = template.add_table(rows=4, cols=len(table.columns))
        grid.style = "Table Grid"
        for at, column in enumerate(table.columns):
            grid.cell(0, at).text = column.label
            grid.cell(2, at).text = f"{{{{ row[{at}] }}}}"
        grid.cell(1, 0).text = f"{{%tr for row in t{index} %}}"
        grid.cell(3, 0).text = "{%tr endfor %}"
    stream = io.BytesIO()
    template.save(stream)
    return stream


def texts(table: Table) -> list[list[str]]:
    """The printed cells of a table."""
    return [[cell.text for cell in row] for row in (*table.rows, *([table.totals] if table.totals else []))]


def through_docxtpl(template: io.BytesIO, found: tuple[Table, ...]) -> bytes:
    """Fill the template."""
    template.seek(0)
    work = docxtpl.DocxTemplate(template)
    work.render({f"t{index}": texts(table) for index, table in enumerate(found)})
    stream = io.BytesIO()
    work.save(stream)
    return stream.getvalue()


def through_weasyprint(found: tuple[Table, ...]) -> bytes:
    """The tables as HTML, made a PDF."""
    parts = ["<style>table{border-collapse:collapse;width:100%}td,th{border:1px solid;padding:2px}</style>"]
    for table in found:
        head = "".join(f"<th>{escape(column.label)}</th>" for column in table.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in texts(table)
        )
        parts.append(f"<h2>{escape(table.caption)}</h2><table><thead><tr>{head}</tr></thead>{body}</table>")
    return weasyprint.HTML(string="".join(parts)).write_pdf()


def run() -> None:
    """The demo year from nothing, its snapshot, and its book beside the peers."""
    by = NamedActor("benchmark")
    print("The demo year (22,579 families)")
    built = time_of("built from nothing through actions", build_regency, runs=1)
    print(f"  {built.name:44} {built.median:8.3f} s")
    sealing = time_of("snapshot, tables and figures", lambda: seal_snapshot(YEAR, by=by), runs=3)
    print(f"  {sealing.name:44} {sealing.median:8.3f} s")
    snapshot = seal_snapshot(YEAR, by=by)

    def bundle():
        return sign(draft_bundle(snapshot, kind="profile", audience="internal")[0], None)[0]

    signed = bundle()
    found = tables(signed.document)
    template = docxtpl_tables(found)
    folder = Path(tempfile.mkdtemp(prefix="sasando-bench-book-"))
    runs = iter(range(100))

    def all_formats():
        part = folder / str(next(runs))
        part.mkdir()
        write_files(bundle(), part, FORMATS)

    print(f"The book of {YEAR} from its snapshot ({len(found)} tables)")
    compare(
        time_of("all formats: HTML, PDF, DOCX, XLSX, JSON, CSV", all_formats),
        [
            time_of("our PDF alone", lambda: pdf.write(signed.document)),
            time_of("WeasyPrint, the tables alone (PDF)", lambda: through_weasyprint(found)),
            time_of("docxtpl, the tables alone (DOCX)", lambda: through_docxtpl(template, found)),
        ],
    )
