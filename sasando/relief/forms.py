"""The filters above the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sasando.places.models import Level
from sasando.places.queries import Atlas
from sasando.relief.models import EventKind


class EventFilter(forms.Form):
    """A kind and a year of events."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *EventKind.choices]
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=9999)

    def apply(self, rows):
        """Keep the events that fit; values that no form could send filter nothing."""
        self.is_valid()
        if self.cleaned_data.get("kind"):
            rows = rows.filter(kind=self.cleaned_data["kind"])
        if self.cleaned_data.get("year"):
            rows = rows.filter(began_on__year=self.cleaned_data["year"])
        return rows


class FamilyFilter(forms.Form):
    """A village of the event."""

    village = forms.TypedChoiceField(label=_("Village"), required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, atlas: Atlas):
        super().__init__(data)
        self.atlas = atlas
        districts = {spot.id: spot.name for spot in atlas.at_level(Level.DISTRICT)}
        villages = [
            (spot.id, f"{spot.name} ({districts.get(spot.parent_id, '')})")
            for spot in atlas.at_level(Level.VILLAGE)
        ]
        self.fields["village"].choices = [("", _("All villages")), *villages]

    def apply(self, rows):
        """Keep the families of the village; values that no form could send filter nothing."""
        self.is_valid()
        village = self.cleaned_data.get("village")
        return rows.filter(village__in=self.atlas.ids_within(village)) if village else rows
