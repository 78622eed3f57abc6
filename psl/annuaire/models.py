"""Territories, administrations, services and their agents. Reference data is loaded from `donnees/`, never typed here."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Substr

from psl.socle.uuid7 import uuid7


class Chargement(models.Model):
    """A file of reference data as it was last loaded: the same digest is not loaded twice."""

    nom = models.CharField(primary_key=True, max_length=40)
    empreinte = models.CharField(max_length=64)
    charge_at = models.DateTimeField()


class Departement(models.Model):
    """A département, or a collectivité that stands for one."""

    code = models.CharField(primary_key=True, max_length=3)
    nom = models.CharField(max_length=60)
    region = models.CharField(max_length=3)


class Commune(models.Model):
    """Whatever has an INSEE code: communes, arrondissements municipaux, delegated, associated and merged communes.

    `registres` is the code of the commune whose town hall keeps the civil registers today.
    """

    class Type(models.TextChoices):
        """What the code names."""

        COMMUNE = "commune"
        ARRONDISSEMENT = "arrondissement"
        DELEGUEE = "deleguee"
        ASSOCIEE = "associee"
        ANCIENNE = "ancienne"

    code = models.CharField(primary_key=True, max_length=5)
    nom = models.CharField(max_length=80)
    nom_tri = models.CharField(max_length=80)
    type = models.CharField(max_length=14, choices=Type.choices)
    registres = models.CharField(max_length=5)
    departement = models.CharField(max_length=3)
    codes_postaux = ArrayField(models.CharField(max_length=5), default=list)
    population = models.PositiveIntegerField(null=True)
    siren = models.CharField(max_length=9)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    mairie_adresse = models.TextField()
    mairie_horaires = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(name="annuaire_commune_code", condition=Q(code__regex=r"^[0-9][0-9AB][0-9]{3}$")),
            models.CheckConstraint(
                name="annuaire_commune_registres",
                condition=~Q(type__in=["commune", "arrondissement"]) | Q(registres=models.F("code")),
            ),
        ]


class Appellation(models.Model):
    """A name or a code under which a commune is looked for: today's, a delegated commune's, or one that has gone.

    `cle` is the normalised name, `cle_nue` the same without its article, `mots` its words, postal codes and INSEE code.
    """

    class Sorte(models.TextChoices):
        """Why the commune answers to this name."""

        ACTUELLE = "actuelle"
        DELEGUEE = "deleguee"
        ASSOCIEE = "associee"
        ANCIENNE = "ancienne"
        ANCIEN_NOM = "ancien_nom"

    id = models.BigAutoField(primary_key=True)
    commune = models.CharField(max_length=5)
    nom = models.CharField(max_length=80)
    sorte = models.CharField(max_length=10, choices=Sorte.choices)
    cle = models.CharField(max_length=80)
    cle_nue = models.CharField(max_length=80)
    population = models.PositiveIntegerField()
    mots = SearchVectorField()

    class Meta:
        indexes = [
            # Without fast update: the table is loaded at once and read at once, a pending list would cost each search.
            GinIndex(fields=["mots"], name="annuaire_appellation_mots", fastupdate=False),
            models.Index(fields=["cle_nue"], name="annuaire_appellation_nue", opclasses=["text_pattern_ops"]),
            # From the second letter on: for a first letter that is wrong or missing.
            models.Index(OpClass(Substr("cle_nue", 2), name="text_pattern_ops"), name="annuaire_appellation_suite"),
        ]


class Pays(models.Model):
    """A country or territory by its INSEE code (COG); a historical one is no more, but people were born there.

    `iso` is the ISO 3166 code that names it in other languages, when it has one.
    """

    code = models.CharField(primary_key=True, max_length=5)
    nom = models.CharField(max_length=80)
    nom_tri = models.CharField(max_length=80)
    autres_noms = ArrayField(models.CharField(max_length=80), default=list)
    est_historique = models.BooleanField(default=False)
    iso = models.CharField(max_length=2)

    class Meta:
        constraints = [models.CheckConstraint(name="annuaire_pays_code", condition=Q(code__regex=r"^99[0-9]{3}$"))]


class Administration(models.Model):
    """A public body that answers télédossiers: a town hall, an office, a prefecture."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    cle = models.SlugField(max_length=80, unique=True)
    nom = models.CharField(max_length=120)


class ServiceInstructeur(models.Model):
    """A service of an administration that instructs: its address, its telephone, its time zone, its SIRET when it is known.

    `portail`: it uses our agent portal; otherwise each dépôt is sent to its e-mail address.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    cle = models.SlugField(max_length=80, unique=True)
    administration = models.ForeignKey(Administration, on_delete=models.PROTECT, related_name="+")
    nom = models.CharField(max_length=120)
    adresse = models.TextField()
    telephone = models.CharField(max_length=20)
    courriel = models.EmailField()
    fuseau = models.CharField(max_length=40, default="Europe/Paris")
    portail = models.BooleanField(default=True)
    siret = models.CharField(max_length=14, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="annuaire_service_siret", condition=Q(siret__regex=r"^([0-9]{14})?$"))]


class Competence(models.Model):
    """Which service answers a démarche for a territory: one at most, or two would instruct the same télédossier."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    service = models.ForeignKey(ServiceInstructeur, on_delete=models.CASCADE, related_name="+")
    demarche = models.SlugField(max_length=80)
    territoire = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demarche", "territoire"], name="annuaire_competence_unique")]


class Agent(models.Model):
    """A person who works for services.

    `totp` is their sealed secret, `totp_pas` the last time step that was used: no code serves twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    courriel = models.EmailField(unique=True)
    nom = models.CharField(max_length=120)
    mot_de_passe = models.CharField(max_length=200)
    totp = models.BinaryField()
    totp_pas = models.BigIntegerField(default=0)
    revoque_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One case only: two accounts must not differ by a capital letter.
            models.CheckConstraint(name="annuaire_agent_courriel", condition=Q(courriel=Lower("courriel"))),
        ]


class CodeSecours(models.Model):
    """A recovery code, kept as a keyed hash and used once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="codes_secours")
    empreinte = models.BinaryField()
    utilise_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "empreinte"], name="annuaire_code_secours_unique")]


class Habilitation(models.Model):
    """What an agent may do in a service; removing the row ends it at once, open sessions included."""

    class Role(models.TextChoices):
        """An agent instructs; a responsable also assigns and manages; an exploitant watches over the platform."""

        AGENT = "agent"
        RESPONSABLE = "responsable"
        EXPLOITANT = "exploitant"

    id = models.UUIDField(primary_key=True, default=uuid7)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="habilitations")
    service = models.ForeignKey(ServiceInstructeur, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=11, choices=Role.choices, default=Role.AGENT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "service"], name="annuaire_habilitation_unique")]


class SessionAgent(models.Model):
    """An agent's open session in one browser. Only the token's hash is kept; without `verifiee_at` the second factor is still owed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    empreinte = models.BinaryField(unique=True)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="sessions")
    debut_at = models.DateTimeField()
    vue_at = models.DateTimeField()
    verifiee_at = models.DateTimeField(null=True)
    appareil = models.CharField(max_length=120)
