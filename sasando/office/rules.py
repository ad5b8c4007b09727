"""How a regency office is built (PP 18/2016 on regional apparatus; the regent's regulation names the units)."""

from collections.abc import Mapping

from sasando.office.models import UnitKind

ABOVE = {
    UnitKind.OFFICE: set(),
    UnitKind.SECRETARIAT: {UnitKind.OFFICE},
    UnitKind.SUB_SECTION: {UnitKind.SECRETARIAT, UnitKind.TECHNICAL_UNIT},
    UnitKind.DIVISION: {UnitKind.OFFICE},
    UnitKind.SECTION: {UnitKind.DIVISION, UnitKind.OFFICE},
    UnitKind.FUNCTIONAL_GROUP: {UnitKind.OFFICE, UnitKind.SECRETARIAT, UnitKind.DIVISION},
    UnitKind.TECHNICAL_UNIT: {UnitKind.OFFICE},
}
"""Under which kinds of unit a unit of a kind may stand."""


def may_stand_under(kind: str, parent_kind: str | None) -> bool:
    """Whether a unit of one kind may belong to a unit of another; only the office itself belongs to none."""
    return parent_kind in ABOVE[UnitKind(kind)] if parent_kind else kind == UnitKind.OFFICE


def goes_round(code: str, parents: Mapping[str, str | None]) -> bool:
    """Whether a unit would, over its parents, belong to itself."""
    seen, at = {code}, parents.get(code)
    while at:
        if at in seen:
            return True
        seen.add(at)
        at = parents.get(at)
    return False
