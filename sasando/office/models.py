"""The office itself: its settings, its units with their duties and functions, its posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated
from sasando.base.privacy import internal, public
from sasando.places.models import Place


class Office(models.Model):
    """The office this installation belongs to: one row. What is one regency's own is data here, never code."""

    regency = public(models.OneToOneField(Place, models.PROTECT, verbose_name=_("regency")))
    name = public(models.CharField(_("name of the office"), max_length=150))
    regency_name = public(models.CharField(_("name of the regency"), max_length=100))
    seat = public(models.CharField(_("seat (where papers are signed)"), max_length=100, blank=True))
    time_zone = public(models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta"))
    is_demo = public(models.BooleanField(_("demo office"), default=False))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="office_only_one")]

    def __str__(self):
        return f"{self.name} {self.regency_name}"


class UnitKind(models.TextChoices):
    """Kinds of unit of a regency office (PP 18/2016 on regional apparatus)."""

    OFFICE = "office", _("Office")
    SECRETARIAT = "secretariat", _("Secretariat")
    SUB_SECTION = "sub_section", _("Sub-section")
    DIVISION = "division", _("Division")
    SECTION = "section", _("Section")
    FUNCTIONAL_GROUP = "functional_group", _("Functional group")
    TECHNICAL_UNIT = "technical_unit", _("Technical unit")


class Unit(Dated):
    """A unit of the office: secretariat, sub-section, division, section, functional group, technical unit."""

    code = public(models.CharField(_("code"), max_length=20, unique=True))
    parent = public(
        models.ForeignKey(
            "self", models.PROTECT, verbose_name=_("belongs to"), null=True, related_name="units"
        )
    )
    kind = public(models.CharField(_("kind"), max_length=20, choices=UnitKind))
    name = public(models.CharField(_("name"), max_length=200))
    name_en = public(models.CharField(_("name in English"), max_length=200, blank=True))
    duty = public(models.TextField(_("main duty (summary)"), blank=True))
    duty_en = public(models.TextField(_("main duty in English"), blank=True))
    regulation_text = public(models.TextField(_("main duty in the regulation's wording"), blank=True))
    regulation_article = public(models.CharField(_("article of the regulation"), max_length=100, blank=True))
    functions_title = public(models.CharField(_("heading of the functions"), max_length=100, blank=True))
    is_formed = public(models.BooleanField(_("formed"), default=True))
    order = public(models.PositiveIntegerField(_("order"), default=0))

    class Meta:
        ordering = ["order"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class UnitFunction(models.Model):
    """A numbered function of a unit (the regent's regulation): a short text of ours, and its wording where loaded."""

    code = public(models.CharField(_("code"), max_length=20, unique=True))
    unit = public(models.ForeignKey(Unit, models.CASCADE, verbose_name=_("unit"), related_name="functions"))
    number = public(models.PositiveIntegerField(_("number")))
    capability = public(models.CharField(_("capability"), max_length=40, blank=True))
    text = public(models.CharField(_("short text"), max_length=300))
    text_en = public(models.CharField(_("short text in English"), max_length=300, blank=True))
    regulation_text = public(models.TextField(_("the regulation's wording"), blank=True))
    regulation_article = public(models.CharField(_("article of the regulation"), max_length=100, blank=True))

    class Meta:
        ordering = ["unit", "number"]
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="office_function_number_once")]

    def __str__(self):
        return self.code


class Post(Dated):
    """A structural post of a unit with its echelon: somebody holds it, or it is vacant (`staff` says who)."""

    code = public(models.CharField(_("code"), max_length=30, unique=True))
    unit = public(models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="posts"))
    name = public(models.CharField(_("name"), max_length=200))
    name_en = public(models.CharField(_("name in English"), max_length=200, blank=True))
    echelon = public(models.CharField(_("echelon"), max_length=10, blank=True))
    order = public(models.PositiveIntegerField(_("order"), default=0))

    class Meta:
        ordering = ["order"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class LegalBasis(models.Model):
    """A law or regulation the office rests on, as the book cites it."""

    title = public(models.CharField(_("title"), max_length=300, unique=True))
    article = public(models.CharField(_("article"), max_length=100, blank=True))
    unit = internal(models.ForeignKey(Unit, models.CASCADE, verbose_name=_("unit"), null=True, blank=True))

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.title
