"""The pages of those who instruct: agents, and services without an account."""

from uuid import UUID

from psl.annuaire.operations.connexion import login, verify_totp
from psl.socle import clock
from tests.acces import gestes as cibles
from tests.acces.gestes import Cible
from tests.annuaire.agents import COURRIEL, IP, MOT_DE_PASSE, make_agent
from tests.instruction.monde import Monde
from tests.rgaa.carnet import REMPLI, VIDE, Carnet, Visite

ACTES = ("complement", "acceptation", "refus", "non-recevable", "sans-suite", "reorientation")


def meet(carnet: Carnet, monde: Monde, cible: Cible) -> None:
    """Meet every page of the portal."""
    log_in(carnet)
    own(carnet)
    visite = carnet.visit(monde.client(monde.helene))
    visite.get("/agent/", VIDE, onglet="termine", q="introuvable")
    autre = monde.file()
    for page in ("/agent/", "/agent/?onglet=en_cours", "/agent/?q=dupre"):
        visite.get(page)
    read(visite, monde, str(autre))
    read(carnet.visit(monde.client(monde.camille)), monde, str(cible.affectation))
    visite.get(f"/agent/dossier/{cible.affectation}/fichier/{cible.piece}/page/1")
    serve(carnet, cible)


def log_in(carnet: Carnet) -> None:
    """Log in, wrongly first."""
    visite = carnet.visit()
    visite.get("/agent/connexion", VIDE)
    visite.post("/agent/connexion", {"courriel": "qui@mairie.example.org", "mot_de_passe": "faux"})
    visite.get("/agent/verification", VIDE)
    visite.post("/agent/verification", {"code": "000000"})


def own(carnet: Carnet) -> None:
    """See to one's own account."""
    agent, now = make_agent(), clock.now()
    visite = carnet.visit()
    attente = login(COURRIEL, MOT_DE_PASSE, ip=IP, appareil="Firefox · Linux", now=now)
    visite.client.cookies["agent"] = attente
    visite.get("/agent/verification", VIDE)
    visite.post("/agent/verification", {"code": "000000"})
    visite.client.cookies["agent"] = verify_totp(attente, agent.code(now), ip=IP, now=now)
    visite.get("/agent/compte", VIDE)
    visite.get("/agent/compte", fait="mot-de-passe")
    visite.post("/agent/compte/mot-de-passe", {"actuel": MOT_DE_PASSE, "nouveau": "court"})
    visite.post("/agent/compte/secours", {"code": "000000"})
    [secours, *_] = agent.enrolement.codes
    visite.post("/agent/compte/secours", {"code": secours}, REMPLI)
    visite.get("/agent/sessions")


def read(visite: Visite, monde: Monde, affectation: str) -> None:
    """Read a dossier and each form of its acts, wrong first."""
    racine = f"/agent/dossier/{affectation}"
    visite.get(racine, VIDE)
    visite.post(f"{racine}/prise", {"version": "0"})
    visite.post(f"{racine}/prise", {"version": str(monde.version(UUID(affectation)))})
    visite.get(racine, fait="prise")
    for geste in ("message", "remise", "attribution"):
        visite.post(f"{racine}/{geste}", {"version": "0"})
    for acte in ACTES:
        visite.get(f"{racine}/{acte}", VIDE)
        visite.post(f"{racine}/{acte}", {"version": str(monde.version(UUID(affectation)))})


def serve(carnet: Carnet, cible: Cible) -> None:
    """Follow one dossier without an account."""
    dehors = carnet.visit()
    dehors.get("/agent/gestionnaire-de-suivi", VIDE)
    dehors.post("/agent/gestionnaire-de-suivi", {"numero": "A-6-INCONNU0", "mot_de_passe": "faux"})
    visite = carnet.visit(cibles.service(cible))
    visite.get("/agent/gestionnaire-de-suivi/dossier")
    for geste in ("etat", "complement", "message", "document"):
        visite.post(f"/agent/gestionnaire-de-suivi/{geste}", {"version": "0"})
    visite.get("/agent/gestionnaire-de-suivi/dossier", fait="message")
