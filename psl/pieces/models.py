"""Fichier, Apercu: what the database knows of a file and of its pictures. Their bytes are in the Stockage, the key in the ground."""

import uuid

from django.db import models


class Etat(models.TextChoices):
    """A file is seen by nobody until its scan has said that it is sane."""

    RECU = "recu", "reçu"
    SAIN = "sain", "sain"
    QUARANTAINE = "quarantaine", "en quarantaine"


class Fichier(models.Model):
    """A file given for a piece, first of a brouillon, then of the télédossier that adopts it.

    In quarantine (`virus`, `ecarte_at`) it is kept a while for the exploitant, encrypted, and served to nobody.
    `boite` holds its name and digest, encrypted under the file's own key: a name often says who and what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sujet = models.UUIDField()
    piece = models.CharField(max_length=80)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.RECU)
    type = models.CharField(max_length=80, default="")
    taille = models.BigIntegerField(default=0)
    boite = models.BinaryField(default=b"")
    virus = models.CharField(max_length=120, default="")
    ecarte_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "pieces_fichier"
        indexes = [
            models.Index(fields=["sujet", "piece"], name="pieces_fichier_sujet"),
            models.Index(fields=["created_at"], name="pieces_fichier_recu", condition=models.Q(etat="recu")),
            models.Index(fields=["ecarte_at"], name="pieces_fichier_ecarte", condition=models.Q(etat="quarantaine")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat="quarantaine", ecarte_at__isnull=False)
                | models.Q(etat__in=["recu", "sain"], ecarte_at__isnull=True),
                name="pieces_fichier_etat",
            ),
            models.CheckConstraint(condition=models.Q(etat="recu") | models.Q(taille__gt=0), name="pieces_fichier_sain_entier"),
        ]

    def __str__(self) -> str:
        return f"fichier {self.id}"


class Apercu(models.Model):
    """A picture of a file: its thumbnail (rang 0) or one of its pages, encrypted under the file's key; it goes with its file.

    `cause`: why no picture could be made, so that a file that cannot be shown is not tried at each visit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    fichier = models.ForeignKey(Fichier, on_delete=models.CASCADE, related_name="apercus")
    rang = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=12, default="")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "pieces_apercu"
        constraints = [models.UniqueConstraint(fields=["fichier", "rang"], name="pieces_apercu_rang")]

    def __str__(self) -> str:
        return f"aperçu {self.rang} de {self.fichier_id}"
