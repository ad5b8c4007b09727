"""Stored files by content hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.models import Recorded
from sasando.base.privacy import internal


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
