"""Teledossier, Depot, Document: a number and whose it is; what was filed, sealed; what is made of it."""

import uuid

from django.db import models


class Teledossier(models.Model):
    """A number, and how its usager proves it is theirs. What was filed is in its dépôts; states live in instruction.

    Trace life: the row outlives its content. `code_boite` is the tracking code, encrypted under the first dépôt's key and kept
    until `code_jusqu`, so that a replayed submit shows the same one; then only its keyed hash remains.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    numero = models.CharField(max_length=14, unique=True)
    slug = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    langue = models.CharField(max_length=5)
    code_empreinte = models.BinaryField()
    code_boite = models.BinaryField(null=True)
    code_jusqu = models.DateTimeField(null=True)
    courriel_empreinte = models.BinaryField(null=True)
    naissance_empreinte = models.BinaryField(null=True)
    depose_at = models.DateTimeField()

    class Meta:
        db_table = "teledossiers_teledossier"
        indexes = [
            models.Index(fields=["depose_at"], name="teledossiers_depose"),
            models.Index(fields=["code_jusqu"], name="teledossiers_code", condition=models.Q(code_jusqu__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.numero


class Depot(models.Model):
    """One sealed filing: bytes, digest, key. Append-only: a complément adds one; only the purge may empty `octets`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    teledossier = models.ForeignKey(Teledossier, on_delete=models.PROTECT, related_name="depots")
    rang = models.PositiveSmallIntegerField()
    brouillon = models.UUIDField(unique=True)
    octets = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=32)
    scelle_at = models.DateTimeField()

    class Meta:
        db_table = "teledossiers_depot"
        constraints = [
            models.UniqueConstraint(fields=["teledossier", "rang"], name="teledossiers_depot_rang"),
            models.CheckConstraint(condition=models.Q(rang__gte=1), name="teledossiers_depot_rang_positif"),
        ]

    def __str__(self) -> str:
        return f"dépôt {self.rang} de {self.teledossier_id}"


class Document(models.Model):
    """A document made by the platform or joined by a service, encrypted: accusé, recap, letter.

    UNIQUE(sujet, nature, rang, affectation): making it twice gives the same one. `efface_at`: gone before the content is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sujet = models.UUIDField()
    affectation = models.UUIDField(null=True)
    nature = models.CharField(max_length=40)
    rang = models.PositiveSmallIntegerField(default=1)
    nom = models.CharField(max_length=160)
    octets = models.BinaryField()
    taille = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    cree_at = models.DateTimeField()
    efface_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "teledossiers_document"
        constraints = [
            models.UniqueConstraint(
                fields=["sujet", "nature", "rang", "affectation"], name="teledossiers_document_unique", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.nature} de {self.sujet}"
