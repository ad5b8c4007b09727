"""Where the office's money comes from, what it may spend, and what was spent. Money is whole rupiah."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Recorded
from sasando.base.privacy import internal, public
from sasando.office.models import Unit


class FundSource(models.Model):
    """A source of funds: APBN, APBD I, APBD II, unforeseen spending (BTT), village fund, donations.

    Amounts of different ledgers are never added up: what the ministry pays does not pass the regency's budget.
    """

    code = public(models.CharField(_("code"), max_length=20, unique=True))
    name = public(models.CharField(_("name"), max_length=100))
    name_en = public(models.CharField(_("name in English"), max_length=100, blank=True))
    is_office_budget = public(models.BooleanField(_("passes the office's own budget"), default=False))

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name


class BudgetVersion(models.Model):
    """A budget document of a year from one source: DPA, or DPPA after a change (Permendagri 13/2006, 77/2020)."""

    year = public(models.PositiveIntegerField(_("year")))
    fund_source = public(
        models.ForeignKey(FundSource, models.PROTECT, verbose_name=_("fund source"), related_name="+")
    )
    document = public(models.CharField(_("document"), max_length=100))
    adopted_on = public(models.DateField(_("adopted on")))

    class Meta:
        ordering = ["year", "fund_source", "adopted_on"]
        constraints = [
            models.UniqueConstraint(fields=["year", "fund_source", "adopted_on"], name="budget_version_once")
        ]

    def __str__(self):
        return f"{self.document} {self.year}"


class LineLevel(models.TextChoices):
    """The levels of the budget tree."""

    TOTAL = "total", _("Total")
    GROUP = "group", _("Group of spending")
    PROGRAMME = "programme", _("Programme")
    ACTIVITY = "activity", _("Activity")


class BudgetLine(models.Model):
    """A line of a budget document with its ceiling (pagu). Null means: the document names it without an amount."""

    version = public(
        models.ForeignKey(
            BudgetVersion, models.CASCADE, verbose_name=_("budget document"), related_name="lines"
        )
    )
    parent = public(
        models.ForeignKey("self", models.CASCADE, verbose_name=_("part of"), null=True, related_name="parts")
    )
    code = public(models.CharField(_("code"), max_length=30))
    name = public(models.CharField(_("name"), max_length=250))
    level = public(models.CharField(_("level"), max_length=10, choices=LineLevel))
    unit = internal(
        models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), null=True, related_name="+")
    )
    ceiling_idr = public(models.BigIntegerField(_("ceiling (Rp)"), null=True))
    order = public(models.PositiveIntegerField(_("order"), default=0))

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="budget_line_code_once"),
            models.CheckConstraint(
                condition=Q(ceiling_idr__isnull=True) | Q(ceiling_idr__gte=0),
                name="budget_ceiling_not_negative",
            ),
        ]

    def __str__(self):
        return self.name


class Realisation(Recorded):
    """What had been spent of a line from the year's beginning up to a day (realisasi), as the treasurer reports it."""

    line = public(
        models.ForeignKey(BudgetLine, models.CASCADE, verbose_name=_("line"), related_name="realisations")
    )
    up_to = public(models.DateField(_("up to")))
    amount_idr = public(models.BigIntegerField(_("amount (Rp)")))
    note = internal(models.CharField(_("note"), max_length=200, blank=True))

    class Meta:
        ordering = ["line", "up_to"]
        constraints = [models.UniqueConstraint(fields=["line", "up_to"], name="budget_realisation_once")]

    def __str__(self):
        return f"{self.line} {self.up_to}"
