"""What may be counted of relief."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.lib.dates import date_text
from sasando.places.queries import Atlas
from sasando.relief import queries
from sasando.relief.models import ReliefDelivery


def delivery_rows(as_of: AsOf) -> Iterator[tuple]:
    """The deliveries of the period that answered an event."""
    rows = ReliefDelivery.objects.filter(delivery__delivered_on__range=(as_of.start, as_of.end)).order_by(
        "id"
    )
    columns = ("id", "delivery_id", "event_id", "event__kind", "delivery__family_id", "delivery__village_id")
    for id, delivery, event, kind, family, village in rows.values_list(*columns).iterator(chunk_size=5000):
        yield (
            id,
            delivery,
            event,
            kind,
            family,
            as_of.places.village_code(village),
            as_of.places.district_code(village),
        )


def open_deliveries(reader: Reader, ids: Sequence[int]) -> RecordPage:
    """The relief deliveries among these records that lie in the reader's villages."""
    atlas = Atlas(timezone.localdate())
    language = get_language() or "id"
    found = queries.reliefs(reader).filter(pk__in=ids).select_related("event", "delivery").order_by("id")
    return RecordPage(
        (_("Event"), _("Village"), _("Delivered on"), _("What")),
        [
            (
                reverse("relief:event", args=[each.event_id]),
                (
                    each.event.name,
                    atlas.name(each.delivery.village_id),
                    date_text(each.delivery.delivered_on, language),
                    each.delivery.item,
                ),
            )
            for each in found
        ],
    )


FACTS = [
    Fact(
        name="relief_deliveries",
        title=gettext_lazy("Deliveries that answered an event"),
        columns=(
            Column("record", ColumnType.INTEGER, "id of the record"),
            Column("delivery", ColumnType.INTEGER, "id of the delivery"),
            Column("event", ColumnType.INTEGER, "id of the event"),
            Column("event_kind", ColumnType.TEXT, "kind of the event"),
            Column(
                "family", ColumnType.INTEGER, "id of the family that received it, null for another recipient"
            ),
            Column("village_code", ColumnType.TEXT, "code of the village"),
            Column("district_code", ColumnType.TEXT, "code of the district"),
        ),
        rows=delivery_rows,
        permission=Permission.SEE_RELIEF,
        open=open_deliveries,
    )
]
