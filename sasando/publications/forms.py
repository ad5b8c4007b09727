"""What the steps of an edition ask for."""

from django import forms
from django.core.validators import FileExtensionValidator, MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sasando.publications.models import Audience

MOST_BYTES = 20_000_000
SCANS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
"""How a PDF, a JPEG and a PNG begin."""


class PrepareForm(forms.Form):
    """A new draft: of which year, and for whom."""

    year = forms.IntegerField(label=_("Year"), min_value=1945)
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices, initial=Audience.INTERNAL)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        last = timezone.localdate().year
        self.fields["year"].validators.append(MaxValueValidator(last))
        self.fields["year"].widget.attrs["max"] = last
        self.fields["year"].initial = timezone.localdate().year - 1


class InitialForm(forms.Form):
    """An initial, with a remark where there is one."""

    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class PublishForm(forms.Form):
    """The head's decision: the scan where it was signed on paper, and which notes the public edition prints."""

    paper = forms.FileField(
        label=_("Scan of the approval on paper"),
        required=False,
        help_text=_("Only where the approval was signed on paper: PDF, JPEG or PNG, at most 20 MB."),
        validators=[FileExtensionValidator(["pdf", "jpg", "jpeg", "png"])],
    )
    printed = forms.MultipleChoiceField(
        label=_("Notes on inconsistent data that the public edition prints"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args, notes=(), **kwargs):
        super().__init__(*args, **kwargs)
        if notes:
            self.fields["printed"].choices = notes
        else:
            del self.fields["printed"]

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        if paper and paper.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The scan is larger than 20 MB. Scan it again with a lower resolution.")
            )
        if paper and not paper.read(8).startswith(SCANS):
            raise forms.ValidationError(
                _("This is no PDF, JPEG or PNG, whatever its name says. Scan it again.")
            )
        if paper:
            paper.seek(0)
        return paper


class WithdrawForm(forms.Form):
    """Why an edition is taken out of use."""

    note = forms.CharField(label=_("Reason"), max_length=300)
