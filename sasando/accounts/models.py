"""People with a log-in, the roles they hold, and where and when they hold them."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Dated
from sasando.base.privacy import internal, personal, secret
from sasando.office.models import Unit
from sasando.places.models import Place


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person with a log-in: an officer, a village operator, a facilitator. E-mail is not needed."""

    username = internal(models.CharField(_("user name"), max_length=60, unique=True))
    full_name = personal(models.CharField(_("name"), max_length=150))
    is_active = internal(models.BooleanField(_("active"), default=True))
    is_demo = internal(models.BooleanField(_("demo account"), default=False))
    password = secret(models.CharField(_("password"), max_length=128))
    last_login = personal(models.DateTimeField(_("last log-in"), null=True, blank=True))

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def actor_id(self) -> int:
        return self.pk

    @property
    def actor_name(self) -> str:
        return str(self)


class HoldingKind(models.TextChoices):
    """How a role is held: by appointment, or acting for a vacant post (Plt.) or an absent holder (Plh.)."""

    DEFINITIVE = "definitive", _("by appointment")
    ACTING = "acting", _("acting (Plt.)")
    DAILY = "daily", _("standing in (Plh.)")


class RoleHolding(Dated):
    """A person holds a role at a place and its parts, or in a unit and its parts, or everywhere, for a time."""

    user = internal(models.ForeignKey(User, models.CASCADE, verbose_name=_("user"), related_name="holdings"))
    role = internal(models.CharField(_("role"), max_length=40))
    place = internal(
        models.ForeignKey(Place, models.PROTECT, verbose_name=_("at place"), null=True, blank=True)
    )
    unit = internal(models.ForeignKey(Unit, models.PROTECT, verbose_name=_("in unit"), null=True, blank=True))
    kind = internal(
        models.CharField(_("how held"), max_length=12, choices=HoldingKind, default=HoldingKind.DEFINITIVE)
    )
    granted_at = internal(models.DateTimeField(_("granted at")))
    granted_by_id = internal(models.BigIntegerField(_("granted by (id)"), null=True))
    granted_by_name = internal(models.CharField(_("granted by"), max_length=150))

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(place__isnull=True) | models.Q(unit__isnull=True),
                name="accounts_holding_place_or_unit",
                violation_error_message=_("A role is held at a place or in a unit, not both in one row."),
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.role}"
