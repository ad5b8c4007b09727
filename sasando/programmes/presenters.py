"""Aid ready to print."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sasando.base.templatetags.formats import day, rupiah
from sasando.programmes.facts import quantity_text
from sasando.programmes.models import DeliveryCorrection, Programme, Tariff
from sasando.programmes.queries import Aid, CycleLine, DeliveryLine, FamilyAid, ProgrammeLine


def name(programme: Programme) -> str:
    """The programme's name in the reader's language."""
    english = (get_language() or "id").startswith("en")
    return (english and programme.name_en) or programme.name


def programme_table(lines: Sequence[ProgrammeLine]) -> dict:
    """The list of programmes with their year."""
    columns = [
        {"label": _("Programme"), "kind": "text", "heading": True},
        {"label": _("Who pays"), "kind": "text"},
        {"label": _("Fund source"), "kind": "text"},
        {"label": _("Cycles"), "kind": "number"},
        {"label": _("Families entitled"), "kind": "number"},
        {"label": _("Entitlements"), "kind": "rupiah"},
        {"label": _("Deliveries"), "kind": "number"},
        {"label": _("Value delivered"), "kind": "rupiah"},
    ]
    rows = [
        [
            {
                "text": name(line.programme),
                "url": reverse("programmes:programme", args=[line.programme.code]),
            },
            _("the office") if line.programme.kind == "own" else _("another body"),
            line.programme.fund_source.name,
            line.cycles or "",
            line.families or "",
            line.entitled_idr or "",
            line.deliveries or "",
            "" if line.delivered_idr is None else line.delivered_idr,
        ]
        for line in lines
    ]
    return {"columns": columns, "rows": rows}


def programme_facts(programme: Programme) -> list[dict]:
    """What is known of a programme."""
    return [
        {"term": _("Code"), "text": programme.code},
        {"term": _("Who pays"), "text": programme.get_kind_display()},
        {"term": _("For"), "text": programme.get_recipient_kind_display()},
        {"term": _("Fund source"), "text": programme.fund_source.name},
        {"term": _("Legal basis"), "text": programme.legal_basis or None},
        {"term": _("Unit"), "text": programme.unit.name if programme.unit else None},
        {"term": _("Purpose"), "text": programme.purpose or None},
    ]


def cycle_table(lines: Sequence[CycleLine]) -> dict:
    """The cycles of a programme's year."""
    columns = [
        {"label": _("Cycle"), "kind": "text", "heading": True},
        {"label": _("Begins on"), "kind": "day"},
        {"label": _("Payer's list"), "kind": "text"},
        {"label": _("Received on"), "kind": "day"},
        {"label": _("Families"), "kind": "number"},
        {"label": _("Amount"), "kind": "rupiah"},
    ]
    rows = [
        [
            line.cycle.name,
            line.cycle.begins_on,
            line.cycle.list_name,
            line.cycle.list_received_on or "",
            line.families,
            line.amount_idr,
        ]
        for line in lines
    ]
    totals = [_("Total"), "", "", "", "", sum(line.amount_idr for line in lines)]
    return {"columns": columns, "rows": rows, "totals": totals if rows else None}


def tariff_table(tariffs: Iterable[Tariff]) -> dict:
    """The tariffs of a programme."""
    columns = [
        {"label": _("Component"), "kind": "text", "heading": True},
        {"label": _("Amount"), "kind": "rupiah"},
        {"label": _("Months"), "kind": "number"},
        {"label": _("At most a family"), "kind": "number"},
        {"label": _("Since"), "kind": "day"},
        {"label": _("Until"), "kind": "day"},
        {"label": _("Source"), "kind": "text"},
    ]
    rows = [
        [
            {"text": tariff.name, "note": tariff.component},
            tariff.amount_idr,
            tariff.months,
            "" if tariff.limit_per_family is None else tariff.limit_per_family,
            tariff.valid_from or "",
            tariff.valid_to or "",
            tariff.source,
        ]
        for tariff in tariffs
    ]
    return {"columns": columns, "rows": rows}


def delivery_columns() -> list[dict]:
    """The heads of a list of deliveries."""
    return [
        {"label": _("Recipient"), "kind": "text", "heading": True},
        {"label": _("Village"), "kind": "text"},
        {"label": _("Day"), "kind": "day"},
        {"label": _("What"), "kind": "text"},
        {"label": _("Quantity"), "kind": "text", "align": "end"},
        {"label": _("Value"), "kind": "rupiah"},
        {"label": _("Through"), "kind": "text"},
    ]


def delivery_rows(lines: Iterable[DeliveryLine]) -> list[list]:
    """The rows of a list of deliveries."""
    return [
        [
            {
                "text": line.recipient or _("without a name"),
                "url": reverse("programmes:delivery", args=[line.delivery.pk]),
            },
            line.village,
            line.delivery.delivered_on,
            line.delivery.item,
            quantity_text(line.delivery),
            "" if line.delivery.amount_idr is None else line.delivery.amount_idr,
            line.delivery.through.name if line.delivery.through else "",
        ]
        for line in lines
    ]


def export_rows(lines: Iterable[DeliveryLine]) -> Iterable[list]:
    """The same rows for a file: no identity numbers."""
    for line in lines:
        delivery = line.delivery
        through = delivery.through.name if delivery.through else ""
        yield [
            *(line.recipient, line.village, delivery.delivered_on.isoformat(), delivery.item),
            *(quantity_text(delivery), delivery.amount_idr, through),
        ]


def delivery_facts(line: DeliveryLine) -> list[dict]:
    """Everything about one delivery."""
    delivery = line.delivery
    family = reverse("desk:family", args=[delivery.family_id]) if delivery.family_id else ""
    return [
        {"term": _("Recipient"), "text": line.recipient or None, "url": family},
        {"term": _("Programme"), "text": name(delivery.programme)},
        {"term": _("What"), "text": delivery.item},
        {"term": _("Quantity"), "text": quantity_text(delivery) or None},
        {"term": _("Value"), "text": None if delivery.amount_idr is None else rupiah(delivery.amount_idr)},
        {"term": _("Day"), "text": day(delivery.delivered_on)},
        {"term": _("Village"), "text": line.village or None},
        {"term": _("Through"), "text": delivery.through.name if delivery.through else None},
        {"term": _("Fund source"), "text": delivery.fund_source.name},
        {"term": _("Recorded by"), "text": delivery.recorded_by_name},
    ]


def correction_table(corrections: Iterable[DeliveryCorrection]) -> dict:
    """What was corrected of a delivery."""
    columns = [
        {"label": _("Corrected on"), "kind": "day"},
        {"label": _("Field"), "kind": "text"},
        {"label": _("Old"), "kind": "text", "align": "end"},
        {"label": _("New"), "kind": "text", "align": "end"},
        {"label": _("Reason"), "kind": "text"},
        {"label": _("By"), "kind": "text"},
    ]
    labels = {"amount_idr": _("Value (Rp)"), "quantity": _("Quantity")}
    rows = [
        [
            one.corrected_at.date(),
            labels.get(one.field, one.field),
            one.old or None,
            one.new,
            one.reason,
            one.corrected_by_name,
        ]
        for one in corrections
    ]
    return {"columns": columns, "rows": rows}


def family_aid(found: FamilyAid) -> dict:
    """A family's whole aid."""
    columns = [
        {"label": _("Day"), "kind": "day"},
        {"label": _("Programme"), "kind": "text", "heading": True},
        {"label": _("What"), "kind": "text"},
        {"label": _("Recipient"), "kind": "text"},
        {"label": _("Entitled or delivered"), "kind": "text"},
        {"label": _("Value"), "kind": "rupiah"},
    ]
    rows = [
        [
            one.day,
            {"text": one.programme, "url": reverse("programmes:programme", args=[one.code])},
            one.what,
            one.recipient,
            _due_or_delivered(one),
            "" if one.amount_idr is None else one.amount_idr,
        ]
        for one in found.aid
    ]
    return {"head": found.head, "aid_columns": columns, "aid_rows": rows}


def _due_or_delivered(one: Aid) -> object:
    if one.is_due:
        return _("entitled")
    address = reverse("programmes:delivery", args=[one.delivery_id]) if one.delivery_id else ""
    return {"text": _("delivered"), "url": address}


def crumbs(programme: Programme, *more: str) -> list[dict]:
    """The way to a page of a programme."""
    here = [{"label": _("Programmes"), "url": reverse("programmes:list")}]
    here.append({"label": name(programme), "url": reverse("programmes:programme", args=[programme.code])})
    return here + [{"label": label} for label in more]
