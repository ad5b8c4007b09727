"""A signed-in person as a reader: what their roles of today allow, and where."""

from datetime import date
from functools import cached_property

from django.utils import timezone

from sasando.accounts.models import RoleHolding, User
from sasando.accounts.roles import ROLES
from sasando.base.permissions import Permission
from sasando.base.reader import Scope
from sasando.office.queries import unit_ids_within
from sasando.places.queries import Atlas


class AccountReader:
    """Implements `base.reader.Reader` for a user on a day (today unless told)."""

    def __init__(self, user: User, day: date | None = None):
        self.user = user
        self.day = day or timezone.localdate()
        self.actor_id = user.actor_id
        self.actor_name = user.actor_name

    @cached_property
    def holdings(self) -> list[RoleHolding]:
        """The roles held today."""
        if not self.user.is_active:
            return []
        return list(self.user.holdings.holding_on(self.day).select_related("unit"))

    def place_name(self, place_id: int) -> str:
        """The official name today of a place a role is held at."""
        return self._atlas.name(place_id)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything the reader may do somewhere."""
        return frozenset(p for holding in self.holdings for p in ROLES[holding.role].permissions)

    @cached_property
    def _atlas(self) -> Atlas:
        return Atlas(self.day)

    @cached_property
    def _scopes(self) -> dict[Permission, Scope]:
        return {}

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def scope(self, permission: Permission) -> Scope:
        if permission not in self._scopes:
            self._scopes[permission] = self._measure(permission)
        return self._scopes[permission]

    def _measure(self, permission: Permission) -> Scope:
        holdings = [h for h in self.holdings if permission in ROLES[h.role].permissions]
        places = [self._atlas.ids_within(h.place_id) for h in holdings if h.place_id]
        units = [unit_ids_within(h.unit_id) for h in holdings if h.unit_id]
        return Scope(
            all_places=any(h.place_id is None for h in holdings),
            all_units=any(h.place_id is None and h.unit_id is None for h in holdings),
            place_ids=frozenset().union(*places),
            unit_ids=frozenset().union(*units),
        )
