"""What may be counted of cases: no name, no note; the record opens only to who may read that case."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.cases import queries
from sasando.cases.models import Case, CaseKind
from sasando.cases.rules import joined
from sasando.places.queries import Atlas
from sasando.registry.rules import age


def case_rows(as_of: AsOf) -> Iterator[tuple]:
    """The cases reported or visited within the period; age in full years on its last day."""
    period = (as_of.start, as_of.end)
    kinds: dict[int, list[str]] = {}
    for case, name in CaseKind.objects.order_by("order").values_list("cases", "name"):
        kinds.setdefault(case, []).append(name)
    rows = (
        Case.objects.annotate(seen=Count("visits", filter=Q(visits__visited_on__range=period)))
        .filter(Q(reported_on__range=period) | Q(seen__gt=0))
        .order_by("id")
        .values_list("id", "village_id", "person__sex", "person__birth_date", "reported_on", "seen")
    )
    for id, village, sex, birth_date, reported_on, visits in rows.iterator():
        yield (
            id,
            as_of.places.village_code(village),
            as_of.places.district_code(village),
            joined(kinds.get(id, [])),
            sex,
            age(birth_date, reported_on),
            reported_on,
            visits,
        )


def open_cases(reader: Reader, ids: Sequence[int]) -> RecordPage:
    """Number, initials and village of the cases among these that the reader may read; of others no trace."""
    atlas = Atlas(timezone.localdate())
    return RecordPage(
        (_("Case number"), _("Initials"), _("Village")),
        [
            (reverse("cases:case", args=[line.pk]), (line.number, line.initials, atlas.name(line.village_id)))
            for line in queries.lines(queries.cases(reader).filter(pk__in=ids))
        ],
    )


FACTS = [
    Fact(
        name="cases",
        title=gettext_lazy("Cases of violence and neglect"),
        columns=(
            Column("record", ColumnType.INTEGER, "id of the record"),
            Column("village_code", ColumnType.TEXT, "code of the village"),
            Column("district_code", ColumnType.TEXT, "code of the district"),
            Column("kinds", ColumnType.TEXT, "kinds of harm, joined with ' dan ' in the order of the kinds"),
            Column("sex", ColumnType.TEXT, "male or female"),
            Column("age", ColumnType.INTEGER, "full years on the day of the report", "year"),
            Column("reported_on", ColumnType.DATE, "day of the report"),
            Column("visits", ColumnType.INTEGER, "home visits within the period", "visit"),
        ),
        rows=case_rows,
        permission=Permission.SEE_CASES,
        open=open_cases,
        privacy=Privacy.SECRET,
    )
]
