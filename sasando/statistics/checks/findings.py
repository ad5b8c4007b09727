"""What the checks of all rooms find over a year ("catatan ketidaksesuaian data"), and how it is written out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from sasando.base.checks import Check, Finding, Severity
from sasando.base.collect import declared_lists
from sasando.lib.numbers import round_half_up
from sasando.statistics.checks.rulebook import RulesError, own_files
from sasando.statistics.results import YearView


def find(view: YearView, checks: Sequence[Check] | None = None) -> list[Finding]:
    """All findings of a year, in the order of the checks; the same value about the same cell is said once.

    Raises RulesError where an office's own rules cannot be read, or a check cannot use them.
    """
    found: dict[tuple, Finding] = {}
    for check in declared_lists("checks", "CHECKS") if checks is None else checks:
        for finding in _findings(check, view):
            place = (finding.table, finding.row, finding.column, finding.printed, finding.computed)
            found.setdefault(place if finding.computed is not None else (*place, finding.check), finding)
    return list(found.values())


def _findings(check: Check, view: YearView) -> Iterator[Finding]:
    try:
        yield from check.run(view)
    except RulesError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        own = own_files()
        if not own:
            raise
        raise RulesError(own[-1][0].parent, f"{check.id}: {error}") from error


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether one of them is an error; then `sasando findings` exits with 1."""
    return any(finding.severity == Severity.ERROR for finding in findings)


def as_json(findings: Iterable[Finding]) -> dict[str, list[dict[str, object]]]:
    """The documented shape: `printed` verbatim, `computed` half-up with two decimals."""
    return {"findings": [_as_dict(finding) for finding in findings]}


def _as_dict(finding: Finding) -> Mapping[str, object]:
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "printed": finding.printed,
        "computed": _computed(finding.computed),
        "message": {"id": finding.message.id, "en": finding.message.en},
    }


def _computed(value: Decimal | int | str | None) -> float | int | str | None:
    if isinstance(value, Decimal):
        rounded = round_half_up(value, 2)
        return int(rounded) if rounded == int(rounded) else float(rounded)
    return value


def as_text(findings: Sequence[Finding], language: str = "id") -> str:
    """One line a finding, for a terminal."""
    words = _WORDS["en" if language.startswith("en") else "id"]
    lines = [f"{words[finding.severity]}: {finding.message.in_language(language)}" for finding in findings]
    return "\n".join([*lines, words["count"].format(count=len(findings))])


_WORDS = {
    "id": {
        Severity.ERROR: "KESALAHAN",
        Severity.WARNING: "PERIKSA",
        Severity.INFO: "INFO",
        "count": "{count} catatan ketidaksesuaian data.",
    },
    "en": {
        Severity.ERROR: "ERROR",
        Severity.WARNING: "CHECK",
        Severity.INFO: "INFO",
        "count": "{count} notes on inconsistent data.",
    },
}
