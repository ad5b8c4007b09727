from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """The day on which the list of places is asked for."""

    on = forms.DateField(label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    @property
    def day(self):
        """The day asked for; today where none or nonsense was given."""
        return (self.is_valid() and self.cleaned_data["on"]) or timezone.localdate()
