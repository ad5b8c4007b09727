"""The one way to write: inside `recorded(...)`, which is a transaction and leaves an entry in the trail."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import local
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from sasando.base.reader import Actor
from sasando.trail.errors import UnnamedActorError
from sasando.trail.models import TrailEntry, TrailHead

_pending = local()


@dataclass(eq=False)  # two notes may say the same and are still two
class Note:
    """What the entry will say; the action fills it while it works."""

    action: str
    by: Actor
    subject_type: str = ""
    subject_id: int | None = None
    is_secret: bool = False
    details: dict[str, Any] = field(default_factory=dict)

    def about(self, record: models.Model) -> None:
        """Name the record the action was about."""
        self.subject_type = record._meta.label_lower
        self.subject_id = record.pk

    def says(self, **details: Any) -> None:
        """Add details: before and after, reason, counts."""
        self.details.update(details)


@contextmanager
def recorded(
    action: str, *, by: Actor, subject: models.Model | None = None, secret: bool = False, **details: Any
) -> Iterator[Note]:
    """A transaction whose effect and trail entry stand or fall together.

    Nested calls give their entries to the outermost, which links all of them into the chain as its last
    statements before commit: the lock on the chain's end is held only for that moment. Raises UnnamedActorError
    when nobody is named. A `secret` entry is shown to nobody who reads the trail as a whole.
    """
    if not by or not by.actor_name.strip():
        raise UnnamedActorError(action)
    note = Note(action, by, is_secret=secret, details=dict(details))
    if subject is not None:
        note.about(subject)
    outermost = not getattr(_pending, "notes", None)
    if outermost:
        _pending.notes = []
    _pending.notes.append(note)
    try:
        with transaction.atomic():
            yield note
            if outermost:
                _link(_pending.notes)
    except BaseException:
        if not outermost:
            del _pending.notes[_pending.notes.index(note) :]
        raise
    finally:
        if outermost:
            _pending.notes = []


def digest_of_rows(rows: Iterable[object]) -> str:
    """SHA-256 over many rows, for the single entry that a bulk action leaves."""
    total = hashlib.sha256()
    for row in rows:
        total.update(repr(row).encode())
    return total.hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: the same text for the same content."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)


def digest_of_payload(payload: str) -> str:
    """SHA-256 over the details; the salt inside keeps them from being guessed."""
    return hashlib.sha256(payload.encode()).hexdigest()


def digest_of(entry: TrailEntry) -> str:
    """SHA-256 over everything the entry says, its details by their own digest: so it can be proved without them."""
    happened = entry.happened_at.isoformat(timespec="microseconds")
    said = [
        entry.sequence,
        happened,
        entry.happened_by_id,
        entry.happened_by_name,
        entry.action,
        entry.is_secret,
    ]
    said += [entry.subject_type, entry.subject_id, entry.payload_digest]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def link_of(previous: str, digest: str) -> str:
    """The next link of the chain."""
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def _link(notes: list[Note]) -> None:
    TrailHead.objects.get_or_create(id=1, defaults={"link": "0" * 64})
    head = TrailHead.objects.select_for_update().get(id=1)
    now = timezone.now()
    for note in notes:
        head.sequence += 1
        payload = canonical({"details": note.details, "salt": secrets.token_hex(16)})
        entry = TrailEntry(
            sequence=head.sequence,
            happened_at=now,
            happened_by_id=note.by.actor_id,
            happened_by_name=note.by.actor_name,
            action=note.action,
            subject_type=note.subject_type,
            subject_id=note.subject_id,
            is_secret=note.is_secret,
            payload=payload,
            payload_digest=digest_of_payload(payload),
        )
        entry.digest = digest_of(entry)
        head.link = entry.link = link_of(head.link, entry.digest)
        entry.save()
    head.save()
