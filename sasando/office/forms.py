"""As of which day a page is asked for: the same field above every dated page."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def last_day(year: int) -> date:
    """The day a year's page shows by itself: its last, or today while the year runs."""
    return min(date(year, 12, 31), max(timezone.localdate(), date(year, 1, 1)))


class DayForm(forms.Form):
    """As of which day; a page may add further fields to ask."""

    on = forms.DateField(label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: QueryDict, default: date | None = None):
        self.default = default or timezone.localdate()
        data = data.copy()
        data.setdefault("on", self.default.isoformat())
        super().__init__(data)

    def day(self) -> date:
        """The day asked for; the page's own without one, or where what was asked is no date."""
        return self.asked("on") or self.default

    def asked(self, name: str):
        """What was asked in a field; None or blank where nothing was, or it cannot be understood."""
        self.is_valid()
        return self.cleaned_data.get(name)
