"""Families ready to print."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.places.models import Level
from sasando.registry.models import Relation, Sex
from sasando.registry.queries import FamilyLine, FamilyPage


def list_columns() -> list[dict]:
    """The heads of the list of families."""
    return [
        {"label": _("Head of family"), "kind": "text", "heading": True},
        {"label": _("Village"), "kind": "text"},
        {"label": _("District"), "kind": "text"},
        {"label": _("Members"), "kind": "number"},
        {"label": _("Poverty list"), "kind": "text"},
    ]


def list_rows(lines: Iterable[FamilyLine]) -> list[list]:
    """The rows of the list of families."""
    return [
        [
            {"text": line.head or _("without a head"), "url": reverse("desk:family", args=[line.id])},
            line.village,
            line.district,
            line.members,
            _listed(line),
        ]
        for line in lines
    ]


def _listed(line: FamilyLine) -> str:
    if not line.listed:
        return _("not listed")
    return _("decile %(decile)s") % {"decile": line.decile} if line.decile else _("listed")


def export_headings() -> list[str]:
    """The heads of the exported list."""
    return [_("Family"), *(column["label"] for column in list_columns()), _("Demo record")]


def export_rows(lines: Iterable[FamilyLine]) -> Iterable[list]:
    """The rows of the exported list: no identity numbers."""
    for line in lines:
        demo = _("demo") if line.is_demo else ""
        yield [line.id, line.head, line.village, line.district, line.members, _listed(line), demo]


def family(page: FamilyPage) -> dict:
    """Everything the page of one family shows."""
    return {
        "family": page,
        "title": page.head or _("Family without a head"),
        "facts": [
            {"term": _("Family number"), "text": str(page.id)},
            {"term": _("KK number"), "text": page.kk or None, "note": _("shown masked") if page.kk else ""},
            {"term": _("Lives in"), "text": _present_home(page)},
        ],
        "member_columns": [
            {"label": _("Name"), "kind": "text", "heading": True},
            {"label": _("Relation"), "kind": "text"},
            {"label": _("Sex"), "kind": "text"},
            {"label": _("Age"), "kind": "number"},
            {"label": _("NIK (masked)"), "kind": "text"},
        ],
        "member_rows": [
            [
                member.name,
                Relation(member.relation).label,
                Sex(member.sex).label if member.sex else None,
                member.age,
                member.nik or None,
            ]
            for member in page.members
        ],
        "category_columns": [
            {"label": _("Welfare category"), "kind": "text", "heading": True},
            {"label": _("Who"), "kind": "text"},
            {"label": _("Since"), "kind": "day"},
            {"label": _("Until"), "kind": "day"},
            {"label": _("Evidence"), "kind": "text"},
        ],
        "category_rows": [
            [
                {
                    "text": held.name,
                    "note": _("need to know; this reading was recorded") if held.is_secret else "",
                },
                held.bearer or _("the family"),
                held.valid_from or "",
                held.valid_to or "",
                held.evidence,
            ]
            for held in page.categories
        ],
        "listing_columns": [
            {"label": _("List"), "kind": "text", "heading": True},
            {"label": _("Decile"), "kind": "number"},
            {"label": _("Since"), "kind": "day"},
            {"label": _("Until"), "kind": "day"},
        ],
        "listing_rows": [
            [row.list_name, row.decile, row.valid_from or "", row.valid_to or ""] for row in page.listings
        ],
        "residence_columns": [
            {"label": _("Village"), "kind": "text", "heading": True},
            {"label": _("Address"), "kind": "text"},
            {"label": _("Since"), "kind": "day"},
            {"label": _("Until"), "kind": "day"},
        ],
        "residence_rows": [
            [page.atlas.name(row.village_id), row.address, row.valid_from or "", row.valid_to or ""]
            for row in page.residences
        ],
    }


def _present_home(page: FamilyPage) -> str | None:
    holding = [row for row in page.residences if row.valid_to is None or row.valid_to > page.atlas.day]
    if not holding:
        return None
    home = holding[-1]
    district = page.atlas.ancestor(home.village_id, Level.DISTRICT)
    parts = (home.address, page.atlas.name(home.village_id), district.name if district else "")
    return ", ".join(part for part in parts if part)
