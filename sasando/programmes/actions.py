"""Defining programmes, receiving payers' lists, handing over, and correcting what was handed over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.bulk import insert_rows, reserve_ids
from sasando.base.importing import ImportReport
from sasando.base.loading import Batch, Loading, Row, RowRefused
from sasando.base.reader import Actor
from sasando.budget.models import FundSource
from sasando.office.models import Unit
from sasando.partners.models import Group, Organisation
from sasando.places.models import Level, Place
from sasando.programmes.errors import (
    CorrectedMeanwhileError,
    CycleExistsError,
    ListRowError,
    ListTwiceError,
    NegativeAmountError,
    NothingToCorrectError,
    ObservedProgrammeError,
    OwnProgrammeError,
    ProgrammeExistsError,
    RecipientError,
    TariffOverlapError,
    UnknownFamiliesError,
)
from sasando.programmes.models import (
    Cycle,
    Delivery,
    DeliveryCorrection,
    Enrolment,
    EnrolmentState,
    Entitlement,
    EntitlementLine,
    Programme,
    ProgrammeKind,
    RecipientKind,
    Tariff,
)
from sasando.programmes.rules import Line, Rate, entitlement_amount, line_doubts
from sasando.registry.models import Family, Person
from sasando.trail.actions import digest_of_rows, recorded

Rows = Sequence[Mapping[str, str]]
Options = Mapping[str, Any]

CHUNK = 5000
"""Ids in one query."""

KIND_WORDS = {"own": "own", "sendiri": "own", "observed": "observed", "dipantau": "observed"}
RECIPIENT_WORDS = {
    **{kind.value: kind.value for kind in RecipientKind},
    **{
        "orang": "person",
        "keluarga": "family",
        "kelompok": "group",
        "lembaga": "organisation",
        "desa": "village",
    },
}
"""How a file may name a kind of programme and of recipient."""

RECIPIENTS: dict[str, tuple[str, type[models.Model]]] = {
    RecipientKind.PERSON: ("person", Person),
    RecipientKind.FAMILY: ("family", Family),
    RecipientKind.GROUP: ("group", Group),
    RecipientKind.ORGANISATION: ("organisation", Organisation),
    RecipientKind.VILLAGE: ("village_recipient", Place),
}
"""The key of a delivery in which a recipient of a kind stands, and its model."""


def define_programme(
    *,
    code: str,
    name: str,
    kind: str,
    recipient_kind: str,
    fund_source: FundSource,
    by: Actor,
    name_en: str = "",
    purpose: str = "",
    legal_basis: str = "",
    limit_per_family: int | None = None,
    unit: Unit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Programme:
    """Begin a programme. Raises ProgrammeExistsError."""
    with recorded("programmes.define_programme", by=by, code=code) as note:
        if Programme.objects.filter(code=code).exists():
            raise ProgrammeExistsError(code)
        programme = Programme.objects.create(
            code=code,
            name=name,
            name_en=name_en,
            purpose=purpose,
            kind=kind,
            recipient_kind=recipient_kind,
            fund_source=fund_source,
            legal_basis=legal_basis,
            limit_per_family=limit_per_family,
            unit=unit,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        note.about(programme)
    return programme


def load_programmes(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take aid programmes. Matched by code; none is ever removed."""
    load = Loading(rows, options)
    with load.attempt(), recorded("programmes.load_programmes", by=by) as note:
        known = {programme.code: programme for programme in Programme.objects.all()}
        funds = {fund.code: fund for fund in FundSource.objects.all()}
        units = {unit.code: unit for unit in Unit.objects.all()}
        batch = Batch(load, Programme)
        for row, entry in load.read_once(_read_programme, "code"):
            code = entry["code"]
            if entry["fund_source"] not in funds:
                load.refuse(
                    row, code, _("There is no fund source %(code)s.") % {"code": entry["fund_source"]}
                )
            elif entry["unit"] and entry["unit"] not in units:
                load.refuse(row, code, _("There is no unit %(code)s.") % {"code": entry["unit"]})
            else:
                values = entry | {
                    "fund_source": funds[entry["fund_source"]],
                    "unit": units.get(entry["unit"]),
                }
                batch.put(row, code, known.get(code) or Programme(), values)
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_programme(row: Row) -> dict[str, Any]:
    return {
        "code": row.needed("code", 30),
        "name": row.needed("name", 150),
        "name_en": row.text("name_en", 150),
        "purpose": row.text("purpose", 300),
        "kind": row.choice("kind", KIND_WORDS, ProgrammeKind.OWN.value),
        "recipient_kind": row.choice("recipient_kind", RECIPIENT_WORDS, RecipientKind.FAMILY.value),
        "fund_source": row.needed("fund_source"),
        "unit": row.text("unit"),
        "legal_basis": row.text("legal_basis", 200),
        "limit_per_family": row.whole("limit_per_family"),
        "valid_from": row.day("valid_from"),
        "valid_to": row.day("valid_to"),
    }


def set_tariff(
    programme: Programme,
    *,
    component: str,
    name: str,
    amount_idr: int,
    by: Actor,
    months: int = 1,
    limit_per_family: int | None = None,
    source: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Tariff:
    """Say what a component gives from a day on; its tariff until then ends. Raises TariffOverlapError,
    NegativeAmountError."""
    with recorded("programmes.set_tariff", by=by, programme=programme.code, component=component) as note:
        if amount_idr < 0:
            raise NegativeAmountError
        same = programme.tariffs.select_for_update().filter(component=component)
        for earlier in same:
            if earlier.valid_to is not None and valid_from and earlier.valid_to <= valid_from:
                continue
            if (
                earlier.valid_to is not None
                or valid_from is None
                or (earlier.valid_from or date.min) >= valid_from
            ):
                raise TariffOverlapError(component)
            earlier.valid_to = valid_from
            earlier.save(update_fields=["valid_to"])
        tariff = Tariff.objects.create(
            programme=programme,
            component=component,
            name=name,
            amount_idr=amount_idr,
            months=months,
            limit_per_family=limit_per_family,
            source=source,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        note.about(tariff)
        note.says(amount_idr=amount_idr, valid_from=valid_from)
    return tariff


def load_tariffs(rows: Rows, *, apply: bool, by: Actor, options: Options) -> ImportReport:
    """Take tariffs. Matched by programme, component and first day; one that meets another tariff is refused."""
    load = Loading(rows, options)
    with load.attempt(), recorded("programmes.load_tariffs", by=by) as note:
        programmes = {programme.code: programme for programme in Programme.objects.all()}
        known = {(t.programme_id, t.component, t.valid_from): t for t in Tariff.objects.all()}
        spans = {key: tariff.valid_to for key, tariff in known.items()}
        batch = Batch(load, Tariff)
        for row, entry in load.read(_read_tariff, "component"):
            programme = programmes.get(entry["programme"])
            if programme is None:
                reason = _("There is no programme %(code)s.") % {"code": entry["programme"]}
                load.refuse(row, entry["component"], reason)
                continue
            key = (programme.pk, entry["component"], entry["valid_from"])
            if _meets_another(key, entry["valid_to"], spans):
                load.refuse(
                    row,
                    entry["component"],
                    _("The component has another tariff within that time; end that one first (valid_to)."),
                )
                continue
            spans[key] = entry["valid_to"]
            batch.put(row, entry["component"], known.get(key) or Tariff(), entry | {"programme": programme})
        batch.write()
        note.says(**load.settle(apply))
    return load.report


def _read_tariff(row: Row) -> dict[str, Any]:
    amount = row.rupiah("amount_idr")
    if amount is None:
        raise RowRefused(_("%(column)s is blank.") % {"column": "amount_idr"})
    return {
        "programme": row.needed("programme"),
        "component": row.needed("component", 30),
        "name": row.needed("name", 100),
        "amount_idr": amount,
        "months": row.whole("months") or 1,
        "limit_per_family": row.whole("limit_per_family"),
        "source": row.text("source", 200),
        "valid_from": row.day("valid_from"),
        "valid_to": row.day("valid_to"),
    }


def _meets_another(
    key: tuple[int, str, date | None], valid_to: date | None, spans: Mapping[tuple, date | None]
) -> bool:
    """Whether a tariff's time has a day in common with that of another tariff of its component."""
    programme, component, begins = key
    return any(
        other != key
        and other[:2] == (programme, component)
        and (other[2] or date.min) < (valid_to or date.max)
        and (begins or date.min) < (until or date.max)
        for other, until in spans.items()
    )


def open_cycle(
    programme: Programme,
    *,
    name: str,
    begins_on: date,
    ends_on: date,
    by: Actor,
    list_name: str = "",
    list_received_on: date | None = None,
    list_digest: str = "",
) -> Cycle:
    """Open a payment stage; of an observed programme, name the payer's list it rests on. Raises CycleExistsError."""
    with recorded("programmes.open_cycle", by=by, programme=programme.code, name=name) as note:
        if programme.cycles.filter(name=name).exists():
            raise CycleExistsError(name)
        cycle = Cycle.objects.create(
            programme=programme,
            name=name,
            begins_on=begins_on,
            ends_on=ends_on,
            list_name=list_name,
            list_received_on=list_received_on,
            list_digest=list_digest,
            recorded_at=timezone.now(),
            recorded_by_id=by.actor_id,
            recorded_by_name=by.actor_name,
        )
        note.about(cycle)
    return cycle


class ListRow(NamedTuple):
    """A family in a payer's list: where it was counted, and the components it is due."""

    family_id: int
    village_id: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class ReceivedList:
    """What a payer's list came to. `doubts` has, by row number from 1, where it departs from tariff and limits."""

    families: int
    amount_idr: int
    entitlement_ids: Sequence[int]
    doubts: dict[int, list[str]] = field(default_factory=dict)


def receive_list(*, cycle: Cycle, rows: Iterable[ListRow], by: Actor) -> ReceivedList:
    """Store a payer's list of a cycle as it stands: an entitlement a family, the sum of its lines. All rows or none.

    Raises OwnProgrammeError, ListTwiceError, ListRowError (a family twice, no line, an amount below zero, a tariff of
    another programme), UnknownFamiliesError. What departs from tariff or limits is returned as a doubt.
    """
    rows = list(rows)
    with recorded("programmes.receive_list", by=by, subject=cycle) as note:
        programme = cycle.programme
        if programme.kind != ProgrammeKind.OBSERVED:
            raise OwnProgrammeError(programme.code)
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        if cycle.entitlements.exists():
            raise ListTwiceError(cycle.name)
        rates = {
            t.id: Rate(t.id, t.component, t.amount_idr, t.limit_per_family) for t in programme.tariffs.all()
        }
        doubts, amounts = _judge(rows, rates, programme.limit_per_family)
        _refuse_unknown(row.family_id for row in rows)
        villages = _known(Place, (row.village_id for row in rows))
        for position, row in enumerate(rows, start=1):
            if row.village_id not in villages:
                raise ListRowError(position, _("its place is not a village."))
        ids = reserve_ids(Entitlement, len(rows))
        insert_rows(
            Entitlement,
            ("id", "cycle_id", "family_id", "village_id", "amount_idr"),
            (
                (id, cycle.pk, row.family_id, row.village_id, amount)
                for id, row, amount in zip(ids, rows, amounts, strict=True)
            ),
        )
        insert_rows(
            EntitlementLine,
            ("entitlement_id", "tariff_id", "person_id", "amount_idr"),
            ((id, *line) for id, row in zip(ids, rows, strict=True) for line in row.lines),
        )
        total = sum(amounts)
        note.says(families=len(rows), amount_idr=total, doubts=len(doubts), digest=digest_of_rows(rows))
    return ReceivedList(len(rows), total, ids, doubts)


def _judge(
    rows: Sequence[ListRow], rates: Mapping[int, Rate], limit: int | None
) -> tuple[dict[int, list[str]], list[int]]:
    """The doubts by row and the amount of each row, after refusing what cannot be."""
    seen: set[int] = set()
    doubts, amounts = {}, []
    for position, (family_id, _village, lines) in enumerate(rows, start=1):
        if family_id in seen:
            raise ListRowError(position, _("the family stands twice in the list."))
        seen.add(family_id)
        if not lines:
            raise ListRowError(position, _("it names no component."))
        for line in lines:
            if line.tariff_id not in rates:
                raise ListRowError(position, _("its tariff belongs to another programme."))
            if line.amount_idr < 0:
                raise ListRowError(position, _("an amount cannot be below zero."))
        amounts.append(entitlement_amount(lines))
        found = line_doubts(lines, rates, limit)
        if found:
            doubts[position] = found
    return doubts, amounts


def enrol_families(
    programme: Programme,
    *,
    family_ids: Iterable[int],
    since: date,
    by: Actor,
    state: str = EnrolmentState.ACTIVE,
    reason: str = "",
) -> int:
    """Put many families into a state of the programme from a day on; their state until then ends.

    Families already in that state stay as they are. Returns how many changed. Raises UnknownFamiliesError.
    """
    with recorded("programmes.enrol_families", by=by, subject=programme, state=state, since=since) as note:
        wanted = list(dict.fromkeys(family_ids))
        _refuse_unknown(wanted)
        same: set[int] = set()
        for part in _chunks(wanted):
            holding = programme.enrolments.holding_on(since).filter(family_id__in=part).order_by()
            same.update(holding.filter(state=state).values_list("family_id", flat=True))
            others = holding.exclude(state=state)
            others.filter(valid_from=since).delete()
            others.update(valid_to=since)
        changed = [id for id in wanted if id not in same]
        now = timezone.now()
        insert_rows(
            Enrolment,
            (
                *("programme_id", "family_id", "person_id", "state", "reason", "valid_from", "valid_to"),
                *("recorded_at", "recorded_by_id", "recorded_by_name"),
            ),
            (
                (programme.pk, id, None, state, reason, since, None, now, by.actor_id, by.actor_name)
                for id in changed
            ),
        )
        note.says(families=len(changed), digest=digest_of_rows(changed))
    return len(changed)


class DeliveryRow(NamedTuple):
    """Something handed over to one recipient of the programme's kind. `fund_source_id` None: the programme's own."""

    recipient_id: int
    village_id: int | None
    delivered_on: date
    item: str
    quantity: Decimal | None = None
    unit: str = ""
    amount_idr: int | None = None
    through_id: int | None = None
    fund_source_id: int | None = None


def deliver(
    programme: Programme,
    *,
    recipient: Person | Family | Group | Organisation | Place,
    delivered_on: date,
    item: str,
    by: Actor,
    village: Place | None = None,
    quantity: Decimal | None = None,
    unit: str = "",
    amount_idr: int | None = None,
    through: Organisation | None = None,
    fund_source: FundSource | None = None,
) -> Delivery:
    """Record one delivery. Raises what `deliver_many` raises; a recipient of another kind is a RecipientError."""
    if not isinstance(recipient, RECIPIENTS[programme.recipient_kind][1]):
        raise RecipientError(programme.get_recipient_kind_display())
    row = DeliveryRow(
        recipient.pk,
        village and village.pk,
        delivered_on,
        item,
        quantity,
        unit,
        amount_idr,
        through and through.pk,
        fund_source and fund_source.pk,
    )
    ids = deliver_many(programme, rows=[row], by=by)
    return Delivery.objects.get(pk=ids[0])


def deliver_many(programme: Programme, *, rows: Iterable[DeliveryRow], by: Actor) -> Sequence[int]:
    """Record many deliveries of an own programme; all or none. Returns their ids in order.

    Raises ObservedProgrammeError, RecipientError, NegativeAmountError.
    """
    rows = list(rows)
    with recorded("programmes.deliver_many", by=by, subject=programme) as note:
        if programme.kind != ProgrammeKind.OWN:
            raise ObservedProgrammeError(programme.code)
        if any((row.amount_idr or 0) < 0 or (row.quantity or 0) < 0 for row in rows):
            raise NegativeAmountError
        key, model = RECIPIENTS[programme.recipient_kind]
        known = _known(model, (row.recipient_id for row in rows))
        for position, row in enumerate(rows, start=1):
            if row.recipient_id not in known:
                raise RecipientError(programme.get_recipient_kind_display(), position)
        ids = reserve_ids(Delivery, len(rows))
        now = timezone.now()
        insert_rows(
            Delivery,
            (
                *(
                    "id",
                    "programme_id",
                    f"{key}_id",
                    "village_id",
                    "delivered_on",
                    "item",
                    "quantity",
                    "unit",
                ),
                *("amount_idr", "through_id", "fund_source_id"),
                *("recorded_at", "recorded_by_id", "recorded_by_name"),
            ),
            (
                (
                    *(
                        id,
                        programme.pk,
                        row.recipient_id,
                        row.village_id,
                        row.delivered_on,
                        row.item,
                        row.quantity,
                    ),
                    *(
                        row.unit,
                        row.amount_idr,
                        row.through_id,
                        row.fund_source_id or programme.fund_source_id,
                    ),
                    *(now, by.actor_id, by.actor_name),
                )
                for id, row in zip(ids, rows, strict=True)
            ),
        )
        note.says(deliveries=len(rows), digest=digest_of_rows(rows))
    return ids


def correct_delivery(
    delivery: Delivery,
    *,
    reason: str,
    by: Actor,
    amount_idr: int | None = None,
    quantity: Decimal | None = None,
    seen: int | None = None,
) -> list[DeliveryCorrection]:
    """Correct the value or the quantity of a delivery; None leaves it. Old, new and why stay as a correction each.

    `seen` is how many corrections whoever corrects had before their eyes: with others since, the values they did not
    mean to touch would fall back. Raises NothingToCorrectError, NegativeAmountError, CorrectedMeanwhileError.
    """
    with recorded("programmes.correct_delivery", by=by, subject=delivery, reason=reason) as note:
        stored = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if seen is not None and seen != stored.corrections.count():
            raise CorrectedMeanwhileError
        given = {"amount_idr": amount_idr, "quantity": quantity}
        changed = {
            name: new for name, new in given.items() if new is not None and new != getattr(stored, name)
        }
        if not changed or not reason.strip():
            raise NothingToCorrectError
        if any(new < 0 for new in changed.values()):
            raise NegativeAmountError
        corrections = []
        for name, new in changed.items():
            old = getattr(stored, name)
            corrections.append(
                DeliveryCorrection.objects.create(
                    delivery=stored,
                    field=name,
                    old="" if old is None else str(old),
                    new=str(new),
                    reason=reason,
                    corrected_at=timezone.now(),
                    corrected_by_id=by.actor_id,
                    corrected_by_name=by.actor_name,
                )
            )
            setattr(stored, name, new)
        stored.save(update_fields=list(changed))
        note.says(changes=[[c.field, c.old, c.new] for c in corrections])
    return corrections


def note_export(*, programme: Programme, rows: int, filters: Mapping[str, str], by: Actor) -> None:
    """Record that a list of deliveries left the system."""
    with recorded("programmes.export_deliveries", by=by, subject=programme, rows=rows, filters=dict(filters)):
        pass


def _refuse_unknown(family_ids: Iterable[int]) -> None:
    wanted = set(family_ids)
    missing = sorted(wanted - _known(Family, wanted))
    if missing:
        raise UnknownFamiliesError(missing)


def _known(model: type[models.Model], ids: Iterable[int]) -> set[int]:
    """Which of the ids are recorded; a village as recipient must be a village."""
    rows = model.objects.filter(level=Level.VILLAGE) if model is Place else model.objects.all()
    known: set[int] = set()
    for part in _chunks(sorted(set(ids))):
        known.update(rows.filter(pk__in=part).order_by().values_list("pk", flat=True))
    return known


def _chunks(items: Sequence) -> Iterator[Sequence]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
