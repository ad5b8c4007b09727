"""Taking people on, appointing them, and noting rank and degree. Dated facts: the old row ends, none is overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.bulk import reserve_ids
from sasando.base.importing import ImportReport
from sasando.base.loading import Batch, Loading, Outcome, Row, RowRefused
from sasando.base.reader import Actor
from sasando.lib.identity import IdentityError, parse_nip
from sasando.office.models import Post, Unit
from sasando.places.queries import Atlas
from sasando.staff.errors import BackwardsError, NipTakenError, PositionMismatchError, PostHeldError
from sasando.staff.models import (
    Appointment,
    AppointmentKind,
    Auxiliary,
    AuxiliaryKind,
    Education,
    EducationRecord,
    Employee,
    PositionGroup,
    RankHolding,
    Sex,
)
from sasando.staff.rules import PPPK_RANKS, RANKS, group_of_post, highest
from sasando.trail.actions import recorded

Rows = Sequence[Mapping[str, str]]
Options = Mapping[str, Any]

SEXES = dict.fromkeys(("m", "l", "laki-laki", "laki laki", "pria", "male"), Sex.MALE)
SEXES |= dict.fromkeys(("f", "p", "perempuan", "wanita", "female"), Sex.FEMALE)
DEGREES = {degree.value.casefold(): degree for degree in Education}
DEGREES |= dict.fromkeys(("sma", "smu", "smk", "ma"), Education.SLTA)
DEGREES |= {"diii": Education.D3, "d-iii": Education.D3, "d4": Education.S1, "s-1": Education.S1}
DEGREES |= {"s-2": Education.S2, "s-3": Education.S3}
GROUPS = {group.value: group for group in PositionGroup} | {
    "kepala dinas": PositionGroup.HEAD,
    "sekretaris": PositionGroup.SECRETARY,
    "kepala bidang": PositionGroup.DIVISION_HEAD,
    "kasubag/kasie": PositionGroup.SECTION_HEAD,
    "pelaksana": PositionGroup.STAFF,
}
NO_POST = ("pelaksana", "staf", "staff")
SERVANTS = {"civil_servant": False, "pns": False, "pppk": True}
AUXILIARIES = {kind.value: kind for kind in AuxiliaryKind} | {
    "kontrak": AuxiliaryKind.CONTRACT,
    "tenaga kontrak": AuxiliaryKind.CONTRACT,
    "pendamping pkh": AuxiliaryKind.PKH_FACILITATOR,
    "pekerja sosial": AuxiliaryKind.SOCIAL_WORKER,
    "sakti peksos": AuxiliaryKind.SOCIAL_WORKER,
}


def register_employee(
    *, name: str, nip: str, sex: str, birth_date: date, by: Actor, pppk: bool = False, is_demo: bool = False
) -> Employee:
    """Put a civil servant on record. Raises lib's IdentityError for a NIP that cannot be one, and NipTakenError."""
    number = parse_nip(nip, pppk=pppk).number
    with recorded("staff.register_employee", by=by) as note:
        if taken := Employee.objects.filter(nip=number).first():
            raise NipTakenError(taken.name)
        employee = Employee.objects.create(
            name=name, nip=number, sex=sex, birth_date=birth_date, is_demo=is_demo
        )
        note.about(employee)
        note.says(name=name)
    return employee


def grant_rank(employee: Employee, rank: str, *, valid_from: date, by: Actor) -> RankHolding:
    """A new rank from a day on (TMT); the present one ends there. Raises BackwardsError."""
    with recorded("staff.grant_rank", by=by, subject=employee, rank=rank, valid_from=valid_from) as note:
        present = employee.ranks.filter(valid_to__isnull=True).first()
        if present:
            if present.valid_from and present.valid_from >= valid_from:
                raise BackwardsError(rank, valid_from, present.valid_from)
            present.valid_to = valid_from
            present.save(update_fields=["valid_to"])
            note.says(before=present.rank)
        return RankHolding.objects.create(employee=employee, rank=rank, valid_from=valid_from)


def add_degree(employee: Employee, education: str, *, earned_on: date | None, by: Actor) -> EducationRecord:
    """A degree an employee has earned."""
    with recorded("staff.add_degree", by=by, subject=employee, education=education, earned_on=earned_on):
        return EducationRecord.objects.create(employee=employee, education=education, earned_on=earned_on)


def appoint(
    employee: Employee,
    unit: Unit,
    *,
    valid_from: date,
    by: Actor,
    post: Post | None = None,
    kind: str = AppointmentKind.DEFINITIVE,
    valid_to: date | None = None,
    decree: str = "",
) -> Appointment:
    """Give an employee a post, or work in a unit as staff (post None).

    By appointment (definitive) it takes the place of the employee's present one, and the post must be free. Acting
    (Plt.) and standing in (Plh.) come beside it. Raises PostHeldError, BackwardsError, PositionMismatchError.
    """
    if post and post.unit_id != unit.id:
        raise PositionMismatchError(f"The post {post} belongs to another unit than {unit}.")
    if kind != AppointmentKind.DEFINITIVE and post is None:
        raise PositionMismatchError("Acting and standing in (Plt., Plh.) need a post. Nothing was changed.")
    details = {"unit": unit.code, "post": post and post.code, "kind": kind, "valid_from": valid_from}
    with recorded("staff.appoint", by=by, subject=employee, decree=decree, **details):
        if kind == AppointmentKind.DEFINITIVE:
            _leave_present(employee, valid_from)
            held = post and post.appointments.filter(kind=kind).exclude(employee=employee)
            for other in held.select_related("employee") if post else ():
                if other.valid_to is None or other.valid_to > valid_from:
                    raise PostHeldError(str(post), str(other.employee), other.valid_from)
        return Appointment.objects.create(
            employee=employee,
            unit=unit,
            post=post,
            position_group=group_of_post(unit.kind if post else None),
            kind=kind,
            valid_from=valid_from,
            valid_to=valid_to,
            decree=decree,
        )


def _leave_present(employee: Employee, day: date) -> None:
    open_ones = employee.appointments.filter(kind=AppointmentKind.DEFINITIVE, valid_to__isnull=True)
    for present in open_ones:
        if present.valid_from and present.valid_from >= day:
            raise BackwardsError(str(present.post or present.unit), day, present.valid_from)
        present.valid_to = day
        present.save(update_fields=["valid_to"])


def end_appointment(appointment: Appointment, *, on: date, by: Actor) -> None:
    """End an appointment; `on` is the first day it no longer holds. Raises BackwardsError."""
    with recorded("staff.end_appointment", by=by, subject=appointment, on=on):
        if appointment.valid_from and appointment.valid_from >= on:
            raise BackwardsError(str(appointment.post or appointment.unit), on, appointment.valid_from)
        appointment.valid_to = on
        appointment.save(update_fields=["valid_to"])


def end_auxiliary(auxiliary: Auxiliary, *, on: date, by: Actor) -> None:
    """Somebody beside the civil servants leaves; `on` is the first day without them. Raises BackwardsError."""
    with recorded("staff.end_auxiliary", by=by, subject=auxiliary, on=on):
        if auxiliary.valid_from and auxiliary.valid_from >= on:
            raise BackwardsError(auxiliary.name, on, auxiliary.valid_from)
        auxiliary.valid_to = on
        auxiliary.save(update_fields=["valid_to"])


# --- files ---


def load_employees(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the list of civil servants with present rank, degree and post. Matched by NIP.

    A rank or post other than the one on record begins on the day the file gives and ends the present one; without a
    later day the row is refused. Who is missing in the file stays on record and is named in the notes.
    """
    load = Loading(rows, options)
    with load.attempt(), recorded("staff.load_employees", by=by) as note:
        entries = load.read_once(_read_employee, "nip", "name")
        people = {e.nip: e for e in Employee.objects.prefetch_related("ranks", "degrees", "appointments")}
        units = {unit.code: unit for unit in Unit.objects.all()}
        posts = {post.code: post for post in Post.objects.select_related("unit")}
        _name_by_code(entries, units, posts)
        fresh = [entry["nip"] for _row, entry in entries if entry["nip"] not in people]
        ids = iter(reserve_ids(Employee, len(fresh)) if fresh else ())
        holders = _holders(people, entries, posts)
        batches = {m: Batch(load, m) for m in (Employee, RankHolding, EducationRecord, Appointment)}
        for row, entry in entries:
            person = people.get(entry["nip"])
            history = _History(person)
            try:
                place = _position(entry, units, posts, holders)
                closing = _what_ends(entry, place, history)
            except RowRefused as refusal:
                load.refuse(row, entry["name"], str(refusal))
                continue
            outcome = load.outcome(row, entry["name"])
            if person is None:
                person = Employee(
                    id=next(ids), nip=entry["nip"], is_demo=bool(load.options.get("is_demo", False))
                )
                outcome.is_new = True
            values = {name: entry[name] for name in ("name", "sex", "birth_date")}
            batches[Employee].set(outcome, person, values)
            _set_dated(batches, outcome, person, entry, place, history, closing)
            if entry["note"]:
                load.note(row.line, entry["note"])
        for nip in sorted(people.keys() - {entry["nip"] for _row, entry in entries}):
            load.note(
                None, _("%(name)s is on record and not in the file; nothing changes.") % {"name": people[nip]}
            )
        for batch in batches.values():
            batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_employee(row: Row) -> dict[str, Any]:
    pppk = row.choice("kind", SERVANTS, False)
    try:
        nip = parse_nip(row.needed("nip"), pppk=pppk)
    except IdentityError as error:
        raise RowRefused(_(error.template) % error.values) from error
    rank = row.text("rank").replace(" ", "")
    if rank:
        rank = (
            rank.upper()
            if pppk
            else "/".join([rank.partition("/")[0].upper(), rank.partition("/")[2].lower()])
        )
        if rank not in (PPPK_RANKS if pppk else RANKS):
            raise RowRefused(_("There is no rank “%(rank)s”; write it as III/d.") % {"rank": rank})
    sex, birth = row.choice("sex", SEXES), row.day("birth_date")
    if nip.sex and sex is None:
        sex = Sex.MALE if nip.sex == "L" else Sex.FEMALE
    if sex is None:
        raise RowRefused(_("%(column)s is blank.") % {"column": row.called("sex")})
    note = ""
    if (birth and birth != nip.birth) or (nip.sex and (nip.sex == "L") != (sex == Sex.MALE)):
        note = _("Birth date or sex differ from those in the NIP; both are kept. BKN can clear it.")
    return {
        "nip": nip.number,
        "name": row.needed("name", 150),
        "sex": sex,
        "birth_date": birth or nip.birth,
        "rank": rank,
        "rank_from": row.day("rank_from"),
        "education": row.choice("education", DEGREES),
        "earned_on": row.day("earned_on"),
        "unit": row.text("unit", 20),
        "post": row.text("post", 30),
        "position_group": row.choice("position_group", GROUPS),
        "appointed_from": row.day("appointed_from"),
        "note": note,
    }


def _name_by_code(entries: list, units: Mapping[str, Unit], posts: Mapping[str, Post]) -> None:
    """A file may give units and posts by code or by official name; staff without a post may be called so."""
    unit_codes = {unit.name.casefold(): code for code, unit in units.items()}
    post_codes = {post.name.casefold(): code for code, post in posts.items()} | dict.fromkeys(NO_POST, "")
    for _row, entry in entries:
        entry["unit"] = unit_codes.get(entry["unit"].casefold(), entry["unit"])
        entry["post"] = post_codes.get(entry["post"].casefold(), entry["post"])


class _History:
    """What is on record of a person: the present rank and appointment, and the degree that counts."""

    def __init__(self, person: Employee | None):
        open_ones = [r for r in person.ranks.all() if r.valid_to is None] if person else []
        self.rank = open_ones[-1] if open_ones else None
        degrees = [(d.earned_on, d.education) for d in person.degrees.all()] if person else []
        self.degree = highest(degrees)
        self.appointment = _present(person) if person else None


def _present(person: Employee) -> Appointment | None:
    present = [
        a for a in person.appointments.all() if a.kind == AppointmentKind.DEFINITIVE and a.valid_to is None
    ]
    return present[-1] if present else None


def _holders(
    people: Mapping[str, Employee], entries: list, posts: Mapping[str, Post]
) -> dict[str, list[str]]:
    """By post code, the NIP of everybody who would hold it by appointment after this file."""
    codes = {post.id: code for code, post in posts.items()}
    held = {}
    for nip, person in people.items():
        present = _present(person)
        held[nip] = codes.get(present.post_id) if present else None
    held |= {entry["nip"]: entry["post"] for _row, entry in entries if entry["post"] or entry["unit"]}
    holders: dict[str, list[str]] = {}
    for nip, code in held.items():
        if code:
            holders.setdefault(code, []).append(nip)
    return holders


Position = tuple[Unit, Post | None, str]


def _position(entry: dict, units: Mapping, posts: Mapping, holders: Mapping) -> Position | None:
    """Unit, post and row of the staff table. None where the file names neither."""
    post, unit = posts.get(entry["post"]), units.get(entry["unit"])
    if entry["post"] and post is None:
        raise RowRefused(_("There is no post %(code)s.") % {"code": entry["post"]})
    if entry["unit"] and unit is None:
        raise RowRefused(_("There is no unit %(code)s.") % {"code": entry["unit"]})
    if post and unit and post.unit_id != unit.id:
        raise RowRefused(_("The post %(post)s belongs to another unit than %(unit)s.") % entry)
    if len(holders.get(entry["post"], ())) > 1:
        raise RowRefused(_("The post %(post)s would have two holders.") % entry)
    unit = post.unit if post else unit
    if unit is None:
        return None
    group = group_of_post(unit.kind if post else None)
    if entry["position_group"] not in (None, group):
        raise RowRefused(
            _("The position “%(given)s” does not fit the post; it is “%(group)s”.")
            % {"given": entry["position_group"].label, "group": PositionGroup(group).label}
        )
    return unit, post, group


def _what_ends(entry: dict, place: Position | None, history: _History) -> dict[str, date]:
    """Which of the present rank and appointment end, and when. Raises RowRefused where the file gives no later day."""
    ends = {}
    if history.rank and entry["rank"] not in ("", history.rank.rank):
        ends["rank"] = _later("rank_from", entry["rank_from"], history.rank.valid_from, history.rank.rank)
    present = history.appointment
    if present and place and (present.unit_id, present.post_id) != (place[0].id, place[1] and place[1].id):
        start = entry["appointed_from"]
        ends["appointment"] = _later("appointed_from", start, present.valid_from, _("another post or unit"))
    return ends


def _later(column: str, day: date | None, before: date | None, present: str) -> date:
    if day is None or (before and day <= before):
        raise RowRefused(
            _("On record is %(present)s since %(before)s; give in %(column)s the later day of the change.")
            % {"present": present, "before": before or "–", "column": column}
        )
    return day


def _set_dated(
    batches: Mapping, outcome: Outcome, person: Employee, entry: dict, place, history: _History, ends: Mapping
) -> None:
    ranks, degrees, appointments = batches[RankHolding], batches[EducationRecord], batches[Appointment]
    if "rank" in ends:
        ranks.set(outcome, history.rank, {"valid_to": ends["rank"]})
    if entry["rank"] and (history.rank is None or "rank" in ends):
        values = {"employee": person, "rank": entry["rank"], "valid_from": entry["rank_from"]}
        ranks.set(outcome, RankHolding(), values)
    if entry["education"] and entry["education"] != history.degree:
        values = {"employee": person, "education": entry["education"], "earned_on": entry["earned_on"]}
        degrees.set(outcome, EducationRecord(), values)
    if "appointment" in ends:
        appointments.set(outcome, history.appointment, {"valid_to": ends["appointment"]})
    if place and (history.appointment is None or "appointment" in ends):
        unit, post, group = place
        values = {"employee": person, "unit": unit, "post": post, "position_group": group}
        appointments.set(outcome, Appointment(), values | {"valid_from": entry["appointed_from"]})


def load_auxiliaries(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take the list of people beside the civil servants. Matched by kind, name and place.

    Places are given by code or left blank; who is missing in the file stays on record and is named in the notes.
    """
    load = Loading(rows, options)
    with load.attempt(), recorded("staff.load_auxiliaries", by=by) as note:
        units = {unit.code: unit for unit in Unit.objects.all()}
        atlas = Atlas(load.options.get("places_on") or timezone.localdate())
        known: dict[tuple, list[Auxiliary]] = {}
        for person in Auxiliary.objects.order_by("valid_from", "id"):
            known.setdefault((person.kind, person.name.casefold(), person.place_id), []).append(person)
        batch, named = Batch(load, Auxiliary), set()
        for row, entry in load.read(_read_auxiliary, "name"):
            spot, unit = atlas.by_code.get(entry["place"]), units.get(entry["unit"])
            key = (entry["kind"], entry["name"].casefold(), spot.id if spot else None)
            if entry["place"] and spot is None:
                load.refuse(row, entry["name"], _("There is no place %(code)s.") % {"code": entry["place"]})
            elif entry["unit"] and unit is None:
                load.refuse(row, entry["name"], _("There is no unit %(code)s.") % {"code": entry["unit"]})
            elif key in named:
                load.refuse(
                    row, entry["name"], _("The file has the same name for the same kind and place twice.")
                )
            else:
                named.add(key)
                person = _same_service(known.get(key, ()), entry["valid_from"]) or Auxiliary(
                    place_id=spot.id if spot else None, is_demo=bool(load.options.get("is_demo", False))
                )
                values = {
                    name: entry[name] for name in ("name", "sex", "kind", "role", "valid_from", "valid_to")
                }
                batch.put(row, entry["name"], person, values | {"unit": unit})
        for key in known.keys() - named:
            for person in known[key]:
                if person.valid_to is None:
                    load.note(
                        None,
                        _("%(name)s is on record and not in the file; nothing changes.") % {"name": person},
                    )
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _same_service(services: Sequence[Auxiliary], begins: date | None) -> Auxiliary | None:
    """The service on record that a row is about: one that began on the same day, else the one still going on."""
    same = [service for service in services if service.valid_from == begins]
    return next(iter(same or [service for service in services if service.valid_to is None]), None)


def _read_auxiliary(row: Row) -> dict[str, Any]:
    kind, sex = row.choice("kind", AUXILIARIES), row.choice("sex", SEXES)
    if kind is None or sex is None:
        raise RowRefused(
            _("%(column)s is blank.") % {"column": row.called("kind" if kind is None else "sex")}
        )
    begins, ends = row.day("valid_from"), row.day("valid_to")
    if begins and ends and ends <= begins:
        raise RowRefused(_("The end must come after the beginning."))
    return {
        "name": row.needed("name", 150),
        "sex": sex,
        "kind": kind,
        "role": row.text("role", 60) or str(AuxiliaryKind(kind).label),
        "valid_from": begins,
        "valid_to": ends,
        "unit": row.text("unit", 20),
        "place": row.text("place", 13),
    }
