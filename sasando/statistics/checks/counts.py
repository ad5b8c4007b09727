"""Reported tables of counts of any office: totals of rows, columns and all (`sasando import reported-counts`)."""

from collections.abc import Iterator
from fractions import Fraction

from sasando.base.checks import Finding, Severity
from sasando.statistics.checks.arithmetic import shown
from sasando.statistics.checks.printed import (
    COLUMN_TOTAL,
    COUNTS,
    GRAND_TOTAL,
    ROW,
    ROW_TOTAL,
    Printed,
    PrintedRow,
    is_total,
    printed_tables,
    row_kind,
)
from sasando.statistics.checks.totals import CHECK as TOTAL
from sasando.statistics.checks.totals import contradicts
from sasando.statistics.checks.units import mixed_units, mixed_units_finding, plain_unit
from sasando.statistics.checks.wording import say
from sasando.statistics.results import YearView

DIMENSIONS = ("area", "category", "sex")


_ALL_SEXES = {"lp", "pl", "l+p", "p+l", "l/p", "total", "jumlah", "semua", "all"}


def reported_counts(view: YearView) -> Iterator[Finding]:
    """Tables of counts: each row total, column total and total against the rows it covers."""
    for printed in printed_tables(view, COUNTS):
        data = [row for row in printed.rows if _is_data(row)]
        totals = [row for row in printed.rows if not _is_data(row)]
        for row in totals:
            yield from _count_total(printed, row, data, totals)


def _is_data(row: PrintedRow) -> bool:
    return row_kind(row.text("row")) == ROW and not any(_means_all(row.text(key)) for key in DIMENSIONS)


def _means_all(text: str) -> bool:
    """Whether a cell of a total says "all of them": `Jumlah`, `L+P`."""
    return is_total(text) or "".join(text.casefold().split()) in _ALL_SEXES


def _count_total(
    printed: Printed, row: PrintedRow, data: list[PrintedRow], totals: list[PrintedRow]
) -> Iterator[Finding]:
    if row.number("value") is None:
        return
    covered = _covered(row, data) or _covered_by_totals(row, totals)
    if not covered:
        return
    if mixed := mixed_units(row, covered):
        own = [part for part in covered if plain_unit(part.text("unit")) == plain_unit(row.text("unit"))]
        added = printed.sum_of("value", own)
        if not own or not added.complete or added.total != Fraction(row.number("value")):
            yield mixed_units_finding(printed, row, "value", mixed)
        return
    added = printed.sum_of("value", covered)
    if not contradicts(row, "value", added, strict=False):
        return
    yield Finding(
        TOTAL,
        Severity.ERROR,
        printed.id,
        row.label or row.text("row"),
        "value",
        row.text("value"),
        shown(added.total),
        say(
            "{table}, {kind} {row}: tercetak {printed}, padahal {count} baris yang dicakupnya berjumlah {sum}.",
            "{table}, {kind} {row}: {printed} is printed, but the {count} rows it covers add up to {sum}.",
            table=printed.name,
            kind=_KINDS.get(row_kind(row.text("row")), {"id": "jumlah", "en": "total"}),
            row=row.label,
            printed=row.text("value"),
            count=added.known,
            sum=added.total,
        ),
    )


_KINDS = {
    ROW_TOTAL: {"id": "jumlah baris", "en": "row total"},
    COLUMN_TOTAL: {"id": "jumlah kolom", "en": "column total"},
}


def _covered(row: PrintedRow, data: list[PrintedRow]) -> list[PrintedRow]:
    """The rows a total covers: those of its period that agree in every dimension it names.

    A dimension that is blank, says "all", or names something no row has (the regency, in a column of villages) is
    not a condition.
    """
    there = {key: {_fold(part.text(key)) for part in data} for key in DIMENSIONS}
    said = {
        key: _fold(row.text(key))
        for key in ("period", *DIMENSIONS)
        if row.text(key) and not _means_all(row.text(key))
    }
    said = {key: text for key, text in said.items() if key == "period" or text in there[key]}
    return [part for part in data if all(_fold(part.text(key)) == text for key, text in said.items())]


def _covered_by_totals(row: PrintedRow, totals: list[PrintedRow]) -> list[PrintedRow]:
    """Without rows below it, a grand total covers the row totals, else the column totals."""
    if row_kind(row.text("row")) != GRAND_TOTAL:
        return []
    for kind in (ROW_TOTAL, COLUMN_TOTAL):
        parts = [
            part
            for part in totals
            if row_kind(part.text("row")) == kind and _fold(part.text("period")) == _fold(row.text("period"))
        ]
        if parts:
            return parts
    return []


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
