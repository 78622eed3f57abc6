"""For each route that is not public, requests that do what it is for, aimed at somebody's things.

A new route stands here, or the tests of access fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.test import Client

from tests.acces.gestes import Cible
from tests.architecture.routes import Route, routes


@dataclass(frozen=True)
class Requete:
    """A request aimed at a target; `parametres` name it in the address."""

    methode: str
    parametres: dict[str, object] = field(default_factory=dict)
    donnees: dict[str, str] = field(default_factory=dict)

    def send(self, client: Client, route: Route) -> HttpResponse:
        reponse: HttpResponse = getattr(client, self.methode)(route.address(**self.parametres), self.donnees)
        return reponse


def _both(parametres: dict[str, object], donnees: dict[str, str]) -> list[Requete]:
    return [Requete("get", parametres), Requete("post", parametres, donnees)]


def _brouillon(c: Cible) -> dict[str, object]:
    return {"brouillon_id": c.brouillon}


def _scelle(c: Cible) -> dict[str, object]:
    return {"brouillon_id": c.scelle}


def _dossier(c: Cible) -> dict[str, object]:
    return {"affectation_id": c.affectation}


def _version(c: Cible, **donnees: str) -> dict[str, str]:
    return {"version": str(c.version), **donnees}


def _act(**donnees: str) -> Callable[[Cible], list[Requete]]:
    return lambda c: [Requete("post", _dossier(c), _version(c, **donnees))]


def _answer(c: Cible) -> list[Requete]:
    return _both(_dossier(c), _version(c, lettre="Bonjour,", motif="Parce que."))


ECHEANCE = {"echeance.jour": "31", "echeance.mois": "12", "echeance.annee": "2099"}
REQUETES: dict[str, Callable[[Cible], list[Requete]]] = {
    "usager:reprise": lambda c: [Requete("get", _brouillon(c))],
    "usager:etape": lambda c: _both(_brouillon(c) | {"page": "acte"}, {"nombreExemplaire": "5"}),
    "usager:retirer": lambda c: [Requete("post", _brouillon(c) | {"fichier_id": c.fichier})],
    "usager:commune": lambda c: _both(_brouillon(c) | {"champ": "communeConcerne"}, {"code": "75056"}),
    "usager:sortie": lambda c: [Requete("get", _brouillon(c))],
    "usager:changements": lambda c: _both(_brouillon(c), {}),
    "usager:plus-tard": lambda c: _both(_brouillon(c), {"courriel": "voleur@exemple.example.org"}),
    "usager:recapitulatif": lambda c: [Requete("get", _brouillon(c))],
    "usager:envoyer": lambda c: [Requete("post", _brouillon(c), {"declaration": "exactitude"})],
    "usager:accuse": lambda c: [Requete("get", _scelle(c))],
    "usager:accuse-pdf": lambda c: [Requete("get", _scelle(c))],
    "usager:recap-pdf": lambda c: [Requete("get", _scelle(c))],
    "usager:dossier": lambda c: [Requete("get")],
    "usager:completer": lambda c: [Requete("post", _dossier(c))],
    "usager:message": lambda c: [Requete("post", _dossier(c), {"texte": "Bonjour"})],
    "usager:retrait": lambda c: _both({}, {}),
    "usager:document": lambda c: [Requete("get", {"document_id": c.document})],
    "usager:preuve": lambda c: [Requete("get")],
    "exploitant:supervision": lambda c: [Requete("get")],
    "exploitant:rejeu": lambda c: [Requete("post", {"panne_id": c.panne})],
    "agent:bannette": lambda c: [Requete("get"), Requete("get", donnees={"q": "canaritarguinom", "onglet": "en_cours"})],
    "agent:dossier": lambda c: [Requete("get", _dossier(c))],
    "agent:recapitulatif": lambda c: [Requete("get", _dossier(c))],
    "agent:lettre": lambda c: [Requete("get", _dossier(c))],
    "agent:document": lambda c: [Requete("get", {**_dossier(c), "rang": 1})],
    "agent:fichier": lambda c: [Requete("get", _dossier(c) | {"fichier_id": c.piece})],
    "agent:apercu": lambda c: [Requete("get", _dossier(c) | {"fichier_id": c.piece, "rang": 1})],
    "agent:image": lambda c: [Requete("get", _dossier(c) | {"fichier_id": c.piece, "rang": 0})],
    "agent:pec": lambda c: [Requete("get", _dossier(c) | {"rang": 1})],
    "agent:prise": _act(),
    "agent:remise": _act(),
    "agent:attribution": lambda c: [Requete("post", _dossier(c), _version(c, agent=str(c.acteur.id)))],
    "agent:message": lambda c: [Requete("post", _dossier(c), {"texte": "Bonjour"})],
    "agent:complement": lambda c: _both(_dossier(c), _version(c, champ="motif", motif="Encore.", **ECHEANCE)),
    "agent:acceptation": _answer,
    "agent:refus": _answer,
    "agent:non-recevable": _answer,
    "agent:sans-suite": _answer,
    "agent:service-dossier": lambda c: [Requete("get")],
    "agent:service-etat": lambda c: [Requete("post", donnees=_version(c, etat="accept", commentaire="Oui."))],
    "agent:service-complement": lambda c: [Requete("post", donnees=_version(c, piece="pieceIdentite", motif="Encore."))],
    "agent:service-message": lambda c: [Requete("post", donnees={"texte": "Bonjour"})],
    "agent:service-document": lambda c: [Requete("post", donnees={"document": ""})],
    "agent:service-fichier": lambda c: [Requete("get", {"fichier_id": c.piece})],
    "agent:service-recap": lambda c: [Requete("get")],
    "agent:reorientation": lambda c: _both(_dossier(c), _version(c, service="", motif="Les registres sont ailleurs.")),
    "agent:compte": lambda c: [Requete("get")],
    "agent:mot-de-passe": lambda c: [Requete("post", donnees={"actuel": "x", "nouveau": "y"})],
    "agent:secours": lambda c: [Requete("post", donnees={"code": "000000"})],
    "agent:sessions": lambda c: [Requete("get")],
    "agent:fermer-session": lambda c: [Requete("post", {"session_id": c.session})],
    "agent:deconnexion": lambda c: [Requete("post")],
}
GARDEES = [route for route in routes() if route.acces is None or route.acces.qui != "public"]
