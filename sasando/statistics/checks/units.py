"""Totals that add up different units."""

from sasando.base.checks import Finding, Severity
from sasando.lib.names import letters_only
from sasando.statistics.checks.printed import Printed, PrintedRow
from sasando.statistics.checks.wording import listed

UNITS = "units-mixed-in-total"


def mixed_units(row: PrintedRow, parts: list[PrintedRow]) -> list[str]:
    """The different units of a total and its parts; empty where there is one or none is said."""
    units = {}
    for part in [row, *parts]:
        unit = part.text("unit")
        if any(map(str.isalnum, unit)) or "%" in unit:
            units.setdefault(plain_unit(unit), unit)
    return list(units.values()) if len(units) > 1 else []


def plain_unit(unit: str) -> str:
    plain = letters_only(unit) or unit.strip()
    return {"rupiah": "rp", "idr": "rp", "persen": "%", "jiwa": "orang"}.get(plain, plain)


def mixed_units_finding(printed: Printed, row: PrintedRow, column: str, units: list[str]) -> Finding:
    """The finding that a total adds up different units."""
    return printed.finding(
        UNITS,
        Severity.WARNING,
        row,
        column,
        "{table}, baris {row}: jumlah {printed} mencampur satuan berbeda ({units}), sehingga tidak dapat"
        " dijumlahkan.",
        "{table}, row {row}: the total {printed} mixes different units ({units}), which cannot be added up.",
        units=listed(units),
    )
