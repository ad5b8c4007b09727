"""Reads of the office's people: who holds which post, who works where, on a day."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sasando.base.models import holds_on
from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.office.models import Post, Unit
from sasando.office.queries import posts, units
from sasando.staff.models import Appointment, AppointmentKind, Auxiliary, RankHolding


def employees(reader: Reader, day: date) -> QuerySet[Appointment]:
    """The civil servants of a day, each by the definitive appointment, with `rank`, within the reader's scope."""
    rank = RankHolding.objects.filter(holds_on(day), employee=OuterRef("employee")).order_by("-valid_from")
    found = (
        Appointment.objects.holding_on(day)
        .filter(kind=AppointmentKind.DEFINITIVE)
        .select_related("employee", "unit", "post")
        .annotate(rank=Subquery(rank.values("rank")[:1]))
        .order_by("unit__order", "post__order", "employee__name", "id")
    )
    if not reader.may(Permission.SEE_STAFF):
        return found.none()
    return found.filter(reader.scope(Permission.SEE_STAFF).at_unit("unit"))


def auxiliaries(reader: Reader, day: date) -> QuerySet[Auxiliary]:
    """The people beside the civil servants of a day, within the reader's scope."""
    found = (
        Auxiliary.objects.holding_on(day)
        .select_related("unit", "place")
        .order_by("kind", "role", "name", "id")
    )
    if not reader.may(Permission.SEE_STAFF):
        return found.none()
    return found.filter(reader.scope(Permission.SEE_STAFF).at_unit("unit"))


@dataclass
class HeldPost:
    """A post of the chart: its definitive holder, or vacant, and who acts for it."""

    post: Post
    holder: Appointment | None = None
    acting: list[Appointment] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        return self.holder is None


@dataclass
class ChartUnit:
    """A unit of the chart with its posts, how many work in it besides, and its parts."""

    unit: Unit
    posts: list[HeldPost] = field(default_factory=list)
    staff: int = 0
    parts: list["ChartUnit"] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """The whole chart of a day, with the count of its posts."""

    tops: list[ChartUnit]
    posts: int
    vacant: int


def chart(reader: Reader, day: date) -> Chart:
    """The organisation chart of a day: every unit, the holder of each post, acting ones too. The names are public."""
    nodes = {unit.id: ChartUnit(unit) for unit in units(reader, day)}
    held = _held_posts(reader, day, Q())
    for each in held.values():
        if each.post.unit_id in nodes:
            nodes[each.post.unit_id].posts.append(each)
    working = Appointment.objects.holding_on(day).filter(post__isnull=True).values_list("unit_id", flat=True)
    for unit_id in working if nodes else ():
        if unit_id in nodes:
            nodes[unit_id].staff += 1
    tops = []
    for node in nodes.values():
        parent = nodes.get(node.unit.parent_id)
        (parent.parts if parent else tops).append(node)
    return Chart(tops, len(held), sum(each.is_vacant for each in held.values()))


def held_posts_of(reader: Reader, unit: Unit, day: date) -> list[HeldPost]:
    """The posts of one unit with their holders."""
    return list(_held_posts(reader, day, Q(unit=unit)).values())


def _held_posts(reader: Reader, day: date, only: Q) -> dict[int, HeldPost]:
    held = {post.id: HeldPost(post) for post in posts(reader, day).filter(only)}
    holding = Appointment.objects.holding_on(day).filter(post__in=held).select_related("employee")
    for appointment in holding.order_by("valid_from", "id"):
        if appointment.kind == AppointmentKind.DEFINITIVE:
            held[appointment.post_id].holder = appointment
        else:
            held[appointment.post_id].acting.append(appointment)
    return held


def staff_of_unit(reader: Reader, unit: Unit, day: date) -> QuerySet[Appointment]:
    """Who works in a unit without a post, for readers who may see its staff."""
    return employees(reader, day).filter(unit=unit, post__isnull=True)


def matching_employees(
    reader: Reader, day: date, *, text: str, unit: str, group: str
) -> QuerySet[Appointment]:
    """The civil servants of a day whose name or NIP holds a text, of a unit (by code), in a position."""
    found = employees(reader, day)
    if text:
        digits = "".join(text.split())
        found = found.filter(Q(employee__name__icontains=text) | Q(employee__nip__startswith=digits))
    if unit:
        found = found.filter(unit__code=unit)
    return found.filter(position_group=group) if group else found


def matching_auxiliaries(
    reader: Reader, day: date, *, text: str | None, kind: str | None
) -> QuerySet[Auxiliary]:
    """The people beside the civil servants of a day whose name holds a text, of a kind."""
    found = auxiliaries(reader, day)
    if text:
        found = found.filter(name__icontains=text)
    return found.filter(kind=kind) if kind else found
