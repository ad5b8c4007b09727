"""Editions of the book: drafted, initialled, published, sealed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sasando.base.privacy import internal, public
from sasando.statistics.models import Snapshot


class Audience(models.TextChoices):
    """For whom an edition is. The public one leaves the office only through disclosure control."""

    PUBLIC = "public", _("Public edition")
    INTERNAL = "internal", _("Internal edition")


class Edition(models.Model):
    """One edition of a year's book over one snapshot. Its files lie in one folder and are listed with their hashes."""

    year = public(models.PositiveIntegerField(_("year")))
    kind = public(models.CharField(_("kind"), max_length=20, default="profile"))
    audience = public(models.CharField(_("audience"), max_length=8, choices=Audience))
    snapshot = public(
        models.ForeignKey(Snapshot, models.PROTECT, verbose_name=_("snapshot"), related_name="+")
    )
    number = public(models.PositiveIntegerField(_("number")))
    folder = internal(models.CharField(_("folder"), max_length=100))
    text_digest = public(models.CharField(_("text's digest"), max_length=64))
    seal = public(models.CharField(_("seal"), max_length=80, blank=True))
    prepared_at = public(models.DateTimeField(_("prepared at")))
    prepared_by_id = internal(models.BigIntegerField(_("prepared by (id)"), null=True))
    prepared_by_name = public(models.CharField(_("prepared by"), max_length=150))

    class Meta:
        ordering = ["-year", "audience", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "audience", "number"], name="publications_edition_once"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.year} {self.audience} {self.number}"


class EditionFile(models.Model):
    """A file of an edition, with the hash it had when it was written: what `sasando verify` compares."""

    edition = public(
        models.ForeignKey(Edition, models.CASCADE, verbose_name=_("edition"), related_name="files")
    )
    name = public(models.CharField(_("name"), max_length=120))
    digest = public(models.CharField(_("SHA-256"), max_length=64))
    size = public(models.PositiveBigIntegerField(_("size in bytes")))

    class Meta:
        ordering = ["edition", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="publications_file_once")]

    def __str__(self):
        return self.name


class EditionNote(models.Model):
    """A note on inconsistent data found in an edition's snapshot; the head decides which go into the public one."""

    edition = public(
        models.ForeignKey(Edition, models.CASCADE, verbose_name=_("edition"), related_name="notes")
    )
    number = public(models.PositiveIntegerField(_("number")))
    severity = public(models.CharField(_("severity"), max_length=10))
    table_id = public(models.CharField(_("table"), max_length=80, blank=True))
    text = internal(models.TextField(_("note")))
    text_en = internal(models.TextField(_("note in English"), blank=True))
    is_sensitive = internal(models.BooleanField(_("concerns a sensitive table"), default=False))
    is_printed = public(models.BooleanField(_("printed in the edition"), default=False))

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="publications_note_once")]

    def __str__(self):
        return self.text


class EditionState(models.TextChoices):
    """Where an edition stands."""

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Initialled by the head of division")
    INITIALLED = "initialled", _("Initialled by the secretary")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class EditionStatus(models.Model):
    """A step of an edition: a dated row with its author (and the scan of a paper approval where there is one)."""

    edition = public(
        models.ForeignKey(Edition, models.CASCADE, verbose_name=_("edition"), related_name="statuses")
    )
    state = public(models.CharField(_("state"), max_length=10, choices=EditionState))
    note = public(models.CharField(_("note"), max_length=300, blank=True))
    paper = internal(models.CharField(_("scan of the paper approval (SHA-256)"), max_length=64, blank=True))
    set_at = public(models.DateTimeField(_("set at")))
    set_by_id = internal(models.BigIntegerField(_("set by (id)"), null=True))
    set_by_name = public(models.CharField(_("set by"), max_length=150))

    class Meta:
        ordering = ["edition", "set_at", "id"]

    def __str__(self):
        return self.state
