"""The filters above the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sasando.partners.models import OrganisationKind
from sasando.places.models import Level
from sasando.places.queries import Atlas


class PartnerFilter(forms.Form):
    """A district and a part of the name."""

    district = forms.TypedChoiceField(label=_("District"), required=False, coerce=int, empty_value=None)
    name = forms.CharField(label=_("Name contains"), required=False, max_length=100)

    def __init__(self, data, *, atlas: Atlas):
        super().__init__(data)
        self.atlas = atlas
        districts = [(spot.id, spot.name) for spot in atlas.at_level(Level.DISTRICT)]
        self.fields["district"].choices = [("", _("All districts")), *districts]

    def apply(self, rows):
        """Keep the rows that fit; an address with values that no form could send filters nothing."""
        if not self.is_valid():
            return rows
        if self.cleaned_data["name"]:
            rows = rows.filter(name__icontains=self.cleaned_data["name"])
        if self.cleaned_data["district"]:
            rows = rows.filter(village__in=self.atlas.ids_within(self.cleaned_data["district"]))
        return rows


class OrganisationFilter(PartnerFilter):
    """A kind of organisation, too."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *OrganisationKind.choices]
    )

    def apply(self, rows):
        rows = super().apply(rows)
        kind = self.cleaned_data.get("kind")
        return rows.filter(kind=kind) if kind else rows
