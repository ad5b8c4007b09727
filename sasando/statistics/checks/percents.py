"""Percentages against their numerator and denominator; coverage above one hundred."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sasando.base.checks import Finding, Sentence, Severity
from sasando.lib.numbers import Number as ParsedNumber
from sasando.lib.numbers import parse_printed_number
from sasando.statistics.checks.arithmetic import Agreement, agreement, share, shown
from sasando.statistics.checks.printed import Printed, PrintedRow, printed_table, table_name
from sasando.statistics.checks.rulebook import rules
from sasando.statistics.checks.wording import Words, say
from sasando.statistics.results import TextFigure, YearView

CHECK = "percent-against-parts"
COVERAGE = "coverage-above-100"
TEXT = "figures_in_text"
"""What findings about numbers in running text give as their table."""


def percent_finding(
    table: str,
    name: Mapping[str, str],
    row: str,
    column: str,
    printed: str,
    value: Decimal,
    of: Decimal | int,
    over: Decimal | int,
) -> Finding | None:
    """The finding about a printed percent, or None where it is the share, rounded half-up as far as it is printed."""
    exact = share(of, over)
    if exact is None:
        return None
    verdict = agreement(printed, value, exact)
    if verdict == Agreement.SAME:
        return None
    message = _truncated if verdict == Agreement.TRUNCATED else _different
    return Finding(
        CHECK,
        Severity.WARNING if verdict == Agreement.TRUNCATED else Severity.ERROR,
        table,
        row,
        column,
        printed,
        shown(exact),
        message(table=name, row=row, printed=printed, of=of, over=over, percent=exact),
    )


def _truncated(**values: Words) -> Sentence:
    return say(
        "{table}, {row}: tercetak {printed}%; {of} dibagi {over} adalah {percent}%. Angka cetak dipotong"
        " (truncated), bukan dibulatkan.",
        "{table}, {row}: {printed}% is printed; {of} of {over} is {percent}%. The printed number was truncated,"
        " not rounded.",
        **_bare(values),
    )


def _different(**values: Words) -> Sentence:
    return say(
        "{table}, {row}: tercetak {printed}%, padahal {of} dibagi {over} adalah {percent}%.",
        "{table}, {row}: {printed}% is printed, but {of} of {over} is {percent}%.",
        **_bare(values),
    )


def _bare(values: dict[str, Words]) -> dict[str, Words]:
    return {**values, "printed": str(values["printed"]).rstrip("% ")}


def share_findings(printed: Printed, row: PrintedRow, column: str, of: str, over: str) -> Iterator[Finding]:
    """A printed percent against the two cells of its row, and a share above one hundred."""
    value, part, whole = (row.number(key) for key in (column, of, over))
    if None not in (value, part, whole):
        finding = percent_finding(
            printed.id, printed.name, row.label, column, row.text(column), value, part, whole
        )
        if finding:
            yield finding
    yield from coverage_findings(printed, row, of, over)


def coverage_findings(printed: Printed, row: PrintedRow, of: str, over: str) -> Iterator[Finding]:
    """More than everything was reached."""
    part, whole = row.number(of), row.number(over)
    if part is not None and whole and part > whole:
        yield printed.finding(
            COVERAGE,
            Severity.WARNING,
            row,
            of,
            "{table}, {row}: cakupan {computed}% melebihi 100% ({part} dari {whole}); tercetak {printed}."
            " Periksa pembilang dan penyebutnya.",
            "{table}, {row}: a coverage of {computed}% is above 100% ({part} of {whole}); {printed} is printed."
            " Check numerator and denominator.",
            computed=share(part, whole),
            part=part,
            whole=whole,
        )


def percents_in_tables(view: YearView) -> Iterator[Finding]:
    """Percent columns of the book's tables against the amounts of their row."""
    for rule in rules().get("percents", ()):
        printed = printed_table(view, rule["table"])
        for row in printed.rows if printed else ():
            if row.number(rule["percent"]) is not None:
                yield from share_findings(printed, row, rule["percent"], rule["of"], rule["over"])


def number_of(figure: TextFigure | None) -> Decimal | None:
    """What a printed text figure was read as; None for a date, a word, or nothing."""
    parsed = parse_printed_number(figure.printed) if figure else None
    return parsed.value if isinstance(parsed, ParsedNumber) else None


def percents_in_text(view: YearView) -> Iterator[Finding]:
    """Percents in running text against the two counts the same text gives."""
    for rule in rules().get("text_percents", ()):
        figures = [view.text_figures.get(rule[key]) for key in ("text", "of", "over")]
        value, of, over = map(number_of, figures)
        if None in (value, of, over):
            continue
        name = text_name(figures[0], table_name(view, rule["table"]) if "table" in rule else None)
        printed = figures[0].printed
        finding = percent_finding(TEXT, name, rule["text"], "value", printed, value, of, over)
        if finding:
            yield finding


def text_name(figure: TextFigure, table: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """What a sentence calls the place of a text figure, with the table it belongs to."""
    words = {"id": "Teks", "en": "Text"}
    return {
        language: f"{word} {figure.where}".strip() + (f" ({table[language]})" if table else "")
        for language, word in words.items()
    }


def coverage_above_100(view: YearView) -> Iterator[Finding]:
    """Indicators in percent whose numerator is larger than their denominator."""
    rule = rules()["plan"]["agreement"]
    printed = printed_table(view, rule["table"])
    for row in printed.body if printed else ():
        if row.text(rule["unit"]) == "%":
            yield from coverage_findings(printed, row, rule["numerator"], rule["denominator"])
