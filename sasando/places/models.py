"""Official places as they stood on any day: province, regency, district, village, with successors and aliases."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated
from sasando.base.privacy import public


class Level(models.TextChoices):
    """The levels of Kemendagri's code PP.KK.CC.DDDD."""

    PROVINCE = "province", _("Province")
    REGENCY = "regency", _("Regency")
    DISTRICT = "district", _("District")
    VILLAGE = "village", _("Village")


class VillageKind(models.TextChoices):
    """What a village is by law; the village segment of its code starts with 1, 2 or 3."""

    KELURAHAN = "kelurahan", _("Kelurahan")
    DESA = "desa", _("Desa")
    DESA_ADAT = "desa_adat", _("Desa adat")


class Place(Dated):
    """A province, regency, district or village under one official code (Kepmendagri on codes and data of areas).

    When a place gets a new code (it moves to a new district) the old row ends, a new row begins, and a
    `Succession` joins them. A change of name alone is a new `PlaceName` of the same place.
    """

    code = public(models.CharField(_("code"), max_length=13))
    level = public(models.CharField(_("level"), max_length=10, choices=Level))
    kind = public(models.CharField(_("kind of village"), max_length=10, choices=VillageKind, blank=True))
    parent = public(
        models.ForeignKey("self", models.PROTECT, verbose_name=_("lies in"), null=True, related_name="parts")
    )
    bps_code = public(models.CharField(_("BPS code"), max_length=10, blank=True))
    latitude = public(models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True))
    longitude = public(models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True))

    class Meta:
        ordering = ["code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="places_code_once"
            ),
        ]

    def __str__(self):
        return self.code


class PlaceName(Dated):
    """The official name of a place during a time."""

    place = public(models.ForeignKey(Place, models.CASCADE, verbose_name=_("place"), related_name="names"))
    name = public(models.CharField(_("name"), max_length=100))

    class Meta:
        ordering = ["place", "valid_from"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self):
        return self.name


class PlaceAlias(models.Model):
    """Another spelling under which a place is met in papers and files."""

    place = public(models.ForeignKey(Place, models.CASCADE, verbose_name=_("place"), related_name="aliases"))
    name = public(models.CharField(_("name"), max_length=100))

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="places_alias_once")]

    def __str__(self):
        return self.name


class Succession(models.Model):
    """One place took over from another on a day: a village under a new code, a district split from another."""

    predecessor = public(
        models.ForeignKey(Place, models.CASCADE, verbose_name=_("predecessor"), related_name="successions")
    )
    successor = public(
        models.ForeignKey(Place, models.CASCADE, verbose_name=_("successor"), related_name="origins")
    )
    day = public(models.DateField(_("day")))
    note = public(models.CharField(_("note"), max_length=200, blank=True))

    class Meta:
        ordering = ["day", "predecessor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="places_succession_once")
        ]

    def __str__(self):
        return f"{self.predecessor} -> {self.successor}"
