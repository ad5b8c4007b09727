"""Giving stored files back, and how far long jobs are.

Who may see a file is decided by the room whose record it belongs to; a job is seen by who asked for it.
"""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sasando.base.collect import declared_lists
from sasando.base.jobs import JobKind
from sasando.base.reader import Reader
from sasando.files.errors import FileAlteredError, FileMissingError, UnknownJobKindError
from sasando.files.models import Job, StoredFile
from sasando.files.rules import SILENCE, digest_of_stream, place_of
from sasando.files.states import OPEN, JobState


def path_of(digest: str) -> Path:
    """Where a content lies in the data folder."""
    return Path(settings.DATA) / "files" / place_of(digest)


def is_intact(digest: str) -> bool:
    """Whether the content lies there unaltered."""
    try:
        with path_of(digest).open("rb") as stream:
            return digest_of_stream(stream) == digest
    except FileNotFoundError:
        return False


def open_file(stored: StoredFile) -> BinaryIO:
    """The content, open for reading from its start and verified against its SHA-256; the caller closes it.

    Raises FileMissingError, FileAlteredError.
    """
    try:
        stream = path_of(stored.digest).open("rb")
    except FileNotFoundError as error:
        raise FileMissingError(stored.name, stored.digest) from error
    if digest_of_stream(stream) != stored.digest:
        stream.close()
        raise FileAlteredError(stored.name, stored.digest)
    return stream


def read_file(stored: StoredFile) -> bytes:
    """The whole content, verified. Raises the errors of `open_file`."""
    with open_file(stored) as stream:
        return stream.read()


def jobs(reader: Reader) -> QuerySet[Job]:
    """The jobs the reader asked for, the newest first."""
    mine = Job.objects.order_by("-id")
    return mine.none() if reader.actor_id is None else mine.filter(recorded_by_id=reader.actor_id)


def job_of(reader: Reader, number: int) -> Job | None:
    """One job, where the reader is who asked for it."""
    return jobs(reader).filter(pk=number).first()


def jobs_to_look_at(reader: Reader) -> QuerySet[Job]:
    """The reader's jobs that are open, or whose end the reader has not seen."""
    return jobs(reader).filter(Q(state__in=OPEN) | Q(is_seen=False))


def job_kind(name: str) -> JobKind:
    """The kind of this name. Raises UnknownJobKindError."""
    for kind in declared_lists("jobs", "JOBS"):
        if kind.name == name:
            return kind
    raise UnknownJobKindError(name)


def something_waits() -> bool:
    """Whether a job waits for a worker."""
    return DBTaskResult.objects.ready().exists()


def is_left_waiting(job: Job) -> bool:
    """Whether a job waits although nobody is at work: then no worker is running."""
    limit = timezone.now() - SILENCE
    if job.state != JobState.WAITING or job.recorded_at > limit:
        return False
    return not Job.objects.filter(state=JobState.RUNNING, last_sign_of_life__gt=limit).exists()


def silent_jobs() -> QuerySet[Job]:
    """The jobs whose worker gives no sign of life, or was killed between taking and beginning them."""
    limit = timezone.now() - SILENCE
    in_good_hands = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.READY) | Q(started_at__gte=limit)
    ).values("pk")
    never_begun = Q(state=JobState.WAITING, recorded_at__lt=limit) & ~Q(task__in=in_good_hands)
    return Job.objects.filter(Q(state=JobState.RUNNING, last_sign_of_life__lt=limit) | never_begun)
