"""The journal's tables: faits chained by subject, signed lots of leaves, what was handled and what is parked."""

from django.db import models
from django.db.models import Q


class Fait(models.Model):
    """Something that happened to a subject, by someone, then. Append-only; the purge may only empty `corps` and `sel`.

    `empreinte` covers everything but the body, of which it covers the salted `digest`; `precedent` is the empreinte of the fait
    before it. No content of an answer is ever in a body.
    """

    id = models.UUIDField(primary_key=True)
    sorte = models.CharField(max_length=60)
    sujet = models.UUIDField()
    rang = models.PositiveIntegerField()
    acteur_sorte = models.CharField(max_length=10)
    acteur_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    corps = models.JSONField(null=True)
    sel = models.BinaryField(null=True)
    digest = models.BinaryField()
    precedent = models.BinaryField()
    empreinte = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sujet", "rang"], name="fait_sujet_rang"),
            models.CheckConstraint(condition=Q(rang__gte=1), name="fait_rang"),
            models.CheckConstraint(
                condition=Q(corps__isnull=True, sel__isnull=True) | Q(corps__isnull=False, sel__isnull=False), name="fait_sel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sorte} {self.sujet} n° {self.rang}"


class ASceller(models.Model):
    """A fait that no lot holds yet. Filled by a trigger in the fait's own transaction, emptied by the sealer."""

    fait_id = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "journal_a_sceller"

    def __str__(self) -> str:
        return str(self.fait_id)


class Lot(models.Model):
    """The faits of a minute, as the signed root of a Merkle tree, chained to the lot before."""

    rang = models.PositiveIntegerField(primary_key=True)
    taille = models.PositiveIntegerField()
    racine = models.BinaryField()
    precedent = models.BinaryField()
    empreinte = models.BinaryField()
    signature = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"lot {self.rang}"


class Horodatage(models.Model):
    """When an authority outside the platform saw a lot: its token (RFC 3161), and our signature of having received it."""

    lot = models.OneToOneField(Lot, on_delete=models.PROTECT, primary_key=True, related_name="horodatage")
    jeton = models.BinaryField()
    signature = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"horodatage du lot {self.lot_id}"


class Feuille(models.Model):
    """The place of a fait in its lot."""

    fait_id = models.UUIDField(primary_key=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="feuilles")
    position = models.PositiveIntegerField()
    empreinte = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "position"], name="feuille_lot_position")]

    def __str__(self) -> str:
        return f"lot {self.lot_id} feuille {self.position}"


class Traitement(models.Model):
    """That a handler has done its work for a fait: written with its effects, so that a second run does nothing."""

    id = models.BigAutoField(primary_key=True)
    fait_id = models.UUIDField()
    handler = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fait_id", "handler"], name="traitement_fait_handler")]
        indexes = [models.Index(fields=["at"], name="traitement_at")]

    def __str__(self) -> str:
        return f"{self.handler} {self.fait_id}"


class Panne(models.Model):
    """Work that failed at each of its tries and waits for a person. The cause is a class and places, never a message."""

    id = models.BigAutoField(primary_key=True)
    fait_id = models.UUIDField(null=True)
    handler = models.CharField(max_length=120)
    ids = models.JSONField(default=dict)
    cause = models.TextField()
    essais = models.PositiveIntegerField()
    at = models.DateTimeField()
    rejouee_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fait_id", "handler", "ids"], condition=Q(rejouee_at__isnull=True), nulls_distinct=False, name="panne_en_attente"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} ({self.essais} essais)"
