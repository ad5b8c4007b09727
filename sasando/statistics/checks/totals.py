"""Totals against their rows, row totals against their parts, sub-totals against the lines below them."""

from collections.abc import Iterator
from fractions import Fraction

from sasando.base.checks import Finding, Severity
from sasando.statistics.checks.arithmetic import Agreement, Sum, agreement
from sasando.statistics.checks.printed import TABLE, Printed, PrintedRow, printed_tables
from sasando.statistics.results import YearView

CHECK = "total-against-rows"
SUB_TOTAL = "subtotal-against-parent"


def totals_against_rows(view: YearView) -> Iterator[Finding]:
    """Each printed total against the sum of the printed rows above it, and totals across a row against their parts."""
    for printed in printed_tables(view, TABLE):
        yield from _columns(printed)
        yield from _grand(printed)
        yield from _across(printed)


def _columns(printed: Printed) -> Iterator[Finding]:
    means = printed.rules.get("mean", ())
    for row in printed.totals:
        for column in printed.additive_columns:
            added = printed.sum_of(column, printed.body)
            if column not in means and contradicts(row, column, added):
                yield printed.finding(
                    CHECK,
                    Severity.ERROR,
                    row,
                    column,
                    "{table}, baris {row}, kolom {column}: tercetak {printed}, padahal jumlah baris di"
                    " atasnya {computed}.",
                    "{table}, row {row}, column {column}: {printed} is printed, but the rows above add"
                    " up to {computed}.",
                    computed=added.total,
                )


def contradicts(row: PrintedRow, column: str, added: Sum, *, strict: bool = True) -> bool:
    """Whether a printed total cannot be the sum. `strict` takes blank cells as nothing, else they may hold the rest.

    A cell that cannot be read may always hold the rest, so then only a total below the known sum is wrong.
    """
    value = row.number(column)
    if value is None or not added.known or agreement(row.text(column), value, added.total) == Agreement.SAME:
        return False
    may_hold_more = added.illegible or (added.blank and not strict)
    return not may_hold_more or added.total > value


def _grand(printed: Printed) -> Iterator[Finding]:
    columns = printed.additive_columns
    sums = [printed.sum_of(column, printed.body) for column in columns]
    total = sum((added.total for added in sums), Fraction(0))
    for row in printed.grand_totals:
        column = next((key for key in columns if row.number(key) is not None), None)
        if column is None or any(added.illegible for added in sums):
            continue
        if agreement(row.text(column), row.number(column), total) == Agreement.SAME:
            continue
        yield printed.finding(
            CHECK,
            Severity.ERROR,
            row,
            column,
            "{table}, baris {row}: tercetak {printed}, padahal semua baris berjumlah {computed}.",
            "{table}, row {row}: {printed} is printed, but all rows add up to {computed}.",
            computed=total,
        )


def _across(printed: Printed) -> Iterator[Finding]:
    for column, groups in printed.rules.get("row_sums", {}).items():
        for row in printed.rows:
            for parts in groups:
                values = [row.number(part) for part in parts]
                if row.number(column) is None or None in values:
                    continue
                total = sum(values)
                if agreement(row.text(column), row.number(column), total) == Agreement.SAME:
                    continue
                yield printed.finding(
                    CHECK,
                    Severity.ERROR,
                    row,
                    column,
                    "{table}, baris {row}: {column} tercetak {printed}, padahal {parts} berjumlah {computed}.",
                    "{table}, row {row}: {column} is printed as {printed}, but {parts} add up to {computed}.",
                    computed=total,
                    parts={
                        language: " + ".join(printed.column_name(part)[language] for part in parts)
                        for language in ("id", "en")
                    },
                )


def subtotals_against_parents(view: YearView) -> Iterator[Finding]:
    """Each line that has lines below it (columns `code` and `parent`) against their sum."""
    for printed in printed_tables(view, TABLE):
        if not {"code", "parent"} <= set(printed.table.columns):
            continue
        for row in printed.body:
            code = row.text("code")
            below = [child for child in printed.body if code and child.text("parent") == code]
            if below:
                yield from against_children(printed, row, below, printed.additive_columns)


def against_children(
    printed: Printed, row: PrintedRow, below: list[PrintedRow], columns: tuple[str, ...], strict: bool = True
) -> Iterator[Finding]:
    """A parent's amounts against the sum of the lines directly below it."""
    for column in columns:
        added = printed.sum_of(column, below)
        if contradicts(row, column, added, strict=strict):
            yield printed.finding(
                SUB_TOTAL,
                Severity.ERROR,
                row,
                column,
                "{table}, baris {row}, kolom {column}: tercetak {printed}, padahal {count} rinciannya"
                " berjumlah {computed}.",
                "{table}, row {row}, column {column}: {printed} is printed, but the {count} lines below"
                " it add up to {computed}.",
                computed=added.total,
                count=added.known,
            )
