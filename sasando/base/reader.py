"""Who reads, and over what. `accounts` implements `Reader`; the rooms below it only know this protocol."""

from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Q

from sasando.base.permissions import Permission


class Actor(Protocol):
    """Who does a thing: a user, or the person at the command line. Kept beside each write as id and name."""

    @property
    def actor_id(self) -> int | None: ...

    @property
    def actor_name(self) -> str: ...


@dataclass(frozen=True)
class NamedActor:
    """An actor without an account: the operating system's user at the command line."""

    actor_name: str
    actor_id: int | None = None


@dataclass(frozen=True)
class Scope:
    """Where a reader holds one permission. A role held in a unit reaches all places, but only that unit's affairs."""

    all_places: bool = False
    all_units: bool = False
    place_ids: frozenset[int] = field(default_factory=frozenset)
    unit_ids: frozenset[int] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return self.all_places or self.all_units or bool(self.place_ids or self.unit_ids)

    @property
    def everywhere(self) -> bool:
        """The permission holds in the whole office, without limit."""
        return self.all_places and self.all_units

    def at_place(self, lookup: str) -> Q:
        """The condition that keeps rows whose place (a key named by `lookup`) lies in this scope."""
        return Q() if self.all_places else Q(**{f"{lookup}__in": self.place_ids})

    def at_unit(self, lookup: str) -> Q:
        """The condition that keeps rows whose unit (a key named by `lookup`) lies in this scope."""
        return Q() if self.all_units else Q(**{f"{lookup}__in": self.unit_ids})


class Reader(Actor, Protocol):
    """A person reading pages: what they may do, and where."""

    def may(self, permission: Permission) -> bool:
        """Whether the reader holds the permission anywhere today."""

    def scope(self, permission: Permission) -> Scope:
        """Where the reader holds the permission today."""
