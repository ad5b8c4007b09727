"""Step: twenty cases of 2020 with their home visits, all of invented children."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sasando.accounts.models import User
from sasando.cases.actions import assign_worker, load_standard_kinds, open_case, record_visit
from sasando.demo.context import Demo
from sasando.office.models import Unit
from sasando.places.models import Level
from sasando.registry.models import Membership, Relation, Residence

CHANCE = "cases:1951"
"""Of many chances the first in which no case falls into a village that the published book names beside a harm."""
WORKER = "sari.peksos"
UNIT = "REH-AL"
BORN = (date(2003, 1, 1), date(2015, 1, 1))
"""From 5 to 17 years old on each day of 2020: born after the first day, and not after the second."""
FIRST_REPORT, LAST_REPORT = date(2020, 1, 13), date(2020, 10, 30)
VISIT_NOTES = (
    "Kunjungan pertama: keadaan anak dan keluarga dilihat, kebutuhan mendesak dicatat.",
    "Pendampingan: anak kembali ke sekolah, keluarga diberi penjelasan tentang hak anak.",
    "Pemantauan: keadaan membaik, kunjungan berikutnya disepakati dengan keluarga.",
)
"""What is written into the visits, in turn; no case is like a real one."""


@dataclass(frozen=True)
class Draw:
    """One case to be: a village and one or more kinds."""

    village_id: int
    kinds: tuple[str, ...]


def build(demo: Demo) -> None:
    """File the cases, assign them to the demo's social worker, record the visits."""
    load_standard_kinds(by=demo.by)
    chance = demo.random(CHANCE)
    draws = draw_cases(demo, chance)
    children = _children_by_village({draw.village_id for draw in draws})
    worker = User.objects.get(username=WORKER)
    unit = Unit.objects.get(code=UNIT)
    span = (LAST_REPORT - FIRST_REPORT).days
    days = sorted(FIRST_REPORT + timedelta(days=chance.randint(0, span)) for _ in draws)
    for draw, reported_on in zip(draws, days, strict=True):
        waiting = children[draw.village_id]
        case = open_case(
            person_id=waiting.pop(chance.randrange(len(waiting))),
            village_id=draw.village_id,
            kinds=draw.kinds,
            reported_on=reported_on,
            unit_id=unit.pk,
            by=demo.by,
        )
        assign_worker(case=case, worker=worker, from_day=reported_on, by=demo.by)
        visited_on = reported_on
        for note in VISIT_NOTES[: chance.randint(1, len(VISIT_NOTES))]:
            visited_on += timedelta(days=chance.randint(3, 28))
            record_visit(case=case, visited_on=min(visited_on, date(2020, 12, 29)), note=note, by=worker)


def draw_cases(demo: Demo, chance: Random) -> list[Draw]:
    """As many cases a district and a kind as the files say, district and kind joined by chance, villages drawn."""
    kinds = [
        tuple(row["kinds"].split("+"))
        for row in demo.rows("cases/kinds.csv")
        for _ in range(int(row["children"]))
    ]
    chance.shuffle(kinds)
    villages = []
    for row in demo.rows("cases/districts.csv"):
        district = demo.atlas.by_code[row["code"]]
        within = [spot.id for spot in demo.atlas.at_level(Level.VILLAGE) if spot.parent_id == district.id]
        villages += chance.choices(within, k=int(row["children"]))
    draws = [Draw(village, kind) for village, kind in zip(villages, kinds, strict=True)]
    chance.shuffle(draws)
    return draws


def _children_by_village(village_ids: set[int]) -> dict[int, list[int]]:
    """The children of school age in the families of these villages, by id."""
    day = date(2020, 1, 1)
    homes = dict(
        Residence.objects.holding_on(day)
        .filter(village__in=village_ids)
        .values_list("family_id", "village_id")
    )
    children: dict[int, list[int]] = {village: [] for village in village_ids}
    born_after, born_by = BORN
    members = Membership.objects.holding_on(day).filter(
        relation=Relation.CHILD,
        person__birth_date__gt=born_after,
        person__birth_date__lte=born_by,
        family__residences__village__in=village_ids,
    )
    for person, family in members.order_by("person_id").values_list("person_id", "family_id").distinct():
        if family in homes:
            children[homes[family]].append(person)
    return children
