"""What is filled in about a case."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sasando.cases import queries


def _day(label) -> forms.DateField:
    return forms.DateField(
        label=label,
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class VisitForm(forms.Form):
    """A home visit."""

    visited_on = _day(_("Visited on"))
    note = forms.CharField(
        label=_("What was seen and agreed"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_("Stored encrypted; read only by those who work on this case and their superior."),
    )


class AssignForm(forms.Form):
    """Who works on a case from a day on."""

    worker = forms.ModelChoiceField(label=_("Worker"), queryset=None)
    from_day = _day(_("From"))
    hand_over = forms.BooleanField(label=_("Those who work on it until now hand it over"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = queries.workers()


class CloseForm(forms.Form):
    """The end of a case."""

    closed_on = _day(_("Closed on"))
