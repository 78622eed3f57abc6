"""Two tabs at once: both pages are kept, the last place goes to one file only."""

from functools import partial
from uuid import UUID

from psl.pieces import queries as fichiers
from psl.saisie.operations import porteur
from psl.socle.acteur import scope
from tests.harnais.base import BaseReelle
from tests.harnais.ensemble import at_once
from tests.pieces.exemples import PDF
from tests.saisie import gestes
from tests.usager.gestes import ACTE, COORDONNEES

TOURS = 20


def test_two_pages_saved_at_once_are_both_kept(base_reelle: BaseReelle) -> None:
    brouillon = gestes.ready()
    acte = [partial(gestes.fill, brouillon, "acte", {**ACTE, "commentaire": f"tour {n}"}) for n in range(TOURS)]
    coordonnees = [partial(gestes.fill, brouillon, "coordonnees", {**COORDONNEES, "demandeur_prenoms": f"Noé {n}"}) for n in range(TOURS)]
    unes, autres = at_once(acte, coordonnees)
    assert [type(rempli).__name__ for rempli in unes + autres] == ["Rempli"] * (2 * TOURS)
    ouvert = gestes.see(brouillon)
    assert (ouvert.document.reponses["commentaire"], ouvert.document.reponses["demandeur_prenoms"]) == ("tour 19", "Noé 19")
    assert (ouvert.revision, sorted(ouvert.document.faites)) == (1 + 2 * TOURS, sorted(gestes.PAGES))


def test_the_same_page_saved_at_once_is_one_or_the_other(base_reelle: BaseReelle) -> None:
    brouillon = gestes.ready()
    envois = [{**ACTE, "nombreExemplaire": str(n), "commentaire": f"tour {n}"} for n in (1, 2)]
    for _ in range(5):
        at_once(*([partial(gestes.fill, brouillon, "acte", envoi)] for envoi in envois))
        reponses = gestes.see(brouillon).document.reponses
        assert reponses["commentaire"] == f"tour {reponses['nombreExemplaire']}"


def test_the_last_place_goes_to_one_file_only(base_reelle: BaseReelle) -> None:
    brouillons = [gestes.ready() for _ in range(5)]
    for brouillon in brouillons:
        gestes.attach(brouillon)
    suites = [[partial(gestes.attach, id_, octets=PDF + f"% {n}\n".encode()) for id_ in brouillons] for n in range(3)]
    for brouillon, *answers in zip(brouillons, *at_once(*suites), strict=True):
        assert (
            sorted(str(type(a).__name__) if isinstance(a, UUID) else str(a) for a in answers) == ["UUID"] + ["fichiers-trop-nombreux"] * 2
        )
        with scope(porteur(brouillon)):
            assert len(fichiers.of(brouillon)) == 2


def test_the_same_file_sent_twice_at_once_is_one_file(base_reelle: BaseReelle) -> None:
    brouillon = gestes.ready()
    [un], [autre] = at_once([partial(gestes.attach, brouillon)], [partial(gestes.attach, brouillon)])
    assert un == autre
