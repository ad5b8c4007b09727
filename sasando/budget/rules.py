"""The tree of a budget and the shares in it. Money is whole rupiah; percents half-up to two decimals.

Source: Permendagri 13/2006 (indirect and direct spending, programmes, activities) and its realisation reports.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sasando.budget.models import LineLevel
from sasando.lib.numbers import percent

BY_DEPTH = (LineLevel.TOTAL, LineLevel.GROUP, LineLevel.PROGRAMME, LineLevel.ACTIVITY)
TOTAL_WORDS = ("total", "jumlah")


@dataclass(frozen=True)
class Difference:
    """A line whose parts do not add up to it."""

    code: str
    own: int
    parts: int


def share_spent(realised_idr: int | None, ceiling_idr: int | None) -> Decimal | None:
    """Realisation in percent of the ceiling (pagu); None where one is not known, or the ceiling is 0."""
    return percent(realised_idr, ceiling_idr)


def remaining(realised_idr: int | None, ceiling_idr: int | None) -> int | None:
    """What is left of the ceiling; negative where more was spent."""
    return None if realised_idr is None or ceiling_idr is None else ceiling_idr - realised_idr


def differences(lines: Iterable[tuple[str, str | None, int | None]]) -> list[Difference]:
    """The lines, given as (code, code of the parent, amount), whose parts do not add up to them.

    A line is judged only where all its parts have an amount: a part without one is not known, never zero.
    """
    lines = list(lines)
    parts: dict[str, list[int | None]] = {}
    for _code, parent, amount in lines:
        if parent is not None:
            parts.setdefault(parent, []).append(amount)
    found = []
    for code, _parent, amount in lines:
        mine = parts.get(code)
        if amount is not None and mine and None not in mine and sum(mine) != amount:
            found.append(Difference(code, amount, sum(mine)))
    return found


def parent_by_code(code: str, codes: Iterable[str]) -> str | None:
    """The code that a ledger's code stands under: the longest one it continues after a point or a change of kind.

    `2a.1` stands under `2a`, `2a` under `2`, `1.06.02` under `1.06`; `10` does not stand under `1`.
    """
    above = [other for other in codes if other and other != code and _continues(code, other)]
    return max(above, key=len, default=None)


def _continues(code: str, start: str) -> bool:
    if not code.startswith(start) or len(code) == len(start):
        return False
    before, after = start[-1], code[len(start)]
    return not after.isalnum() or not before.isalnum() or before.isdigit() != after.isdigit()


def is_total(name: str) -> bool:
    """Whether a line calls itself a total."""
    return name.casefold().split(" ")[0] in TOTAL_WORDS


def levels_by_depth(parents: Mapping[str, str | None]) -> dict[str, str]:
    """A level for each code by its depth in the tree: total, group, programme, activity (and what is deeper)."""
    return {code: BY_DEPTH[min(depth_of(code, parents), len(BY_DEPTH) - 1)] for code in parents}


def depth_of(code: str, parents: Mapping[str, str | None]) -> int:
    """How many lines stand above one."""
    depth, at = 0, parents.get(code)
    while at is not None and depth <= len(parents):
        depth, at = depth + 1, parents.get(at)
    return depth


def parents_of(lines: Sequence[tuple[str, str, str]]) -> dict[str, str | None]:
    """The parent of each line, given as (code, parent as the file has it, name).

    Where the file names parents, they hold. Where it names none, the codes say it; a line that stands under no code
    belongs to the file's one total.
    """
    named = {code: parent or None for code, parent, _name in lines}
    if any(named.values()):
        return named
    codes = list(named)
    totals = [code for code, _parent, name in lines if is_total(name)]
    by_code = {code: parent_by_code(code, codes) for code in codes}
    if len(totals) != 1:
        return by_code
    return {code: parent or (totals[0] if code != totals[0] else None) for code, parent in by_code.items()}
