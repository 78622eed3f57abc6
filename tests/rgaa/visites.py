"""Every page of the platform, met in its états as its readers meet it, without a browser; nothing of it is kept in the base."""

from django.test import Client, RequestFactory

from psl.demarches import queries as demarches
from psl.fiches.models import Fiche
from psl.langage.composants import COMPOSANTS
from psl.portails.theme import erreurs
from psl.saisie import acces as saisie
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.suivi import acces as suivi
from psl.teledossiers import queries as teledossiers
from tests.acces import gestes as cibles
from tests.acces.gestes import Cible
from tests.instruction import monde as mondes
from tests.rgaa import visites_agent
from tests.rgaa.carnet import ERREURS, REMPLI, VIDE, Carnet
from tests.suivi.gestes import signed
from tests.theme.test_navigateur import form
from tests.usager import gestes

AUDIENCES = ("particuliers", "professionnels", "associations")
LECTURES = [
    "/mentions-legales", "/donnees-personnelles", "/accessibilite", "/aide", "/demarches/particulier",
    "/comarquage/exemple", "/guichets/mairie",
    "/particuliers/vosdroits/F1427", "/particuliers/vosdroits/F1344?g=F34915-0-0-0", "/particuliers/vosdroits/N19810",
    "/particuliers/vosdroits/R1406", "/particuliers/services?theme=N19810",
    "/recherche?q=acte+de+naissance", "/recherche?q=naisance", "/mademarche/EtatCivil/demarche?action=DECES",
    *(f"/{audience}{suite}" for audience in AUDIENCES for suite in ("", "/comment-faire-si", "/services")),
]  # fmt: skip
REFUSEES: dict[str, dict[str, object]] = {
    "adresse": {}, "date": {"arrivee.jour": "31", "arrivee.mois": "2"}, "epci": {"epci": "vallée"}, "choix": {}, "rendez_vous": {},
    "repetition": {"enfants.0.prenom": "a" * 300, "enfants.lignes": "1"}, "declaration_honneur": {},
}  # fmt: skip
VIDES = ["/", "/avis", "/recherche", "/recherche?q=zzzzzz", "/suivi", "/suivi/code-perdu"]


def meet() -> Carnet:
    """Return every page, in every état it may have."""
    carnet = Carnet()
    read(carnet)
    fail(carnet)
    components(carnet)
    start_each(carnet)
    fill(carnet)
    monde = mondes.make()
    cible = cibles.make(monde, monde.camille)
    hold(carnet, cible)
    follow(carnet, cible)
    visites_agent.meet(carnet, monde, cible)
    carnet.visit(cibles.exploitant(monde)).get("/exploitant/")
    return carnet


def read(carnet: Carnet) -> None:
    """Read what anybody reads."""
    visite = carnet.visit()
    for chemin in VIDES:
        visite.get(chemin, VIDE)
    for chemin in [*LECTURES, *_first_of_each()]:
        visite.get(chemin)
    visite.post("/avis")
    visite.post("/guichets/mairie/autour")
    visite.get("/particuliers/guidees/F14128", VIDE)
    visite.get("/particuliers/guidees/F14128", ERREURS, suite="1")


def _first_of_each() -> list[str]:
    """Return a document and a guided search of each audience that has one."""
    rows = Fiche.objects.order_by("audience", "genre", "ident").distinct("audience", "genre").values_list("audience", "ident")
    return [f"/{audience}/vosdroits/{ident}" for audience, ident in rows]


def fail(carnet: Carnet) -> None:
    """Meet each page that says no."""
    visite, request = carnet.visit(), RequestFactory(headers={"accept-language": "fr"}).get("/quelque-part")
    visite.get("/nulle-part", ERREURS)
    refusees = {
        400: erreurs.bad_request(request, ValueError()), 403: erreurs.forbidden(request, PermissionError()),
        405: erreurs.not_allowed(request, "GET"), 413: erreurs.too_large(request),
        429: erreurs.refused(request, Refus("trop", "Attendez.", statut=429)),
        500: erreurs.failed(request), 503: erreurs.unavailable(request),
    }  # fmt: skip
    for statut, reponse in refusees.items():
        carnet.note(reponse, f"erreur:{statut}", ERREURS)


def components(carnet: Carnet) -> None:
    """Meet a page with every kind of champ, then the page of each component in the gallery: its example, and what it refuses."""
    for etat in (VIDE, ERREURS, REMPLI):
        carnet.note(form(etat), "composants", etat)
    visite = carnet.visit()
    visite.get("/composants")
    for nom in COMPOSANTS:
        visite.get(f"/composants/{nom}", REMPLI)
        if nom in REFUSEES:
            visite.post(f"/composants/{nom}", REFUSEES[nom])


def start_each(carnet: Carnet) -> None:
    """Meet the start and the first step of each published démarche."""
    for vue in demarches.listing():
        visite = carnet.visit()
        visite.get(vue.url)
        suite = visite.client.post(f"/mademarche/{vue.code}/commencer")["Location"]
        premiere = visite.client.get(suite, follow=True).request["PATH_INFO"]
        visite.get(premiere, VIDE)
        visite.post(premiere)


def fill(carnet: Carnet) -> None:
    """Fill the civil status request, each step empty, wrong, then filled, up to the accusé."""
    visite = carnet.visit()
    brouillon = gestes.start(visite.client, action="MARIAGE")
    racine = f"/ma-demande/{brouillon}"
    for page in gestes.ETAPES:
        chemin = f"{racine}/etape/{page}"
        visite.get(chemin, VIDE)
        visite.post(chemin)
        for _ in range(2):  # a question may appear: the same answers again
            visite.post(chemin, dict(gestes.ETAPES[page]), REMPLI)
        visite.get(chemin)
    visite.get(f"{racine}/recapitulatif")
    visite.post(f"{racine}/envoyer")
    visite.get(f"{racine}/plus-tard", VIDE)
    visite.post(f"{racine}/plus-tard")
    visite.post(f"{racine}/plus-tard", {"courriel": "noe@exemple.example.org"}, REMPLI)
    visite.get(f"{racine}/commune/communeConcerne")
    visite.post(f"{racine}/commune/communeConcerne", {"q": "zzzzzz"}, VIDE)
    visite.get(saisie.resume_path(brouillon), VIDE)
    visite.post(saisie.resume_path(brouillon), {"code": "0000-0000"})
    visite.client.post(f"{racine}/envoyer", {"declaration": "exactitude"})
    visite.get(f"{racine}/accuse")
    ailleurs = gestes.start(visite.client, action="DECES")
    visite.client.post(f"/ma-demande/{ailleurs}/etape/demande", {"action": "DECES", "lieuEvenement": "REFUGIE"})
    visite.get(f"/ma-demande/{ailleurs}/autre-service")


def hold(carnet: Carnet, cible: Cible) -> None:
    """Meet the pages of whoever holds a brouillon with a file."""
    visite = carnet.visit(cibles.porteur(cible))
    visite.get(f"/ma-demande/{cible.brouillon}/etape/pieces")
    visite.get(f"/ma-demande/{cible.brouillon}/recapitulatif")
    visite.get(f"/ma-demande/{cible.scelle}/accuse")


def follow(carnet: Carnet, cible: Cible) -> None:
    """Follow a request: the proofs, each wrong first, then the dossier, a message, the withdrawal, the complément."""
    visite = carnet.visit()
    visite.post("/suivi", {"numero": "A-6-INCONNU0", "code": "faux"})
    visite.post("/suivi/code-perdu")
    with scope(SYSTEME):
        numero = teledossiers.get_teledossier(cible.teledossier).numero
    visite.post("/suivi/code-perdu", {"numero": numero, "courriel": "qui@exemple.example.org"}, REMPLI)
    visite.post("/suivi/code-perdu", {"code": "000000"})
    visite.client.cookies[suivi.cookie_name("numero")] = signed("numero", cible.teledossier)
    visite.get("/suivi/verification", VIDE)
    visite.post("/suivi/verification", {"envoyer": "1"}, REMPLI)
    visite.post("/suivi/verification", {"code": "000000"})
    visite = carnet.visit(cibles.follower(cible))
    visite.get("/suivi/dossier")
    visite.post(f"/suivi/dossier/{cible.affectation}/message")
    visite.get("/suivi/retirer")
    complete(carnet, visite.client, cible)


def complete(carnet: Carnet, client: Client, cible: Cible) -> None:
    """Meet what an agent re-opened."""
    visite = carnet.visit(client)
    ici = client.post(f"/suivi/dossier/{cible.affectation}/completer")["Location"]
    premiere = client.get(ici, follow=True).request["PATH_INFO"]
    visite.get(premiere)
    visite.post(premiere)
    visite.get(f"{ici}/recapitulatif")
