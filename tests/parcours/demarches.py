"""Filing a démarche of the catalogue whole through its pages, without script, and reading what each recipient gets."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.annuaire.demonstration import load_demonstration
from psl.annuaire.models import ServiceInstructeur
from psl.routage import queries
from psl.routage.models import Affectation
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from tests.harnais import travaux
from tests.pieces.exemples import PDF
from tests.usager import gestes

CONTACT = {"contact_email": "camille@exemple.example.org", "contact_telephone": "06 39 98 12 34"}
VILLES = {"17300": "La Rochelle (17000)", "17299": "Rochefort (17300)"}


def day(nom: str, jour: date) -> dict[str, str]:
    return {f"{nom}.jour": str(jour.day), f"{nom}.mois": str(jour.month), f"{nom}.annee": str(jour.year)}


def commune(nom: str, code: str) -> dict[str, str]:
    return {nom: VILLES[code], f"{nom}.code": code}


def identity(prefixe: str, naissance: date = date(1980, 5, 17)) -> dict[str, str]:
    noms = {f"{prefixe}_civilite": "MME", f"{prefixe}_nomFamille": "Essai", f"{prefixe}_prenoms": "Camille Zoé"}
    return noms | day(f"{prefixe}_dateNaissance", naissance)


def file(
    client: Client, code: str, etapes: Mapping[str, Mapping[str, Any]], pieces: tuple[str, ...] = ()
) -> dict[str, tuple[str, list[str]]]:
    """Fill every step in turn, send, do the jobs; return for each recipient its service and the keys of what it received."""
    load_demonstration(now=clock.now())
    brouillon = UUID(client.post(f"/mademarche/{code}/commencer")["Location"].split("/")[2])
    for page, donnees in etapes.items():
        reponse = gestes.fill(client, brouillon, page, _with_files(donnees, pieces))
        if reponse.status_code == 302 and reponse["Location"].partition("#")[0].endswith(f"/etape/{page}"):
            reponse = gestes.fill(client, brouillon, page, _with_files(donnees, pieces))  # a question appeared: the same answers again
        assert reponse.status_code == 302, (page, reponse.content.decode())
    assert reponse["Location"] == f"/ma-demande/{brouillon}/recapitulatif"
    assert gestes.send(client, brouillon)["Location"] == f"/ma-demande/{brouillon}/accuse"
    travaux.drain()
    return received()


def _with_files(donnees: Mapping[str, Any], pieces: tuple[str, ...]) -> dict[str, Any]:
    return {nom: SimpleUploadedFile(f"{nom}.pdf", PDF) if nom in pieces else valeur for nom, valeur in donnees.items()}


def received() -> dict[str, tuple[str, list[str]]]:
    with scope(SYSTEME):
        rows = Affectation.objects.order_by("cree_at", "id")
        services = dict(ServiceInstructeur.objects.values_list("id", "cle"))
        return {row.destinataire: (services[row.service], sorted(queries.read_content(row.id).valeurs)) for row in rows}
