"""Names of places against the official list, and districts a table leaves out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sasando.base.checks import Finding, Severity
from sasando.lib.names import Match, letters_only, match_name
from sasando.statistics.checks.gazetteer import DISTRICT, VILLAGE, Gazetteer, Official, gazetteer_of
from sasando.statistics.checks.printed import COUNTS, TABLE, Printed, printed_tables, table_name
from sasando.statistics.checks.rulebook import rules
from sasando.statistics.checks.wording import Words, say
from sasando.statistics.results import YearView

NAMES = "place-name-not-official"
CHANGED = "place-changed-later"
MISSING = "district-missing"

MOSTLY = 0.75
"""A table that has at least this share of the districts is meant to have them all, unless a rule says otherwise."""


@dataclass(frozen=True)
class PrintedName:
    """A place name as printed in a table."""

    table: str
    level: str
    name: str
    district: str = ""


def names_printed(view: YearView) -> list[PrintedName]:
    """The place names of all reported tables and name lists, each once. A name list speaks for its tables' spelling."""
    found: dict[PrintedName, None] = {}
    for list_id, rule in rules().get("name_lists", {}).items():
        table = view.reported.get(list_id)
        for row in table.rows if table else ():
            texts = {key: row[column].printed.strip() for key, column in rule.items() if column in row}
            if texts.get("name"):
                home = _home(view, texts.get("table", ""), texts.get("level", ""))
                found[PrintedName(home, texts["level"], texts["name"], texts.get("district", ""))] = None
    spoken_for = {(name.table, name.level) for name in found}
    for printed in printed_tables(view, TABLE):
        for name in _names_in(printed):
            if (name.table, name.level) not in spoken_for:
                found[name] = None
    return list(found)


def _home(view: YearView, start: str, level: str) -> str:
    """The reported table a name list means by the start of an id (`t06`): the one that has a column for the level."""
    tables = [id for id in {**view.reported, **view.tables} if id == start or id.startswith(start + "_")]
    having = [id for id in tables if id in view.reported and level in view.reported[id].columns]
    places = [id for id in tables if id in view.reported and DISTRICT in view.reported[id].columns]
    return (having or places or tables or [start])[0]


def _names_in(printed: Printed) -> Iterator[PrintedName]:
    columns = printed.table.columns
    for row in printed.body:
        district, village = row.text(DISTRICT), row.text(VILLAGE)
        if VILLAGE in columns and village:
            yield PrintedName(printed.id, VILLAGE, village, district)
        if DISTRICT in columns and district and (VILLAGE not in columns or village):
            yield PrintedName(printed.id, DISTRICT, district)


def place_names(view: YearView) -> Iterator[Finding]:
    """Printed names that are not the official ones of the year's list, and those that changed afterwards."""
    names = names_printed(view)
    if names:
        gazetteer = gazetteer_of(view)
        if gazetteer.districts:
            yield from name_findings(view, names, gazetteer)


def name_findings(view: YearView, names: list[PrintedName], gazetteer: Gazetteer) -> Iterator[Finding]:
    """The findings about printed names, given the official list."""
    districts = {code: place.name for code, place in gazetteer.districts.items()}
    for name in names:
        if name.level == DISTRICT:
            official = _district(name.name, gazetteer)
        else:
            within = _code_of_district(name.district, districts)
            near = {
                code: place.name
                for code, place in gazetteer.villages.items()
                if within is None or code.startswith(within + ".")
            }
            match = match_name(name.name, near)
            official = gazetteer.villages[match.key] if _sure(match, within) else None
        yield from _about(view, name, official, gazetteer)


def _sure(match: object, within: str | None) -> bool:
    """One letter decides only within a known district; over a whole regency only equal letters do."""
    return isinstance(match, Match) and (match.exact or within is not None)


def _district(printed: str, gazetteer: Gazetteer) -> Official | None:
    code = _code_of_district(printed, {code: place.name for code, place in gazetteer.districts.items()})
    return gazetteer.districts.get(code) if code else None


def _code_of_district(printed: str, districts: Mapping[str, str]) -> str | None:
    """The district meant: by its letters, one wrong letter, or the only one of whose name it is a part."""
    match = match_name(printed, districts)
    if isinstance(match, Match):
        return match.key
    letters = letters_only(printed)
    parts = [code for code, name in districts.items() if letters and letters in letters_only(name)]
    return parts[0] if len(parts) == 1 else None


def _about(
    view: YearView, name: PrintedName, official: Official | None, gazetteer: Gazetteer
) -> Iterator[Finding]:
    where = {
        "id": f", {_LEVELS[name.level]['id']}" + (f" (Kec. {name.district})" if name.district else ""),
        "en": f", {_LEVELS[name.level]['en']}" + (f" (district {name.district})" if name.district else ""),
    }
    values = {
        "table": table_name(view, name.table),
        "where": where,
        "printed": name.name,
        "day": gazetteer.places_as_of,
    }

    def finding(
        check: str, severity: Severity, computed: str | None, *sentences: str, **more: Words
    ) -> Finding:
        message = say(*sentences, **values, **more)
        return Finding(check, severity, name.table, name.name, name.level, name.name, computed, message)

    if official is None:
        yield finding(
            NAMES,
            Severity.WARNING,
            None,
            "{table}{where}: nama “{printed}” tidak ada dalam daftar resmi per {day}.",
            "{table}{where}: the name “{printed}” is not in the official list of {day}.",
        )
        return
    if official.name != name.name:
        yield finding(
            NAMES,
            Severity.WARNING,
            official.name,
            "{table}{where}: tercetak “{printed}”, nama resminya “{official}” ({code}): {kind}.",
            "{table}{where}: “{printed}” is printed, the official name is “{official}” ({code}): {kind}.",
            official=official.name,
            code=official.code,
            kind=_kind(name.name, official.name),
        )
    if official.later_district:
        yield finding(
            CHANGED,
            Severity.INFO,
            official.later_district,
            "{table}{where}: “{printed}” sejak {changed} termasuk Kec. {now}; benar menurut daftar per {day}"
            " (Kec. {then}).",
            "{table}{where}: “{printed}” belongs to district {now} since {changed}; right by the list of {day}"
            " (district {then}).",
            now=official.later_district,
            then=official.district,
            changed=official.changed_on,
        )
    elif official.later_name and official.later_name != name.name:
        yield finding(
            CHANGED,
            Severity.INFO,
            official.later_name,
            "{table}{where}: “{printed}” sejak {changed} bernama resmi “{now}”; benar menurut daftar per {day}.",
            "{table}{where}: “{printed}” is officially “{now}” since {changed}; right by the list of {day}.",
            now=official.later_name,
            changed=official.changed_on,
        )


_LEVELS = {
    DISTRICT: {"id": "nama kecamatan", "en": "district name"},
    VILLAGE: {"id": "nama desa/kelurahan", "en": "village name"},
}


def _kind(printed: str, official: str) -> Mapping[str, str]:
    if printed.casefold() == official.casefold():
        return {"id": "huruf besar/kecil", "en": "case"}
    if letters_only(printed) == letters_only(official):
        return {"id": "spasi atau tanda baca", "en": "spacing or punctuation"}
    if letters_only(printed) in letters_only(official) and " " in official:
        return {"id": "nama terpotong", "en": "name cut short"}
    return {"id": "ejaan", "en": "spelling"}


def districts_missing(view: YearView) -> Iterator[Finding]:
    """Districts of the year's list that a table of all districts leaves out."""
    candidates = [p for p in printed_tables(view) if p.table.kind in (TABLE, COUNTS)]
    columns = {p.id: column for p in candidates for column in (DISTRICT, "area") if column in p.table.columns}
    if not columns:
        return
    gazetteer = gazetteer_of(view)
    for printed in candidates:
        if printed.id in columns and printed.rules.get("districts") != "some":
            yield from missing_in(printed, columns[printed.id], gazetteer)


def missing_in(printed: Printed, column: str, gazetteer: Gazetteer) -> Iterator[Finding]:
    """The districts a table leaves out, where it is meant to have them all."""
    names = {code: place.name for code, place in gazetteer.districts.items()}
    there = {_code_of_district(row.text(column), names) for row in printed.body} - {None}
    means_all = printed.rules.get("districts") == "all" or len(there) >= MOSTLY * max(len(names), 1)
    for code in sorted(set(names) - there) if names and there and means_all else ():
        yield printed.finding(
            MISSING,
            Severity.WARNING,
            names[code],
            column,
            "{table}: Kecamatan {row} tidak tercantum; tabel memuat {there} dari {all} kecamatan.",
            "{table}: the district {row} is missing; the table has {there} of {all} districts.",
            computed=names[code],
            there=len(there),
            all=len(names),
        )
