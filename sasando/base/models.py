"""Abstract models shared by the rooms. `base` has no tables of its own."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sasando.base.privacy import internal, public


class DatedQuerySet(models.QuerySet):
    """Rows that hold for a time."""

    def holding_on(self, day: date):
        """The rows that hold on a day: begun on or before it and not yet ended."""
        return self.filter(holds_on(day))


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition for "holds on this day" on a dated model, reached over `prefix` (for example `memberships__`)."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    open_end = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return begun & open_end


class Dated(models.Model):
    """A fact that holds from a day (null: since before the records) up to, not including, another (null: still)."""

    valid_from = internal(models.DateField(_("holds from"), null=True, blank=True))
    valid_to = internal(models.DateField(_("holds until"), null=True, blank=True))

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_begin",
                violation_error_message=_("The end must come after the beginning."),
            )
        ]


class Recorded(models.Model):
    """A row that says who recorded it and when. Below `accounts` a person is an id and a name, not a key."""

    recorded_at = internal(models.DateTimeField(_("recorded at")))
    recorded_by_id = internal(models.BigIntegerField(_("recorded by (id)"), null=True))
    recorded_by_name = internal(models.CharField(_("recorded by"), max_length=150))

    class Meta:
        abstract = True


class DemoMarked(models.Model):
    """A row that may be invented: demo records carry the mark wherever they are shown."""

    is_demo = public(models.BooleanField(_("demo record"), default=False))

    class Meta:
        abstract = True
