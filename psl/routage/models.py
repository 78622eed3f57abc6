"""Affectation: one recipient of a télédossier, its minimised copies, the words it can be found by, the password of its service.

Row-level security guards all four.
"""

import uuid

from django.db import models


class Affectation(models.Model):
    """One recipient of a télédossier: which service, why. No ForeignKey to the télédossier nor to the service: lives differ.

    `service` is None when nobody is connected for the territory: the usager files it themself (etat_livraison hors_plateforme).
    In clear, as they are sorted or filtered: the number, the démarche, the commune and the dates (declared triable).
    """

    class Livraison(models.TextChoices):
        """How the recipient receives it."""

        PORTAIL = "portail"
        COURRIEL = "courriel"
        HORS_PLATEFORME = "hors_plateforme"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    teledossier = models.UUIDField(db_index=True)
    numero = models.CharField(max_length=14)
    slug = models.CharField(max_length=80)
    destinataire = models.CharField(max_length=80)
    service = models.UUIDField(null=True)
    territoire = models.CharField(max_length=20)
    motif = models.CharField(max_length=200)
    livraison = models.CharField(max_length=20, choices=Livraison.choices)
    commune = models.CharField(max_length=5, blank=True)
    cree_at = models.DateTimeField()
    silence_on = models.DateField(null=True)

    class Meta:
        db_table = "routage_affectation"
        constraints = [
            # A request sent on to another service has an affectation for each.
            models.UniqueConstraint(
                fields=["teledossier", "destinataire", "territoire", "service"], name="routage_affectation_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(service__isnull=False) | models.Q(livraison="hors_plateforme"), name="routage_affectation_service"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "-cree_at"], name="routage_affectation_liste"),
            models.Index(fields=["numero"], name="routage_affectation_numero"),
        ]

    def __str__(self) -> str:
        return f"{self.numero} vers {self.destinataire}"


class Copie(models.Model):
    """What one recipient received of one dépôt: minimised, encrypted under a key of its own that its service alone can open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    affectation = models.ForeignKey(Affectation, on_delete=models.CASCADE, related_name="copies")
    service = models.UUIDField(null=True)
    rang = models.PositiveSmallIntegerField()
    octets = models.BinaryField()
    cree_at = models.DateTimeField()

    class Meta:
        db_table = "routage_copie"
        constraints = [models.UniqueConstraint(fields=["affectation", "rang"], name="routage_copie_rang")]

    def __str__(self) -> str:
        return f"copie {self.rang} de {self.affectation_id}"


class Mot(models.Model):
    """A keyed hash of a word (or of its first letters) by which a service finds an affectation: equality only, no word in clear."""

    id = models.BigAutoField(primary_key=True)
    service = models.UUIDField()
    empreinte = models.BinaryField(max_length=16)
    affectation = models.ForeignKey(Affectation, on_delete=models.CASCADE, related_name="mots")

    class Meta:
        db_table = "routage_mot"
        constraints = [models.UniqueConstraint(fields=["service", "empreinte", "affectation"], name="routage_mot_unique")]

    def __str__(self) -> str:
        return f"mot de {self.affectation_id}"


class AccesService(models.Model):
    """The password by which a service without agents on the platform follows one affectation, whose id it has. Made once, never changed."""

    id = models.UUIDField(primary_key=True)
    service = models.UUIDField(null=True)
    boite = models.BinaryField()
    cree_at = models.DateTimeField()

    class Meta:
        db_table = "routage_acces_service"

    def __str__(self) -> str:
        return f"accès à {self.id}"
