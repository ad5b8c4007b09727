"""Places ready to print."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sasando.places.models import Level, VillageKind
from sasando.places.queries import Atlas, histories


def district_list(atlas: Atlas, day: date) -> dict:
    """The districts of a day with how many desa and kelurahan each has."""
    villages = atlas.at_level(Level.VILLAGE)
    rows = []
    for district in atlas.at_level(Level.DISTRICT):
        kinds = [village.kind for village in villages if village.parent_id == district.id]
        kelurahan = kinds.count(VillageKind.KELURAHAN)
        name = {"text": district.name, "url": reverse("places:place", args=[district.code])}
        rows.append([district.code, name, len(kinds) - kelurahan, kelurahan, len(kinds)])
    columns = [
        {"label": _("Code"), "kind": "text"},
        {"label": _("District"), "kind": "text", "heading": True},
        {"label": _("Desa"), "kind": "number"},
        {"label": _("Kelurahan"), "kind": "number"},
        {"label": _("Villages"), "kind": "number"},
    ]
    totals = ["", _("Total"), *(sum(row[i] for row in rows) for i in (2, 3, 4))]
    return {"columns": columns, "rows": rows, "totals": totals, "day": day}


def story(code: str) -> dict | None:
    """Everything about a code; None where no place ever had it."""
    found = histories(code)
    if not found:
        return None
    rows = [
        [
            {"text": part.code, "url": reverse("places:place", args=[part.code])},
            part.last_name,
            part.get_kind_display(),
            part.valid_from or "",
            part.valid_to or "",
        ]
        for place in found
        for part in place.known_parts
    ]
    columns = [
        {"label": _("Code"), "kind": "text"},
        {"label": _("Name"), "kind": "text", "heading": True},
        {"label": _("Kind"), "kind": "text"},
        {"label": _("Since"), "kind": "day"},
        {"label": _("Until"), "kind": "day"},
    ]
    return {
        "code": code,
        "title": found[-1].known_names[-1].name,
        "places": found,
        "columns": columns,
        "rows": rows,
    }
