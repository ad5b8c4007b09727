"""Those who carry social welfare with the office (PSKS): homes, youth organisations, joint business groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated, DemoMarked
from sasando.base.privacy import personal, public
from sasando.places.models import Place
from sasando.registry.models import Family


class OrganisationKind(models.TextChoices):
    """Kinds of organisation (PSKS, Permensos 8/2012)."""

    HOME = "home", _("Home (panti, LKS)")
    KARANG_TARUNA = "karang_taruna", _("Karang Taruna")
    OTHER = "other", _("Other organisation")


class Organisation(Dated, DemoMarked):
    """An organisation of social welfare: a home, a Karang Taruna of a village."""

    name = public(models.CharField(_("name"), max_length=150))
    kind = public(models.CharField(_("kind"), max_length=15, choices=OrganisationKind))
    village = public(
        models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), null=True, related_name="+")
    )

    class Meta:
        ordering = ["name"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class Group(Dated, DemoMarked):
    """A joint business group of poor families (KUBE, Permensos 2/2019)."""

    name = public(models.CharField(_("name"), max_length=150))
    business = public(models.CharField(_("business"), max_length=100, blank=True))
    village = public(models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), related_name="+"))

    class Meta:
        ordering = ["name"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class GroupRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    MEMBER = "member", _("Member")


class GroupMembership(Dated):
    """A family belongs to a KUBE for a time."""

    group = personal(
        models.ForeignKey(Group, models.CASCADE, verbose_name=_("group"), related_name="memberships")
    )
    family = personal(
        models.ForeignKey(Family, models.PROTECT, verbose_name=_("family"), related_name="group_memberships")
    )
    role = personal(models.CharField(_("role"), max_length=10, choices=GroupRole, default=GroupRole.MEMBER))

    class Meta:
        ordering = ["group", "id"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return f"{self.group_id}: {self.family_id}"
