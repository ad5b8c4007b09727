"""What the office promised and what it reached: plan, objectives, indicators, agreements, measurements, scales."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated, Recorded
from sasando.base.privacy import public
from sasando.office.models import Unit


class Direction(models.TextChoices):
    """Whether more is better."""

    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")


class Mission(Dated):
    """A mission of the regent's medium-term plan (RPJMD) that the office serves."""

    number = public(models.PositiveSmallIntegerField(_("number")))
    text = public(models.CharField(_("text"), max_length=300))

    class Meta:
        ordering = ["number"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.text


class Goal(models.Model):
    """A goal (tujuan) of the office's strategic plan (Renstra) under a mission."""

    mission = public(
        models.ForeignKey(Mission, models.CASCADE, verbose_name=_("mission"), related_name="goals")
    )
    text = public(models.CharField(_("text"), max_length=300))

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.text


class Objective(Dated):
    """An objective (sasaran) of the plan, with the policy that serves it."""

    goal = public(models.ForeignKey(Goal, models.CASCADE, verbose_name=_("goal"), related_name="objectives"))
    number = public(models.PositiveSmallIntegerField(_("number")))
    text = public(models.CharField(_("text"), max_length=300))
    policy = public(models.TextField(_("policy"), blank=True))
    in_strategic_plan = public(models.BooleanField(_("in the strategic plan"), default=True))

    class Meta:
        ordering = ["number"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.text


class Indicator(Dated):
    """What is measured of an objective. Its realisation is numerator / denominator of two named figures, or typed.

    Figures are named by id (text): planning never imports statistics.
    """

    objective = public(
        models.ForeignKey(Objective, models.CASCADE, verbose_name=_("objective"), related_name="indicators")
    )
    code = public(models.CharField(_("code"), max_length=20, unique=True))
    number = public(models.CharField(_("number"), max_length=10, blank=True))
    name = public(models.CharField(_("name"), max_length=250))
    unit = public(models.CharField(_("unit"), max_length=20, default="%"))
    direction = public(
        models.CharField(_("direction"), max_length=6, choices=Direction, default=Direction.HIGHER)
    )
    numerator_figure = public(models.CharField(_("numerator (figure)"), max_length=80, blank=True))
    denominator_figure = public(models.CharField(_("denominator (figure)"), max_length=80, blank=True))
    owner = public(
        models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), null=True, related_name="+")
    )
    order = public(models.PositiveSmallIntegerField(_("order"), default=0))

    class Meta:
        ordering = ["order"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class KeyIndicator(models.Model):
    """An entry of the list of key performance indicators (IKU) of the office; it need not be in the agreement."""

    objective = public(
        models.ForeignKey(Objective, models.CASCADE, verbose_name=_("objective"), related_name="+")
    )
    number = public(models.PositiveSmallIntegerField(_("number")))
    name = public(models.CharField(_("name"), max_length=250))
    indicator = public(
        models.ForeignKey(
            Indicator, models.SET_NULL, verbose_name=_("indicator"), null=True, related_name="+"
        )
    )

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return self.name


class Agreement(models.Model):
    """A version of the year's performance agreement (perjanjian kinerja, Permenpan-RB 53/2014)."""

    year = public(models.PositiveIntegerField(_("year")))
    signed_on = public(models.DateField(_("signed on")))
    reason = public(models.CharField(_("reason of the change"), max_length=300, blank=True))

    class Meta:
        ordering = ["year", "signed_on"]
        constraints = [models.UniqueConstraint(fields=["year", "signed_on"], name="planning_agreement_once")]

    def __str__(self):
        return f"{self.year} ({self.signed_on})"


class AgreementTarget(models.Model):
    """What a version of the agreement promises for an indicator; null where the paper leaves it blank."""

    agreement = public(
        models.ForeignKey(Agreement, models.CASCADE, verbose_name=_("agreement"), related_name="targets")
    )
    indicator = public(
        models.ForeignKey(Indicator, models.CASCADE, verbose_name=_("indicator"), related_name="targets")
    )
    value = public(models.DecimalField(_("target"), max_digits=14, decimal_places=4, null=True))
    note = public(models.CharField(_("note"), max_length=250, blank=True))

    class Meta:
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "indicator"], name="planning_target_once")
        ]

    def __str__(self):
        return f"{self.indicator_id}: {self.value}"


class TypedFigure(Recorded):
    """A number that no record of the office yields, typed with its reason: a poverty rate, a planned count."""

    year = public(models.PositiveIntegerField(_("year")))
    figure_id = public(models.CharField(_("figure"), max_length=80))
    value = public(models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True))
    unit = public(models.CharField(_("unit"), max_length=20, blank=True))
    reason = public(models.CharField(_("reason and source"), max_length=300))

    class Meta:
        ordering = ["year", "figure_id"]
        constraints = [models.UniqueConstraint(fields=["year", "figure_id"], name="planning_typed_once")]

    def __str__(self):
        return f"{self.year} {self.figure_id}"


class Measurement(models.Model):
    """What an indicator came to when a snapshot was sealed: the row planning's pages show."""

    indicator = public(
        models.ForeignKey(Indicator, models.CASCADE, verbose_name=_("indicator"), related_name="measurements")
    )
    year = public(models.PositiveIntegerField(_("year")))
    as_of = public(models.DateField(_("as of")))
    snapshot = public(models.CharField(_("snapshot"), max_length=80))
    basis = public(models.CharField(_("basis"), max_length=10))
    numerator = public(models.DecimalField(_("numerator"), max_digits=18, decimal_places=4, null=True))
    denominator = public(models.DecimalField(_("denominator"), max_digits=18, decimal_places=4, null=True))
    realised = public(models.DecimalField(_("realised"), max_digits=14, decimal_places=4, null=True))
    achievement = public(
        models.DecimalField(_("achievement (%)"), max_digits=10, decimal_places=4, null=True)
    )
    measured_at = public(models.DateTimeField(_("measured at")))
    measured_by_id = public(models.BigIntegerField(_("measured by (id)"), null=True))
    measured_by_name = public(models.CharField(_("measured by"), max_length=150))

    class Meta:
        ordering = ["indicator", "year", "measured_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "snapshot"], name="planning_measured_once_a_snapshot"
            )
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.year}"


class AchievementPolicy(Dated):
    """How achievements are computed and labelled in a time: cap, rounding of the realisation, scale (as data)."""

    name = public(models.CharField(_("name"), max_length=80))
    cap_percent = public(models.DecimalField(_("cap (%)"), max_digits=6, decimal_places=2, null=True))
    source = public(models.CharField(_("source"), max_length=200, blank=True))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "achievement policies"
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class ScaleBand(models.Model):
    """A band of the ordinal scale: from this percentage on, this label."""

    policy = public(
        models.ForeignKey(AchievementPolicy, models.CASCADE, verbose_name=_("policy"), related_name="bands")
    )
    at_least = public(models.DecimalField(_("from (%)"), max_digits=6, decimal_places=2))
    label = public(models.CharField(_("label"), max_length=60))

    class Meta:
        ordering = ["policy", "-at_least"]
        constraints = [models.UniqueConstraint(fields=["policy", "at_least"], name="planning_band_once")]

    def __str__(self):
        return self.label
