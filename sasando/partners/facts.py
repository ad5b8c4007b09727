"""What may be counted of partners."""

from collections.abc import Iterator, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.models import holds_on
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.partners import queries
from sasando.partners.models import Group, Organisation
from sasando.places.queries import Atlas


def group_rows(as_of: AsOf) -> Iterator[tuple]:
    """The KUBE that hold on the last day, with the families that belong to them then."""
    held = (
        Group.objects.holding_on(as_of.end)
        .annotate(families=Count("memberships", filter=holds_on(as_of.end, "memberships__")))
        .order_by("id")
    )
    for id, village, families in held.values_list("id", "village_id", "families").iterator():
        yield id, as_of.places.village_code(village), as_of.places.district_code(village), families


def organisation_rows(as_of: AsOf) -> Iterator[tuple]:
    """The organisations that hold on the last day."""
    held = Organisation.objects.holding_on(as_of.end).order_by("id")
    for id, kind, village in held.values_list("id", "kind", "village_id").iterator():
        yield id, kind, as_of.places.village_code(village), as_of.places.district_code(village)


def open_groups(reader: Reader, ids: Sequence[int]) -> RecordPage:
    """The groups among these records that lie in the reader's villages."""
    atlas = Atlas(timezone.localdate())
    found = queries.groups(reader).filter(pk__in=ids)
    return RecordPage(
        (_("Group"), _("Business"), _("Village"), _("Families")),
        [
            (
                reverse("partners:group", args=[group.pk]),
                (group.name, group.business, atlas.name(group.village_id), str(group.families)),
            )
            for group in found
        ],
    )


def open_organisations(reader: Reader, ids: Sequence[int]) -> RecordPage:
    """The organisations among these records that lie in the reader's villages."""
    atlas = Atlas(timezone.localdate())
    found = queries.organisations(reader).filter(pk__in=ids)
    return RecordPage(
        (_("Organisation"), _("Kind"), _("Village")),
        [(None, (each.name, each.get_kind_display(), atlas.name(each.village_id))) for each in found],
    )


_RECORD = Column("record", ColumnType.INTEGER, "id of the record")
_VILLAGE = Column("village_code", ColumnType.TEXT, "code of the village")
_DISTRICT = Column("district_code", ColumnType.TEXT, "code of the district")

FACTS = [
    Fact(
        name="groups",
        title=gettext_lazy("Joint business groups (KUBE)"),
        columns=(
            _RECORD,
            _VILLAGE,
            _DISTRICT,
            Column("families", ColumnType.INTEGER, "families that belong to the group", "family"),
        ),
        rows=group_rows,
        permission=Permission.SEE_PARTNERS,
        open=open_groups,
    ),
    Fact(
        name="organisations",
        title=gettext_lazy("Organisations of social welfare"),
        columns=(_RECORD, Column("kind", ColumnType.TEXT, "kind of organisation"), _VILLAGE, _DISTRICT),
        rows=organisation_rows,
        permission=Permission.SEE_PARTNERS,
        open=open_organisations,
    ),
]
