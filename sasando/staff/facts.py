"""What may be counted of the office's people and posts, on the last day of the period."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.base.facts import AsOf, Column, ColumnType, Fact, RecordPage
from sasando.base.models import holds_on
from sasando.base.permissions import Permission
from sasando.base.privacy import Privacy
from sasando.base.reader import Reader
from sasando.office.models import Post
from sasando.staff.models import Appointment, AppointmentKind, Auxiliary, EducationRecord, RankHolding
from sasando.staff.rules import education_column, grade_of, highest

TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER


def _employees(as_of: AsOf) -> Iterator[tuple]:
    day = as_of.end
    ranks = (
        RankHolding.objects.holding_on(day).order_by("valid_from", "id").values_list("employee_id", "rank")
    )
    rank_of = dict(ranks)
    degrees: dict[int, list] = {}
    earned = EducationRecord.objects.exclude(earned_on__gt=day)
    for employee, *degree in earned.values_list("employee_id", "earned_on", "education"):
        degrees.setdefault(employee, []).append(degree)
    rows = (
        Appointment.objects.holding_on(day)
        .filter(kind=AppointmentKind.DEFINITIVE)
        .order_by("employee_id", "valid_from", "id")
        .values_list("employee_id", "position_group", "employee__sex", "post__code", "unit__code")
    )
    latest = {row[0]: row for row in rows}
    for employee, group, sex, post, unit in latest.values():
        education = education_column(highest(degrees.get(employee, ())))
        yield employee, group, sex, grade_of(rank_of.get(employee)), education, post, unit


def _open_employees(reader: Reader, ids: Sequence[int]) -> RecordPage:
    scope = reader.scope(Permission.SEE_STAFF)
    found = Appointment.objects.filter(employee__in=ids, kind=AppointmentKind.DEFINITIVE)
    found = found.filter(scope.at_unit("unit")) if scope else found.none()
    latest = {
        a.employee_id: a
        for a in found.select_related("employee", "unit", "post").order_by("valid_from", "id")
    }
    rows = [
        (reverse("staff:unit", args=[a.unit.code]), (a.employee.name, a.employee.nip, str(a.post or a.unit)))
        for a in sorted(latest.values(), key=lambda a: a.employee.name)
    ]
    return RecordPage((_("Name"), "NIP", _("Post")), rows)


def _auxiliaries(as_of: AsOf) -> Iterator[tuple]:
    rows = Auxiliary.objects.holding_on(as_of.end).order_by("id")
    return rows.values_list("id", "kind", "role").iterator()


def _open_auxiliaries(reader: Reader, ids: Sequence[int]) -> RecordPage:
    scope = reader.scope(Permission.SEE_STAFF)
    found = Auxiliary.objects.filter(id__in=ids).select_related("unit").order_by("name", "id")
    found = found.filter(scope.at_unit("unit")) if scope else found.none()
    rows = [(None, (a.name, a.get_kind_display(), a.role, str(a.unit or "—"))) for a in found]
    return RecordPage((_("Name"), _("Kind"), _("Role"), _("Unit")), rows)


def _posts(as_of: AsOf) -> Iterator[tuple]:
    definitive = Appointment.objects.filter(
        holds_on(as_of.end), post=OuterRef("pk"), kind=AppointmentKind.DEFINITIVE
    )
    rows = Post.objects.holding_on(as_of.end).annotate(filled=Exists(definitive)).order_by("id")
    return rows.values_list("id", "code", "unit__code", "echelon", "filled").iterator()


def _open_posts(reader: Reader, ids: Sequence[int]) -> RecordPage:
    found = Post.objects.filter(id__in=ids).select_related("unit").order_by("order", "code")
    seen = found if reader.may(Permission.SEE_OFFICE) else found.none()
    rows = [(reverse("staff:unit", args=[p.unit.code]), (p.name, p.unit.name, p.echelon)) for p in seen]
    return RecordPage((_("Post"), _("Unit"), _("Echelon")), rows)


FACTS = [
    Fact(
        name="employees",
        title="Civil servants",
        columns=(
            Column("record", INTEGER, "the employee"),
            Column("position_group", TEXT, "head, secretary, division_head, section_head or staff"),
            Column("sex", TEXT, "male or female"),
            Column("grade", TEXT, "grade (golongan) I to IV; null where no rank is known"),
            Column("education", TEXT, "SLTA, D3 or S1, where S1 stands for S1 and higher"),
            Column("post_code", TEXT, "code of the post held; null for staff"),
            Column("unit_code", TEXT, "code of the unit led or worked in"),
        ),
        rows=_employees,
        permission=Permission.SEE_STAFF,
        open=_open_employees,
    ),
    Fact(
        name="auxiliaries",
        title="People beside the civil servants",
        columns=(
            Column("record", INTEGER, "the person's service"),
            Column("kind", TEXT, "contract, pkh_facilitator, social_worker, tagana or tksk"),
            Column("role", TEXT, "role as the office writes it"),
        ),
        rows=_auxiliaries,
        permission=Permission.SEE_STAFF,
        open=_open_auxiliaries,
    ),
    Fact(
        name="posts",
        title="Structural posts",
        columns=(
            Column("record", INTEGER, "the post"),
            Column("code", TEXT, "code of the post"),
            Column("unit_code", TEXT, "code of the unit the holder leads"),
            Column("echelon", TEXT, "echelon, as IV.a"),
            Column("filled", ColumnType.BOOLEAN, "has a holder by appointment; an acting one does not count"),
        ),
        rows=_posts,
        permission=Permission.SEE_OFFICE,
        open=_open_posts,
        privacy=Privacy.PUBLIC,
    ),
]
