"""The same rules over reported tables of any office: indicators, budget, counts (`sasando import reported-*`)."""

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
    shown,
)
from sasando.statistics.checks.percents import coverage, percent_finding
from sasando.statistics.checks.plan import (
    FORMULA,
    TARGET,
    UNMEASURED,
    average_finding,
    direction_of,
    scale_findings,
)
from sasando.statistics.checks.printed import (
    BUDGET,
    COLUMN_TOTAL,
    COUNTS,
    GRAND_TOTAL,
    INDICATORS,
    ORDINAL,
    REFUSED,
    ROW,
    ROW_TOTAL,
    UNKNOWN,
    Printed,
    PrintedRow,
    is_total,
    printed_tables,
    row_kind,
)
from sasando.statistics.checks.scales import scale_for
from sasando.statistics.checks.totals import CHECK as TOTAL
from sasando.statistics.checks.totals import against_children, contradicts
from sasando.statistics.checks.wording import Words, listed, say
from sasando.statistics.results import YearView

UNITS = "units-mixed-in-total"
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
    value, of, over = row.number(R), row.number("numerator"), row.number("denominator")
    exact = share(of, over)
    if exact is None:
        return
    in_percent = "%" in row.text("unit") or "persen" in row.text("unit").casefold() or "%" in row.text(R)
    if value is not None and in_percent:
        finding = percent_finding(printed.id, printed.name, row.label, R, row.text(R), value, of, over)
        if finding:
            yield finding
    if in_percent and of > over:
        yield coverage(
            printed.id, printed.name, row.label, "numerator", row.text("numerator"), exact, of, over
        )


def _missing(printed: Printed, row: PrintedRow) -> Iterator[Finding]:
    if row.is_blank(T):
        yield Finding(
            TARGET,
            Severity.ERROR,
            printed.id,
            row.label,
            T,
            row.text(T),
            None,
            say(
                "{table}, indikator {row}: sel target kosong.",
                "{table}, indicator {row}: the target cell is blank.",
                table=printed.name,
                row=row.label,
            ),
        )
    if row.state(R) == UNKNOWN:
        yield Finding(
            UNMEASURED,
            Severity.WARNING,
            printed.id,
            row.label,
            R,
            row.text(R),
            None,
            say(
                "{table}, indikator {row}: realisasi tidak diketahui (tercetak “{printed}”).",
                "{table}, indicator {row}: the realisation is not known (“{printed}” is printed).",
                table=printed.name,
                row=row.label,
                printed=row.text(R),
            ),
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
    yield Finding(
        FORMULA,
        Severity.WARNING if cut else Severity.ERROR,
        printed.id,
        row.label,
        ACHIEVED,
        row.text(ACHIEVED),
        shown(results[0]),
        say(
            "{table}, {row}: capaian tercetak {printed}, padahal realisasi {reached} terhadap target {target}"
            " ({way}) memberi {computed}{cap}{hint}.",
            "{table}, {row}: an achievement of {printed} is printed, but a realisation of {reached} against"
            " a target of"
            " {target} ({way}) gives {computed}{cap}{hint}.",
            table=printed.name,
            row=row.label,
            printed=row.text(ACHIEVED),
            reached=row.text(R),
            target=row.text(T),
            way=_WAYS[direction or HIGHER],
            computed=results[0],
            cap=say(" (dibatasi {cap}%)", " (capped at {cap}%)", cap=cap) if cap is not None else "",
            hint={
                "id": "; angka cetak dipotong (truncated), bukan dibulatkan",
                "en": "; the printed number was truncated, not rounded",
            }
            if cut
            else hint,
        ),
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
    return Finding(
        CAPPED,
        Severity.INFO,
        printed.id,
        "",
        ACHIEVED,
        None,
        shown(cap),
        say(
            "{table}: capaian di atas {cap}% dicetak {cap}; capaian tampaknya dibatasi, tetapi batasnya"
            " tidak disebut"
            " (--cap {cap}).",
            "{table}: achievements above {cap}% are printed as {cap}; they seem capped, but no cap is stated"
            " (--cap {cap}).",
            table=printed.name,
            cap=cap,
        ),
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


def reported_budgets(view: YearView) -> Iterator[Finding]:
    """Budget tables: percent of the budget, realisation above it, sub-totals by level, totals."""
    for printed in printed_tables(view, BUDGET):
        for row in printed.rows:
            yield from _budget_percent(printed, row)
        yield from _levels(printed)


def _budget_percent(printed: Printed, row: PrintedRow) -> Iterator[Finding]:
    ceiling, spent, value = row.number("pagu"), row.number("realisasi"), row.number("published_pct")
    exact = share(spent, ceiling)
    if exact is None:
        return
    if value is not None:
        finding = percent_finding(
            printed.id,
            printed.name,
            row.label,
            "published_pct",
            row.text("published_pct"),
            value,
            spent,
            ceiling,
        )
        if finding:
            yield finding
    if exact > 100:
        yield coverage(
            printed.id, printed.name, row.label, "realisasi", row.text("realisasi"), exact, spent, ceiling
        )


AMOUNTS = ("pagu", "realisasi")


def _levels(printed: Printed) -> Iterator[Finding]:
    lines = [row for row in printed.body if not _is_total_level(row)]
    depths = level_depths([row.text("level") for row in lines])
    placed = [(row, depth) for row, depth in zip(lines, depths, strict=True) if depth is not None]
    for place, (row, depth) in enumerate(placed):
        below = []
        for other, other_depth in placed[place + 1 :]:
            if other_depth <= depth:
                break
            below.append((other, other_depth))
        direct = min((d for _, d in below), default=0)
        children = [other for other, d in below if d == direct]
        if children:
            yield from _level_sum(printed, row, children)
    if not placed:
        placed = [(row, 0) for row in lines]
    top = min((depth for _, depth in placed), default=0)
    highest = [row for row, depth in placed if depth == top]
    for row in printed.rows:
        if row not in lines and highest:
            yield from _level_sum(printed, row, highest)


def _level_sum(printed: Printed, row: PrintedRow, parts: list[PrintedRow]) -> Iterator[Finding]:
    if mixed := _mixed_units(row, parts):
        yield mixed_units_finding(printed, row, "pagu", mixed)
    else:
        yield from against_children(printed, row, parts, AMOUNTS, strict=False)


def _mixed_units(row: PrintedRow, parts: list[PrintedRow]) -> list[str]:
    """The different units of a total and its parts; empty where there is one or none is said."""
    units = {}
    for part in [row, *parts]:
        unit = part.text("unit")
        if any(map(str.isalnum, unit)) or "%" in unit:
            units.setdefault(_plain_unit(unit), unit)
    return list(units.values()) if len(units) > 1 else []


def _plain_unit(unit: str) -> str:
    plain = letters_only(unit) or unit.strip()
    return {"rupiah": "rp", "idr": "rp", "persen": "%", "jiwa": "orang"}.get(plain, plain)


def mixed_units_finding(printed: Printed, row: PrintedRow, column: str, units: list[str]) -> Finding:
    """The finding that a total adds up different units."""
    return Finding(
        UNITS,
        Severity.WARNING,
        printed.id,
        row.label,
        column,
        row.text(column),
        None,
        say(
            "{table}, baris {row}: jumlah {printed} mencampur satuan berbeda ({units}), sehingga tidak dapat"
            " dijumlahkan.",
            "{table}, row {row}: the total {printed} mixes different units ({units}), which cannot be added"
            " up.",
            table=printed.name,
            row=row.label,
            printed=row.text(column),
            units=listed(units),
        ),
    )


def _is_total_level(row: PrintedRow) -> bool:
    return is_total(row.text("level")) or is_total(row.text("item"))


_KNOWN_LEVELS = (
    ("urusan",),
    ("bidangurusan", "bidang"),
    ("organisasi", "opd", "skpd", "unit", "dinas"),
    ("kelompok", "kelompokbelanja"),
    ("program",),
    ("kegiatan", "activity"),
    ("subkegiatan", "subactivity"),
    ("rekening", "belanja", "rincian"),
)


def level_depths(levels: list[str]) -> list[int | None]:
    """How deep each line lies: by number where all levels are numbers, by known words, else by first appearance.

    A blank level lies nowhere (None).
    """
    texts = [level.strip() for level in levels]
    said = [text for text in texts if text and any(map(str.isalnum, text))]
    if all(re.fullmatch(r"\d{1,3}", text) for text in said):
        return [int(text) if text in said else None for text in texts]
    words = {word: depth for depth, group in enumerate(_KNOWN_LEVELS) for word in group}
    if all(letters_only(text) in words for text in said):
        return [words[letters_only(text)] if text in said else None for text in texts]
    if all(re.fullmatch(r"\d+(\.\d+)*\.?", text) for text in said):
        return [text.strip(".").count(".") if text in said else None for text in texts]
    order = {kind: depth for depth, kind in enumerate(dict.fromkeys(map(_kind_of_mark, said)))}
    return [order[_kind_of_mark(text)] if text in said else None for text in texts]


def _kind_of_mark(text: str) -> str:
    """The kind of a level mark: Roman, capital, number, small letter, or the word itself."""
    mark = text.strip(" .()")
    if re.fullmatch(r"[IVX]+", mark):
        return "roman"
    if len(mark) == 1 and mark.isalpha():
        return "capital" if mark.isupper() else "small"
    if mark.isdigit():
        return "number"
    return mark.casefold()


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
    if mixed := _mixed_units(row, covered):
        own = [part for part in covered if _plain_unit(part.text("unit")) == _plain_unit(row.text("unit"))]
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
