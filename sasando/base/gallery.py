"""Sample data for the gallery of components at `/components/`. All people and places in it are invented."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind that the rooms use."""

    name = forms.CharField(label=_("Name"), help_text=_("As written on the family card."))
    born_on = forms.DateField(label=_("Date of birth"), widget=forms.DateInput(attrs={"type": "date"}))
    village = forms.ChoiceField(
        label=_("Village"), choices=[("", "—"), ("1", "Tanjung Lontar"), ("2", "Nusa Kenari")], required=False
    )
    amount_idr = forms.IntegerField(label=_("Amount (Rp)"), min_value=0)
    recipient = forms.ChoiceField(
        label=_("Given to"),
        choices=[("person", _("One person")), ("family", _("A family"))],
        widget=forms.RadioSelect,
    )
    letter = forms.FileField(label=_("Scanned letter"), required=False)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    seen = forms.BooleanField(label=_("I have seen the original documents"))


class SampleFilter(forms.Form):
    """The row of fields above a list."""

    q = forms.CharField(label=_("Name or number"), required=False)
    village = forms.ChoiceField(
        label=_("Village"), choices=[("", _("All villages")), ("1", "Tanjung Lontar")], required=False
    )
    since = forms.DateField(label=_("Since"), widget=forms.DateInput(attrs={"type": "date"}), required=False)


@dataclass(frozen=True)
class SampleEntry:
    """An entry of the menu."""

    label: str
    url: str = "#"
    current: bool = False
    children: list["SampleEntry"] = field(default_factory=list)


FAMILIES = [
    ("Tanjung Lontar", 412, 388, 1_164_000_000, Decimal("94.17"), date(2024, 3, 14)),
    ("Nusa Kenari", 267, 201, 603_000_000, Decimal("75.28"), date(2024, 3, 18)),
    ("Pasir Timur", 198, 198, 594_000_000, Decimal("100.00"), date(2024, 2, 27)),
    ("Oetena Barat", 341, None, None, None, None),
    ("Loba Dalam", 89, 61, 183_000_000, Decimal("68.54"), date(2024, 3, 21)),
]


def samples() -> dict[str, object]:
    """The context of `base/gallery.html`, without the reader's menu."""
    wrong = SampleForm({"name": "", "amount_idr": "-5", "recipient": "person", "village": "1"})
    wrong.is_valid()
    return {
        "crumbs": [{"label": _("Home"), "url": "/"}, {"label": _("Components")}],
        "figures": [
            {
                "label": _("Families receiving aid"),
                "value": "1.307",
                "note": "2024",
                "url": "#table",
                "trend": "up",
                "trend_text": "+84",
                "tone": "good",
                "basis": "records",
            },
            {
                "label": _("Money delivered"),
                "value": "Rp2.544.000.000",
                "note": "2024",
                "trend": "flat",
                "trend_text": "Rp0",
                "target": "Rp3.921.000.000",
            },
            {
                "label": _("Complaints open"),
                "value": "17",
                "note": "2024",
                "trend": "down",
                "trend_text": "−5",
                "tone": "watch",
                "basis": "manual",
            },
        ],
        "columns": [
            {"label": _("Village"), "heading": True, "sort_url": "#table", "sorted": "ascending"},
            {"label": _("Families entitled"), "kind": "number", "sort_url": "#table"},
            {"label": _("Families reached"), "kind": "number"},
            {"label": _("Delivered"), "kind": "rupiah"},
            {"label": _("Share"), "kind": "percent"},
            {"label": _("Last delivery"), "kind": "day"},
        ],
        "rows": [
            [
                {"text": village, "url": "#table", "note": "5399.01" if village == "Loba Dalam" else ""},
                *figures,
            ]
            for village, *figures in FAMILIES
        ],
        "totals": [_("Total"), 1307, 848, 2_544_000_000, Decimal("64.88"), ""],
        "bars": [
            {"label": village, "value": reached, "accent": village == "Nusa Kenari"}
            for village, _entitled, reached, *_rest in FAMILIES
        ]
        + [{"label": "Perkampungan Nelayan Teluk Lontar Sebelah Selatan", "value": 44}],
        "meters": [(Decimal("41.50"), Decimal("80.00")), (312, 250), (12, None), (None, 90)],
        "definitions": [
            {"term": _("Name"), "text": "Yuliana Contoh"},
            {"term": "NIK", "text": "5399••••••••0001", "note": _("shown masked")},
            {"term": _("Village"), "text": "Tanjung Lontar", "url": "#definitions"},
            {"term": _("Telephone"), "text": None},
        ],
        "details": [{"text": "Tanjung Lontar: 412 ≠ 421", "url": "#notice"}, "Nusa Kenari: 267 ≠ 276"],
        "words": [
            {"label": "PKH", "url": "#tags"},
            {"label": "BPNT", "url": "#tags"},
            "KUBE",
            "Tanjung Lontar",
        ],
        "files": [
            {"label": _("This list"), "url": "#downloads", "format": "XLSX", "size": "34 kB"},
            {"label": _("For printing"), "url": "#downloads", "format": "PDF", "size": "120 kB"},
        ],
        "chart": {
            "title": _("Head of office"),
            "holder": "Maria Contoh",
            "url": "#org",
            "children": [
                {
                    "title": _("Secretariat"),
                    "holder": "Yakob Umpama",
                    "note": _("acting"),
                    "children": [{"title": _("General affairs"), "holder": None}],
                },
                {
                    "title": _("Social protection"),
                    "holder": "Selfina Misal",
                    "children": [{"title": _("Family allowances"), "holder": "Dominggus Umpama"}],
                },
            ],
        },
        "page": Paginator(range(337), 25).page(4),
        "blank_form": SampleForm(prefix="new"),
        "wrong_form": wrong,
        "filter_form": SampleFilter(prefix="filter"),
    }
