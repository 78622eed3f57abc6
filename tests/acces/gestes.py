"""Something of each kind that belongs to somebody, marked with words that nobody else must ever read."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.test import Client

from psl.annuaire.models import Agent, Habilitation, SessionAgent
from psl.instruction import operations as instruction
from psl.journal.models import Panne
from psl.pieces import queries as fichiers
from psl.portails.agent import acces_service as sans_compte
from psl.routage import queries as routage
from psl.routage.operations import mot_de_passe
from psl.saisie import acces as saisie
from psl.socle import clock
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.suivi import acces as suivi
from psl.suivi.operations import write
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.saisie import gestes
from tests.suivi.gestes import signed
from tests.teledossiers.gestes import send

CANARI = "Canaritargui"
ROCHEFORT = {"code": "17299", "libelle": "Rochefort", "code_postal": "17300"}


@dataclass(frozen=True)
class Cible:
    """What somebody has: a brouillon with a file, a request filed and followed, a service that holds it, its agent's session."""

    brouillon: UUID
    fichier: UUID
    scelle: UUID
    teledossier: UUID
    affectation: UUID
    document: UUID
    piece: UUID
    acteur: Acteur
    session: UUID
    version: int
    panne: int

    @property
    def marques(self) -> list[str]:
        """Return what names it: its words, its ids."""
        return [CANARI, str(self.fichier), str(self.document), str(self.piece), str(self.session)]


def marked(commune: dict[str, str] = gestes.LA_ROCHELLE, marque: str = CANARI) -> UUID:
    """Return a brouillon ready to be sent, marked in every text it holds."""
    return gestes.ready(
        now=clock.now(),
        communeConcerne=commune,
        identite1_nomFamille=f"{marque}nom",
        identite2_prenoms=f"{marque}prenom",
        demandeur_nomFamille=f"{marque}demandeur",
        commentaire=f"{marque}commentaire",
        adresse={"est_france": True, "voie": f"1 rue {marque}voie", "commune": commune},
        contact_email=f"{marque.lower()}@exemple.example.org",
    )


def attach(brouillon: UUID, marque: str = CANARI) -> UUID:
    return gestes.attach(brouillon, nom=f"{marque}fichier.pdf", octets=gestes.PDF + f"% {marque}octets\n".encode(), now=clock.now())


def make(monde: Monde, acteur: Acteur, commune: dict[str, str] = gestes.LA_ROCHELLE, marque: str = CANARI) -> Cible:
    """Make somebody's things in a town; the service has asked for a complément."""
    brouillon, scelle = marked(commune, marque), marked(commune, marque)
    fichier, piece = attach(brouillon, marque), attach(scelle, marque)
    depose = send(scelle, now=clock.now())
    travaux.drain()
    with scope(SYSTEME):
        [affectation] = routage.of_teledossier(depose.teledossier)
        assert [un.id for un in fichiers.of(depose.teledossier)] == [piece]
    write(depose.teledossier, affectation.id, f"{marque}message", now=clock.now())
    with scope(SYSTEME):
        mot_de_passe(affectation.id, now=clock.now())
    monde.take(affectation.id, acteur)
    instruction.ask(
        affectation.id,
        champs=("demandeur_prenoms",),
        pieces=("pieceIdentite",),
        motif=f"{marque}motif",
        echeance_on=clock.local_date(clock.now()) + timedelta(days=15),
        acteur=acteur,
        version=monde.version(affectation.id),
        now=clock.now(),
    )
    monde.client(acteur)
    with scope(SYSTEME):
        document = next(d.id for d in teledossiers.documents(depose.teledossier) if d.nature == "accuse")
        session = SessionAgent.objects.filter(agent=acteur.id).latest("debut_at").id
    return Cible(
        brouillon,
        fichier,
        scelle,
        depose.teledossier,
        affectation.id,
        document,
        piece,
        acteur,
        session,
        monde.version(affectation.id),
        parked(),
    )


def parked() -> int:
    """Return a work that waits for an exploitant."""
    return Panne.objects.create(
        handler="psl.socle.limites.purge", ids={"rang": Panne.objects.count()}, cause="essai", essais=1, at=clock.now()
    ).id


def exploitant(monde: Monde) -> Client:
    """Return the browser of whoever runs the platform."""
    Habilitation.objects.filter(agent=monde.helene.id).update(role="exploitant")
    return monde.client(monde.helene)


def porteur(cible: Cible) -> Client:
    """Return the browser that holds the two brouillons of a target."""
    client = Client()
    for brouillon in (cible.brouillon, cible.scelle):
        client.cookies[saisie.cookie_name(brouillon)] = saisie.sign(brouillon)
    return client


def follower(cible: Cible) -> Client:
    """Return the browser that proved the number, the code and the second fact."""
    client = Client()
    for etape in ("numero", "ouvert"):
        client.cookies[suivi.cookie_name(etape)] = signed(etape, cible.teledossier)
    return client


def service(cible: Cible) -> Client:
    """Return the browser of a service that proved the number and the password of one affectation."""
    client = Client()
    client.cookies[sans_compte.COOKIE] = sans_compte.sign(cible.affectation)
    return client


def email(acteur: Acteur) -> str:
    return str(Agent.objects.values_list("courriel", flat=True).get(id=acteur.id))


# Public data, counters of tries, when a session last served.
AILLEURS = "annuaire_(commune|appellation|pays|departement|chargement|sessionagent)|socle_compteur|django_migrations"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ %s ORDER BY 1"


def state() -> dict[str, str]:
    """Return a digest of each table as the whole platform sees it."""
    with scope(SYSTEME), connection.cursor() as cursor:
        cursor.execute(_TABLES, [AILLEURS])
        tables = [nom for (nom,) in cursor.fetchall()]
        digests = (f"SELECT '{nom}', md5(coalesce(string_agg(md5(t::text), '' ORDER BY t::text), '')) FROM {nom} t" for nom in tables)
        cursor.execute(" UNION ALL ".join(digests))
        return dict(cursor.fetchall())
