"""Whom to write to, what was sent, and one-time codes. Addresses and words are encrypted; what remains in clear says nothing of anyone."""

import uuid

from django.db import models


class Contact(models.Model):
    """The e-mail and telephone given for a subject, under a key of their own (the life `contact`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sujet = models.UUIDField(unique=True)
    boite = models.BinaryField()
    langue = models.CharField(max_length=5, default="fr")
    rebond_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "courriers_contact"

    def __str__(self) -> str:
        return f"contact {self.id}"


class Etat(models.TextChoices):
    """Where an envoi stands. `envoye` means that the next server took it; a bounce may still come."""

    A_ENVOYER = "a_envoyer", "à envoyer"
    ENVOYE = "envoye", "envoyé"
    REBOND = "rebond", "rebond"
    EN_ECHEC = "en_echec", "en échec"


class Envoi(models.Model):
    """One e-mail. `boite` (address, context, attachments' sources) is encrypted under its own key, destroyed once it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    sujet = models.UUIDField(db_index=True)
    gabarit = models.CharField(max_length=40)
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.A_ENVOYER)
    unique = models.BinaryField(max_length=32, unique=True)
    boite = models.BinaryField(default=b"")
    essais = models.PositiveSmallIntegerField(default=0)
    cause = models.CharField(max_length=200, default="")
    created_at = models.DateTimeField()
    envoye_at = models.DateTimeField(null=True)
    rebond_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "courriers_envoi"
        constraints = [models.CheckConstraint(condition=models.Q(etat__in=Etat.values), name="courriers_envoi_etat")]

    def __str__(self) -> str:
        return f"{self.gabarit} {self.id}"


class CodeUnique(models.Model):
    """The one-time code that a subject may use for one purpose; only its keyed hash is kept."""

    id = models.BigAutoField(primary_key=True)
    sujet = models.UUIDField()
    usage = models.CharField(max_length=20)
    empreinte = models.BinaryField(max_length=32)
    expire_at = models.DateTimeField()
    essais = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "courriers_code_unique"
        constraints = [models.UniqueConstraint(fields=["sujet", "usage"], name="courriers_code_unique_usage")]
        indexes = [models.Index(fields=["expire_at"], name="courriers_code_unique_fin")]

    def __str__(self) -> str:
        return f"code {self.usage}"
