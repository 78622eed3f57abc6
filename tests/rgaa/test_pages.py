"""No page is forgotten: the list of routes says which there are."""

from tests.architecture.routes import routes
from tests.rgaa.carnet import Carnet

# Routes that never answer with a page of their own, and what they answer with.
SANS_PAGE = {
    "sante": "JSON",
    "public:suggestions": "JSON",
    "public:communes": "JSON",
    "public:comarquage-html": "une partie de page",
    "public:comarquage-json": "JSON",
    **{route.nom_complet: "un fichier" for route in routes() if route.nom.startswith(("flux", "sitemap", "robots", "plan-"))},
    **dict.fromkeys(("public:guidee-associations", "public:guidee-professionnels"), "aucune recherche guidée n'est livrée"),
    "public:langue": "une redirection",
    **dict.fromkeys(("usager:commencer", "usager:reprise", "usager:retirer", "usager:completer", "usager:fermer"), "une redirection"),
    **dict.fromkeys(("usager:accuse-pdf", "usager:recap-pdf", "usager:document", "usager:preuve", "usager:certificats"), "un fichier"),
    **dict.fromkeys(("agent:document", "agent:recapitulatif", "agent:lettre", "agent:fichier", "agent:image", "agent:pec"), "un fichier"),
    **dict.fromkeys(("agent:service-fichier", "agent:service-recap"), "un fichier"),
    **dict.fromkeys(
        ("exploitant:rejeu", "public:autour", "agent:deconnexion", "agent:fermer-session", "agent:service-fermer"), "une redirection"
    ),
}

# Pages not judged here yet: each says what it would take.
NON_VUES = {"usager:changements": "un brouillon commencé avant une nouvelle version de sa démarche"}


def is_former(nom: str) -> bool:
    """Say whether a route is an old address, which leads to the new one."""
    return nom.startswith(("public:ancienne-", "public:tres-ancienne-")) or nom == "public:vosdroits"


def test_every_route_is_met_or_has_no_page(carnet: Carnet) -> None:
    met = {page.route for page in carnet.pages}
    there = {route.nom_complet for route in routes() if not is_former(route.nom_complet)}
    assert (sorted(there - met - set(SANS_PAGE) - set(NON_VUES)), sorted(met & {*SANS_PAGE, *NON_VUES})) == ([], [])


def test_every_form_is_met_wrong(carnet: Carnet) -> None:
    """A page that asks for something is met in error too, there or where its form is sent."""
    wrong = [page.html for page in carnet.pages if page.etat == "erreurs"]
    assert [page.nom for page in carnet.pages if page.statut == 422 and page.etat != "erreurs"] == ["agent.apercu-rempli-0"]
    assert len(wrong) > 40
