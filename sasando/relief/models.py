"""Disasters and food shortages: the event, the families it hit, and the deliveries that answered it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Recorded
from sasando.base.privacy import personal, public
from sasando.places.models import Place
from sasando.programmes.models import Delivery
from sasando.registry.models import Family


class EventKind(models.TextChoices):
    """Kinds of event (UU 24/2007)."""

    FLOOD = "flood", _("Flood")
    LANDSLIDE = "landslide", _("Landslide")
    WIND = "wind", _("Strong wind")
    TIDAL = "tidal", _("Tidal wave")
    DROUGHT = "drought", _("Drought")
    FIRE = "fire", _("Fire")
    FOOD_SHORTAGE = "food_shortage", _("Food shortage")
    OTHER = "other", _("Other")


class Event(Recorded):
    """A disaster or food shortage, from a day to a day, with the regent's decree where there is one."""

    name = public(models.CharField(_("name"), max_length=150))
    kind = public(models.CharField(_("kind"), max_length=15, choices=EventKind))
    began_on = public(models.DateField(_("began on")))
    ended_on = public(models.DateField(_("ended on"), null=True))
    decree = public(models.CharField(_("decree"), max_length=120, blank=True))

    class Meta:
        ordering = ["began_on", "id"]

    def __str__(self):
        return self.name


class AffectedFamily(models.Model):
    """A family hit by an event, in a village. Counted once an event, however many deliveries it gets."""

    event = personal(
        models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="families")
    )
    family = personal(
        models.ForeignKey(Family, models.PROTECT, verbose_name=_("family"), related_name="events")
    )
    village = personal(models.ForeignKey(Place, models.PROTECT, verbose_name=_("village"), related_name="+"))

    class Meta:
        ordering = ["event", "id"]
        verbose_name_plural = "affected families"
        constraints = [
            models.UniqueConstraint(fields=["event", "family"], name="relief_family_once_an_event")
        ]

    def __str__(self):
        return f"{self.event_id}: {self.family_id}"


class ReliefDelivery(models.Model):
    """A delivery that answers an event."""

    event = personal(
        models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="reliefs")
    )
    delivery = personal(
        models.OneToOneField(Delivery, models.CASCADE, verbose_name=_("delivery"), related_name="relief")
    )

    class Meta:
        ordering = ["event", "id"]
        verbose_name_plural = "relief deliveries"

    def __str__(self):
        return f"{self.event_id}: {self.delivery_id}"
