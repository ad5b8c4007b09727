"""Cases of violence and neglect. Everything here is secret: need to know by assignment, every read recorded."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sasando.base.encryption import EncryptedField
from sasando.base.models import Recorded
from sasando.base.privacy import secret
from sasando.office.models import Unit
from sasando.places.models import Place
from sasando.registry.models import Person


class CaseKind(models.Model):
    """A kind of harm as the office names it (UU 35/2014): one case may have several."""

    code = secret(models.CharField(_("code"), max_length=30, unique=True))
    name = secret(models.CharField(_("name"), max_length=80))
    name_en = secret(models.CharField(_("name in English"), max_length=80))
    order = secret(models.PositiveSmallIntegerField(_("order"), default=0))

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class Case(Recorded):
    """One person harmed, as the office handles it. Lists show its number and initials, never a name."""

    number = secret(models.CharField(_("case number"), max_length=30, unique=True))
    person = secret(models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="+"))
    village = secret(models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), related_name="+"))
    unit = secret(
        models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), null=True, related_name="+")
    )
    reported_on = secret(models.DateField(_("reported on")))
    closed_on = secret(models.DateField(_("closed on"), null=True))
    kinds = secret(models.ManyToManyField(CaseKind, verbose_name=_("kinds"), related_name="cases"))
    note = secret(EncryptedField(_("note"), blank=True, default=""))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("reported_on")),
                name="cases_closed_after_report",
            )
        ]

    def __str__(self):
        return self.number


class CaseAssignment(models.Model):
    """Who works on a case: only they, and their superior, may open it. The worker is an account by id and name."""

    case = secret(models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="assignments"))
    worker_id = secret(models.BigIntegerField(_("worker (id)")))
    worker_name = secret(models.CharField(_("worker"), max_length=150))
    from_day = secret(models.DateField(_("from")))
    to_day = secret(models.DateField(_("until"), null=True))

    class Meta:
        ordering = ["case", "from_day"]

    def __str__(self):
        return f"{self.case_id}: {self.worker_name}"


class HomeVisit(Recorded):
    """A visit to the home of the person harmed: monitoring, guidance, psychosocial help."""

    case = secret(models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="visits"))
    visited_on = secret(models.DateField(_("visited on")))
    note = secret(EncryptedField(_("note"), blank=True, default=""))

    class Meta:
        ordering = ["case", "visited_on"]

    def __str__(self):
        return f"{self.case_id} {self.visited_on}"
