"""What a person fills in to load a budget, and the previewed file that travels between two pages."""

import hashlib
from datetime import date

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from sasando.base.importing import ImportReport
from sasando.base.reader import Actor
from sasando.budget.errors import UploadExpiredError
from sasando.budget.importers import BUDGET
from sasando.budget.models import FundSource

SALT = "sasando.budget.upload"
ONE_HOUR = 3600
DATES = ("adopted_on", "up_to")
MOST_BYTES = 5_000_000


class UploadForm(forms.Form):
    """A budget spreadsheet, and what it does not say itself."""

    file = forms.FileField(
        label=_("Spreadsheet (XLSX, XLS, ODS or CSV)"),
        help_text=_("Columns: code, name, ceiling; optionally part of, level, unit, realisation."),
    )
    year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2099)
    fund_source = forms.ChoiceField(label=_("Fund source"))
    document = forms.CharField(label=_("Document"), max_length=100, help_text=_("For example DPA or DPPA."))
    adopted_on = forms.DateField(label=_("Adopted on"), widget=forms.DateInput(attrs={"type": "date"}))
    up_to = forms.DateField(
        label=_("Realisation up to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Needed where the file says what was spent."),
    )

    def __init__(self, *args, sources: list[FundSource], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fund_source"].choices = [(source.code, source.name) for source in sources]

    def clean_file(self):
        """The uploaded file, which must not be larger than a budget ever is."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. A budget of one year is smaller."))
        return file

    def options(self) -> dict:
        """What the file does not say itself, for the importer."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file" and value}


def seal(rows: list[dict], options: dict, report: ImportReport, by: Actor) -> str:
    """The rows and what was previewed of them, as a signed text for a hidden field."""
    kept = [{key: row[key] for key in (*BUDGET.columns, "line") if row.get(key)} for row in rows]
    told = {key: str(value) if key in DATES else value for key, value in options.items()}
    content = {"rows": kept, "options": told, "by": by.actor_id, "fates": fingerprint(report)}
    return signing.dumps(content, salt=SALT, compress=True)


def unseal(token: str, by: Actor) -> tuple[list[dict], dict, str]:
    """Rows, options and the fingerprint of the preview again. Raises UploadExpiredError."""
    try:
        content = signing.loads(token, salt=SALT, max_age=ONE_HOUR)
    except signing.BadSignature as error:
        raise UploadExpiredError from error
    if content["by"] != by.actor_id:
        raise UploadExpiredError
    blank = dict.fromkeys(BUDGET.columns, "")
    options = {k: date.fromisoformat(v) if k in DATES else v for k, v in content["options"].items()}
    return [blank | row for row in content["rows"]], options, content["fates"]


def fingerprint(report: ImportReport) -> str:
    """Equal for two reports that tell the same of every row."""
    return hashlib.sha256(repr(report.extra["fates"]).encode()).hexdigest()
