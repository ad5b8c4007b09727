"""What a person fills in to type a figure."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from sasando.lib.numbers import NotKnown, Number, parse_printed_number
from sasando.planning.actions import FIGURE_ID


class TypedFigureForm(forms.Form):
    """A number that no record yields, with its reason."""

    figure_id = forms.CharField(
        label=_("Figure"),
        max_length=80,
        help_text=_("noun.measure in small letters, for example poverty.rate"),
    )
    value = forms.CharField(label=_("Value"), required=False, help_text=_("Left empty, it says: not known."))
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    reason = forms.CharField(
        label=_("Reason and source"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_figure_id(self) -> str:
        """The id, which must have the form of one."""
        figure_id = self.cleaned_data["figure_id"]
        if not FIGURE_ID.fullmatch(figure_id):
            raise forms.ValidationError(
                _("Write it as noun.measure in small letters, for example poverty.rate.")
            )
        return figure_id

    def clean_value(self) -> Decimal | None:
        """The number in any spelling; None for a blank or a dash."""
        found = parse_printed_number(self.cleaned_data["value"])
        if isinstance(found, NotKnown):
            return None
        if not isinstance(found, Number):
            raise forms.ValidationError(_("This is no number. Write it as 27,54 or 1.234."))
        if found.value != round(found.value, 4) or abs(found.value) >= 10**14:
            raise forms.ValidationError(_("At most four decimals and fourteen digits before them are kept."))
        return found.value
