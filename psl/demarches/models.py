"""The published versions: a row per version, never changed once there (a trigger refuses it)."""

import uuid

from django.db import models


class VersionDemarche(models.Model):
    """One published version of a démarche: its whole definition, self-contained, and when it was open.

    `source` is the canonical form (UTF-8 JSON) whose SHA-256 is `digest`; brouillons and dépôts are pinned to that digest.
    `brouillons` says what becomes of those begun on an earlier version: "finir" there, or "porter" to this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.CharField(max_length=80)
    numero = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=80)
    source = models.BinaryField()
    publiee_at = models.DateTimeField()
    brouillons = models.CharField(max_length=6, default="finir")

    class Meta:
        db_table = "demarches_version"
        constraints = [models.UniqueConstraint(fields=["slug", "numero"], name="demarches_version_numero")]
        indexes = [models.Index(fields=["code", "-numero"], name="demarches_version_code")]

    def __str__(self) -> str:
        return f"{self.slug} v{self.numero}"


class Fermeture(models.Model):
    """A démarche that takes no new télédossier since a moment, with the sentence its readers see."""

    slug = models.CharField(max_length=80, primary_key=True)
    depuis_at = models.DateTimeField()
    motif = models.TextField()

    class Meta:
        db_table = "demarches_fermeture"

    def __str__(self) -> str:
        return self.slug
