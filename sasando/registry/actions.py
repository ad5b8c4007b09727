"""Writing into the register: families, where they live, the welfare categories and poverty lists they stand in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.bulk import insert_rows, reserve_ids
from sasando.base.encryption import key_ring
from sasando.base.importing import ImportReport
from sasando.base.loading import Batch, Loading, Row, RowRefused
from sasando.base.reader import Actor
from sasando.lib.identity import IdentityError, parse_kk, parse_nik
from sasando.places.models import Level, Place
from sasando.registry.errors import (
    HeadError,
    HeldTwiceError,
    IdentityNumberError,
    ListedTwiceError,
    MovedTooEarlyError,
    NotAVillageError,
    NothingToCorrectError,
    NumberTakenError,
    OneBearerError,
    UnknownRecordError,
)
from sasando.registry.models import (
    CategoryHolding,
    CategorySubject,
    Family,
    Identifier,
    IdentifierKind,
    Membership,
    Person,
    PovertyListing,
    Relation,
    Residence,
    VillageSurvey,
    WelfareCategory,
)
from sasando.registry.rules import category_doubts
from sasando.trail.actions import digest_of_rows, recorded

CHUNK = 5000
"""Ids or hashes in one query: far below what either database takes."""

SUBJECT_WORDS = {
    **{subject.value: subject.value for subject in CategorySubject},
    **{"perorangan": "person", "orang": "person", "keluarga": "family", "komunitas": "community"},
}
SEX_WORDS = {
    "male": "male",
    "l": "male",
    "laki-laki": "male",
    "female": "female",
    "p": "female",
    "perempuan": "female",
}
"""How a file of categories may say whom they describe."""

CORRECTABLE = ("name", "sex", "birth_date", "birth_place")


class MemberRow(NamedTuple):
    """A member of a family to be added. `relation` is one of `Relation`, `sex` one of `Sex` or empty."""

    name: str
    sex: str
    birth_date: date | None
    relation: str
    nik: str | None = None
    birth_place: str = ""


class FamilyRow(NamedTuple):
    """A family to be added, with its members. `since` is the day membership and residence hold from (None: always)."""

    village_id: int
    members: Sequence[MemberRow]
    kk: str | None = None
    address: str = ""
    since: date | None = None


class AddedFamily(NamedTuple):
    """A family that was added: its id, and those of its members in the order given."""

    family_id: int
    person_ids: Sequence[int]


def add_family(*, family: FamilyRow, by: Actor, is_demo: bool = False) -> AddedFamily:
    """Add one family with its members. Raises what `add_families` raises."""
    return add_families(families=[family], by=by, is_demo=is_demo)[0]


def add_families(*, families: Iterable[FamilyRow], by: Actor, is_demo: bool = False) -> list[AddedFamily]:
    """Add many families with their members, numbers and residences; all or none. Returns their ids in order.

    Numbers are stored encrypted with their keyed hash; NIK and KK are optional, since persons without them exist.
    Raises HeadError, IdentityNumberError, NumberTakenError (row number from 1), NotAVillageError.
    """
    rows = list(families)
    with recorded("registry.add_families", by=by) as note:
        _refuse_other_than_villages({row.village_id for row in rows})
        numbers = _numbers(rows)
        persons = sum(len(row.members) for row in rows)
        family_ids, person_ids = reserve_ids(Family, len(rows)), reserve_ids(Person, persons)
        members = [member for row in rows for member in row.members]
        insert_rows(
            Person,
            ("id", "name", "sex", "birth_date", "birth_place", "is_demo"),
            (
                (id, m.name, m.sex, m.birth_date, m.birth_place, is_demo)
                for id, m in zip(person_ids, members, strict=True)
            ),
        )
        insert_rows(Family, ("id", "is_demo"), ((id, is_demo) for id in family_ids))
        added, at = [], 0
        for id, row in zip(family_ids, rows, strict=True):
            added.append(AddedFamily(id, person_ids[at : at + len(row.members)]))
            at += len(row.members)
        insert_rows(
            Membership,
            ("person_id", "family_id", "relation", "valid_from", "valid_to"),
            (
                (person_id, new.family_id, member.relation, row.since, None)
                for new, row in zip(added, rows, strict=True)
                for person_id, member in zip(new.person_ids, row.members, strict=True)
            ),
        )
        insert_rows(
            Residence,
            ("family_id", "village_id", "address", "valid_from", "valid_to"),
            (
                (id, row.village_id, row.address, row.since, None)
                for id, row in zip(family_ids, rows, strict=True)
            ),
        )
        insert_rows(
            Identifier,
            ("person_id", "family_id", "kind", "number", "number_hash", "valid_from", "valid_to"),
            _identifiers(added, numbers),
        )
        note.says(families=len(rows), persons=persons, digest=digest_of_rows(rows))
    return added


class _Numbers(NamedTuple):
    """A family's numbers with their hashes: its KK, and each member's NIK."""

    kk: tuple[str, str] | None
    niks: Sequence[tuple[str, str] | None]


def _numbers(rows: Sequence[FamilyRow]) -> list[_Numbers]:
    """The normalised numbers of the rows, after refusing what cannot be or is already borne."""
    lookup = key_ring().lookup
    found = []
    bearers: dict[str, dict[str, int]] = {IdentifierKind.NIK: {}, IdentifierKind.KK: {}}

    def take(number: str, kind: IdentifierKind, row: int) -> tuple[str, str]:
        hashed = lookup(number, kind.value)
        if hashed in bearers[kind]:
            raise NumberTakenError(row, kind.label)
        bearers[kind][hashed] = row
        return number, hashed

    for position, row in enumerate(rows, start=1):
        heads = sum(member.relation == Relation.HEAD for member in row.members)
        if heads != 1:
            raise HeadError(position, heads)
        try:
            kk = take(parse_kk(row.kk).number, IdentifierKind.KK, position) if row.kk else None
            niks = [
                take(parse_nik(member.nik).number, IdentifierKind.NIK, position) if member.nik else None
                for member in row.members
            ]
        except IdentityError as error:
            raise IdentityNumberError(position, error) from error
        found.append(_Numbers(kk, niks))
    for kind, hashes in bearers.items():
        _refuse_taken(kind, hashes)
    return found


def _refuse_taken(kind: IdentifierKind, rows_by_hash: Mapping[str, int]) -> None:
    held = Identifier.objects.filter(kind=kind, valid_to__isnull=True)
    for part in _chunks(list(rows_by_hash)):
        taken = held.filter(number_hash__in=part).values_list("number_hash", flat=True).order_by()
        rows = [rows_by_hash[hashed] for hashed in taken]
        if rows:
            raise NumberTakenError(min(rows), kind.label)


def _identifiers(added: Sequence[AddedFamily], numbers: Sequence[_Numbers]) -> Iterator[tuple]:
    kk_kind, nik_kind = IdentifierKind.KK.value, IdentifierKind.NIK.value
    for new, its in zip(added, numbers, strict=True):
        if its.kk:
            yield None, new.family_id, kk_kind, *its.kk, None, None
        for person_id, nik in zip(new.person_ids, its.niks, strict=True):
            if nik:
                yield person_id, None, nik_kind, *nik, None, None


def move_family(family: Family, *, village: Place, on: date, by: Actor, address: str = "") -> Residence:
    """The family lives in `village` from the day on; its residence until then ends. Raises NotAVillageError,
    MovedTooEarlyError."""
    with recorded("registry.move_family", by=by, subject=family) as note:
        _refuse_other_than_villages({village.pk})
        Family.objects.select_for_update().get(pk=family.pk)
        if family.residences.filter(Q(valid_from__gte=on) | Q(valid_to__gt=on)).exists():
            raise MovedTooEarlyError
        left = list(family.residences.holding_on(on).values_list("village_id", flat=True))
        family.residences.filter(valid_to__isnull=True).update(valid_to=on)
        residence = Residence.objects.create(family=family, village=village, address=address, valid_from=on)
        note.says(on=on, left=left, village=village.pk)
    return residence


def correct_person(person: Person, *, by: Actor, reason: str, **values: object) -> Person:
    """Correct a person's name, sex, birth date or birth place (keywords of those names), saying why.

    The trail keeps before and after. Raises NothingToCorrectError, TypeError for another field.
    """
    unknown = set(values) - set(CORRECTABLE)
    if unknown:
        raise TypeError(f"These are not corrected here: {', '.join(sorted(unknown))}.")
    with recorded("registry.correct_person", by=by, subject=person, reason=reason) as note:
        person = Person.objects.select_for_update().get(pk=person.pk)
        changed = {name: value for name, value in values.items() if getattr(person, name) != value}
        if not changed or not reason.strip():
            raise NothingToCorrectError
        note.says(before={name: getattr(person, name) for name in changed}, after=changed)
        for name, value in changed.items():
            setattr(person, name, value)
        person.save(update_fields=list(changed))
    return person


class ListingRow(NamedTuple):
    """A family that stands in a poverty list, in a decile (1 poorest; None not given)."""

    family_id: int
    decile: int | None = None


def list_families_as_poor(
    *,
    families: Iterable[ListingRow],
    by: Actor,
    list_name: str = "DTKS",
    since: date | None = None,
    until: date | None = None,
) -> int:
    """Record that many families stand in a poverty list for a time. Returns how many.

    Raises UnknownRecordError, ListedTwiceError; all rows or none.
    """
    rows = list(families)
    ids = [row.family_id for row in rows]
    with recorded(
        "registry.list_families_as_poor", by=by, list_name=list_name, since=since, until=until
    ) as note:
        _refuse_unknown(Family, ids, _("family"))
        twice = [id for id, count in Counter(ids).items() if count > 1]
        overlapping = PovertyListing.objects.filter(_overlaps(since, until), list_name=list_name).order_by()
        for part in _chunks(ids):
            twice += overlapping.filter(family_id__in=part).values_list("family_id", flat=True)
        if twice:
            raise ListedTwiceError(sorted(twice))
        insert_rows(
            PovertyListing,
            ("family_id", "list_name", "decile", "valid_from", "valid_to"),
            ((row.family_id, list_name, row.decile, since, until) for row in rows),
        )
        note.says(families=len(rows), digest=digest_of_rows(rows))
    return len(rows)


class CategoryRow(NamedTuple):
    """A person (or a family) that falls under a welfare category: where found, on what evidence, for what time."""

    category_id: int
    person_id: int | None = None
    family_id: int | None = None
    village_id: int | None = None
    since: date | None = None
    until: date | None = None
    evidence: str = ""


class Categorised(NamedTuple):
    """What a bulk categorisation did: the ids of its holdings in order, and the doubts by row number from 1."""

    holding_ids: Sequence[int]
    doubts: dict[int, list[str]]


def add_persons_to_categories(*, rows: Iterable[CategoryRow], by: Actor) -> Categorised:
    """Record that persons or families fall under welfare categories; all rows or none.

    Age or sex outside the category's description is a doubt, not a refusal. Raises OneBearerError, HeldTwiceError,
    UnknownRecordError, NotAVillageError.
    """
    rows = list(rows)
    with recorded("registry.add_persons_to_categories", by=by) as note:
        categories = WelfareCategory.objects.in_bulk({row.category_id for row in rows})
        _refuse_unknown(WelfareCategory, {row.category_id for row in rows}, _("category"))
        for position, row in enumerate(rows, start=1):
            _refuse_other_bearer(position, row, categories[row.category_id])
        _refuse_unknown(Family, {row.family_id for row in rows if row.family_id}, _("family"))
        _refuse_other_than_villages({row.village_id for row in rows if row.village_id})
        persons = _persons({row.person_id for row in rows if row.person_id})
        _refuse_held_twice(rows)
        ids = reserve_ids(CategoryHolding, len(rows))
        now = timezone.now()
        names = (
            "id",
            "category_id",
            "person_id",
            "family_id",
            "village_id",
            "evidence",
            "valid_from",
            "valid_to",
        )
        insert_rows(
            CategoryHolding,
            (*names, "recorded_at", "recorded_by_id", "recorded_by_name"),
            (
                (
                    *(id, row.category_id, row.person_id, row.family_id, row.village_id),
                    *(row.evidence, row.since, row.until, now, by.actor_id, by.actor_name),
                )
                for id, row in zip(ids, rows, strict=True)
            ),
        )
        doubts = dict(_doubts(rows, categories, persons))
        note.says(rows=len(rows), doubts=len(doubts), digest=digest_of_rows(rows))
    return Categorised(ids, doubts)


def _refuse_other_bearer(position: int, row: CategoryRow, category: WelfareCategory) -> None:
    if (row.person_id is None) == (row.family_id is None):
        raise OneBearerError(position)
    if category.subject == CategorySubject.PERSON and row.person_id is None:
        raise OneBearerError(position)
    if category.subject == CategorySubject.FAMILY and row.family_id is None:
        raise OneBearerError(position)


def _persons(ids: Iterable[int]) -> dict[int, tuple[str, date | None]]:
    """Sex and birth date of the persons, by id. Raises UnknownRecordError."""
    wanted = sorted(ids)
    found = {}
    for part in _chunks(wanted):
        for id, sex, birth_date in Person.objects.filter(id__in=part).values_list("id", "sex", "birth_date"):
            found[id] = (sex, birth_date)
    missing = [id for id in wanted if id not in found]
    if missing:
        raise UnknownRecordError(_("person"), missing)
    return found


def _refuse_held_twice(rows: Sequence[CategoryRow]) -> None:
    keys = Counter((row.category_id, row.person_id, row.family_id) for row in rows)
    repeated = sum(count - 1 for count in keys.values())
    for part in _chunks(rows):
        same = Q(person_id__in=[row.person_id for row in part if row.person_id]) | Q(
            family_id__in=[row.family_id for row in part if row.family_id]
        )
        held = CategoryHolding.objects.filter(same).order_by()
        spans: dict[tuple, list[tuple[date | None, date | None]]] = {}
        for *key, begins, ends in held.values_list(
            "category_id", "person_id", "family_id", "valid_from", "valid_to"
        ):
            spans.setdefault(tuple(key), []).append((begins, ends))
        for row in part:
            for begins, ends in spans.get((row.category_id, row.person_id, row.family_id), ()):
                repeated += _meet(begins, ends, row.since, row.until)
    if repeated:
        raise HeldTwiceError(repeated)


def _doubts(
    rows: Sequence[CategoryRow], categories: Mapping[int, WelfareCategory], persons: Mapping[int, tuple]
) -> Iterator[tuple[int, list[str]]]:
    today = timezone.localdate()
    for position, row in enumerate(rows, start=1):
        if row.person_id is None:
            continue
        category = categories[row.category_id]
        sex, birth_date = persons[row.person_id]
        doubts = category_doubts(
            min_age=category.min_age,
            max_age=category.max_age,
            only_sex=category.sex,
            sex=sex,
            birth_date=birth_date,
            on=row.since or today,
        )
        if doubts:
            yield position, doubts


class SurveyRow(NamedTuple):
    """A village that was surveyed for people with social-welfare needs, on a day."""

    village_id: int
    surveyed_on: date
    note: str = ""


def add_village_surveys(*, rows: Iterable[SurveyRow], by: Actor) -> Sequence[int]:
    """Record that villages were surveyed. Returns the ids of the surveys. Raises NotAVillageError."""
    rows = list(rows)
    with recorded("registry.add_village_surveys", by=by, rows=len(rows)) as note:
        _refuse_other_than_villages({row.village_id for row in rows})
        ids = reserve_ids(VillageSurvey, len(rows))
        now = timezone.now()
        insert_rows(
            VillageSurvey,
            ("id", "village_id", "surveyed_on", "note", "recorded_at", "recorded_by_id", "recorded_by_name"),
            ((id, *row, now, by.actor_id, by.actor_name) for id, row in zip(ids, rows, strict=True)),
        )
        note.says(digest=digest_of_rows(rows))
    return ids


def load_categories(
    rows: Sequence[Mapping[str, str]], *, apply: bool, by: Actor, options: Mapping[str, Any]
) -> ImportReport:
    """Take a list of welfare categories, or its newer wording. Matched by list and code; none is ever removed."""
    load = Loading(rows, options)
    with load.attempt(), recorded("registry.load_categories", by=by) as note:
        known = {(category.list_name, category.code): category for category in WelfareCategory.objects.all()}
        batch = Batch(load, WelfareCategory)
        seen: set[tuple[str, str]] = set()
        for row, entry in load.read(_read_category, "code"):
            key = (entry["list_name"], entry["code"])
            if key in seen:
                load.refuse(row, entry["code"], _("The file has this category before."))
                continue
            seen.add(key)
            batch.put(row, entry["code"], known.get(key) or WelfareCategory(), entry)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_category(row: Row) -> dict[str, Any]:
    number = row.whole("number")
    if number is None:
        raise RowRefused(_("%(column)s is blank.") % {"column": "number"})
    return {
        "list_name": row.needed("list_name", 40),
        "code": row.needed("code", 20),
        "number": number,
        "name": row.needed("name", 120),
        "name_en": row.text("name_en", 120),
        "subject": row.choice("subject", SUBJECT_WORDS, CategorySubject.PERSON.value),
        "sex": row.choice("sex", SEX_WORDS, ""),
        "min_age": row.whole("min_age"),
        "max_age": row.whole("max_age"),
        "is_secret": row.yes("is_secret", False),
        "valid_from": row.day("valid_from"),
        "valid_to": row.day("valid_to"),
    }


def note_secret_read(family_id: int, *, holdings: int, by: Actor) -> None:
    """Record, before it is shown, that a reader is shown a family's need-to-know categories."""
    with recorded("registry.read_secret_categories", by=by, secret=True, holdings=holdings) as note:
        note.subject_type, note.subject_id = Family._meta.label_lower, family_id


def note_export(*, rows: int, filters: Mapping[str, str], by: Actor) -> None:
    """Record that a list of families left the system."""
    with recorded("registry.export_families", by=by, rows=rows, filters=dict(filters)):
        pass


def _overlaps(since: date | None, until: date | None) -> Q:
    """The condition "holds at some time within" for a dated row."""
    begins_before_end = Q() if until is None else Q(valid_from__isnull=True) | Q(valid_from__lt=until)
    ends_after_begin = Q() if since is None else Q(valid_to__isnull=True) | Q(valid_to__gt=since)
    return begins_before_end & ends_after_begin


def _meet(begins: date | None, ends: date | None, since: date | None, until: date | None) -> bool:
    """Whether two times have a day in common."""
    return (until is None or begins is None or begins < until) and (
        since is None or ends is None or ends > since
    )


def _refuse_other_than_villages(ids: set[int]) -> None:
    villages = set(Place.objects.filter(id__in=ids, level=Level.VILLAGE).values_list("id", flat=True))
    if ids - villages:
        raise NotAVillageError(min(ids - villages))


def _refuse_unknown(model: type, ids: Iterable[int], what: str) -> None:
    wanted = sorted(set(ids))
    known: set[int] = set()
    for part in _chunks(wanted):
        known.update(model.objects.filter(id__in=part).order_by().values_list("id", flat=True))
    missing = [id for id in wanted if id not in known]
    if missing:
        raise UnknownRecordError(what, missing)


def _chunks(items: Sequence) -> Iterator[Sequence]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
