"""The privacy class of a model field, declared beside its definition.

Masking, exports, logs and the scrubbed copy read the class; a field without one fails the suite.
"""

from enum import StrEnum
from typing import TypeVar

from django.db import models

FieldT = TypeVar("FieldT", bound=models.Field)


class Privacy(StrEnum):
    """Who may meet a value (DESIGN.md 7, UU 27/2022 on personal data)."""

    PUBLIC = "public"
    """May stand in a public edition."""
    INTERNAL = "internal"
    """For the office's own staff."""
    PERSONAL = "personal"
    """Tells something of an identifiable person: for readers with scope over that person."""
    SECRET = "secret"
    """Need to know by assignment; each read is logged; no trace for anyone else."""


def _declare(field: FieldT, privacy: Privacy) -> FieldT:
    field.privacy = privacy
    return field


def public(field: FieldT) -> FieldT:
    """Declare a field that may be published."""
    return _declare(field, Privacy.PUBLIC)


def internal(field: FieldT) -> FieldT:
    """Declare a field for the office's own staff."""
    return _declare(field, Privacy.INTERNAL)


def personal(field: FieldT) -> FieldT:
    """Declare a field that tells something of an identifiable person."""
    return _declare(field, Privacy.PERSONAL)


def secret(field: FieldT) -> FieldT:
    """Declare a field read by assignment only, each read logged."""
    return _declare(field, Privacy.SECRET)


def privacy_of(field: models.Field) -> Privacy | None:
    """The declared class; a generated primary key is internal; None where nobody declared one."""
    declared = getattr(field, "privacy", None)
    if declared is None and field.primary_key and field.auto_created:
        return Privacy.INTERNAL
    return declared
