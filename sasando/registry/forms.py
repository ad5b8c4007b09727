from django import forms
from django.utils.translation import gettext_lazy as _

from sasando.base.reader import Reader
from sasando.places.queries import Atlas
from sasando.registry.queries import FamilyFilter, places_in_scope


class FamilyFilterForm(forms.Form):
    """Narrows the list of families to places of the reader's scope and to a name."""

    district = forms.ChoiceField(label=_("District"), required=False)
    village = forms.ChoiceField(label=_("Village"), required=False)
    name = forms.CharField(label=_("Name of a member"), required=False, max_length=100)

    def __init__(self, *args, reader: Reader, atlas: Atlas, **kwargs):
        super().__init__(*args, **kwargs)
        self.atlas = atlas
        districts, villages = places_in_scope(reader, atlas)
        self.fields["district"].choices = [("", _("All districts")), *((s.code, s.name) for s in districts)]
        self.fields["village"].choices = [("", _("All villages")), *((s.code, s.name) for s in villages)]

    @property
    def narrowed(self) -> FamilyFilter:
        """What was chosen; what makes no sense is left out."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name, "") for name in ("district", "village", "name")}
        return FamilyFilter(**chosen)

    def sentence(self) -> str:
        """The filter in words, for exports."""
        chosen = self.narrowed
        said = []
        for label, code in ((_("District"), chosen.district), (_("Village"), chosen.village)):
            if code:
                said.append(f"{label}: {self.atlas.by_code[code].name}")
        if chosen.name:
            said.append(f"{_('Name of a member')}: {chosen.name}")
        return "; ".join(said) or str(_("all families in your places"))


class NumberForm(forms.Form):
    """Looks a family up by an identity number. Sent by POST, so that no number stands in an address or a log."""

    number = forms.CharField(
        label=_("NIK or KK number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
