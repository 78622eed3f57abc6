"""Nobody reaches what is somebody else's: every route that is not public, tried by each who is not its owner. Generated from the routes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from psl.annuaire.operations.agents import revoke, withdraw
from psl.saisie import acces as saisie
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.suivi import acces as suivi
from psl.teledossiers import queries
from tests.acces import gestes
from tests.acces.gestes import Cible
from tests.acces.requetes import GARDEES, REQUETES, Requete
from tests.architecture.routes import Route
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde
from tests.suivi.gestes import signed

type Visiteur = Callable[[Monde, Cible, Cible], Client]


def other_bearer(monde: Monde, cible: Cible, autre: Cible) -> Client:
    """Hold other brouillons, and send their proofs under the target's names too."""
    client = gestes.porteur(autre)
    client.cookies[saisie.cookie_name(cible.brouillon)] = saisie.sign(autre.brouillon)
    client.cookies[saisie.cookie_name(cible.scelle)] = signed("ouvert", cible.scelle)
    return client


def half_proven(monde: Monde, cible: Cible, autre: Cible) -> Client:
    """Have proven the number and the code, and not the second fact."""
    client = Client()
    client.cookies[suivi.cookie_name("numero")] = signed("numero", cible.teledossier)
    client.cookies[suivi.cookie_name("ouvert")] = signed("numero", cible.teledossier)
    return client


def revoked(monde: Monde, cible: Cible, autre: Cible) -> Client:
    client = monde.client(monde.yanis)
    revoke(gestes.email(monde.yanis), now=clock.now())
    return client


def withdrawn(monde: Monde, cible: Cible, autre: Cible) -> Client:
    client = monde.client(monde.yanis)
    withdraw(gestes.email(monde.yanis), monde.la_rochelle, now=clock.now())
    return client


INTRUS: dict[str, Visiteur] = {
    "un inconnu": lambda monde, cible, autre: Client(),
    "le porteur d'un autre brouillon": other_bearer,
    "qui suit un autre dossier": lambda monde, cible, autre: gestes.follower(autre),
    "qui n'a pas prouvé le second fait": half_proven,
    "le service d'un autre dossier": lambda monde, cible, autre: gestes.service(autre),
    "un agent d'une autre commune": lambda monde, cible, autre: monde.client(monde.ines),
    "un agent révoqué": revoked,
    "un agent retiré du service": withdrawn,
}
LEGITIMES: dict[str, Visiteur] = {
    "porteur": lambda monde, cible, autre: gestes.porteur(cible),
    "suivi": lambda monde, cible, autre: gestes.follower(cible),
    "agent": lambda monde, cible, autre: monde.client(cible.acteur),
    "service": lambda monde, cible, autre: gestes.service(cible),
    "exploitant": lambda monde, cible, autre: gestes.exploitant(monde),
}


@pytest.fixture
def monde(db: None) -> Monde:
    return mondes.make()


@pytest.fixture
def cible(monde: Monde) -> Cible:
    return gestes.make(monde, monde.camille)


@pytest.fixture
def autre(monde: Monde) -> Cible:
    """The same things of somebody else, in another town."""
    return gestes.make(monde, monde.ines, gestes.ROCHEFORT, "Voisin")


@contextmanager
def undone() -> Iterator[None]:
    """Undo what a request did, without a transaction around it: what counts tries must be able to commit."""
    point = transaction.savepoint_create()
    yield
    transaction.savepoint_rollback(point)


def requests(cible: Cible) -> Iterator[tuple[Route, Requete]]:
    for route in GARDEES:
        for requete in REQUETES[route.nom_complet](cible):
            yield route, requete


def test_every_guarded_route_has_its_requests() -> None:
    assert set(REQUETES) == {route.nom_complet for route in GARDEES}


@pytest.mark.parametrize("nom", INTRUS)
def test_a1_a2_a3_a4_a14_nothing_of_somebody_else_s(monde: Monde, cible: Cible, autre: Cible, nom: str) -> None:
    client = INTRUS[nom](monde, cible, autre)
    avant, faults = gestes.state(), []
    for route, requete in requests(cible):
        with undone():
            reponse = requete.send(client, route)
            corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
            asked = str(requete.parametres.values())  # an id that was asked for may be told back
            wrong = [marque for marque in cible.marques if marque.encode() in corps and marque not in asked]
            if route.parametres:
                wrong += [f"{reponse.status_code}"] if not is_refused(reponse.status_code, reponse.headers.get("Location", "")) else []
                wrong += [table for table, digest in gestes.state().items() if avant[table] != digest]
            elif reponse.status_code >= 500:
                wrong.append(f"{reponse.status_code}")
            faults += [f"{route.nom_complet} {requete.methode} : {', '.join(wrong)}"] if wrong else []
    assert faults == []


def is_refused(statut: int, ailleurs: str) -> bool:
    """Say whether an answer gives nothing: there is no such thing, or go and prove who you are."""
    return statut in {403, 404} or (
        statut == 302 and ailleurs.partition("?")[0] in {"/suivi", "/agent/connexion", "/agent/gestionnaire-de-suivi"}
    )


def test_whoever_it_belongs_to_gets_through(monde: Monde, cible: Cible, autre: Cible) -> None:
    """The requests are right: their owner is served, and reads the words that nobody else read."""
    faults, lus = [], b""
    for route, requete in requests(cible):
        assert route.acces is not None
        with undone():
            client = LEGITIMES[route.acces.qui](monde, cible, autre)
            reponse = requete.send(client, route)
            corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
            lus += corps
            if is_refused(reponse.status_code, reponse.headers.get("Location", "")) or reponse.status_code in {400, 405, 500}:
                faults.append(f"{route.nom_complet} {requete.methode} : {reponse.status_code}")
    nothing_yet = ["agent:document get : 404", "agent:lettre get : 404"]  # before an answer
    assert faults == ["agent:deconnexion post : 302", *nothing_yet]  # out, as asked
    assert [
        mot
        for mot in ("nom", "prenom", "voie", "commentaire", "message", "motif", "fichier.pdf")
        if (gestes.CANARI + mot).encode() not in lus
    ] == []


def test_a1_a_number_is_no_key(client: Client, cible: Cible) -> None:
    """A public reference opens nothing by itself (Open Forms, CVE-2026-28803)."""
    with undone():
        for chemin in (f"/suivi?numero={cible.teledossier}", f"/accuse/{cible.teledossier}", "/suivi/dossier", "/suivi/verification"):
            assert [marque for marque in cible.marques if marque.encode() in client.get(chemin, follow=True).content] == []


def test_ids_of_another_kind_open_nothing(cible: Cible) -> None:
    """A brouillon's id where a télédossier's is expected, and so on: each lock knows its own keys."""
    holder, follower = gestes.porteur(cible), gestes.follower(cible)
    tried = {
        holder.get(f"/ma-demande/{cible.teledossier}").status_code,
        holder.get(f"/ma-demande/{cible.affectation}/recapitulatif").status_code,
        follower.get(f"/suivi/document/{cible.piece}").status_code,
        follower.get(f"/suivi/document/{recap_of(cible)}").status_code,
        follower.post(f"/suivi/dossier/{cible.teledossier}/message", {"texte": "Bonjour"}).status_code,
    }
    assert tried == {404}


def recap_of(cible: Cible) -> UUID:
    """Return a document of the same télédossier that is for the service only."""
    with scope(SYSTEME):
        return next(document.id for document in queries.documents(cible.teledossier) if document.nature == "recapitulatif")
