"""The tables of the ground: wrapped data keys and rate counters."""

from django.db import models
from django.db.models import Q


class Cle(models.Model):
    """A data key, wrapped under the key of its period. Deleting the row is what makes its object unreadable.

    Row-level security: the platform itself, the bearer of the subject, the agents of the service. A table of its own: what it opens
    (dépôt, fichier, copie…) is never updated, while keys are re-wrapped and destroyed.
    """

    id = models.BigAutoField(primary_key=True)
    objet = models.CharField(max_length=20)
    objet_id = models.UUIDField()
    sujet = models.UUIDField(null=True)
    service = models.UUIDField(null=True)
    vie = models.CharField(max_length=10, default="contenu")
    periode = models.CharField(max_length=7)
    boite = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["objet", "objet_id"], name="cle_objet"),
            models.CheckConstraint(condition=Q(vie__in=["contenu", "contact"]), name="cle_vie"),
            models.CheckConstraint(condition=Q(periode__regex=r"^\d{4}-\d{2}$"), name="cle_periode"),
        ]
        indexes = [models.Index(fields=["periode"], name="cle_periode_idx")]

    def __str__(self) -> str:
        return f"{self.objet} {self.objet_id}"


class Compteur(models.Model):
    """How many times something was tried since a moment. Who tried is kept as a keyed hash."""

    id = models.BigAutoField(primary_key=True)
    nom = models.CharField(max_length=40)
    cle = models.BinaryField()
    debut_at = models.DateTimeField()
    fin_at = models.DateTimeField()
    compte = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nom", "cle"], name="compteur_nom_cle")]
        indexes = [models.Index(fields=["fin_at"], name="compteur_fin_idx")]

    def __str__(self) -> str:
        return self.nom
