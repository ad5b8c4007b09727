"""What readers and units fill in on the pages of statistics. A query string is read through a form, too."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sasando.base.checks import Severity
from sasando.office.models import Unit
from sasando.statistics.counting.specs import TableSpec
from sasando.statistics.reporting.filling import (
    FillColumn,
    FillError,
    Grid,
    checked,
    read_file,
    read_pasted,
    unpacked,
)
from sasando.statistics.results import LABELS, Basis, TableColumn, TableResult, Value

SEVERITIES = {
    Severity.ERROR: _("Must be corrected"),
    Severity.WARNING: _("Please check"),
    Severity.INFO: _("For information"),
}
BASES = [(Basis.RECORDS.value, _("Counted from records")), (Basis.REPORTED.value, _("Reported as totals"))]


class MeasureForm(forms.Form):
    """Which column of a table is drawn."""

    measure = forms.ChoiceField(label=_("Drawn"), required=False)

    def __init__(self, data, *, columns: Sequence[TableColumn], language: str):
        super().__init__(data)
        self.columns = {column.key: column for column in columns}
        self.fields["measure"].choices = [(c.key, c.title[language]) for c in columns]

    @property
    def column(self) -> TableColumn:
        """The column asked for; the first where none or nonsense was."""
        key = self.cleaned_data["measure"] if self.is_valid() else ""
        return self.columns.get(key) or next(iter(self.columns.values()))


class RecordsForm(forms.Form):
    """A cell of a table: its column, and the labels of its row (none of them: the total)."""

    column = forms.ChoiceField()

    def __init__(self, data, *, table: TableResult):
        super().__init__(data)
        self.table = table
        drillable = [column for column in table.columns if column.records is not None]
        self.fields["column"].choices = [(column.key, column.key) for column in drillable]
        self.labels = [column.key for column in table.columns if column.role in LABELS]
        for key in self.labels:
            self.fields[self.field_name(key)] = forms.CharField(required=False, max_length=300, strip=False)

    @staticmethod
    def field_name(key: str) -> str:
        """The name in the address of a row's label: a label may itself be called `column` or `page`."""
        return f"row-{key}"

    @property
    def row(self) -> int | None:
        """The position of the row meant; None for the total. Raises LookupError when the table has no such row."""
        given = {key: self.cleaned_data[self.field_name(key)] for key in self.labels}
        if not any(given.values()):
            return None
        for position, row in enumerate(self.table.rows):
            if all(given[key] == _text(row[key]) for key in self.labels):
                return position
        raise LookupError(f"{self.table.id} has no such row.")


def _text(value: Value) -> str:
    return "" if value is None else str(value)


class FindingFilter(forms.Form):
    """Severity and table of the findings shown."""

    severity = forms.ChoiceField(
        label=_("Weight"), required=False, choices=[("", _("All")), *SEVERITIES.items()]
    )
    table = forms.ChoiceField(label=_("Table"), required=False)

    def __init__(self, data, *, tables: Iterable[tuple[str, str]]):
        super().__init__(data)
        self.fields["table"].choices = [("", _("All tables")), *tables]

    def apply(self, findings: Iterable) -> list:
        """Those asked for; an address with values that no form could send filters nothing."""
        wanted = self.cleaned_data if self.is_valid() else {}
        return [
            finding
            for finding in findings
            if wanted.get("severity", "") in ("", finding.severity)
            and wanted.get("table", "") in ("", finding.table)
        ]


class HandInForm(forms.Form):
    """The unit's own text of the year to one of its tables."""

    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the numbers say, and what was done in the year."),
    )
    obstacles = forms.CharField(
        label=_("Obstacles"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 4})
    )
    efforts = forms.CharField(
        label=_("Efforts"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was or will be done about the obstacles."),
    )


class SendBackForm(forms.Form):
    """Why a table goes back to its unit."""

    reason = forms.CharField(
        label=_("Why it goes back"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AssignForm(forms.Form):
    """Who owes a table or section, and by when."""

    table_id = forms.ChoiceField(label=_("Table or section"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    due_on = forms.DateField(label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.ChoiceField(label=_("Basis"), choices=BASES)

    def __init__(self, data=None, *, tables: Iterable[tuple[str, str]], initial=None):
        super().__init__(data, initial=initial)
        self.fields["table_id"].choices = list(tables)
        self.fields["unit"].queryset = Unit.objects.order_by("order")


class BasisForm(forms.Form):
    """What a table rests on from now on."""

    basis = forms.ChoiceField(label=_("Basis"), choices=BASES)


MOST_UPLOADED = 5_000_000


class FillForm(forms.Form):
    """A table filled in: by a file, by a pasted text, by the cells of the grid, or as a preview carried it along."""

    document = forms.CharField(
        label=_("Document"),
        max_length=250,
        help_text=_("Where these numbers stand: the letter, report or book, with its number or date."),
    )
    rests_on_it = forms.BooleanField(
        label=_("The book takes these numbers, not a count of the records"), required=False
    )
    upload = forms.FileField(
        label=_("The template filled in, or another spreadsheet with the same headings"), required=False
    )
    pasted = forms.CharField(
        label=_("Cells copied from a spreadsheet or a Word table"),
        required=False,
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    carried = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(
        self, data=None, files=None, *, spec: TableSpec, columns: Sequence[FillColumn], initial=None
    ):
        super().__init__(data, files, initial=initial)
        self.spec, self.fill_columns = spec, columns

    def clean(self) -> dict:
        """The grid, from whichever way it came. The fullest way counts: file, pasted text, carried, cells."""
        cleaned = super().clean()
        try:
            cleaned["grid"] = self._grid(cleaned)
        except FillError as error:
            self.add_error(None, str(error))
        return cleaned

    def _grid(self, cleaned: Mapping) -> Grid:
        upload = cleaned.get("upload")
        if upload:
            if upload.size > MOST_UPLOADED:
                raise FillError(gettext("%(name)s is larger than 5 MB.") % {"name": upload.name})
            return read_file(upload.read(), upload.name, self.spec)
        if (cleaned.get("pasted") or "").strip():
            return read_pasted(cleaned["pasted"], self.spec)
        if cleaned.get("carried"):
            return unpacked(cleaned["carried"], len(self.fill_columns))
        return self._cells()

    def _cells(self) -> Grid:
        rows = []
        while any(self.cell_name(len(rows), at) in self.data for at in range(len(self.fill_columns))):
            rows.append(
                [
                    self.data.get(self.cell_name(len(rows), at), "").strip()
                    for at in range(len(self.fill_columns))
                ]
            )
        return checked(rows, len(self.fill_columns))

    @staticmethod
    def cell_name(row: int, column: int) -> str:
        """The name of a cell's input."""
        return f"cell-{row}-{column}"
