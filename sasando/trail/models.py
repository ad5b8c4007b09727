"""Who did what to which record. Append-only, hash-chained; read only to investigate, never to show daily work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.encryption import EncryptedField
from sasando.base.privacy import internal, personal
from sasando.trail.errors import TrailIsAppendOnlyError


class TrailEntryQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TrailIsAppendOnlyError

    def delete(self):
        raise TrailIsAppendOnlyError


class TrailEntry(models.Model):
    """One thing done, by one person, to one record or batch: the office's answer to "who changed this?".

    `payload_digest` is SHA-256 over the payload, which holds a random salt; `digest` over what was done (who, when,
    action, subject, payload_digest); `link` over the previous link and this digest. So payloads can be re-encrypted
    or destroyed by law without breaking the chain, and a removed, altered or inserted entry shows, with its payload
    or without.
    """

    sequence = internal(models.BigIntegerField(_("sequence"), unique=True))
    happened_at = internal(models.DateTimeField(_("time"), db_index=True))
    happened_by_id = internal(models.BigIntegerField(_("actor (id)"), null=True, db_index=True))
    happened_by_name = internal(models.CharField(_("actor"), max_length=150))
    action = internal(models.CharField(_("action"), max_length=80))
    subject_type = internal(models.CharField(_("subject"), max_length=80))
    subject_id = internal(models.BigIntegerField(_("subject id"), null=True))
    is_secret = internal(models.BooleanField(_("need to know"), default=False))
    payload = personal(EncryptedField(_("details"), null=True))
    payload_digest = internal(models.CharField(_("digest of the details"), max_length=64))
    digest = internal(models.CharField(_("digest"), max_length=64))
    link = internal(models.CharField(_("chain link"), max_length=64))

    objects = TrailEntryQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="trail_subject")]

    def __str__(self):
        return f"{self.sequence} {self.action}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TrailIsAppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TrailIsAppendOnlyError


class TrailHead(models.Model):
    """The end of the chain, one row: locked while entries are linked, so that two writers never link to the same."""

    sequence = internal(models.BigIntegerField(_("sequence"), default=0))
    link = internal(models.CharField(_("chain link"), max_length=64))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trail_one_head")]

    def __str__(self):
        return f"{self.sequence}"
