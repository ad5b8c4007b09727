"""The people who work for the office: civil servants with their appointments, and everyone beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated, DemoMarked
from sasando.base.privacy import internal, personal, public
from sasando.office.models import Post, Unit
from sasando.places.models import Place


class Sex(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Education(models.TextChoices):
    """Last education, as the personnel file has it."""

    SLTA = "SLTA", _("Senior high school (SLTA)")
    D3 = "D3", _("Diploma (D3)")
    S1 = "S1", _("Bachelor (S1)")
    S2 = "S2", _("Master (S2)")
    S3 = "S3", _("Doctor (S3)")


class PositionGroup(models.TextChoices):
    """The rows of the book's table of staff."""

    HEAD = "head", _("Head of office")
    SECRETARY = "secretary", _("Secretary")
    DIVISION_HEAD = "division_head", _("Heads of division")
    SECTION_HEAD = "section_head", _("Heads of sub-section and section")
    STAFF = "staff", _("Staff")


class Employee(DemoMarked):
    """A civil servant (PNS or PPPK) with NIP, sex and birth date; rank and education are dated rows."""

    name = public(models.CharField(_("name"), max_length=150))
    nip = internal(models.CharField(_("NIP"), max_length=18, unique=True))
    sex = internal(models.CharField(_("sex"), max_length=6, choices=Sex))
    birth_date = personal(models.DateField(_("birth date")))

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class RankHolding(Dated):
    """An employee's rank (golongan/ruang, as `III/d`) during a time (PP 99/2000)."""

    employee = internal(
        models.ForeignKey(Employee, models.CASCADE, verbose_name=_("employee"), related_name="ranks")
    )
    rank = internal(models.CharField(_("rank"), max_length=6))

    class Meta:
        ordering = ["employee", "valid_from"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.rank


class EducationRecord(models.Model):
    """A degree an employee has earned; the latest counts."""

    employee = internal(
        models.ForeignKey(Employee, models.CASCADE, verbose_name=_("employee"), related_name="degrees")
    )
    education = internal(models.CharField(_("education"), max_length=4, choices=Education))
    earned_on = internal(models.DateField(_("earned on"), null=True))

    class Meta:
        ordering = ["employee", "earned_on"]

    def __str__(self):
        return self.education


class AppointmentKind(models.TextChoices):
    """How a post is held."""

    DEFINITIVE = "definitive", _("by appointment")
    ACTING = "acting", _("acting (Plt.)")
    DAILY = "daily", _("standing in (Plh.)")


class Appointment(Dated):
    """An employee works in a unit for a time, in a structural post or (post empty) as staff."""

    employee = internal(
        models.ForeignKey(Employee, models.CASCADE, verbose_name=_("employee"), related_name="appointments")
    )
    unit = internal(
        models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="appointments")
    )
    post = internal(
        models.ForeignKey(
            Post, models.PROTECT, verbose_name=_("post"), null=True, related_name="appointments"
        )
    )
    position_group = internal(models.CharField(_("position"), max_length=15, choices=PositionGroup))
    kind = internal(
        models.CharField(
            _("how held"), max_length=12, choices=AppointmentKind, default=AppointmentKind.DEFINITIVE
        )
    )
    decree = internal(models.CharField(_("decree"), max_length=100, blank=True))

    class Meta:
        ordering = ["employee", "valid_from"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return f"{self.employee} {self.post or self.unit}"


class AuxiliaryKind(models.TextChoices):
    """People beside the civil servants (Permensos 1/2018, 29/2012, 28/2018)."""

    CONTRACT = "contract", _("Contract staff")
    PKH_FACILITATOR = "pkh_facilitator", _("PKH facilitator")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    TAGANA = "tagana", _("Disaster volunteer (TAGANA)")
    TKSK = "tksk", _("District social worker (TKSK)")


class Auxiliary(Dated, DemoMarked):
    """Somebody who works for the office without being a civil servant, in a role, for a time."""

    name = public(models.CharField(_("name"), max_length=150))
    sex = internal(models.CharField(_("sex"), max_length=6, choices=Sex))
    kind = public(models.CharField(_("kind"), max_length=20, choices=AuxiliaryKind))
    role = public(models.CharField(_("role"), max_length=60))
    unit = internal(
        models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), null=True, related_name="auxiliaries")
    )
    place = internal(
        models.ForeignKey(
            Place, models.PROTECT, verbose_name=_("place"), null=True, related_name="auxiliaries"
        )
    )

    class Meta:
        ordering = ["kind", "role", "name"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name
