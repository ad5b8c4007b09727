"""Stored files by content hash, and long jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Recorded
from sasando.base.privacy import internal
from sasando.files.states import OPEN, JobState


class StoredFile(Recorded):
    """A file the office keeps (a scan, an upload): named by the SHA-256 of its content, stored once."""

    digest = internal(models.CharField(_("SHA-256"), max_length=64, unique=True))
    name = internal(models.CharField(_("name"), max_length=200))
    content_type = internal(models.CharField(_("type"), max_length=100))
    size = internal(models.BigIntegerField(_("size in bytes")))

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self):
        return self.name


class Job(Recorded):
    """Long work that somebody asked for (sealing a year, making a book) and that a worker does outside the web request.

    `arguments` say what to work on by year, code or id and never hold personal data. `last_sign_of_life` is when the
    worker last said that it is at it, in the end when it ended. `key` stands for kind, arguments and who asked:
    the same job is not open twice.
    """

    kind = internal(models.CharField(_("kind"), max_length=60))
    label = internal(models.CharField(_("what is being done"), max_length=200))
    arguments = internal(models.JSONField(_("arguments"), default=dict))
    key = internal(models.CharField(_("key"), max_length=64, db_index=True))
    language = internal(models.CharField(_("language"), max_length=10))
    task = internal(models.UUIDField(_("place in the queue"), null=True))
    state = internal(
        models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.WAITING, db_index=True)
    )
    done = internal(models.BigIntegerField(_("done"), default=0))
    total = internal(models.BigIntegerField(_("total"), null=True))
    text = internal(models.TextField(_("what is being done now"), blank=True))
    result_url = internal(models.CharField(_("address of the result"), max_length=500, blank=True))
    error = internal(models.TextField(_("why it was not done"), blank=True))
    last_sign_of_life = internal(models.DateTimeField(_("last sign of life"), null=True))
    is_seen = internal(models.BooleanField(_("its end was seen"), default=False))

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state__in=OPEN), name="files_job_open_once"
            )
        ]

    def __str__(self):
        return self.label

    @property
    def is_open(self) -> bool:
        """Whether it waits or is under way."""
        return self.state in OPEN
