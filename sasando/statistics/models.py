"""Snapshots of a year, what was reported beside them, and who owes which table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Recorded
from sasando.base.privacy import internal, public
from sasando.office.models import Unit


class Snapshot(models.Model):
    """The sealed facts of one year as of a date, with the tables and figures computed from them, in one folder."""

    year = public(models.PositiveIntegerField(_("year")))
    as_of = public(models.DateField(_("as of")))
    places_as_of = public(models.DateField(_("places as of")))
    digest = public(models.CharField(_("digest"), max_length=64))
    folder = internal(models.CharField(_("folder"), max_length=100, unique=True))
    sealed_at = public(models.DateTimeField(_("sealed at")))
    sealed_by_id = internal(models.BigIntegerField(_("sealed by (id)"), null=True))
    sealed_by_name = public(models.CharField(_("sealed by"), max_length=150))

    class Meta:
        ordering = ["year", "-sealed_at"]

    def __str__(self):
        return f"{self.year} ({self.as_of})"


class ReportedKind(models.TextChoices):
    """The shapes of a reported table that the checks understand."""

    TABLE = "table", _("Table of the book")
    INDICATORS = "indicators", _("Indicators")
    BUDGET = "budget", _("Budget")
    COUNTS = "counts", _("Counts")


class ReportedTable(Recorded):
    """A table handed in or printed as totals, kept exactly as printed, with its document."""

    year = public(models.PositiveIntegerField(_("year")))
    table_id = public(models.CharField(_("table"), max_length=80))
    kind = public(
        models.CharField(_("kind"), max_length=12, choices=ReportedKind, default=ReportedKind.TABLE)
    )
    document = public(models.CharField(_("document"), max_length=250))
    columns = public(models.JSONField(_("column keys"), default=list))
    options = public(models.JSONField(_("options (scale, cap)"), default=dict))
    note = internal(models.TextField(_("note"), blank=True))

    class Meta:
        ordering = ["year", "table_id", "id"]

    def __str__(self):
        return f"{self.year} {self.table_id}"


class CellState(models.TextChoices):
    """What a printed cell came to. A zero is never invented."""

    NUMBER = "number", _("Number")
    ORDINAL = "ordinal", _("Ordinal")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Refused")
    LABEL = "label", _("Label")


class ReportedCell(models.Model):
    """A cell of a reported table: what was printed, and what it was read as."""

    table = public(
        models.ForeignKey(ReportedTable, models.CASCADE, verbose_name=_("table"), related_name="cells")
    )
    row = public(models.PositiveIntegerField(_("row")))
    column = public(models.CharField(_("column"), max_length=60))
    printed = public(models.CharField(_("printed"), max_length=300, blank=True))
    state = public(models.CharField(_("state"), max_length=8, choices=CellState))
    value = public(models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True))
    reason = internal(models.CharField(_("reason"), max_length=250, blank=True))

    class Meta:
        ordering = ["table", "row", "id"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "column"], name="statistics_cell_once")
        ]

    def __str__(self):
        return self.printed


class ReportedFigure(Recorded):
    """A number printed in running text, kept as printed."""

    year = public(models.PositiveIntegerField(_("year")))
    key = public(models.CharField(_("key"), max_length=80))
    printed = public(models.CharField(_("printed"), max_length=80))
    unit = public(models.CharField(_("unit"), max_length=30, blank=True))
    where = public(models.CharField(_("where"), max_length=100, blank=True))

    class Meta:
        ordering = ["year", "key"]
        constraints = [models.UniqueConstraint(fields=["year", "key"], name="statistics_text_figure_once")]

    def __str__(self):
        return self.key


class TaskState(models.TextChoices):
    """Where a table stands on its way into the book."""

    MISSING = "missing", _("Not in")
    HANDED_IN = "handed_in", _("Handed in")
    VERIFIED = "verified", _("Verified")


class CollectionTask(models.Model):
    """A table or section of a year's book: the unit that owes it, by when, and that unit's own text of the year."""

    year = public(models.PositiveIntegerField(_("year")))
    table_id = public(models.CharField(_("table or section"), max_length=80))
    unit = public(models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="+"))
    due_on = public(models.DateField(_("due on")))
    basis = public(models.CharField(_("basis"), max_length=10, default="records"))

    class Meta:
        ordering = ["year", "due_on", "table_id"]
        constraints = [models.UniqueConstraint(fields=["year", "table_id"], name="statistics_task_once")]

    def __str__(self):
        return f"{self.year} {self.table_id}"


class TaskStatus(models.Model):
    """A step of a table on its way: a dated row with its author, never a column overwritten."""

    task = public(
        models.ForeignKey(CollectionTask, models.CASCADE, verbose_name=_("table"), related_name="statuses")
    )
    state = public(models.CharField(_("state"), max_length=10, choices=TaskState))
    explanation = public(models.TextField(_("explanation"), blank=True))
    obstacles = public(models.TextField(_("obstacles"), blank=True))
    efforts = public(models.TextField(_("efforts"), blank=True))
    set_at = public(models.DateTimeField(_("set at")))
    set_by_id = internal(models.BigIntegerField(_("set by (id)"), null=True))
    set_by_name = public(models.CharField(_("set by"), max_length=150))

    class Meta:
        ordering = ["task", "set_at", "id"]

    def __str__(self):
        return self.state
