"""Reported budget tables of any office: percents, sub-totals by level, totals (`sasando import reported-budget`)."""

import re
from collections.abc import Iterator

from sasando.base.checks import Finding
from sasando.lib.names import letters_only
from sasando.statistics.checks.percents import share_findings
from sasando.statistics.checks.printed import BUDGET, Printed, PrintedRow, is_total, printed_tables
from sasando.statistics.checks.totals import against_children
from sasando.statistics.checks.units import mixed_units, mixed_units_finding
from sasando.statistics.results import YearView

AMOUNTS = ("pagu", "realisasi")


def reported_budgets(view: YearView) -> Iterator[Finding]:
    """Budget tables: percent of the budget, realisation above it, sub-totals by level, totals."""
    for printed in printed_tables(view, BUDGET):
        for row in printed.rows:
            yield from share_findings(printed, row, "published_pct", "realisasi", "pagu")
        yield from _levels(printed)


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
    if mixed := mixed_units(row, parts):
        yield mixed_units_finding(printed, row, "pagu", mixed)
    else:
        yield from against_children(printed, row, parts, AMOUNTS, strict=False)


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
