"""The one register of the persons and families the office serves. Everything about them is a dated fact."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sasando.base.encryption import EncryptedField, LookupHashField
from sasando.base.models import Dated, DemoMarked, Recorded
from sasando.base.privacy import internal, personal, public
from sasando.places.models import Place


class Sex(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class Person(DemoMarked):
    """A person the office knows. Numbers, family, categories and aid are rows of their own."""

    name = personal(models.CharField(_("name"), max_length=200))
    sex = personal(models.CharField(_("sex"), max_length=6, choices=Sex, blank=True))
    birth_date = personal(models.DateField(_("birth date"), null=True))
    birth_place = personal(models.CharField(_("birth place"), max_length=100, blank=True))

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["name"], name="registry_person_name")]

    def __str__(self):
        return self.name


class Family(DemoMarked):
    """A family as a family card (KK) describes it: its members and where it lives are dated rows."""

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "families"

    def __str__(self):
        return f"{self.pk}"


class Relation(models.TextChoices):
    """Relation to the head of the family, as on the family card (KK)."""

    HEAD = "head", _("Head of family")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    OTHER = "other", _("Other relative")


class Membership(Dated):
    """A person belongs to a family, in a relation to its head, for a time."""

    person = personal(
        models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="memberships")
    )
    family = personal(
        models.ForeignKey(Family, models.PROTECT, verbose_name=_("family"), related_name="memberships")
    )
    relation = personal(models.CharField(_("relation"), max_length=10, choices=Relation))

    class Meta:
        ordering = ["family", "id"]
        constraints = [*Dated.Meta.constraints]
        indexes = [models.Index(fields=["family", "relation"], name="registry_member_relation")]

    def __str__(self):
        return f"{self.family_id}: {self.person_id}"


class Residence(Dated):
    """A family lives in a village, at an address, for a time."""

    family = personal(
        models.ForeignKey(Family, models.PROTECT, verbose_name=_("family"), related_name="residences")
    )
    village = personal(models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), related_name="+"))
    address = personal(models.CharField(_("address"), max_length=200, blank=True))

    class Meta:
        ordering = ["family", "valid_from"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return f"{self.family_id}"


class IdentifierKind(models.TextChoices):
    """Numbers by which a person or family is known to the state."""

    NIK = "nik", _("NIK")
    KK = "kk", _("KK number")
    PHONE = "phone", _("Phone")
    ACCOUNT = "account", _("Bank account")


class Identifier(Dated):
    """A number of a person (NIK, phone, account) or of a family (KK): encrypted, found by its keyed hash."""

    person = personal(
        models.ForeignKey(
            Person, models.PROTECT, verbose_name=_("person"), null=True, related_name="identifiers"
        )
    )
    family = personal(
        models.ForeignKey(
            Family, models.PROTECT, verbose_name=_("family"), null=True, related_name="identifiers"
        )
    )
    kind = internal(models.CharField(_("kind"), max_length=8, choices=IdentifierKind))
    number = personal(EncryptedField(_("number")))
    number_hash = personal(LookupHashField(_("look-up hash")))

    class Meta:
        ordering = ["id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, family__isnull=True)
                | Q(person__isnull=True, family__isnull=False),
                name="registry_identifier_one_bearer",
            ),
            models.UniqueConstraint(
                fields=["kind", "number_hash"],
                condition=Q(kind="nik", valid_to__isnull=True),
                name="registry_nik_held_once",
            ),
        ]
        indexes = [models.Index(fields=["number_hash"], name="registry_identifier_hash")]

    def __str__(self):
        return self.kind


class CategorySubject(models.TextChoices):
    """Whom a welfare category can describe."""

    PERSON = "person", _("Person")
    FAMILY = "family", _("Family")
    COMMUNITY = "community", _("Community")


class WelfareCategory(Dated):
    """A kind of social-welfare need (PPKS; PMKS before the change of term), of a versioned list (Permensos 8/2012)."""

    list_name = public(models.CharField(_("list"), max_length=40))
    code = public(models.CharField(_("code"), max_length=20))
    number = public(models.PositiveIntegerField(_("number")))
    name = public(models.CharField(_("name"), max_length=120))
    name_en = public(models.CharField(_("name in English"), max_length=120))
    subject = public(models.CharField(_("describes"), max_length=10, choices=CategorySubject))
    min_age = public(models.PositiveSmallIntegerField(_("youngest age"), null=True))
    max_age = public(models.PositiveSmallIntegerField(_("oldest age"), null=True))
    sex = public(models.CharField(_("only this sex"), max_length=6, choices=Sex, blank=True))
    is_secret = public(models.BooleanField(_("need to know"), default=False))

    class Meta:
        ordering = ["list_name", "number"]
        verbose_name_plural = "welfare categories"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["list_name", "code"], name="registry_category_code_once"),
        ]

    def __str__(self):
        return self.name


class CategoryHolding(Dated, Recorded):
    """A person or family falls under a welfare category for a time; who recorded it, on what evidence."""

    category = personal(
        models.ForeignKey(
            WelfareCategory, models.PROTECT, verbose_name=_("category"), related_name="holdings"
        )
    )
    person = personal(
        models.ForeignKey(
            Person, models.PROTECT, verbose_name=_("person"), null=True, related_name="categories"
        )
    )
    family = personal(
        models.ForeignKey(
            Family, models.PROTECT, verbose_name=_("family"), null=True, related_name="categories"
        )
    )
    village = personal(
        models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), null=True, related_name="+")
    )
    evidence = personal(models.CharField(_("evidence"), max_length=200, blank=True))

    class Meta:
        ordering = ["id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, family__isnull=True)
                | Q(person__isnull=True, family__isnull=False),
                name="registry_category_one_bearer",
            ),
        ]

    def __str__(self):
        return f"{self.category_id}"


class PovertyListing(Dated):
    """A family stands in the ministry's list of poor families (DTKS, since 2025 DTSEN) for a time."""

    family = personal(
        models.ForeignKey(Family, models.PROTECT, verbose_name=_("family"), related_name="listings")
    )
    list_name = internal(models.CharField(_("list"), max_length=10, default="DTKS"))
    decile = personal(models.PositiveSmallIntegerField(_("decile"), null=True))

    class Meta:
        ordering = ["id"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return f"{self.list_name} {self.family_id}"


class VillageSurvey(Recorded):
    """A village was surveyed for people with social-welfare needs (pendataan PMKS/PPKS) on a day."""

    village = public(models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), related_name="+"))
    surveyed_on = public(models.DateField(_("surveyed on")))
    note = internal(models.CharField(_("note"), max_length=200, blank=True))

    class Meta:
        ordering = ["surveyed_on", "village"]

    def __str__(self):
        return f"{self.village} {self.surveyed_on}"
