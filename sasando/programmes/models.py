"""What the office gives, and what others give that it must explain: programmes, lists, entitlements, deliveries."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated, Recorded
from sasando.base.privacy import internal, personal, public
from sasando.budget.models import FundSource
from sasando.office.models import Unit
from sasando.partners.models import Group, Organisation
from sasando.places.models import Place
from sasando.registry.models import Family, Person


class ProgrammeKind(models.TextChoices):
    """Who decides and pays."""

    OWN = "own", _("Own: the office pays or hands out")
    OBSERVED = "observed", _("Observed: another body pays, its list is kept and compared")


class RecipientKind(models.TextChoices):
    """Whom a programme is for. A delivery has exactly one recipient of one of these kinds."""

    PERSON = "person", _("Person")
    FAMILY = "family", _("Family")
    GROUP = "group", _("Group")
    ORGANISATION = "organisation", _("Organisation")
    VILLAGE = "village", _("Village")


class Programme(Dated):
    """An aid programme: PKH, BPNT/Sembako, rice reserve (CBP), logistics, living allowance, KUBE, emergency aid."""

    code = public(models.CharField(_("code"), max_length=30, unique=True))
    name = public(models.CharField(_("name"), max_length=150))
    name_en = public(models.CharField(_("name in English"), max_length=150, blank=True))
    purpose = public(models.CharField(_("purpose"), max_length=300, blank=True))
    kind = public(models.CharField(_("kind"), max_length=10, choices=ProgrammeKind))
    recipient_kind = public(models.CharField(_("for"), max_length=12, choices=RecipientKind))
    fund_source = public(
        models.ForeignKey(FundSource, models.PROTECT, verbose_name=_("fund source"), related_name="+")
    )
    limit_per_family = public(
        models.PositiveSmallIntegerField(_("components counted a family, at most"), null=True)
    )
    legal_basis = public(models.CharField(_("legal basis"), max_length=200, blank=True))
    unit = internal(
        models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), null=True, related_name="+")
    )

    class Meta:
        ordering = ["code"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class Tariff(Dated):
    """What a programme gives for a component during a time: rupiah a period, at most so many a family."""

    programme = public(
        models.ForeignKey(Programme, models.CASCADE, verbose_name=_("programme"), related_name="tariffs")
    )
    component = public(models.CharField(_("component"), max_length=30))
    name = public(models.CharField(_("name"), max_length=100))
    amount_idr = public(models.BigIntegerField(_("amount (Rp)")))
    months = public(models.PositiveSmallIntegerField(_("months a payment covers"), default=1))
    limit_per_family = public(models.PositiveSmallIntegerField(_("at most a family"), null=True))
    source = public(models.CharField(_("source"), max_length=200, blank=True))

    class Meta:
        ordering = ["programme", "component", "valid_from"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class EnrolmentState(models.TextChoices):
    """Where a recipient stands in a programme; each state is a dated row, never overwritten."""

    CANDIDATE = "candidate", _("Candidate")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    GRADUATED = "graduated", _("Graduated")
    REMOVED = "removed", _("Removed")


class Enrolment(Dated, Recorded):
    """A family or person is in a programme, in a state, for a time."""

    programme = personal(
        models.ForeignKey(Programme, models.PROTECT, verbose_name=_("programme"), related_name="enrolments")
    )
    family = personal(
        models.ForeignKey(
            Family, models.PROTECT, verbose_name=_("family"), null=True, related_name="enrolments"
        )
    )
    person = personal(
        models.ForeignKey(
            Person, models.PROTECT, verbose_name=_("person"), null=True, related_name="enrolments"
        )
    )
    state = personal(models.CharField(_("state"), max_length=10, choices=EnrolmentState))
    reason = personal(models.CharField(_("reason"), max_length=200, blank=True))

    class Meta:
        ordering = ["id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, family__isnull=True)
                | Q(person__isnull=True, family__isnull=False),
                name="programmes_enrolment_one_bearer",
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.state}"


class Cycle(Recorded):
    """One payment stage (tahap salur) of a programme; of an observed programme, the payer's list with its file."""

    programme = public(
        models.ForeignKey(Programme, models.PROTECT, verbose_name=_("programme"), related_name="cycles")
    )
    name = public(models.CharField(_("name"), max_length=100))
    begins_on = public(models.DateField(_("begins on")))
    ends_on = public(models.DateField(_("ends on")))
    list_name = internal(models.CharField(_("payer's list"), max_length=200, blank=True))
    list_received_on = internal(models.DateField(_("list received on"), null=True))
    list_digest = internal(models.CharField(_("list's SHA-256"), max_length=64, blank=True))

    class Meta:
        ordering = ["programme", "begins_on"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="programmes_cycle_once")]

    def __str__(self):
        return self.name


class Entitlement(models.Model):
    """What one family is due in one cycle (nilai bantuan): of an observed programme, what the payer's list says."""

    cycle = personal(
        models.ForeignKey(Cycle, models.PROTECT, verbose_name=_("cycle"), related_name="entitlements")
    )
    family = personal(
        models.ForeignKey(Family, models.PROTECT, verbose_name=_("family"), related_name="entitlements")
    )
    village = personal(models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), related_name="+"))
    amount_idr = personal(models.BigIntegerField(_("amount (Rp)")))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "family"], name="programmes_entitled_once_a_cycle"),
            models.CheckConstraint(
                condition=Q(amount_idr__gte=0), name="programmes_entitlement_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.cycle_id}: {self.family_id}"


class EntitlementLine(models.Model):
    """One component of an entitlement: for whom, by which tariff, how much. The lines add up to the entitlement."""

    entitlement = personal(
        models.ForeignKey(Entitlement, models.CASCADE, verbose_name=_("entitlement"), related_name="lines")
    )
    tariff = internal(models.ForeignKey(Tariff, models.PROTECT, verbose_name=_("tariff"), related_name="+"))
    person = personal(
        models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), null=True, related_name="+")
    )
    amount_idr = personal(models.BigIntegerField(_("amount (Rp)")))

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.entitlement_id}"


RECIPIENT_KEYS = ("person", "family", "group", "organisation", "village_recipient")


def _one_recipient() -> Q:
    """Exactly one of the recipient keys is set."""
    choice = Q()
    for chosen in RECIPIENT_KEYS:
        choice |= Q(**{f"{key}__isnull": key != chosen for key in RECIPIENT_KEYS})
    return choice


class Delivery(Recorded):
    """Something handed over (penyaluran): money or goods, to exactly one recipient, on a day, at a place."""

    programme = internal(
        models.ForeignKey(Programme, models.PROTECT, verbose_name=_("programme"), related_name="deliveries")
    )
    person = personal(
        models.ForeignKey(
            Person, models.PROTECT, verbose_name=_("person"), null=True, related_name="deliveries"
        )
    )
    family = personal(
        models.ForeignKey(
            Family, models.PROTECT, verbose_name=_("family"), null=True, related_name="deliveries"
        )
    )
    group = personal(
        models.ForeignKey(
            Group, models.PROTECT, verbose_name=_("group"), null=True, related_name="deliveries"
        )
    )
    organisation = personal(
        models.ForeignKey(
            Organisation, models.PROTECT, verbose_name=_("organisation"), null=True, related_name="deliveries"
        )
    )
    village_recipient = personal(
        models.ForeignKey(
            Place, models.PROTECT, verbose_name=_("village as recipient"), null=True, related_name="+"
        )
    )
    through = internal(
        models.ForeignKey(
            Organisation, models.PROTECT, verbose_name=_("handed over through"), null=True, related_name="+"
        )
    )
    village = personal(
        models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), null=True, related_name="+")
    )
    delivered_on = personal(models.DateField(_("day")))
    item = personal(models.CharField(_("what"), max_length=100))
    quantity = personal(models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, null=True))
    unit = internal(models.CharField(_("unit"), max_length=20, blank=True))
    amount_idr = personal(models.BigIntegerField(_("value (Rp)"), null=True))
    fund_source = internal(
        models.ForeignKey(FundSource, models.PROTECT, verbose_name=_("fund source"), related_name="+")
    )

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(condition=_one_recipient(), name="programmes_one_recipient"),
            models.CheckConstraint(
                condition=Q(amount_idr__isnull=True) | Q(amount_idr__gte=0),
                name="programmes_value_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["programme", "delivered_on"], name="programmes_delivered")]

    def __str__(self):
        return f"{self.programme_id} {self.delivered_on}"


class DeliveryCorrection(models.Model):
    """A delivery's value or quantity was corrected: old, new and why. A sealed edition shows it as an erratum."""

    delivery = personal(
        models.ForeignKey(Delivery, models.PROTECT, verbose_name=_("delivery"), related_name="corrections")
    )
    field = internal(models.CharField(_("field"), max_length=20))
    old = personal(models.CharField(_("old"), max_length=40))
    new = personal(models.CharField(_("new"), max_length=40))
    reason = internal(models.CharField(_("reason"), max_length=300))
    corrected_at = internal(models.DateTimeField(_("corrected at")))
    corrected_by_id = internal(models.BigIntegerField(_("corrected by (id)"), null=True))
    corrected_by_name = internal(models.CharField(_("corrected by"), max_length=150))

    class Meta:
        ordering = ["corrected_at"]

    def __str__(self):
        return f"{self.delivery_id} {self.field}"
