"""Whatever is posted to whatever page, in whatever order: never a failure of ours, and nothing of another page is lost."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.saisie import gestes as saisie
from tests.usager import gestes

pytestmark = pytest.mark.django_db
PAGES = saisie.PAGES
NOMS = sorted({nom for page in gestes.ETAPES.values() for nom in page} | {
    "motifPrecision", "commentaire", "qualitePrecision", "dateDeces.jour", "dateDeces.mois", "dateDeces.annee",
    "identite1_dateNaissance.jour",
    "identite1_dateNaissance.mois", "identite1_dateNaissance.annee", "adresse.pays", "adresse.etranger", "adresse.complement",
    "filiation1_mere_nom", "filiation1_pere_prenoms", "identite1_nomUsage", "demandeur_civilite", "aller", "chercher", "declaration",
})  # fmt: skip
PLAUSIBLES = [
    "", " ", "oui", "non", "0", "1", "5", "31", "2", "1998", "2026", "MARIAGE", "DECES", "NAISSANCE", "FRANCE", "ETRANGER", "AUTRE", "CNI",
    "COPIE-INTEGRALE", "EXTRAIT-SANS-FILIATION", "PersonneConcernee", "Mandataire", "17300", "75056", "99100", "99131", "La Rochelle",
    "Rochefort",
    "noe@exemple.example.org", "06 39 98 12 34", "+1 202 555 0147", "precedent", "plus-tard", "communeConcerne", "adresse.commune",
    "\x00", "\u202e", "é" * 300, "{{x}}", "<b>", "'", "\n\n", "٣", "𝟛", "1e9", "-0", "\ud7ff",
]  # fmt: skip
textes = st.sampled_from(PLAUSIBLES) | st.text(max_size=40)
envois = st.dictionaries(st.sampled_from(NOMS), textes, max_size=14)
gestes_possibles = st.tuples(st.sampled_from([*PAGES, "recapitulatif", "envoyer", "commune", "reprise"]), envois, st.booleans())


def act(client: Client, brouillon: UUID, page: str, envoi: dict[str, str], *, est_complet: bool) -> int:
    """Do one thing; a page may be sent with its right answers under the odd ones."""
    racine = f"/ma-demande/{brouillon}"
    if page in PAGES:
        donnees: dict[str, Any] = {**(gestes.ETAPES[page] if est_complet else {}), **envoi}
        return client.post(f"{racine}/etape/{page}", donnees).status_code
    if page == "commune":
        return client.post(
            f"{racine}/commune/communeConcerne", {"q": envoi.get("communeConcerne", ""), "code": envoi.get("chercher", "")}
        ).status_code
    if page == "envoyer":
        return client.post(f"{racine}/envoyer", {"declaration": "exactitude"} if est_complet else envoi).status_code
    return client.get(racine if page == "reprise" else f"{racine}/{page}", follow=True).status_code


def test_no_order_and_no_content_of_pages_is_a_failure_of_ours(db: None) -> None:
    @settings(max_examples=50, deadline=None)
    @given(st.lists(gestes_possibles, min_size=1, max_size=6))
    def tried(suite: list[tuple[str, dict[str, str], bool]]) -> None:
        client = Client()
        brouillon = gestes.start(client, action="MARIAGE")
        saisie.write(brouillon, saisie.REPONSES)
        statuts = [act(client, brouillon, page, envoi, est_complet=complet) for page, envoi, complet in suite]
        statuts += [client.get(f"/ma-demande/{brouillon}/etape/{page}", follow=True).status_code for page in PAGES]
        statuts += [client.get(f"/ma-demande/{brouillon}/recapitulatif", follow=True).status_code]
        assert [statut for statut in statuts if statut not in {200, 302, 404, 409, 422}] == []

    tried()


def test_whatever_is_filed_can_be_shown(db: None) -> None:
    """The accusé and the filled request come out whatever the answers are, in both languages."""

    @settings(max_examples=15, deadline=None)
    @given(st.dictionaries(st.sampled_from([nom for nom in NOMS if "nom" in nom.lower() or "commentaire" in nom]), st.text(max_size=256)))
    def tried(noms: dict[str, str]) -> None:
        client = Client()
        client.cookies["langue"] = "en" if len(noms) % 2 else "fr"
        brouillon = gestes.start(client, action="MARIAGE")
        saisie.write(brouillon, saisie.REPONSES)
        for page in ("acte", "personnes", "coordonnees"):
            act(client, brouillon, page, {nom: texte for nom, texte in noms.items() if texte.strip()}, est_complet=True)
        if gestes.send(client, brouillon)["Location"].endswith("/accuse"):
            chemins = ("accuse", "accuse.pdf", "demande.pdf")
            assert [client.get(f"/ma-demande/{brouillon}/{chemin}").status_code for chemin in chemins] == [200] * 3

    with translation.override("fr"):  # a request leaves its language to its thread
        tried()
