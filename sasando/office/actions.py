"""Setting up the office and changing its units, functions, posts and legal bases."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sasando.base.bulk import reserve_ids
from sasando.base.importing import ImportReport
from sasando.base.loading import Batch, Loading, Row, RowRefused
from sasando.base.reader import Actor
from sasando.office.errors import OfficeExistsError, UnitHasPartsError
from sasando.office.models import LegalBasis, Office, Post, Unit, UnitFunction, UnitKind
from sasando.office.rules import goes_round, may_stand_under
from sasando.places.models import Place
from sasando.trail.actions import recorded

Rows = Sequence[Mapping[str, str]]
Options = Mapping[str, Any]

KINDS = {kind.value: kind for kind in UnitKind} | {
    "dinas": UnitKind.OFFICE,
    "sekretariat": UnitKind.SECRETARIAT,
    "sub bagian": UnitKind.SUB_SECTION,
    "subbagian": UnitKind.SUB_SECTION,
    "bidang": UnitKind.DIVISION,
    "seksi": UnitKind.SECTION,
    "kelompok jabatan fungsional": UnitKind.FUNCTIONAL_GROUP,
    "uptd": UnitKind.TECHNICAL_UNIT,
}
"""The words a file may use for the kind of a unit."""


def found_office(
    regency: Place,
    *,
    name: str,
    regency_name: str,
    by: Actor,
    seat: str = "",
    time_zone: str = "Asia/Jakarta",
    is_demo: bool = False,
) -> Office:
    """Say whose installation this is. Once only: raises OfficeExistsError."""
    with recorded("office.found_office", by=by) as note:
        existing = Office.objects.first()
        if existing:
            raise OfficeExistsError(existing.name)
        office = Office.objects.create(
            id=1,
            regency=regency,
            name=name,
            regency_name=regency_name,
            seat=seat,
            time_zone=time_zone,
            is_demo=is_demo,
        )
        note.about(office)
        note.says(regency=regency.code, name=name)
    return office


def end_unit(unit: Unit, *, on: date, by: Actor) -> None:
    """Dissolve a unit: `on` is the first day it no longer exists. Raises UnitHasPartsError."""
    with recorded("office.end_unit", by=by, subject=unit, on=on):
        parts = [*unit.units.holding_on(on), *unit.posts.holding_on(on)]
        if parts:
            raise UnitHasPartsError(unit.code, [part.code for part in parts])
        unit.valid_to = on
        unit.save(update_fields=["valid_to"])


# --- files ---


def load_units(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take a list of units; a parent may stand in the file or on record. Matched by code; none is ever removed."""
    load = Loading(rows, options)
    with load.attempt(), recorded("office.load_units", by=by) as note:
        known = {unit.code: unit for unit in Unit.objects.all()}
        entries = load.read_once(_read_unit, "code")
        parents = {code: unit.parent_id and _code_of(unit.parent_id, known) for code, unit in known.items()}
        parents |= {entry["code"]: entry["parent"] or None for _row, entry in entries}
        kinds = {code: unit.kind for code, unit in known.items()}
        kinds |= {entry["code"]: entry["kind"] for _row, entry in entries}
        fresh = {e["code"] for _row, e in entries} - known.keys()
        ids = iter(reserve_ids(Unit, len(fresh)) if fresh else ())
        for _row, entry in entries:
            if entry["code"] in fresh:
                known[entry["code"]] = Unit(id=next(ids), code=entry["code"])
        batch = Batch(load, Unit)
        for row, entry in entries:
            code, parent = entry["code"], entry.pop("parent")
            if reason := _why_not_under(code, parent, parents, kinds):
                load.refuse(row, code, reason)
            else:
                batch.put(row, code, known[code], entry | {"parent": known[parent] if parent else None})
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_unit(row: Row) -> dict[str, Any]:
    kind = row.choice("kind", KINDS)
    if kind is None:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("kind")})
    return {
        "code": row.needed("code", 20),
        "parent": row.text("parent", 20),
        "kind": kind,
        "name": row.needed("name", 200),
        "name_en": row.text("name_en", 200),
        "duty": row.long_text("duty"),
        "duty_en": row.long_text("duty_en"),
        "functions_title": row.text("functions_title", 100),
        "is_formed": row.yes("is_formed", True),
        "order": row.whole("order") or 0,
        **_days(row),
    }


def _why_not_under(code: str, parent: str, parents: Mapping, kinds: Mapping) -> str | None:
    if parent and parent not in kinds:
        return _("There is no unit %(code)s to belong to.") % {"code": parent}
    if goes_round(code, parents):
        return _("The unit would belong to itself.")
    if not may_stand_under(kinds[code], kinds.get(parent)):
        names = {"kind": UnitKind(kinds[code]).label}
        if not parent:
            return _("A unit of the kind “%(kind)s” must belong to another one.") % names
        names["parent"] = UnitKind(kinds[parent]).label
        return _("A unit of the kind “%(kind)s” cannot belong to one of the kind “%(parent)s”.") % names
    return None


def load_functions(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the numbered functions of units, our own short texts. Matched by code; the regulation's wording stays."""
    load = Loading(rows, options)
    with load.attempt(), recorded("office.load_functions", by=by) as note:
        units = {unit.code: unit for unit in Unit.objects.all()}
        known = {function.code: function for function in UnitFunction.objects.all()}
        taken = {(function.unit_id, function.number): code for code, function in known.items()}
        batch = Batch(load, UnitFunction)
        for row, entry in load.read_once(_read_function, "code", "id"):
            unit = units.get(entry.pop("unit"))
            code = entry["code"]
            if unit is None:
                load.refuse(row, code, _("There is no unit %(code)s.") % {"code": row.text("unit")})
                continue
            if taken.setdefault((unit.id, entry["number"]), code) != code:
                other = taken[unit.id, entry["number"]]
                load.refuse(row, code, _("The number already belongs to %(code)s.") % {"code": other})
                continue
            batch.put(row, code, known.get(code) or UnitFunction(), entry | {"unit": unit})
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_function(row: Row) -> dict[str, Any]:
    number = row.whole("number")
    if not number:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("number")})
    unit = row.needed("unit", 20)
    return {
        "code": row.text("id", 20) or f"{unit}.{number}"[:20],
        "unit": unit,
        "number": number,
        "capability": row.text("capability", 40),
        "text": row.needed("text", 300),
        "text_en": row.text("text_en", 300),
    }


def load_regulation_text(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the regulation's own wording with its article: for a unit's main duty (number blank) or a numbered function.

    A wording on record is replaced only by another wording, never by a blank.
    """
    load = Loading(rows, options)
    with load.attempt(), recorded("office.load_regulation_text", by=by) as note:
        units = {unit.code: unit for unit in Unit.objects.all()}
        functions = {(f.unit_id, f.number): f for f in UnitFunction.objects.all()}
        batches, seen = {Unit: Batch(load, Unit), UnitFunction: Batch(load, UnitFunction)}, set()
        for row, (unit_code, number, article, wording) in load.read(_read_wording, "unit"):
            what = f"{unit_code}.{number}" if number else unit_code
            unit = units.get(unit_code)
            record = functions.get((unit.id, number)) if unit and number else unit
            if what in seen:
                load.refuse(row, what, _("The file has it twice."))
            elif record is None:
                load.refuse(row, what, _("There is no unit or function %(code)s.") % {"code": what})
            else:
                seen.add(what)
                is_first = not record.regulation_text
                article = article or record.regulation_article
                values = {"regulation_text": wording, "regulation_article": article}
                batches[type(record)].put(row, what, record, values).is_new = is_first
        for batch in batches.values():
            batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_wording(row: Row) -> tuple[str, int | None, str, str]:
    wording = row.long_text("wording")
    if not wording:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("wording")})
    return row.needed("unit"), row.whole("number"), row.text("article", 100), wording


def load_posts(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take structural posts. Matched by code; a post missing in the file stays and is named in the notes."""
    load = Loading(rows, options)
    with load.attempt(), recorded("office.load_posts", by=by) as note:
        units = {unit.code: unit for unit in Unit.objects.all()}
        known = {post.code: post for post in Post.objects.all()}
        batch, named = Batch(load, Post), set()
        for row, entry in load.read_once(_read_post, "code"):
            unit = units.get(entry.pop("unit"))
            if unit is None:
                load.refuse(row, entry["code"], _("There is no unit %(code)s.") % {"code": row.text("unit")})
                continue
            named.add(entry["code"])
            batch.put(row, entry["code"], known.get(entry["code"]) or Post(), entry | {"unit": unit})
        for code in sorted(known.keys() - named):
            load.note(None, _("%(code)s is on record and not in the file; it stays.") % {"code": code})
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_post(row: Row) -> dict[str, Any]:
    return {
        "code": row.needed("code", 30),
        "unit": row.needed("unit", 20),
        "name": row.needed("name", 200),
        "name_en": row.text("name_en", 200),
        "echelon": row.text("echelon", 10),
        "order": row.whole("order") or 0,
        **_days(row),
    }


def load_legal_bases(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the laws and regulations the office rests on, in the order the book cites them. Matched by title."""
    load = Loading(rows, options)
    with load.attempt(), recorded("office.load_legal_bases", by=by) as note:
        units = {unit.code: unit for unit in Unit.objects.all()}
        known = {basis.title: basis for basis in LegalBasis.objects.all()}
        batch = Batch(load, LegalBasis)
        for row, entry in load.read_once(_read_legal_basis, "title"):
            unit_code = entry.pop("unit")
            if unit_code and unit_code not in units:
                load.refuse(row, entry["title"], _("There is no unit %(code)s.") % {"code": unit_code})
                continue
            basis = known.get(entry["title"]) or LegalBasis()
            values = entry | {"unit": units.get(unit_code)}
            batch.put(row, entry["title"], basis, values)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_legal_basis(row: Row) -> dict[str, Any]:
    return {
        "title": row.needed("title", 300),
        "article": row.text("article", 100),
        "unit": row.text("unit", 20),
    }


def _days(row: Row) -> dict[str, date | None]:
    begins, ends = row.day("valid_from"), row.day("valid_to")
    if begins and ends and ends <= begins:
        raise RowRefused(_("The end must come after the beginning."))
    return {"valid_from": begins, "valid_to": ends}


def _code_of(unit_id: int, known: Mapping[str, Unit]) -> str | None:
    return next((code for code, unit in known.items() if unit.id == unit_id), None)
