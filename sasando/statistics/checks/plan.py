"""The plan and what was reached: targets missing, indicators never measured, achievements, averages, scale labels."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from sasando.base.checks import Finding, Sentence, Severity
from sasando.lib.names import letters_only
from sasando.lib.numbers import round_half_up
from sasando.statistics.checks.arithmetic import (
    HIGHER,
    HUNDRED,
    LOWER,
    Agreement,
    achievement,
    agreement,
    capped,
    mean,
    share,
)
from sasando.statistics.checks.percents import number_of, text_name
from sasando.statistics.checks.printed import (
    UNKNOWN,
    Printed,
    PrintedRow,
    is_number,
    printed_table,
    printed_tables,
)
from sasando.statistics.checks.rulebook import Rules, rules
from sasando.statistics.checks.scales import Scale, scale_for
from sasando.statistics.checks.wording import listed, say
from sasando.statistics.results import YearView

TARGET = "target-missing"
UNMEASURED = "indicator-unmeasured"
LISTS = "indicator-lists-differ"
FORMULA = "achievement-against-formula"
AVERAGE = "average-against-parts"
SCALE = "scale-against-band"


def _agreement(view: YearView) -> tuple[Rules, Printed | None]:
    rule = rules()["plan"]["agreement"]
    return rule, printed_table(view, rule["table"])


def targets_missing(view: YearView) -> Iterator[Finding]:
    """Indicators of the performance agreement whose target cell is blank, with the target that text or records give."""
    rule, printed = _agreement(view)
    for row in printed.body if printed else ():
        if not row.is_blank(rule["target"]):
            continue
        figure = view.text_figures.get(rule.get("targets_in_text", {}).get(row.text(rule["number"]), ""))
        in_text, on_record = number_of(figure), _computed_target(printed, row, rule)
        hints = []
        if in_text is not None:
            hints.append(
                say(
                    " {text} menyebut {target}.",
                    " {text} says {target}.",
                    text=text_name(figure),
                    target=in_text,
                )
            )
        if on_record is not None:
            hints.append(
                say(
                    " Perjanjian yang tersimpan mencatat {target}.",
                    " The agreement on record has {target}.",
                    target=on_record,
                )
            )
        yield printed.finding(
            TARGET,
            Severity.ERROR,
            row,
            rule["target"],
            "{table}, indikator {row}: sel target kosong.{hints}",
            "{table}, indicator {row}: the target cell is blank.{hints}",
            computed=on_record if in_text is None else in_text,
            hints={
                language: "".join(hint.in_language(language) for hint in hints) for language in ("id", "en")
            },
        )


def _computed_target(printed: Printed, row: PrintedRow, rule: Rules) -> Decimal | int | None:
    name = letters_only(row.text(rule["item"]))
    for cells in printed.computed.rows if printed.computed else ():
        if letters_only(str(cells.get(rule["item"]) or "")) == name and is_number(cells.get(rule["target"])):
            return cells[rule["target"]]
    return None


def realised_by_records(view: YearView) -> Mapping[str, Fraction | None]:
    """What each indicator came to by its named figures, in the agreement's unit, by the letters of its name.

    Numerator over denominator in percent, the numerator alone where no denominator is named; None where a figure
    has no value. Empty where the year has no facts.
    """
    if view.facts is None:
        return {}
    rows = view.facts.rows("SELECT name, numerator_figure, denominator_figure FROM indicators")
    return {letters_only(str(row["name"])): _realised(view, row) for row in rows}


def _realised(view: YearView, row: Mapping[str, object]) -> Fraction | None:
    of = _figure(view, row["numerator_figure"])
    if not row["denominator_figure"]:
        return of
    over = _figure(view, row["denominator_figure"])
    return share(of, over)


def _figure(view: YearView, name: object) -> Fraction | None:
    figure = view.figures.get(str(name or ""))
    return Fraction(figure.value) if figure and is_number(figure.value) else None


def indicators_unmeasured(view: YearView) -> Iterator[Finding]:
    """Indicators of the agreement for which neither the paper nor the records have a value."""
    rule, printed = _agreement(view)
    measured = realised_by_records(view)
    for row in printed.body if printed else ():
        by_records = measured.get(letters_only(row.text(rule["item"])))
        if by_records is not None or _realised_on_paper(row, rule) is not None:
            continue
        of = row.number(rule["numerator"])
        yield printed.finding(
            UNMEASURED,
            Severity.WARNING,
            row,
            rule["denominator"],
            "{table}, indikator {row}: tidak ada nilai terukur"
            + (
                "; pembilang {of} tercetak tanpa penyebut."
                if of is not None
                else "; realisasinya tidak tercetak."
            ),
            "{table}, indicator {row}: it has no measured value"
            + (
                "; the numerator {of} is printed without a denominator."
                if of is not None
                else "; no realisation is printed."
            ),
            of=of,
        )


def _realised_on_paper(row: PrintedRow, rule: Rules) -> Fraction | None:
    of, over = row.number(rule["numerator"]), row.number(rule["denominator"])
    if of == 0 and over is None:
        return Fraction(0)
    return share(of, over)


def _same_indicator(one: str, other: str) -> bool:
    """Whether two names mean the same indicator: equal letters, or all words of the shorter one in the longer."""
    words = [
        set(name.casefold().replace("persentase", "").replace("/", " ").split()) for name in (one, other)
    ]
    return letters_only(one) == letters_only(other) or words[0] <= words[1] or words[1] <= words[0]


def indicator_lists_differ(view: YearView) -> Iterator[Finding]:
    """Key indicators that the agreement does not have, and numbers of indicators or objectives that differ."""
    rule, agreed = _agreement(view)
    key_rule = rules()["plan"]["key_indicators"]
    keys = printed_table(view, key_rule["table"])
    if not keys or not agreed:
        return
    agreed_names = [row.text(rule["item"]) for row in agreed.body if row.text(rule["item"])]
    key_names = [row.text(key_rule["item"]) for row in keys.body if row.text(key_rule["item"])]
    for name in key_names:
        if not any(_same_indicator(name, other) for other in agreed_names):
            yield keys.finding(
                LISTS,
                Severity.ERROR,
                name,
                key_rule["item"],
                "{table}: indikator {row} tercantum, tetapi tidak ada dalam {other}, sehingga tidak pernah diukur.",
                "{table}: the indicator {row} is listed, but {other} does not have it, so it is never measured.",
                printed=name,
                other=agreed.name,
            )
    counts = [
        len(key_names),
        len({row.text(key_rule["objective"]) for row in keys.body if row.text(key_rule["objective"])}),
        len(agreed_names),
        len({row.text(rule["objective"]) for row in agreed.body if row.text(rule["objective"])}),
    ]
    if counts[:2] != counts[2:]:
        missing = [
            name for name in agreed_names if not any(_same_indicator(name, other) for other in key_names)
        ]
        yield keys.finding(
            LISTS,
            Severity.ERROR,
            "",
            key_rule["item"],
            "{table} memuat {printed} indikator dalam {key_objectives} sasaran, sedangkan {other} memuat {computed}"
            " indikator dalam {objectives} sasaran. Hanya ada di {other}: {missing}.",
            "{table} has {printed} indicators in {key_objectives} objectives, {other} has {computed} indicators in"
            " {objectives} objectives. Only in {other}: {missing}.",
            printed=str(counts[0]),
            computed=counts[2],
            other=agreed.name,
            key_objectives=counts[1],
            objectives=counts[3],
            missing=listed(missing) or "-",
        )


def cap_of_the_year(view: YearView) -> Decimal | None:
    """The cap on achievements that planning holds for the year; None for none."""
    if view.facts is None:
        return None
    caps = [row["cap_percent"] for row in view.facts.rows("SELECT cap_percent FROM achievement_policies")]
    known = [Decimal(str(cap)) for cap in caps if cap is not None]
    return known[0] if len(known) == 1 and len(caps) == 1 else None


def achievements_against_formula(view: YearView) -> Iterator[Finding]:
    """Each objective's printed average against the achievements that its indicators' printed values give.

    The realisation may have been rounded first or not, and an indicator without a value left out, taken as nothing
    or as fully reached: the book's author does not say. Only a number that none of these readings gives is a finding.
    """
    rule, agreed = _agreement(view)
    averages_rule = rules()["plan"]["achievement"]
    averages = printed_table(view, averages_rule["table"])
    if not agreed or not averages:
        return
    cap = cap_of_the_year(view)
    by_records = realised_by_records(view)
    for row in averages.body:
        printed, text = row.number(averages_rule["value"]), row.text(averages_rule["value"])
        number = row.text(averages_rule["number"])
        parts = [part for part in agreed.body if part.text(rule["objective"]) == number]
        readings = {part.label: _readings(part, rule, by_records, cap) for part in parts}
        known = [values for values in readings.values() if values]
        unknown = [label for label, values in readings.items() if not values]
        if printed is None or not known:
            continue
        results = _possible_means(known, len(unknown))
        if any(agreement(text, printed, value) == Agreement.SAME for value in results.values()):
            continue
        yield averages.finding(
            FORMULA,
            Severity.ERROR,
            row,
            averages_rule["value"],
            "{table}, sasaran {row}: tercetak {printed}, tetapi rumus realisasi terhadap target memberi {computed}"
            "{otherwise}.",
            "{table}, objective {row}: {printed} is printed, but realisation against target gives {computed}"
            "{otherwise}.",
            computed=results["left out"],
            otherwise=_otherwise(unknown, results) if unknown else "",
        )


def _otherwise(unknown: list[str], results: Mapping[str, Fraction]) -> Sentence:
    return say(
        " tanpa indikator yang tidak terukur ({unknown}), {nothing} bila itu dihitung 0, dan {full} bila dihitung 100",
        " without the unmeasured indicators ({unknown}), {nothing} if those count as 0, and {full} if as 100",
        unknown=listed(unknown),
        nothing=results["nothing"],
        full=results["full"],
    )


def _readings(
    part: PrintedRow, rule: Rules, by_records: Mapping[str, Fraction | None], cap: Decimal | None
) -> list[Fraction]:
    """An indicator's achievement from its exact and from its rounded realisation; nothing where it has none."""
    reached = _realised_on_paper(part, rule)
    if reached is None and part.number(rule["numerator"]) is None:
        reached = by_records.get(letters_only(part.text(rule["item"])))
    if reached is None:
        return []
    target, direction = part.number(rule["target"]), direction_of(part.text(rule["direction"])) or HIGHER
    realised = dict.fromkeys((reached, Fraction(round_half_up(reached, 2))))
    values = [capped(achievement(target, each, direction), cap) for each in realised]
    return [value for value in values if value is not None]


def _possible_means(known: Sequence[Sequence[Fraction]], unknown: int) -> Mapping[str, Fraction]:
    """The mean by each reading: exact or rounded realisations; unmeasured indicators left out, as 0, as 100."""
    results: dict[str, Fraction] = {}
    for prefix, pick in (("", 0), ("rounded ", -1)):
        values = [readings[pick] for readings in known]
        results[prefix + "left out"] = mean(values)
        results[prefix + "nothing"] = mean([*values, *[Fraction(0)] * unknown])
        results[prefix + "full"] = mean([*values, *[Fraction(HUNDRED)] * unknown])
    return results


def averages_against_parts(view: YearView) -> Iterator[Finding]:
    """The printed total of a column of averages against the simple mean of its printed rows."""
    for printed in printed_tables(view):
        for column in printed.rules.get("mean", ()):
            values = [row.number(column) for row in printed.body]
            for row in printed.totals:
                if None in values or row.number(column) is None or not values:
                    continue
                computed = mean(map(Fraction, values))
                if agreement(row.text(column), row.number(column), computed) != Agreement.SAME:
                    yield average_finding(printed, row, column, computed)


def average_finding(printed: Printed, row: PrintedRow, column: str, computed: Fraction) -> Finding:
    """The finding that a printed mean is not the mean of its rows."""
    return printed.finding(
        AVERAGE,
        Severity.ERROR,
        row,
        column,
        "{table}, {row}: rata-rata tercetak {printed}, padahal rata-rata barisnya {computed}.",
        "{table}, {row}: a mean of {printed} is printed, but the mean of its rows is {computed}.",
        computed=computed,
    )


def scales_against_bands(view: YearView) -> Iterator[Finding]:
    """Each printed scale label against the band of its printed achievement."""
    rule = rules()["plan"]["achievement"]
    printed = printed_table(view, rule["table"])
    if printed:
        labels = [row.text(rule["scale"]) for row in printed.rows if row.text(rule["scale"])]
        yield from scale_findings(printed, rule["value"], rule["scale"], scale_for(view, labels))


def scale_findings(
    printed: Printed, value_column: str, scale_column: str, scale: Scale | None
) -> Iterator[Finding]:
    """The labels of a table that are not those of the scale's band."""
    for row in printed.rows if scale else ():
        value, label = row.number(value_column), row.text(scale_column)
        if value is None or not any(map(str.isalpha, label)) or row.state(scale_column) == UNKNOWN:
            continue
        allowed = scale.allowed(value)
        if any(band.is_called(label) for band in allowed):
            continue
        names = " / ".join(band.label for band in allowed)
        yield Finding(
            SCALE,
            Severity.ERROR,
            printed.id,
            row.label,
            scale_column,
            label,
            names,
            say(
                "{table}, {row}: capaian {value} diberi skala {label}, padahal menurut skala {scale}"
                " seharusnya {band}.",
                "{table}, {row}: the achievement {value} is labelled {label}, but by the scale {scale} it is"
                " {band}.",
                table=printed.name,
                row=row.label,
                value=row.text(value_column),
                label=label,
                scale=scale.name,
                band=names,
            ),
        )


_DIRECTIONS = {
    LOWER: ("lower", "negati", "turun", "rendah", "minimal", "minimi", "kecil", "decreas", "down"),
    HIGHER: (
        "higher",
        "positi",
        "naik",
        "meningkat",
        "tinggi",
        "maksimal",
        "maximi",
        "besar",
        "increas",
        "up",
    ),
}


def direction_of(text: str) -> str | None:
    """`higher` or `lower` from the words offices use (`positif`, `makin rendah makin baik`); None for no such word."""
    words = letters_only(text)
    if not words:
        return {"+": HIGHER, "-": LOWER}.get(text.strip(" ()"))
    return next((way for way, marks in _DIRECTIONS.items() if any(mark in words for mark in marks)), None)
