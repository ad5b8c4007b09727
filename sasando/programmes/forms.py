from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from sasando.base.reader import Reader
from sasando.lib.money import MOST_IDR
from sasando.places.queries import Atlas
from sasando.programmes.models import Delivery
from sasando.programmes.queries import districts, years


class YearForm(forms.Form):
    """The year asked for; the newest with records where none or nonsense was given."""

    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args, reader: Reader, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = years(reader) or [this_year]
        self.fields["year"].choices = [(str(year), str(year)) for year in self.known]

    @property
    def chosen_year(self) -> int:
        self.is_valid()
        return int(self.cleaned_data.get("year") or self.known[0])


class DeliveryFilterForm(YearForm):
    """Narrows the deliveries of a programme to a year and a district."""

    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, *args, reader: Reader, atlas: Atlas, **kwargs):
        super().__init__(*args, reader=reader, this_year=atlas.day.year, **kwargs)
        self.names = dict(districts(reader, atlas))
        self.fields["district"].choices = [("", _("All districts")), *self.names.items()]

    @property
    def district_code(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("district", "")

    def sentence(self) -> str:
        """The filter in words, for exports."""
        where = self.names.get(self.district_code) or _("all districts in your places")
        return f"{_('Year')}: {self.chosen_year}; {_('District')}: {where}"


class CorrectionForm(forms.Form):
    """A corrected value or quantity of a delivery, and why."""

    amount_idr = forms.IntegerField(label=_("Value (Rp)"), min_value=0, max_value=MOST_IDR, required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=Decimal(0), max_digits=12, decimal_places=3, required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It stands in the edition's erratum: no names, no numbers of people."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, delivery: Delivery) -> "CorrectionForm":
        """The form filled with what is recorded."""
        quantity = None if delivery.quantity is None else delivery.quantity.normalize() + 0
        seen = delivery.corrections.count()
        return cls(initial={"amount_idr": delivery.amount_idr, "quantity": quantity, "seen": seen})

    def clean_seen(self) -> int:
        """How many corrections the form was filled with; none where it does not say."""
        return self.cleaned_data["seen"] or 0
