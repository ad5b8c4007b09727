"""What of the register may be counted: families, welfare categories (never the secret ones), surveyed villages."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.models import holds_on
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.lib.dates import date_text
from sasando.places.queries import Atlas
from sasando.registry import queries
from sasando.registry.models import (
    CategoryHolding,
    Membership,
    PovertyListing,
    Residence,
    VillageSurvey,
)
from sasando.registry.rules import age

TEXT, INTEGER, DATE, BOOLEAN = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DATE, ColumnType.BOOLEAN
CHUNK = 10_000

RECORD = Column("record", INTEGER, "the record's id")
VILLAGE = Column("village_code", TEXT, "code of the village")
DISTRICT = Column("district_code", TEXT, "code of the district")


class _Places:
    """Village and district code of a place on the day the book goes by, each looked up once."""

    def __init__(self, as_of: AsOf):
        self._list = as_of.places
        self._known: dict[int | None, tuple[str | None, str | None]] = {}

    def codes(self, place_id: int | None) -> tuple[str | None, str | None]:
        if place_id not in self._known:
            self._known[place_id] = (self._list.village_code(place_id), self._list.district_code(place_id))
        return self._known[place_id]


def _homes(day: date) -> dict[int, int]:
    """The village each family lived in on a day."""
    rows = Residence.objects.holding_on(day).order_by("id").values_list("family_id", "village_id")
    return dict(rows.iterator(chunk_size=CHUNK))


def _families(as_of: AsOf) -> Iterator[tuple]:
    homes = _homes(as_of.end)
    listings = PovertyListing.objects.holding_on(as_of.end).order_by("id")
    deciles = dict(listings.values_list("family_id", "decile").iterator(chunk_size=CHUNK))
    place = _Places(as_of)
    for family in sorted(homes.keys() | deciles.keys()):
        yield family, *place.codes(homes.get(family)), family in deciles, deciles.get(family)


def _open_families(reader: Reader, ids: Sequence[int]) -> RecordPage:
    known = _known(queries.families(reader), ids)
    lines = queries.family_lines([id for id in ids if id in known], Atlas(timezone.localdate()))
    return RecordPage(
        headings=(_("Head of family"), _("Village"), _("District"), _("Members"), _("Decile")),
        rows=[
            (
                _family_address(line.id),
                (line.head, line.village, line.district, str(line.members), str(line.decile or "")),
            )
            for line in lines
        ],
    )


def _category_holdings(as_of: AsOf) -> Iterator[tuple]:
    homes = _homes(as_of.end)
    members = Membership.objects.holding_on(as_of.end).order_by("id").values_list("person_id", "family_id")
    family_of = dict(members.iterator(chunk_size=CHUNK))
    rows = (
        CategoryHolding.objects.holding_on(as_of.end)
        .filter(category__is_secret=False)
        .order_by("id")
        .values_list(
            *("id", "person_id", "family_id", "category__code", "category__list_name", "village_id"),
            *("person__sex", "person__birth_date"),
        )
    )
    place = _Places(as_of)
    for id, person, family, code, list_name, village, sex, born in rows.iterator(chunk_size=CHUNK):
        home = village or homes.get(family or family_of.get(person))
        yield id, person, family, code, list_name, *place.codes(home), sex, age(born, as_of.end)


def _open_category_holdings(reader: Reader, ids: Sequence[int]) -> RecordPage:
    people = Membership.objects.filter(
        holds_on(timezone.localdate()), family__in=queries.families(reader).values("id")
    )
    seen = CategoryHolding.objects.filter(category__is_secret=False).filter(
        Q(family__in=queries.families(reader).values("id")) | Q(person__in=people.order_by().values("person"))
    )
    rows = _records(seen.select_related("category", "person"), ids)
    families = dict(
        people.filter(person__in=[r.person_id for r in rows]).values_list("person_id", "family_id")
    )
    atlas = Atlas(timezone.localdate())
    heads = queries.head_names([row.family_id for row in rows if row.family_id])
    return RecordPage(
        headings=(_("Name"), _("Category"), _("Village"), _("Since")),
        rows=[
            (
                _family_address(row.family_id or families.get(row.person_id)),
                (
                    row.person.name if row.person else heads.get(row.family_id, ""),
                    str(row.category),
                    atlas.name(row.village_id),
                    date_text(row.valid_from) if row.valid_from else "",
                ),
            )
            for row in rows
        ],
    )


def _village_surveys(as_of: AsOf) -> Iterator[tuple]:
    place = _Places(as_of)
    rows = VillageSurvey.objects.filter(surveyed_on__range=(as_of.start, as_of.end)).order_by("id")
    for id, village, surveyed_on in rows.values_list("id", "village_id", "surveyed_on"):
        yield id, *place.codes(village), surveyed_on


def _open_village_surveys(reader: Reader, ids: Sequence[int]) -> RecordPage:
    atlas = Atlas(timezone.localdate())
    return RecordPage(
        headings=(_("Village"), _("Surveyed on"), _("Note")),
        rows=[
            (None, (atlas.name(row.village_id), date_text(row.surveyed_on), row.note))
            for row in _records(queries.surveys(reader), ids)
        ],
    )


def _known(rows: QuerySet, ids: Sequence[int]) -> set[int]:
    """Which of the ids are among the rows."""
    known: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        known.update(rows.filter(id__in=ids[start : start + CHUNK]).order_by().values_list("id", flat=True))
    return known


def _records(rows: QuerySet, ids: Sequence[int]) -> list[Model]:
    """The rows with these ids, in their order; those out of scope are left out."""
    found: dict[int, Model] = {}
    for start in range(0, len(ids), CHUNK):
        found.update((row.pk, row) for row in rows.filter(id__in=ids[start : start + CHUNK]))
    return [found[id] for id in ids if id in found]


def _family_address(family_id: int | None) -> str | None:
    return reverse("desk:family", args=[family_id]) if family_id else None


FACTS = [
    Fact(
        name="families",
        title="Families",
        columns=(
            RECORD,
            VILLAGE,
            DISTRICT,
            Column("listed", BOOLEAN, "stands in a list of poor families on the day"),
            Column("decile", INTEGER, "decile in that list, 1 the poorest"),
        ),
        rows=_families,
        permission=Permission.SEE_FAMILIES,
        open=_open_families,
    ),
    Fact(
        name="category_holdings",
        title="Welfare categories held",
        columns=(
            RECORD,
            Column("person", INTEGER, "the person who falls under the category"),
            Column("family", INTEGER, "the family that falls under it"),
            Column("category", TEXT, "code of the category in its list"),
            Column("list_name", TEXT, "the list of categories"),
            VILLAGE,
            DISTRICT,
            Column("sex", TEXT, "male or female"),
            Column("age", INTEGER, "full years on the day", "year"),
        ),
        rows=_category_holdings,
        permission=Permission.SEE_FAMILIES,
        open=_open_category_holdings,
        privacy=Privacy.PERSONAL,
    ),
    Fact(
        name="village_surveys",
        title="Villages surveyed for welfare needs",
        columns=(RECORD, VILLAGE, DISTRICT, Column("surveyed_on", DATE, "day of the survey")),
        rows=_village_surveys,
        permission=Permission.SEE_FAMILIES,
        open=_open_village_surveys,
    ),
]
