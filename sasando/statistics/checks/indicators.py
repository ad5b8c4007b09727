"""Reported tables of indicators of any office (`sasando import reported-indicators`): target, achievement, scale."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from sasando.base.checks import Finding, Severity
from sasando.lib.names import letters_only
from sasando.statistics.checks.arithmetic import (
    HIGHER,
    LOWER,
    Agreement,
    achievement,
    agreement,
    capped,
    exponent_printed,
    mean,
    share,
)
from sasando.statistics.checks.percents import share_findings
from sasando.statistics.checks.plan import (
    FORMULA,
    TARGET,
    UNMEASURED,
    average_finding,
    direction_of,
    scale_findings,
)
from sasando.statistics.checks.printed import (
    INDICATORS,
    ORDINAL,
    REFUSED,
    UNKNOWN,
    Printed,
    PrintedRow,
    printed_tables,
)
from sasando.statistics.checks.scales import scale_for
from sasando.statistics.checks.wording import Words, say
from sasando.statistics.results import YearView

CAPPED = "achievement-cap-unstated"


T, R, ACHIEVED, LABELLED = "target", "realisation", "published_achievement", "published_scale"


def reported_indicators(view: YearView) -> Iterator[Finding]:
    """Indicator tables: realisation, achievement, scale, targets and realisations that are not there."""
    for printed in printed_tables(view, INDICATORS):
        yield from _indicators(view, printed)


def _indicators(view: YearView, printed: Printed) -> Iterator[Finding]:
    rows = [row for row in printed.body if _is_indicator(row)]
    cap, assumed = _cap(printed, rows)
    for row in rows:
        yield from _realisation(printed, row)
        yield from _missing(printed, row)
        yield from _achievement(printed, row, cap)
    if assumed:
        yield _cap_unstated(printed, cap)
    yield from _average(printed, rows)
    labels = [row.text(LABELLED) for row in printed.rows if row.state(LABELLED) == ORDINAL]
    scale = scale_for(view, labels, printed.table.options.get("scale") or None)
    yield from scale_findings(printed, ACHIEVED, LABELLED, scale)


_AVERAGE = re.compile(r"rata|average|mean|capaiankinerja$")


def _is_indicator(row: PrintedRow) -> bool:
    """A row that measures something; not a mean or total of the table."""
    says_mean = _AVERAGE.match(letters_only(row.label)) and row.number(T) is None and row.number(R) is None
    return not says_mean


def _realisation(printed: Printed, row: PrintedRow) -> Iterator[Finding]:
    if "%" in row.text("unit") or "persen" in row.text("unit").casefold() or "%" in row.text(R):
        yield from share_findings(printed, row, R, "numerator", "denominator")


def _missing(printed: Printed, row: PrintedRow) -> Iterator[Finding]:
    if row.is_blank(T):
        yield printed.finding(
            TARGET,
            Severity.ERROR,
            row,
            T,
            "{table}, indikator {row}: sel target kosong.",
            "{table}, indicator {row}: the target cell is blank.",
        )
    if row.state(R) == UNKNOWN:
        yield printed.finding(
            UNMEASURED,
            Severity.WARNING,
            row,
            R,
            "{table}, indikator {row}: realisasi tidak diketahui (tercetak “{printed}”).",
            "{table}, indicator {row}: the realisation is not known (“{printed}” is printed).",
        )


def _achievement(printed: Printed, row: PrintedRow, cap: Decimal | None) -> Iterator[Finding]:
    target, reached, value = row.number(T), row.number(R), row.number(ACHIEVED)
    if value is None or reached is None or not target:
        return
    direction = direction_of(row.text("direction"))
    ways = [direction] if direction else [HIGHER, LOWER]
    exact = share(row.number("numerator"), row.number("denominator"))
    readings = [reached] if exact is None else [reached, exact]
    results = [capped(achievement(target, r, way), cap) for way in ways for r in readings]
    verdicts = [agreement(row.text(ACHIEVED), value, result) for result in results]
    if Agreement.SAME in verdicts or _within_rounding(row, target, value, ways, cap):
        return
    cut = Agreement.TRUNCATED in verdicts
    hint = _hint(row, target, reached, value, direction, cap)
    yield printed.finding(
        FORMULA,
        Severity.WARNING if cut else Severity.ERROR,
        row,
        ACHIEVED,
        "{table}, {row}: capaian tercetak {printed}, padahal realisasi {reached} terhadap target {target}"
        " ({way}) memberi {computed}{cap}{hint}.",
        "{table}, {row}: an achievement of {printed} is printed, but a realisation of {reached} against"
        " a target of"
        " {target} ({way}) gives {computed}{cap}{hint}.",
        computed=results[0],
        reached=row.text(R),
        target=row.text(T),
        way=_WAYS[direction or HIGHER],
        cap=say(" (dibatasi {cap}%)", " (capped at {cap}%)", cap=cap) if cap is not None else "",
        hint={
            "id": "; angka cetak dipotong (truncated), bukan dibulatkan",
            "en": "; the printed number was truncated, not rounded",
        }
        if cut
        else hint,
    )


_WAYS = {
    HIGHER: {"id": "makin tinggi makin baik", "en": "higher is better"},
    LOWER: {"id": "makin rendah makin baik", "en": "lower is better"},
}


def _within_rounding(
    row: PrintedRow, target: Decimal, value: Decimal, ways: list[str], cap: Decimal | None
) -> bool:
    """Whether a realisation that prints like this one, rounded, gives the printed achievement.

    Only a realisation with decimals was rounded; a whole number of documents or families is exact.
    """
    exponent = exponent_printed(row.text(R), row.number(R))
    if exponent >= 0:
        return False
    half = Fraction(10) ** exponent / 2
    slack = Fraction(10) ** exponent_printed(row.text(ACHIEVED), value) / 2
    for way in ways:
        ends = sorted(
            capped(achievement(target, Fraction(row.number(R)) + side, way), cap) for side in (-half, half)
        )
        if ends[0] - slack <= Fraction(value) <= ends[1] + slack:
            return True
    return False


def _hint(
    row: PrintedRow,
    target: Decimal,
    reached: Decimal,
    value: Decimal,
    direction: str | None,
    cap: Decimal | None,
) -> Words:
    """What other formula would give the printed number, if a plain one does."""
    others = {
        "realisasi/target": achievement(target, reached, HIGHER) if direction == LOWER else None,
        "(2 x target - realisasi)/target": achievement(target, reached, LOWER)
        if direction == HIGHER
        else None,
        "target/realisasi": share(target, reached),
        "tanpa batas": achievement(target, reached, direction or HIGHER) if cap is not None else None,
    }
    for name, result in others.items():
        if result is not None and agreement(row.text(ACHIEVED), value, result) == Agreement.SAME:
            english = {"tanpa batas": "no cap"}.get(name, name.replace("realisasi", "realisation"))
            return {"id": f"; angka cetak cocok dengan {name}", "en": f"; the printed number fits {english}"}
    return ""


def _cap(printed: Printed, rows: list[PrintedRow]) -> tuple[Decimal | None, bool]:
    """The cap of a table, and whether it was only inferred: all achievements above it print exactly the same."""
    stated = printed.table.options.get("cap")
    if stated is not None:
        return (None if str(stated).casefold() == "none" else _decimal(stated)), False
    over = set()
    for row in rows:
        computed = achievement(row.number(T), row.number(R), direction_of(row.text("direction")) or HIGHER)
        value = row.number(ACHIEVED)
        if computed is not None and value is not None and computed > 100 and value < computed:
            same = agreement(row.text(ACHIEVED), value, computed) != Agreement.DIFFERENT
            over.add(None if same else value)
    highest = max((row.number(ACHIEVED) for row in rows if row.number(ACHIEVED) is not None), default=None)
    if len(over) == 1 and highest in over and highest in (100, 110, 120, 125, 150, 200):
        return highest, True
    return None, False


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _cap_unstated(printed: Printed, cap: Decimal | None) -> Finding:
    return printed.finding(
        CAPPED,
        Severity.INFO,
        "",
        ACHIEVED,
        "{table}: capaian di atas {computed}% dicetak {computed}; capaian tampaknya dibatasi, tetapi batasnya tidak"
        " disebut (--cap {computed}).",
        "{table}: achievements above {computed}% are printed as {computed}; they seem capped, but no cap is stated"
        " (--cap {computed}).",
        computed=cap,
    )


def _average(printed: Printed, rows: list[PrintedRow]) -> Iterator[Finding]:
    values = [row.number(ACHIEVED) for row in rows]
    known = [Fraction(value) for value in values if value is not None]
    means = [row for row in printed.rows if row not in rows and row.number(ACHIEVED) is not None]
    illegible = any(row.state(ACHIEVED) == REFUSED for row in rows)
    for row in means if known and not illegible else ():
        computed = mean(known)
        if agreement(row.text(ACHIEVED), row.number(ACHIEVED), computed) != Agreement.SAME:
            yield average_finding(printed, row, ACHIEVED, computed)
