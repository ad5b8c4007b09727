"""Reading the trail: to prove its chain, and to answer who did a thing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from sasando.base.permissions import Permission
from sasando.base.reader import Reader
from sasando.trail.actions import digest_of, digest_of_payload, link_of
from sasando.trail.models import TrailEntry, TrailHead


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, with a sentence."""

    sequence: int
    reason: str


def entries(reader: Reader) -> QuerySet[TrailEntry]:
    """The entries, newest first, for readers who may see the trail of the whole office; no trace of secret ones."""
    visible = TrailEntry.objects.filter(is_secret=False).order_by("-sequence")
    return visible if reader.scope(Permission.SEE_TRAIL).everywhere else visible.none()


def last_sequence() -> int:
    """The number of the newest entry; 0 on an empty trail."""
    head = TrailHead.objects.filter(id=1).first()
    return head.sequence if head else 0


def details(entry: TrailEntry) -> dict:
    """What the entry says, opened; empty where the payload was destroyed by law."""
    return json.loads(entry.payload)["details"] if entry.payload else {}


def _payload_fits(entry: TrailEntry) -> bool:
    """Whether the details are those that were written, or were destroyed."""
    return entry.payload is None or digest_of_payload(entry.payload) == entry.payload_digest


def breaks() -> Iterator[Break]:
    """Walk the whole chain and yield each entry that was removed, altered, reordered or inserted."""
    previous, expected = "0" * 64, 1
    for entry in TrailEntry.objects.order_by("sequence").iterator(chunk_size=5000):
        if entry.sequence != expected:
            yield Break(expected, f"entries {expected} to {entry.sequence - 1} are missing")
        elif digest_of(entry) != entry.digest or not _payload_fits(entry):
            yield Break(
                entry.sequence, f"entry {entry.sequence} was altered: its digest does not fit its content"
            )
        elif link_of(previous, entry.digest) != entry.link:
            yield Break(entry.sequence, f"entry {entry.sequence} does not continue the chain")
        previous, expected = entry.link, entry.sequence + 1
    head = TrailHead.objects.filter(id=1).first()
    if head and (head.sequence, head.link) != (expected - 1, previous):
        yield Break(expected, f"the trail ends at entry {expected - 1} but {head.sequence} were written")
