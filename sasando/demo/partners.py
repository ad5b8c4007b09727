"""Step: the home, twenty Karang Taruna, and thirty KUBE with three hundred listed families."""

from datetime import date
from random import Random

from sasando.base.models import holds_on
from sasando.demo.context import Demo
from sasando.partners.actions import GroupDraft, form_groups, register_organisation
from sasando.partners.models import OrganisationKind
from sasando.places.models import Level
from sasando.registry.models import Residence

FORMED_ON = date(2019, 8, 5)
YOUTH_A_DISTRICT = 2
"""Twenty Karang Taruna in ten districts; the villages are drawn, the book does not name them."""
KIND_WORDS = {"kelurahan": "Kelurahan", "desa": "Desa"}


def build(demo: Demo) -> None:
    """Register the organisations, form the groups."""
    chance = demo.random("partners")
    for row in demo.rows("partners/organisations.csv"):
        register_organisation(
            name=row["name"],
            kind=row["kind"],
            village_id=demo.atlas.by_code[row["village"]].id,
            valid_from=date.fromisoformat(row["valid_from"]),
            by=demo.by,
            is_demo=True,
        )
    _register_youth(demo, chance)
    form_groups(_group_drafts(demo, chance), by=demo.by)


def _register_youth(demo: Demo, chance: Random) -> None:
    for district in demo.atlas.at_level(Level.DISTRICT):
        villages = [spot for spot in demo.atlas.at_level(Level.VILLAGE) if spot.parent_id == district.id]
        for village in sorted(chance.sample(villages, YOUTH_A_DISTRICT), key=lambda spot: spot.code):
            register_organisation(
                name=f"Karang Taruna {KIND_WORDS[village.kind]} {village.name}",
                kind=OrganisationKind.KARANG_TARUNA,
                village_id=village.id,
                valid_from=date(chance.randint(2005, 2018), chance.randint(1, 12), 1),
                by=demo.by,
                is_demo=True,
            )


def _group_drafts(demo: Demo, chance: Random) -> list[GroupDraft]:
    """Each group of the file with so many families drawn among the listed ones of its village."""
    rows = demo.rows("partners/groups.csv")
    waiting: dict[str, list[int]] = {}
    for code in dict.fromkeys(row["village"] for row in rows):
        waiting[code] = _listed_families(demo.atlas.by_code[code].id)
        chance.shuffle(waiting[code])
    drafts = []
    for row in rows:
        size = int(row["families"])
        members, waiting[row["village"]] = waiting[row["village"]][:size], waiting[row["village"]][size:]
        village_id = demo.atlas.by_code[row["village"]].id
        drafts.append(GroupDraft(row["name"], village_id, members, FORMED_ON, row["business"], is_demo=True))
    return drafts


def _listed_families(village_id: int) -> list[int]:
    """The families of a village that stood in the poverty list when the groups were formed, by id."""
    living = Residence.objects.holding_on(FORMED_ON).filter(
        holds_on(FORMED_ON, "family__listings__"), village=village_id, family__listings__isnull=False
    )
    return list(living.order_by("family_id").values_list("family_id", flat=True).distinct())
