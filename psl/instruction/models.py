"""What a service does of an affectation: its state and clock, what it asked, the thread, its answer. Row-level security guards all four."""

import uuid

from django.db import models
from django.db.models import Q

from psl.instruction.etats import FINAUX, INITIAL, Etat

_ETATS = [etat.value for etat in Etat]
_FINAUX = sorted(etat.value for etat in FINAUX)
_A_COMPLETER = Etat.A_COMPLETER.value


class Instruction(models.Model):
    """The instruction of one affectation, whose id it has. No ForeignKey: it outlives the content, and the télédossier is another life.

    `version` counts the acts, so that an agent who looks at an old page cannot act on it. `apercu` is what a list shows of the
    usager, encrypted under the key « instruction » like every text of this room. `silence_on` moves when a complément suspends it.
    """

    id = models.UUIDField(primary_key=True)
    teledossier = models.UUIDField()
    service = models.UUIDField()
    etat = models.CharField(max_length=20, default=INITIAL.value)
    agent = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    apercu = models.BinaryField(null=True)
    recu_at = models.DateTimeField()
    prise_at = models.DateTimeField(null=True)
    silence_on = models.DateField(null=True)
    echeance_on = models.DateField(null=True)
    decide_at = models.DateTimeField(null=True)
    contenu_jusqu_on = models.DateField(null=True)
    trace_jusqu_on = models.DateField(null=True)
    efface_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "instruction_instruction"
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=_ETATS), name="instruction_etat"),
            models.CheckConstraint(
                condition=Q(etat=_A_COMPLETER, echeance_on__isnull=False) | ~Q(etat=_A_COMPLETER) & Q(echeance_on__isnull=True),
                name="instruction_echeance",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=_FINAUX, decide_at__isnull=False, contenu_jusqu_on__isnull=False, trace_jusqu_on__isnull=False)
                | ~Q(etat__in=_FINAUX) & Q(decide_at__isnull=True, contenu_jusqu_on__isnull=True, trace_jusqu_on__isnull=True),
                name="instruction_fin",
            ),
            models.CheckConstraint(condition=Q(efface_at__isnull=True) | Q(apercu__isnull=True), name="instruction_effacee"),
        ]
        indexes = [
            models.Index(fields=["service", "etat", "recu_at"], name="instruction_liste"),
            models.Index(fields=["agent", "etat"], name="instruction_agent", condition=Q(agent__isnull=False)),
            models.Index(fields=["teledossier"], name="instruction_teledossier"),
            models.Index(fields=["contenu_jusqu_on"], name="instruction_purge", condition=Q(efface_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"instruction {self.id} ({self.etat})"


class Demande(models.Model):
    """A complément asked: the questions and pieces re-opened (their keys), why (`boite`, encrypted), until when. One open at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    affectation = models.UUIDField(db_index=True)
    teledossier = models.UUIDField()
    service = models.UUIDField()
    agent = models.UUIDField()
    champs = models.JSONField(default=list)
    pieces = models.JSONField(default=list)
    boite = models.BinaryField()
    echeance_on = models.DateField()
    demandee_at = models.DateTimeField()
    repondue_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "instruction_demande"
        constraints = [
            models.UniqueConstraint(fields=["affectation"], condition=Q(repondue_at__isnull=True), name="instruction_demande_ouverte"),
            models.CheckConstraint(condition=~Q(champs=[], pieces=[]), name="instruction_demande_non_vide"),
        ]

    def __str__(self) -> str:
        return f"demande {self.id}"


class Message(models.Model):
    """One message of the thread between a service and a usager. Append-only; its text is encrypted."""

    class Sens(models.TextChoices):
        """Who wrote."""

        SERVICE = "service", "service"
        USAGER = "usager", "usager"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    affectation = models.UUIDField(db_index=True)
    teledossier = models.UUIDField()
    service = models.UUIDField()
    sens = models.CharField(max_length=10, choices=Sens.choices)
    agent = models.UUIDField(null=True)
    boite = models.BinaryField()
    envoye_at = models.DateTimeField()

    class Meta:
        db_table = "instruction_message"
        constraints = [
            models.CheckConstraint(
                condition=Q(sens="service", agent__isnull=False) | Q(sens="usager", agent__isnull=True), name="instruction_message_auteur"
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.id}"


class Decision(models.Model):
    """The answer of a service to an affectation, whose id it has: the letter, the reason, the ways of appeal, encrypted. Append-only."""

    id = models.UUIDField(primary_key=True)
    teledossier = models.UUIDField()
    service = models.UUIDField()
    etat = models.CharField(max_length=20)
    agent = models.UUIDField()
    boite = models.BinaryField()
    decide_at = models.DateTimeField()

    class Meta:
        db_table = "instruction_decision"
        constraints = [models.CheckConstraint(condition=Q(etat__in=_FINAUX), name="instruction_decision_etat")]

    def __str__(self) -> str:
        return f"décision {self.id} ({self.etat})"
