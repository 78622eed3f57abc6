"""Fichier: what the database knows of a file. Its bytes are in the Stockage, its key in the ground."""

import uuid

from django.db import models


class Etat(models.TextChoices):
    """A file is seen by nobody until its scan has said that it is sane."""

    RECU = "recu", "reçu"
    SAIN = "sain", "sain"


class Fichier(models.Model):
    """A file given for a piece, first of a brouillon, then of the télédossier that adopts it.

    `boite` holds its name and digest, encrypted under the file's own key: a name often says who and what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sujet = models.UUIDField()
    piece = models.CharField(max_length=80)
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.RECU)
    type = models.CharField(max_length=80, default="")
    taille = models.BigIntegerField(default=0)
    boite = models.BinaryField(default=b"")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "pieces_fichier"
        indexes = [
            models.Index(fields=["sujet", "piece"], name="pieces_fichier_sujet"),
            models.Index(fields=["created_at"], name="pieces_fichier_recu", condition=models.Q(etat="recu")),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(etat__in=["recu", "sain"]), name="pieces_fichier_etat"),
            models.CheckConstraint(condition=models.Q(etat="recu") | models.Q(taille__gt=0), name="pieces_fichier_sain_entier"),
        ]

    def __str__(self) -> str:
        return f"fichier {self.id}"
