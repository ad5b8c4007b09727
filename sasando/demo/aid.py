"""Step: what the office itself handed over in 2020: rice, emergency aid, goods, allowances, capital, equipment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from sasando.demo.context import Demo
from sasando.demo.programmes import Household, households_by_district
from sasando.partners.models import Group, Organisation, OrganisationKind
from sasando.programmes.actions import DeliveryRow, deliver_many
from sasando.programmes.models import Programme
from sasando.programmes.rules import rice_kg
from sasando.registry.models import CategoryHolding

YEAR_END = date(2020, 12, 31)
HOME = "Panti Mercy Indonesia"
RICE = Decimal(rice_kg(persons=4, days=5))
"""Kilograms a family: 400 g a day for four persons and five days."""
AIDED_ORGANISATIONS = 5
CHILDREN = 15
ONE = Decimal(1)


def build(demo: Demo) -> None:
    """All deliveries of the office's own programmes."""
    chance = demo.random("aid")
    programmes = {programme.code: programme for programme in Programme.objects.all()}
    _relieve(demo, chance, programmes)
    _support_the_neglected(demo, chance, programmes)
    _support_children(demo, chance, programmes["JAMINAN-HIDUP"])
    _capitalise_groups(demo, programmes["KUBE"])
    _equip_youth(demo, chance, programmes["KARANG-TARUNA"])


def _relieve(demo: Demo, chance: Random, programmes: dict[str, Programme]) -> None:
    """Reserve rice, a day in each village from April on; emergency aid to families that got no rice."""
    households = households_by_district(demo)
    rice: list[DeliveryRow] = []
    emergency: list[DeliveryRow] = []
    for district in demo.rows("aid/districts.csv"):
        families, others = int(district["rice_families"]), int(district["emergency_families"])
        drawn = chance.sample(households[district["code"]], families + others)
        days = _days(chance, drawn, date(2020, 4, 20), 45)
        rice += [
            DeliveryRow(h.family_id, h.village_id, days[h.village_id], "Beras CBP", RICE, "kg")
            for h in sorted(drawn[:families], key=lambda h: h.family_id)
        ]
        emergency += [
            DeliveryRow(
                h.family_id, h.village_id, date(2020, 2, 17), "Paket tanggap darurat", ONE, "paket", 1_000_000
            )
            for h in sorted(drawn[families:], key=lambda h: h.family_id)
        ]
    deliver_many(programmes["CBP"], rows=rice, by=demo.by)
    deliver_many(programmes["TANGGAP-DARURAT"], rows=emergency, by=demo.by)


def _days(chance: Random, households: Sequence[Household], first: date, within: int) -> dict[int, date]:
    """A working day for each village."""
    days = {}
    for village in sorted({household.village_id for household in households}):
        day = date.fromordinal(first.toordinal() + chance.randrange(within))
        days[village] = date.fromordinal(day.toordinal() - max(0, day.weekday() - 4))
    return days


def _support_the_neglected(demo: Demo, chance: Random, programmes: dict[str, Programme]) -> None:
    """Goods for ten neglected elderly and four disabled persons in each chosen village, one delivery a person."""
    villages = [demo.atlas.by_code[row["code"]] for row in demo.rows("aid/logistics_villages.csv")]
    served: set[int] = set()
    for code, category, count, item, amount in (
        ("LOGISTIK-LANSIA", "08", 10, "Paket kebutuhan dasar lanjut usia", 500_000),
        ("LOGISTIK-DISABILITAS", "09", 4, "Paket kebutuhan dasar penyandang disabilitas", 600_000),
    ):
        rows = []
        for position, village in enumerate(villages):
            holders = [person for person in _holders(category, village.id) if person not in served]
            persons = sorted(chance.sample(holders, count))
            served.update(persons)
            day = date.fromordinal(date(2020, 8, 3).toordinal() + 7 * (position // 5) + position % 5)
            rows += [DeliveryRow(person, village.id, day, item, ONE, "paket", amount) for person in persons]
        deliver_many(programmes[code], rows=rows, by=demo.by)


def _holders(category: str, village_id: int | None = None) -> list[int]:
    """The persons under a category at the end of 2020, in a village or everywhere."""
    holdings = CategoryHolding.objects.holding_on(YEAR_END).filter(
        category__list_name="PPKS-2012", category__code=category
    )
    if village_id is not None:
        holdings = holdings.filter(village=village_id)
    return list(holdings.order_by("person_id").values_list("person_id", flat=True))


def _support_children(demo: Demo, chance: Random, programme: Programme) -> None:
    """A year's living allowance for neglected children, handed over through the home that cares for them."""
    home = Organisation.objects.get(name=HOME, kind=OrganisationKind.HOME)
    children = sorted(chance.sample(_holders("02"), CHILDREN))
    deliver_many(
        programme,
        rows=[
            DeliveryRow(
                *(
                    child,
                    home.village_id,
                    date(2020, 7, 15),
                    "Uang jaminan hidup",
                    Decimal(12),
                    "bulan",
                    3_600_000,
                ),
                through_id=home.pk,
            )
            for child in children
        ],
        by=demo.by,
    )


def _capitalise_groups(demo: Demo, programme: Programme) -> None:
    """Capital for each joint business group."""
    groups = Group.objects.holding_on(YEAR_END).order_by("id")
    deliver_many(
        programme,
        rows=[
            DeliveryRow(group.pk, group.village_id, date(2020, 10, 7), "Modal usaha", None, "", 10_000_000)
            for group in groups
        ],
        by=demo.by,
    )


def _equip_youth(demo: Demo, chance: Random, programme: Programme) -> None:
    """Equipment for five of the youth organisations."""
    youth = list(
        Organisation.objects.holding_on(YEAR_END).filter(kind=OrganisationKind.KARANG_TARUNA).order_by("id")
    )
    aided = sorted(chance.sample(youth, AIDED_ORGANISATIONS), key=lambda organisation: organisation.pk)
    deliver_many(
        programme,
        rows=[
            DeliveryRow(
                one.pk,
                one.village_id,
                date(2020, 11, 11),
                "Perlengkapan olahraga dan tenda",
                ONE,
                "paket",
                3_000_000,
            )
            for one in aided
        ],
        by=demo.by,
    )
