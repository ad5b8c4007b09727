"""What of aid may be counted: what families were due, what was handed over."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.base.templatetags.formats import day, number, rupiah
from sasando.places.queries import Atlas
from sasando.programmes import queries
from sasando.programmes.models import RECIPIENT_KEYS, Cycle, Delivery, Entitlement, RecipientKind
from sasando.registry.queries import head_names

TEXT, INTEGER, DATE, DECIMAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DATE, ColumnType.DECIMAL
CHUNK = 10_000

RECORD = Column("record", INTEGER, "the record's id")
VILLAGE = Column("village_code", TEXT, "code of the village")
DISTRICT = Column("district_code", TEXT, "code of the district")
PROGRAMME = Column("programme", TEXT, "code of the programme")
FUND_SOURCE = Column("fund_source", TEXT, "code of the fund source")
KINDS = tuple(
    zip(
        RECIPIENT_KEYS,
        (
            RecipientKind.PERSON.value,
            RecipientKind.FAMILY.value,
            RecipientKind.GROUP.value,
            RecipientKind.ORGANISATION.value,
            RecipientKind.VILLAGE.value,
        ),
        strict=True,
    )
)


class _Places:
    """Village and district code of a place on the day the book goes by, each looked up once."""

    def __init__(self, as_of: AsOf):
        self._list = as_of.places
        self._known: dict[int | None, tuple[str | None, str | None]] = {}

    def codes(self, place_id: int | None) -> tuple[str | None, str | None]:
        if place_id not in self._known:
            self._known[place_id] = (self._list.village_code(place_id), self._list.district_code(place_id))
        return self._known[place_id]


def _entitlements(as_of: AsOf) -> Iterator[tuple]:
    cycles = {
        id: (code, name, begins_on, fund_source)
        for id, code, name, begins_on, fund_source in Cycle.objects.filter(
            begins_on__range=(as_of.start, as_of.end)
        ).values_list("id", "programme__code", "name", "begins_on", "programme__fund_source__code")
    }
    place = _Places(as_of)
    rows = (
        Entitlement.objects.filter(cycle__begins_on__range=(as_of.start, as_of.end))
        .order_by("id")
        .values_list("id", "cycle_id", "family_id", "village_id", "amount_idr")
    )
    for id, cycle, family, village, amount in rows.iterator(chunk_size=CHUNK):
        code, name, begins_on, fund_source = cycles[cycle]
        yield id, code, name, begins_on, family, *place.codes(village), amount, fund_source


def _open_entitlements(reader: Reader, ids: Sequence[int]) -> RecordPage:
    rows = _records(queries.entitlements(reader).select_related("cycle__programme"), ids)
    heads = head_names([row.family_id for row in rows])
    atlas = Atlas(timezone.localdate())
    return RecordPage(
        headings=(_("Head of family"), _("Village"), _("Programme"), _("Cycle"), _("Begins on"), _("Amount")),
        rows=[
            (
                reverse("desk:family", args=[row.family_id]),
                (
                    heads.get(row.family_id, ""),
                    atlas.name(row.village_id),
                    row.cycle.programme.name,
                    row.cycle.name,
                    day(row.cycle.begins_on),
                    rupiah(row.amount_idr),
                ),
            )
            for row in rows
        ],
    )


def _deliveries(as_of: AsOf) -> Iterator[tuple]:
    place = _Places(as_of)
    rows = (
        Delivery.objects.filter(delivered_on__range=(as_of.start, as_of.end))
        .order_by("id")
        .values_list(
            *(
                "id",
                "programme__code",
                "through__name",
                "village_id",
                "delivered_on",
                "item",
                "quantity",
                "unit",
            ),
            *("amount_idr", "fund_source__code", *(f"{key}_id" for key in RECIPIENT_KEYS)),
        )
    )
    for (
        id,
        code,
        through,
        village,
        delivered_on,
        item,
        quantity,
        unit,
        amount,
        fund_source,
        *keys,
    ) in rows.iterator(chunk_size=CHUNK):
        kind, recipient = next(
            (kind, key) for (_name, kind), key in zip(KINDS, keys, strict=True) if key is not None
        )
        yield (
            *(id, code, kind, recipient, through, *place.codes(village)),
            *(delivered_on, item, _plain(quantity), unit, amount, fund_source),
        )


def _plain(quantity: Decimal | None) -> Decimal | None:
    """The quantity with its three decimals on either database."""
    return None if quantity is None else quantity.quantize(Decimal("0.001"))


def _open_deliveries(reader: Reader, ids: Sequence[int]) -> RecordPage:
    rows = _records(queries.with_names(queries.deliveries(reader)), ids)
    lines = queries.delivery_lines(rows, Atlas(timezone.localdate()))
    return RecordPage(
        headings=(
            _("Recipient"),
            _("Village"),
            _("Programme"),
            _("What"),
            _("Quantity"),
            _("Value"),
            _("Day"),
        ),
        rows=[
            (
                reverse("programmes:delivery", args=[line.delivery.pk]),
                (
                    line.recipient,
                    line.village,
                    line.delivery.programme.name,
                    line.delivery.item,
                    quantity_text(line.delivery),
                    "" if line.delivery.amount_idr is None else rupiah(line.delivery.amount_idr),
                    day(line.delivery.delivered_on),
                ),
            )
            for line in lines
        ],
    )


def quantity_text(delivery: Delivery) -> str:
    """A delivery's quantity with its unit: `8 kg`; empty where none was recorded."""
    if delivery.quantity is None:
        return ""
    return f"{number(delivery.quantity.normalize() + 0)} {delivery.unit}".strip()


def _records(rows: QuerySet, ids: Sequence[int]) -> list[Model]:
    """The rows with these ids, in their order; those out of scope are left out."""
    found: dict[int, Model] = {}
    for start in range(0, len(ids), CHUNK):
        found.update((row.pk, row) for row in rows.filter(id__in=ids[start : start + CHUNK]))
    return [found[id] for id in ids if id in found]


FACTS = [
    Fact(
        name="entitlements",
        title="Entitlements of families",
        columns=(
            RECORD,
            PROGRAMME,
            Column("cycle", TEXT, "name of the payment stage"),
            Column("begins_on", DATE, "first day of the stage"),
            Column("family", INTEGER, "the family"),
            VILLAGE,
            DISTRICT,
            Column("amount_idr", INTEGER, "what the family is due in the stage", "IDR"),
            FUND_SOURCE,
        ),
        rows=_entitlements,
        permission=Permission.SEE_AID,
        open=_open_entitlements,
    ),
    Fact(
        name="deliveries",
        title="Deliveries of money and goods",
        columns=(
            RECORD,
            PROGRAMME,
            Column("recipient_kind", TEXT, "person, family, group, organisation or village"),
            Column("recipient", INTEGER, "id of the recipient among those of its kind"),
            Column("through", TEXT, "organisation it was handed over through"),
            VILLAGE,
            DISTRICT,
            Column("delivered_on", DATE, "day of the delivery"),
            Column("item", TEXT, "what was handed over"),
            Column("quantity", DECIMAL, "how much, in `unit`"),
            Column("unit", TEXT, "unit of the quantity"),
            Column("amount_idr", INTEGER, "value", "IDR"),
            FUND_SOURCE,
        ),
        rows=_deliveries,
        permission=Permission.SEE_AID,
        open=_open_deliveries,
        privacy=Privacy.INTERNAL,
    ),
]
