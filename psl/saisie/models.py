"""Brouillon: what the usager may still change. It never holds what was filed: sealing empties it."""

import uuid

from django.db import models


class Brouillon(models.Model):
    """A télédossier (or a complément) being filled.

    `document` is one encrypted JSON: answers, their provenance, what was typed wrong, pages done (psl.saisie.document).
    `masque` says what a complément re-opens: {"champs": [...], "pieces": [...], "affectations": [...]}; None for a first filing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    langue = models.CharField(max_length=5, default="fr")
    document = models.BinaryField()
    revision = models.PositiveIntegerField(default=0)
    teledossier = models.UUIDField(null=True)
    masque = models.JSONField(null=True)
    commence_at = models.DateTimeField()
    enregistre_at = models.DateTimeField()
    prevenu_at = models.DateTimeField(null=True)
    scelle_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saisie_brouillon"
        indexes = [
            models.Index(fields=["enregistre_at"], name="saisie_brouillon_age"),
            models.Index(fields=["teledossier"], name="saisie_brouillon_dossier"),
        ]

    def __str__(self) -> str:
        return f"brouillon {self.id}"
