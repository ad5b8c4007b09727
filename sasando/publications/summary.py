"""The year on one page, made to be sent by phone: a PDF and a picture, from the same figures as the book."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typst

from sasando.lib.dates import date_text
from sasando.publications import charts
from sasando.publications.assemble import DEMO, DRAFT, EDITION, TITLE
from sasando.publications.material import Material
from sasando.publications.models import Audience
from sasando.publications.presenters import cell_of, figure_text, of, share_text
from sasando.publications.writers import WriterError
from sasando.statistics.results import FigureValue, YearView

TEMPLATE = Path(__file__).parent / "book" / "summary.typ"
DOTS_PER_INCH = 200

CARDS = (
    ("poverty.families", None),
    ("pkh.families", "poverty.families"),
    ("bpnt.families", "poverty.families"),
    ("relief.families", "relief.planned_families"),
    ("neglected.served", "neglected.total"),
    ("kube.families", "poverty.families"),
    ("survey.villages", "places.villages"),
    ("staff.civil_servants", None),
)
"""The figures of the page, and what each is set against."""

OF = {"id": "{share} dari {whole}", "en": "{share} of {whole}"}
SUMMARY = {"id": "Ringkasan Tahun", "en": "The year in brief"}
AS_OF = {"id": "Posisi data per {day}. ", "en": "Data as of {day}. "}
FULL = {
    "id": "Rincian, definisi, dan sumber setiap angka: {title} {year}.",
    "en": "Details, definitions and sources of each figure: {title} {year}.",
}
EMPTY = {
    "id": "Belum ada angka tahun {year} yang tercatat.",
    "en": "No figures of {year} are recorded yet.",
}
ACHIEVEMENT = {"id": "Capaian kinerja sasaran", "en": "Achievement of the objectives"}
BUDGET = {"id": "Realisasi APBD", "en": "Regency budget spent"}
CHART = {
    "id": "Keluarga penerima PKH dan BPNT menurut kecamatan",
    "en": "Families in PKH and BPNT by district",
}


@dataclass(frozen=True)
class Summary:
    """The page as plain values: cards of (label, value, note), one drawing, notices."""

    title: str
    office: str
    year: str
    cards: tuple[tuple[str, str, str], ...]
    strips: tuple[tuple[str, str, str, float], ...]
    """Achievement and spending: label, value, note, share of the full width."""
    chart_title: str
    chart: str
    alt: str
    foot: str
    empty: str
    edition: str
    notice: str
    language: str = "id"


def summary_of(view: YearView, material: Material, *, audience: str, language: str = "id") -> Summary:
    """The page of a year; a figure that is not known is left out, and a year without any says so."""
    cards = tuple(_cards(view, language))
    strips = tuple(_strips(view, language))
    chart, alt = _chart(view, language)
    book = f"{of(TITLE, language)} {material.office}"
    foot = of(AS_OF, language).format(day=date_text(view.as_of, language))
    foot += of(FULL, language).format(title=book, year=view.year)
    return Summary(
        title=of(SUMMARY, language),
        office=f"{material.office} {material.regency}",
        year=str(view.year),
        cards=cards,
        strips=strips,
        chart_title=of(CHART, language) if chart else "",
        chart=chart,
        alt=alt,
        foot=foot,
        empty="" if cards else of(EMPTY, language).format(year=view.year),
        edition=of(EDITION[Audience(audience)], language),
        notice=of(DEMO, language) if material.is_demo else "",
        language=language,
    )


def _cards(view: YearView, language: str) -> Iterable[tuple[str, str, str]]:
    for figure_id, whole_id in CARDS:
        figure, whole = view.figures.get(figure_id), view.figures.get(whole_id or "")
        if figure is None or figure.value is None:
            continue
        note = ""
        if whole is not None and whole.value:
            note = of(OF, language).format(
                share=share_text(figure, whole, language), whole=figure_text(whole, language)
            )
        yield of(figure.title, language), figure_text(figure, language), note


def _strips(view: YearView, language: str) -> Iterable[tuple[str, str, str, float]]:
    reached = view.figures.get("performance.achievement")
    table = view.tables.get("t11_achievement")
    if reached is not None and reached.value is not None:
        scale = str(table.totals.get("scale") or "") if table else ""
        yield of(ACHIEVEMENT, language), figure_text(reached, language), scale, _width(reached)
    spent, realised = view.figures.get("budget.apbd.percent"), view.figures.get("budget.apbd.realised")
    if spent is not None and spent.value is not None:
        note = figure_text(realised, language) if realised is not None and realised.value is not None else ""
        yield of(BUDGET, language), figure_text(spent, language), note, _width(spent)


def _width(figure: FigureValue) -> float:
    return min(max(float(figure.value or 0), 0.0), 100.0)


def _chart(view: YearView, language: str) -> tuple[str, str]:
    """PKH and BPNT by district, as SVG text; nothing where neither has rows."""
    series, labels = [], {}
    for table_id, name in (("t03_pkh", "PKH"), ("t08_bpnt", "BPNT")):
        table = view.tables.get(table_id)
        if table is None or not table.rows or "families" not in {column.key for column in table.columns}:
            continue
        values = {str(row["district"]): row["families"] for row in table.rows}
        labels |= dict.fromkeys(values)
        series.append((name, table.column("families"), values))
    if not series:
        return "", ""
    drawn = [
        charts.Series(
            name,
            [values.get(label) for label in labels],
            [cell_of(column, values.get(label), language).text for label in labels],
        )
        for name, column, values in series
    ]
    alt = "; ".join(
        f"{label}: " + ", ".join(f"{one.name} {one.texts[index]}" for one in drawn)
        for index, label in enumerate(labels)
    )
    return charts.bars(list(labels), drawn).decode(), alt


def write(summary: Summary, *, moment: datetime, is_draft: bool) -> tuple[bytes, bytes]:
    """(PDF, PNG) of the page. Equal pages give equal bytes. Raises WriterError."""
    notice = " · ".join(filter(None, (of(DRAFT, summary.language) if is_draft else "", summary.notice)))
    data = {**vars(summary), "notice": notice}
    files = {
        "main": TEMPLATE.read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "chart.svg": (
            summary.chart or '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
        ).encode(),
    }
    stamp = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    try:
        pdf = typst.compile(
            files, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True, timestamp=stamp
        )
        png = typst.compile(files, format="png", ppi=DOTS_PER_INCH, ignore_system_fonts=True, timestamp=stamp)
    except typst.TypstError as error:
        raise WriterError(f"the summary can't be set: {error}") from error
    return pdf, png if isinstance(png, bytes) else png[0]
