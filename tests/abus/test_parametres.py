"""Hostile values in every parameter of every route, public or not: an answer in our words, never a failure of ours."""

import pytest
from django.test import Client

from tests.acces import gestes
from tests.acces.requetes import REQUETES, Requete
from tests.acces.test_idor import LEGITIMES, undone
from tests.architecture.routes import Route, routes
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde

pytestmark = pytest.mark.django_db
NOMS = (
    "accueil", "acte", "action", "actuel", "agent", "aller", "attribution", "audience", "autour", "cas", "champ", "chercher", "code",
    "commentaire", "commune", "contexte", "courriel", "declaration", "echeance.annee", "echeance.jour", "echeance.mois", "etat", "exact",
    "fait", "g", "genre", "lat", "lettre", "liens", "lignes", "lon", "mot_de_passe", "motif", "naissance.annee", "naissance.jour",
    "naissance.mois", "nouveau", "numero", "onglet", "page", "piece", "q", "reponse", "reponses", "rester", "service", "suite", "texte",
    "theme", "tri", "version", "langue", "du", "au", "etats",
)  # fmt: skip
HOSTILES = (
    "a\x00b",
    "a\r\nSet-Cookie: x=1\r\n\r\n<script>",
    "\ud800",
    "9" * 5000,
    "٣",
    "-1",
    "nan",
    "{}[]()%s%(x)s{0}",
    "' OR 1=1; --\\",
    "\u202e\u2028\ufeff",
    "e" + "\u0301" * 500,
    "(a+)+$" + "a" * 60,
    "/../../etc/passwd",
)
PRESENTS = {"code": "EtatCivil", "sorte": "mairie", "public": "particulier", "audience": "particuliers", "ident": "F1427"}


TOURS = (0, 6)


def ask(client: Client, route: Route, chemin: str, tour: int) -> list[str]:
    """Return what is wrong with the answers to hostile values put in every parameter, by both methods; a round puts others."""
    valeurs = [valeur.encode("utf-8", "surrogatepass") for valeur in HOSTILES]
    faults = []
    for methode, longueur in (("get", 120), ("post", 5000)):  # no server reads an address of a million letters
        donnees = {nom: valeurs[(rang + tour) % len(valeurs)][:longueur] for rang, nom in enumerate(NOMS)}
        try:
            reponse = getattr(client, methode)(chemin, donnees)
        except Exception as error:
            faults.append(f"{route.nom_complet} {methode} : {type(error).__name__} {error}"[:200])
            continue
        if (reponse.status_code >= 500 and route.nom != "sante") or any("\n" in dit or "\r" in dit for dit in reponse.headers.values()):
            faults.append(f"{route.nom_complet} {methode} : {reponse.status_code}")
        if not reponse.streaming and b"<script>" in reponse.content:
            faults.append(f"{route.nom_complet} {methode} : script")
    return faults


@pytest.fixture
def monde() -> Monde:
    return mondes.make()


@pytest.mark.parametrize("tour", TOURS)
def test_c14_c15_c16_public_routes_answer_whatever_they_are_given(monde: Monde, tour: int) -> None:
    faults = []
    for route in routes():
        if route.nom_complet not in REQUETES:
            with undone():
                connus = {parametre: PRESENTS[parametre] for parametre, _ in route.parametres if parametre in PRESENTS}
                faults += ask(Client(), route, route.address(**connus), tour)
    assert faults == []


@pytest.mark.parametrize("tour", TOURS)
def test_c14_c15_guarded_routes_answer_whatever_they_are_given(monde: Monde, tour: int) -> None:
    cible = gestes.make(monde, monde.camille)
    faults = []
    for route in routes():
        if route.acces is not None and (requetes := REQUETES.get(route.nom_complet)):
            requete: Requete = requetes(cible)[0]
            with undone():
                client = LEGITIMES[route.acces.qui](monde, cible, cible)
                faults += ask(client, route, route.address(**requete.parametres), tour)
    assert faults == []
