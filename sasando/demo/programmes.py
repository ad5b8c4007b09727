"""Step: the programmes with their tariffs, and the payers' lists of PKH and BPNT in 2020."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from sasando.base.loading import load_whole
from sasando.demo.context import Demo
from sasando.lib.dates import month_text
from sasando.places.models import Level
from sasando.programmes.actions import (
    ListRow,
    enrol_families,
    open_cycle,
    receive_list,
)
from sasando.programmes.importers import PROGRAMMES, TARIFFS
from sasando.programmes.models import Programme, Tariff
from sasando.programmes.rules import Line, eligible_components, entitlement_amount
from sasando.registry.models import CategoryHolding, Membership, PovertyListing, Residence
from sasando.trail.actions import digest_of_rows

STAGE = (date(2020, 1, 1), date(2020, 3, 31))
PREGNANT = 0.07
"""Share of the women of that age who are counted as pregnant."""
AT_SCHOOL = 0.92
WAVES = ((3, 3_800), (6, 1_161), (9, 10_180))
"""BPNT: month from which families are paid, and how many begin then: 15,141 families and 86,847 months to December."""


def build(demo: Demo) -> None:
    """Programmes, tariffs, the January stage of PKH, the months March to December of BPNT."""
    load_whole(PROGRAMMES, demo.rows("programmes.csv"), "programmes.csv", by=demo.by)
    load_whole(TARIFFS, demo.rows("tariffs.csv"), "tariffs.csv", by=demo.by)
    chance = demo.random("programmes")
    households = households_by_district(demo)
    pkh = _pay_pkh(demo, chance, households)
    _pay_bpnt(demo, chance, households, pkh)


@dataclass
class Household:
    """A listed family with what the programmes ask of it."""

    family_id: int
    village_id: int
    members: list[tuple[int, str, date, str]] = field(default_factory=list)
    """(person id, sex, birth date, relation)."""


def households_by_district(demo: Demo) -> dict[str, list[Household]]:
    """The listed families of 1 January 2020 by the code of their district, in order of id."""
    day = demo.atlas.day
    listed = set(PovertyListing.objects.holding_on(day).values_list("family_id", flat=True))
    homes = Residence.objects.holding_on(day).order_by("family_id").values_list("family_id", "village_id")
    by_id = {family: Household(family, village) for family, village in homes if family in listed}
    members = Membership.objects.holding_on(day).order_by("id")
    for family, *member in members.values_list(
        "family_id", "person_id", "person__sex", "person__birth_date", "relation"
    ).iterator(chunk_size=10_000):
        if family in by_id:
            by_id[family].members.append(tuple(member))
    districts: dict[str, list[Household]] = defaultdict(list)
    codes: dict[int, str] = {}
    for household in by_id.values():
        code = codes.get(household.village_id)
        if code is None:
            code = codes[household.village_id] = demo.atlas.ancestor(
                household.village_id, Level.DISTRICT
            ).code
        districts[code].append(household)
    return districts


def _pay_pkh(demo: Demo, chance: Random, households: dict[str, list[Household]]) -> dict[str, list[int]]:
    """The payer's list of the January stage. Returns its families by district."""
    programme = Programme.objects.get(code="PKH")
    tariffs = {t.component: t for t in programme.tariffs.holding_on(STAGE[0])}
    disabled = set(
        CategoryHolding.objects.holding_on(STAGE[0])
        .filter(category__code="09")
        .values_list("person_id", flat=True)
    )
    rows: list[ListRow] = []
    families: dict[str, list[int]] = {}
    for district in demo.rows("aid/districts.csv"):
        eligible = []
        for household in households[district["code"]]:
            lines = _lines(chance, household, tariffs, disabled, programme.limit_per_family)
            if lines:
                eligible.append(ListRow(household.family_id, household.village_id, lines))
        # Families with more to be paid for are likelier to be in the programme.
        eligible.sort(
            key=lambda row: chance.random() + entitlement_amount(row.lines) / 1_500_000, reverse=True
        )
        chosen = sorted(eligible[: int(district["pkh_families"])])
        fit_lines([row.lines for row in chosen], int(district["pkh_idr"]), chance)
        families[district["code"]] = [row.family_id for row in chosen]
        rows += chosen
    cycle = open_cycle(
        programme,
        name="Tahap 1 (Januari) 2020",
        begins_on=STAGE[0],
        ends_on=STAGE[1],
        list_name="Daftar penerima PKH tahap 1 tahun 2020 (contoh)",
        list_received_on=date(2020, 1, 27),
        list_digest=digest_of_rows(rows),
        by=demo.by,
    )
    everyone = [row.family_id for row in rows]
    enrol_families(programme, family_ids=everyone, since=date(2019, 1, 1), by=demo.by)
    receive_list(cycle=cycle, rows=rows, by=demo.by)
    return families


def _lines(
    chance: Random, household: Household, tariffs: dict[str, Tariff], disabled: set[int], most: int
) -> list[Line]:
    """Everything a family may be paid for in the stage, one component a person, within the limits."""
    counts: dict[str, int] = defaultdict(int)
    lines = []
    for person, sex, birth, relation in household.members:
        codes = eligible_components(
            birth_date=birth, sex=sex, relation=relation, disabled=person in disabled, on=STAGE[0]
        )
        for code in codes:
            tariff = tariffs[code]
            if code == "HAMIL" and chance.random() > PREGNANT:
                continue
            if code in ("SD", "SMP", "SMA") and chance.random() > AT_SCHOOL:
                continue
            if counts[code] == tariff.limit_per_family:
                continue
            counts[code] += 1
            lines.append(Line(tariff.pk, person, tariff.amount_idr))
            break
    return lines[:most]


def fit_lines(families: Sequence[list[Line]], target: int, chance: Random) -> None:
    """Take lines away, in place, until all add up to the target and each family keeps at least one.

    As when a facilitator finds a child not at school: what is possible is not always paid.
    """
    surplus = sum(line.amount_idr for lines in families for line in lines) - target
    if surplus < 0:
        raise ValueError(f"What is possible is Rp{-surplus} less than the target.")
    largest = max(line.amount_idr for lines in families for line in lines)
    taken: list[tuple[list[Line], Line]] = []
    candidates = [(lines, line) for lines in families for line in lines]
    chance.shuffle(candidates)
    while surplus > largest:
        lines, line = candidates.pop()
        if len(lines) > 1:
            lines.remove(line)
            taken.append((lines, line))
            surplus -= line.amount_idr
    for amount in _exact(surplus, {line.amount_idr for _lines, line in taken}):
        if amount > 0:
            lines, line = next(
                (ls, one) for ls, one in candidates if len(ls) > 1 and one.amount_idr == amount
            )
            candidates.remove((lines, line))
            lines.remove(line)
        else:
            at = next(at for at, (_lines, line) in enumerate(taken) if line.amount_idr == -amount)
            lines, line = taken.pop(at)
            lines.append(line)


def _exact(surplus: int, amounts: Iterable[int]) -> list[int]:
    """The fewest amounts to take away (positive) or give back (negative) that come to the surplus."""
    steps = sorted(amounts) + sorted(-amount for amount in amounts)
    reached: dict[int, list[int]] = {surplus: []}
    front = [surplus]
    while 0 not in reached and front:
        following = []
        for value in front:
            for step in steps:
                left = value - step
                if left not in reached and abs(left) <= 4 * steps[len(steps) // 2 - 1]:
                    reached[left] = [*reached[value], step]
                    following.append(left)
        front = following
    return reached[0]


def _pay_bpnt(
    demo: Demo, chance: Random, households: dict[str, list[Household]], pkh: dict[str, list[int]]
) -> None:
    """The payer's lists of March to December: the families of PKH and others; the quota grew in June and September."""
    programme = Programme.objects.get(code="BPNT")
    tariff = programme.tariffs.holding_on(date(2020, 3, 1)).get(component="SEMBAKO")
    chosen: list[Household] = []
    for district in demo.rows("aid/districts.csv"):
        of_pkh = set(pkh[district["code"]])
        here = households[district["code"]]
        others = [household for household in here if household.family_id not in of_pkh]
        more = chance.sample(others, int(district["bpnt_families"]) - len(of_pkh))
        chosen += [household for household in here if household.family_id in of_pkh] + more
    chance.shuffle(chosen)
    lines = [Line(tariff.pk, None, tariff.amount_idr)]
    paid: list[ListRow] = []
    beginning = dict(WAVES)
    for month in range(3, 13):
        begins_on = date(2020, month, 1)
        if month in beginning:
            new = chosen[len(paid) : len(paid) + beginning[month]]
            enrol_families(programme, family_ids=[h.family_id for h in new], since=begins_on, by=demo.by)
            paid += [ListRow(household.family_id, household.village_id, lines) for household in new]
        cycle = open_cycle(
            programme,
            name=month_text(begins_on),
            begins_on=begins_on,
            ends_on=date(2020 + month // 12, month % 12 + 1, 1) - date.resolution,
            list_name=f"Daftar KPM Program Sembako {month_text(begins_on)} (contoh)",
            list_received_on=begins_on,
            list_digest=hashlib.sha256(f"{month_text(begins_on)}:{len(paid)}".encode()).hexdigest(),
            by=demo.by,
        )
        receive_list(cycle=cycle, rows=paid, by=demo.by)
