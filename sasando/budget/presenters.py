"""The budget as tables, and what a file would change."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sasando.base.importing import ImportReport
from sasando.base.templatetags.formats import day, rupiah
from sasando.budget.queries import SourceBudget
from sasando.office.presenters import spoken


def columns() -> list[dict]:
    """The columns of a budget."""
    return [
        {"label": _("Code")},
        {"label": _("Line"), "heading": True},
        {"label": _("Ceiling (Rp)"), "kind": "number"},
        {"label": _("Realisation (Rp)"), "kind": "number"},
        {"label": "%", "kind": "percent"},
        {"label": _("Left (Rp)"), "kind": "number"},
    ]


def source_table(budget: SourceBudget) -> dict:
    """One fund source's budget, ready for the table component."""
    source, version = budget.version.fund_source, budget.version
    note = _("%(document)s, adopted on %(day)s.") % {
        "document": version.document,
        "day": day(version.adopted_on),
    }
    if budget.up_to:
        note += " " + _("Realisation up to %(day)s.") % {"day": day(budget.up_to)}
    return {
        "id": f"budget-{source.code.lower()}",
        "name": spoken(source.name, source.name_en),
        "note": note,
        "rows": [
            [
                view.line.code,
                view.line.name,
                view.line.ceiling_idr,
                view.realised_idr,
                view.percent,
                view.remaining_idr,
            ]
            for view in budget.lines
        ],
        "differences": [
            _("%(name)s: the parts add up to %(parts)s, not to %(own)s.")
            % {"name": name, "parts": rupiah(each.parts), "own": rupiah(each.own)}
            for name, each in budget.differences
        ],
    }


def fate_columns() -> list[dict]:
    """The columns of a preview."""
    return [
        {"label": _("Row"), "kind": "number"},
        {"label": _("Line"), "heading": True},
        {"label": _("What happens")},
        {"label": _("Why, or what changes")},
    ]


def fate_rows(report: ImportReport) -> list[list]:
    """What becomes of each row of a file."""
    words: Mapping[str, str] = {
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "refused": _("refused"),
    }
    return [
        [
            fate["line"],
            fate["what"],
            words[fate["fate"]],
            "" if fate["fate"] == "new" else "; ".join(fate["changes"]),
        ]
        for fate in report.extra["fates"]
    ]
