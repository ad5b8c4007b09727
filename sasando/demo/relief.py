"""Step: the events behind the year's relief: a food shortage, and three small disasters."""

from dataclasses import dataclass
from datetime import date

from sasando.demo.context import Demo
from sasando.programmes.models import Delivery
from sasando.relief.actions import add_affected_families, link_deliveries, open_event
from sasando.relief.models import EventKind

RICE = "CBP"
EMERGENCY = "TANGGAP-DARURAT"


@dataclass(frozen=True)
class Disaster:
    """An event with the deliveries that answered it: those of a programme, in one district or in all."""

    name: str
    kind: EventKind
    began_on: date
    ended_on: date
    programme: str
    district: str = ""


DISASTERS = (
    Disaster(
        "Kebakaran rumah dan lahan",
        EventKind.FIRE,
        date(2020, 2, 11),
        date(2020, 2, 11),
        EMERGENCY,
        "53.14.01",
    ),
    Disaster("Angin kencang", EventKind.WIND, date(2020, 2, 12), date(2020, 2, 13), EMERGENCY, "53.14.03"),
    Disaster("Banjir", EventKind.FLOOD, date(2020, 2, 13), date(2020, 2, 15), EMERGENCY, "53.14.10"),
    Disaster("Rawan pangan", EventKind.FOOD_SHORTAGE, date(2020, 4, 6), date(2020, 9, 30), RICE),
)


def build(demo: Demo) -> None:
    """Open the events, add the families that received something, link what they received."""
    for disaster in DISASTERS:
        deliveries = [
            (id, family, village)
            for id, family, village in _deliveries(disaster.programme)
            if disaster.district in ("", demo.atlas.district_code(village))
        ]
        place = demo.atlas.by_code[disaster.district].name if disaster.district else ""
        event = open_event(
            name=f"{disaster.name} {place}".strip(),
            kind=disaster.kind,
            began_on=disaster.began_on,
            ended_on=disaster.ended_on,
            by=demo.by,
        )
        add_affected_families(event, [(family, village) for _id, family, village in deliveries], by=demo.by)
        link_deliveries(event, [id for id, _family, _village in deliveries], by=demo.by)


def _deliveries(programme: str) -> list[tuple[int, int, int]]:
    """Id, family and village of the programme's deliveries."""
    rows = Delivery.objects.filter(programme__code=programme).order_by("id")
    return list(rows.values_list("id", "family_id", "village_id"))
