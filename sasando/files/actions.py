"""Keeping a file; asking for a long job, and running it in a worker.

That a job was asked for stands in the trail, and so does what its work writes; how far it is does not.
"""

import logging
import mimetypes
import os
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error, IntegrityError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from sasando.base.jobs import JobKind, Progress, pulse
from sasando.base.reader import Actor, NamedActor
from sasando.files.errors import FileNameError, UnknownJobKindError
from sasando.files.models import Job, StoredFile
from sasando.files.queries import is_intact, job_kind, path_of, silent_jobs
from sasando.files.rules import digest_of
from sasando.files.states import COMES_FROM, OPEN, JobState
from sasando.trail.actions import canonical, recorded

logger = logging.getLogger(__name__)

NAME_LENGTH = 200
TYPE_LENGTH = 100
LABEL_LENGTH = 200

BEAT_SECONDS = 1.0
"""How often a worker writes how far its job is, if that has changed."""
SIGN_SECONDS = 10.0
"""How often it gives a sign of life if nothing has changed."""


def store(content: bytes, name: str, *, by: Actor) -> StoredFile:
    """Keep a file by its content: the same content again is the same file, under the name it first came with.

    The content is on the disk before its row is; a process killed in between leaves a content without a row, which
    the next `store` of it takes up. A content that was lost or damaged since is put back. Raises FileNameError.
    """
    name = _clean(name)
    digest = digest_of(content)
    if not is_intact(digest):
        _write(content, digest)
    known = StoredFile.objects.filter(digest=digest).first()
    if known:
        return known
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with recorded("files.store", by=by, digest=digest, size=len(content)) as note:
        stored, _created = StoredFile.objects.get_or_create(
            digest=digest,
            defaults={
                "name": name,
                "content_type": content_type[:TYPE_LENGTH],
                "size": len(content),
                "recorded_at": timezone.now(),
                "recorded_by_id": by.actor_id,
                "recorded_by_name": by.actor_name,
            },
        )
        note.about(stored)
    return stored


def _write(content: bytes, digest: str) -> None:
    """Put the content in its place. Written beside it and moved in, so that a kill leaves all of it or nothing."""
    target = path_of(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _clean(name: str) -> str:
    """The bare name, without folders and control characters; cut when too long, but with its ending. FileNameError."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    bare = "".join(c for c in bare if unicodedata.category(c)[0] != "C").strip()
    if not bare.strip("."):
        raise FileNameError
    if len(bare) > NAME_LENGTH:
        stem, dot, ending = bare.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        bare = bare[: NAME_LENGTH - len(ending)] + ending
    return bare


def enqueue(kind: JobKind, arguments: Mapping[str, Any], *, by: Actor) -> Job:
    """Ask for a long job; a worker takes it up once the transaction around this call is through.

    `arguments` become JSON and hold no personal data: ids instead of names and numbers. Who asks for the same again
    while it waits or runs (a second click) gets the job that is there. Raises UnknownJobKindError for a kind that
    its room does not declare.
    """
    job_kind(kind.name)
    key = digest_of(canonical([kind.name, arguments, by.actor_id, by.actor_name]).encode())
    if there := Job.objects.filter(key=key, state__in=OPEN).first():
        return there
    try:
        with recorded("files.enqueue_job", by=by, kind=kind.name, arguments=dict(arguments)) as note:
            job = Job.objects.create(
                kind=kind.name,
                label=(str(kind.label) % arguments)[:LABEL_LENGTH],
                arguments=dict(arguments),
                key=key,
                language=translation.get_language() or settings.LANGUAGE_CODE,
                recorded_at=timezone.now(),
                recorded_by_id=by.actor_id,
                recorded_by_name=by.actor_name,
            )
            job.task = run_job.enqueue(job.pk).id
            job.save(update_fields=["task"])
            note.about(job)
    except IntegrityError:  # the same in the same moment from another process
        return Job.objects.filter(key=key).latest("id")
    return job


def see_job(job: Job) -> None:
    """Note that the end of a job was seen by who asked for it."""
    if not job.is_open and not job.is_seen:
        Job.objects.filter(pk=job.pk).exclude(state__in=OPEN).update(is_seen=True)


def run_next_job() -> None:
    """Run the job that has waited longest, if one waits. For a worker."""
    Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        backend_name="default",
        interval=0,
        batch=True,
        max_tasks=1,
        startup_delay=False,
        worker_id=str(os.getpid()),
    ).run()


@task
def run_job(number: int) -> None:
    """Do the work of a job and say what came of it. A worker that is stopped meanwhile ends once this returns."""
    if not _move(number, JobState.RUNNING):
        return
    job = Job.objects.get(pk=number)
    by = NamedActor(job.recorded_by_name, job.recorded_by_id)
    progress = Progress()
    with translation.override(job.language):
        try:
            kind = job_kind(job.kind)
        except UnknownJobKindError as error:
            _move(number, JobState.FAILED, error=str(error))
            return
        try:
            with pulse(_Beat(number, progress), BEAT_SECONDS):
                url = kind.run(job.arguments, progress, by)
        except Exception as error:
            sentence = kind.sentence_of(error)
            if sentence is None:
                logger.exception("Job %s (%s) failed", number, job.kind)
                sentence = _unforeseen(number)
            _move(number, JobState.FAILED, error=sentence, **_said(progress))
        except (KeyboardInterrupt, SystemExit):
            _move(number, JobState.ABANDONED, error=_interrupted(), **_said(progress))
        else:
            _move(number, JobState.DONE, result_url=url, error="", **_said(progress))


def abandon_silent_jobs() -> int:
    """Give up the jobs whose worker was killed, so that they can be started again; how many there were."""
    count = 0
    for job in silent_jobs():
        with translation.override(job.language):
            # Asked once more in the same statement: it may have given a sign since.
            count += silent_jobs().filter(pk=job.pk).update(state=JobState.ABANDONED, error=_interrupted())
        DBTaskResult.objects.running().filter(pk=job.task).update(
            status=TaskResultStatus.FAILED, finished_at=timezone.now()
        )
    return count


def _unforeseen(number: int) -> str:
    return _(
        "The work stopped at an error that nobody foresaw. Nothing unfinished was kept. Tell whoever looks after "
        "Sasando the number of this job, %(number)s: the log says more."
    ) % {"number": number}


def _interrupted() -> str:
    return _(
        "The work was interrupted before it was finished: the computer or Sasando was stopped. Nothing unfinished was "
        "kept. Start it again where you started it."
    )


def _move(number: int, state: JobState, **said: Any) -> int:
    """Take a job to a state, where that may follow; how many were taken there, none or one."""
    there = Job.objects.filter(pk=number, state__in=COMES_FROM[state])
    return there.update(state=state, last_sign_of_life=timezone.now(), **said)


def _said(progress: Progress) -> dict[str, Any]:
    return {"done": progress.done, "total": progress.total, "text": progress.text}


class _Beat:
    """Writes how far a running job is when that has changed, else a sign of life; gives up jobs of dead workers."""

    def __init__(self, number: int, progress: Progress):
        self.number, self.progress = number, progress
        self.written, self.at = _said(Progress()), monotonic()

    def __call__(self) -> None:
        said = _said(self.progress)
        if said == self.written and monotonic() - self.at < SIGN_SECONDS:
            return
        try:
            Job.objects.filter(pk=self.number, state=JobState.RUNNING).update(
                last_sign_of_life=timezone.now(), **said
            )
            abandon_silent_jobs()
        except Error as error:  # busy for long, or away: the next beat tries again
            logger.warning("Job %s could not give a sign of life: %s", self.number, error)
        else:
            self.written, self.at = said, monotonic()
