"""Step: 22,579 listed poor families in the 119 villages of 2020, and the 3,455 neglected persons among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from sasando.base.loading import load_whole
from sasando.demo.context import Demo
from sasando.lib.identity import make_kk
from sasando.places.models import Level
from sasando.places.queries import Spot
from sasando.registry.actions import (
    AddedFamily,
    CategoryRow,
    FamilyRow,
    ListingRow,
    MemberRow,
    add_families,
    add_persons_to_categories,
    list_families_as_poor,
)
from sasando.registry.importers import CATEGORIES
from sasando.registry.models import Relation, Sex, WelfareCategory

LISTED_FAMILIES = 22_579
LISTED_SINCE = date(2018, 1, 1)
CENSUS = date(2020, 1, 1)
"""The day for which ages are drawn: everybody was born before it."""
COLLECTED_ON = date(2019, 12, 2)
EVIDENCE = "Pendataan PMKS 2019"

NEGLECTED = {"01": 180, "02": 520, "08": 1780, "09": 950, "11": 5, "12": 20}
"""Persons a category, each counted under one: 3,455 together."""
ALSO_DISABLED = 40
"""Elderly among them who fall under disability too, and are counted once."""
OTHERS = {"05": 85, "23": 240}
"""Persons of categories that are not counted as neglected."""
SERVED = {"08": 10, "09": 4}
"""At least so many in each village of the logistics programmes."""


def build(demo: Demo) -> None:
    """Categories, families with their members and numbers, the poverty list, the neglected."""
    load_whole(CATEGORIES, demo.rows("categories.csv"), "categories.csv", by=demo.by)
    chance = demo.random("people")
    rows, villages = _draft_families(demo, chance)
    added = add_families(families=rows, by=demo.by, is_demo=True)
    deciles = chance.choices((1, 2, 3, 4), weights=(38, 31, 20, 11), k=len(added))
    list_families_as_poor(
        families=[ListingRow(new.family_id, decile) for new, decile in zip(added, deciles, strict=True)],
        since=LISTED_SINCE,
        by=demo.by,
    )
    served = {row["code"] for row in demo.rows("aid/logistics_villages.csv")}
    _categorise(demo, chance, _Crowd(rows, added, villages, served))


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """`total` divided in proportion to the weights, in whole numbers that add up to it (largest remainder)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def families_by_district(districts: Sequence[dict[str, str]], total: int = LISTED_FAMILIES) -> list[int]:
    """How many listed families each district has: enough for all that its families received, the rest in proportion."""
    least = [
        max(int(row["bpnt_families"]), int(row["rice_families"]) + int(row["emergency_families"]))
        for row in districts
    ]
    return [a + b for a, b in zip(least, shares(total - sum(least), least), strict=True)]


def _draft_families(demo: Demo, chance: Random) -> tuple[list[FamilyRow], dict[int, str]]:
    """All families, and the code of each village by id."""
    districts = demo.rows("aid/districts.csv")
    maker = _Maker(demo, chance)
    rows: list[FamilyRow] = []
    codes: dict[int, str] = {}
    for row, families in zip(districts, families_by_district(districts), strict=True):
        district = demo.atlas.by_code[row["code"]]
        villages = [v for v in demo.atlas.at_level(Level.VILLAGE) if v.parent_id == district.id]
        sizes = shares(families, [chance.uniform(0.7, 1.3) for _ in villages])
        for village, size in zip(villages, sizes, strict=True):
            codes[village.id] = village.code
            rows.extend(maker.family(village, district) for _ in range(size))
    return rows, codes


@dataclass
class _Maker:
    """Invents families: whole people with names, birth dates and numbers that fit each other."""

    demo: Demo
    chance: Random
    serials: dict[tuple, int] = field(default_factory=dict)

    def __post_init__(self):
        self.given = {sex: self._names(sex.value) for sex in Sex}
        self.surnames = self._names("surnames")
        self.districts = self.demo.atlas.at_level(Level.DISTRICT)
        self.census = CENSUS.toordinal()

    def _names(self, pool: str) -> list[str]:
        return [row["name"] for row in self.demo.rows(f"names/{pool}.csv")]

    def family(self, village: Spot, district: Spot) -> FamilyRow:
        """One family of a village."""
        chance = self.chance
        surname = chance.choice(self.surnames)
        draw = self._old_household if chance.random() < 0.13 else self._young_household
        members = [self._person(surname, sex, age, relation, district) for sex, age, relation in draw()]
        issued = date.fromordinal(
            chance.randrange(date(2012, 1, 1).toordinal(), date(2019, 12, 1).toordinal())
        )
        kk = make_kk(district.code, issued, self._serial(district.code, issued))
        address = f"RT {chance.randint(1, 8):03d} RW {chance.randint(1, 4):03d}"
        return FamilyRow(village.id, members, kk, address)

    def _old_household(self) -> list[tuple[Sex, int, Relation]]:
        """An old couple, or an old man or woman alone, sometimes with a grandchild."""
        chance = self.chance
        age = chance.randint(60, 87)
        if chance.random() < 0.55:
            members = [
                (Sex.MALE, age, Relation.HEAD),
                (Sex.FEMALE, max(55, age - chance.randint(0, 8)), Relation.SPOUSE),
            ]
        else:
            members = [(Sex.FEMALE if chance.random() < 0.7 else Sex.MALE, age, Relation.HEAD)]
        if chance.random() < 0.25:
            members.append((self._sex(), chance.randint(6, 17), Relation.OTHER))
        return members

    def _young_household(self) -> list[tuple[Sex, int, Relation]]:
        """A couple, or a woman alone, with children, sometimes with a parent of the head."""
        chance = self.chance
        mother = chance.randint(23, 48)
        if chance.random() < 0.84:
            members = [
                (Sex.MALE, mother + chance.randint(0, 7), Relation.HEAD),
                (Sex.FEMALE, mother, Relation.SPOUSE),
            ]
        else:
            members = [(Sex.FEMALE, mother, Relation.HEAD)]
        age = mother - chance.randint(18, 25)
        for _ in range(chance.choices((1, 2, 3, 4, 5), weights=(8, 22, 30, 24, 16))[0]):
            if 0 <= age <= 21:
                members.append((self._sex(), age, Relation.CHILD))
            age -= chance.randint(2, 4)
        if chance.random() < 0.14:
            parent = max(60, members[0][1] + chance.randint(19, 32))
            members.append((Sex.FEMALE if chance.random() < 0.65 else Sex.MALE, parent, Relation.PARENT))
        return members

    def _sex(self) -> Sex:
        return Sex.MALE if self.chance.random() < 0.51 else Sex.FEMALE

    def _person(self, surname: str, sex: Sex, age: int, relation: Relation, district: Spot) -> MemberRow:
        chance = self.chance
        given = self.given[sex]
        name = chance.choice(given)
        if chance.random() < 0.6:
            name = f"{name} {chance.choice(given)}"
        if relation in (Relation.SPOUSE, Relation.OTHER):
            surname = chance.choice(self.surnames)
        birth = date.fromordinal(self.census - 1 - int(age * 365.25) - chance.randrange(365))
        origin = district if chance.random() < 0.92 else chance.choice(self.districts)
        known = chance.random() < (0.9 if age < 2 else 0.99)
        serial = self._serial(origin.code, birth, sex) if known else None
        day = birth.day + 40 * (sex == Sex.FEMALE)
        nik = f"{origin.code.replace('.', '')}{day:02d}{birth:%m%y}{serial}" if serial else None
        return MemberRow(f"{name} {surname}", sex.value, birth, relation.value, nik, origin.name)

    def _serial(self, *key: object) -> int:
        """The next serial number of demo numbers: 9001 to 9999."""
        self.serials[key] = serial = self.serials.get(key, 9000) + 1
        return serial


@dataclass
class _Crowd:
    """Everybody, and who was taken into a category already."""

    rows: Sequence[FamilyRow]
    added: Sequence[AddedFamily]
    codes: dict[int, str]
    served: set[str]
    taken: set[int] = field(default_factory=set)

    def __post_init__(self):
        self.everybody = [
            (person_id, member, row.village_id)
            for row, new in zip(self.rows, self.added, strict=True)
            for person_id, member in zip(new.person_ids, row.members, strict=True)
        ]

    def draw(
        self, chance: Random, category: WelfareCategory, count: int, least: int
    ) -> list[tuple[int, int]]:
        """`count` persons who fit the category, `least` of them in each served village: (person id, village id)."""
        earliest, latest = _births(category)
        fitting = [
            (person_id, village_id)
            for person_id, member, village_id in self.everybody
            if earliest <= member.birth_date <= latest
            and category.sex in ("", member.sex)
            and person_id not in self.taken
        ]
        chance.shuffle(fitting)
        chosen: list[tuple[int, int]] = []
        lacking = dict.fromkeys(self.served, least)
        rest = []
        for person_id, village_id in fitting:
            code = self.codes[village_id]
            if lacking.get(code, 0):
                lacking[code] -= 1
                chosen.append((person_id, village_id))
            else:
                rest.append((person_id, village_id))
        chosen += rest[: count - len(chosen)]
        self.taken.update(person_id for person_id, _village in chosen)
        return chosen


def _births(category: WelfareCategory) -> tuple[date, date]:
    """The first and last birth date with which one fits on the day of the collection and still at the end of 2020."""
    adults_only = category.code in ("11", "12")
    youngest = 18 if adults_only else category.min_age or 0
    oldest = 4 if category.code == "01" else category.max_age
    latest = COLLECTED_ON.replace(year=COLLECTED_ON.year - youngest)
    return date.min if oldest is None else date(2020 - oldest, 1, 1), latest


def _categorise(demo: Demo, chance: Random, crowd: _Crowd) -> None:
    categories = {
        category.code: category for category in WelfareCategory.objects.filter(list_name="PPKS-2012")
    }
    rows: list[CategoryRow] = []

    def hold(code: str, persons: Sequence[tuple[int, int]]) -> None:
        rows.extend(
            CategoryRow(categories[code].pk, person, None, village, COLLECTED_ON, None, EVIDENCE)
            for person, village in persons
        )

    for code, count in {**NEGLECTED, **OTHERS}.items():
        chosen = crowd.draw(chance, categories[code], count, SERVED.get(code, 0))
        hold(code, chosen)
        if code == "08":
            hold("09", chosen[-ALSO_DISABLED:])
    add_persons_to_categories(rows=rows, by=demo.by)
