"""What may be asked of the lists of people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sasando.office.forms import DayForm
from sasando.office.models import Unit
from sasando.staff.models import AuxiliaryKind, PositionGroup


class EmployeeFilter(DayForm):
    """The fields above the list of civil servants."""

    q = forms.CharField(label=_("Name or NIP"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    group = forms.ChoiceField(
        label=_("Position"), required=False, choices=[("", _("All positions")), *PositionGroup.choices]
    )
    field_order = ["q", "unit", "group", "on"]

    def __init__(self, data, units: list[Unit]):
        super().__init__(data)
        self.fields["unit"].choices = [("", _("All units")), *((unit.code, unit.name) for unit in units)]


class AuxiliaryFilter(DayForm):
    """The fields above the list of people beside the civil servants."""

    q = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *AuxiliaryKind.choices]
    )
    field_order = ["q", "kind", "on"]
