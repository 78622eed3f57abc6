"""A brouillon passes to the version that a publication says: its answers by their keys, what changed told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from psl.demarches import queries as demarches
from psl.demarches.operations import publish
from psl.langage import charger
from psl.saisie import operations, queries
from psl.socle.acteur import scope
from tests.saisie import gestes
from tests.saisie.gestes import NOW
from tests.usager.gestes import fill_all

pytestmark = pytest.mark.django_db
SLUG = "acte-etat-civil"
type Publier = Callable[..., None]


@pytest.fixture
def publier(tmp_path: Path) -> Iterator[Publier]:
    """Publish the démarche with some of its text replaced."""

    def publier(*changes: tuple[str, str], brouillons: str = "porter") -> None:
        dossier = tmp_path / SLUG
        dossier.mkdir()
        texte = (Path(settings.CATALOGUE) / SLUG / "demarche.yaml").read_text(encoding="utf-8")
        for avant, apres in changes:
            assert avant in texte
            texte = texte.replace(avant, apres)
        (dossier / "demarche.yaml").write_text(texte, encoding="utf-8")
        publish(charger.load(dossier), now=NOW, brouillons=brouillons)
        demarches.forget()

    yield publier
    demarches.forget()


LIBELLE = ("De quel document avez-vous besoin ?", "Quel document vous faut-il ?")


def test_answers_are_kept_and_what_changed_is_asked_again(publier: Publier) -> None:
    brouillon = gestes.ready(faites=gestes.PAGES)
    publier(LIBELLE)
    porte = operations.carry_over(brouillon, now=NOW)
    assert porte.digest == demarches.by_code("EtatCivil").digest
    assert porte.document.changees == ["natureActe"]
    assert porte.document.reponses["natureActe"] == "COPIE-INTEGRALE"
    assert porte.document.faites == [page for page in gestes.PAGES if page != "acte"]
    assert gestes.kinds(brouillon)[-1] == "brouillon.porte"
    operations.read_changes(brouillon, now=NOW)
    assert (operations.carry_over(brouillon, now=NOW).document.changees, porte.digest) == ([], porte.digest)


def test_an_answer_no_longer_possible_is_asked_again(publier: Publier) -> None:
    brouillon = gestes.ready(faites=gestes.PAGES)
    publier(("{valeur: PASSEPORT,", "{valeur: VISA,"), ('"PASSEPORT"', '"VISA"'))
    porte = operations.carry_over(brouillon, now=NOW)
    assert ("motif" in porte.document.reponses, porte.document.changees) == (False, ["motif"])


def test_a_brouillon_finishes_where_it_began_when_the_publication_says_so(publier: Publier) -> None:
    brouillon = gestes.ready(faites=gestes.PAGES)
    avant = operations.carry_over(brouillon, now=NOW).digest
    publier(LIBELLE, brouillons="finir")
    assert operations.carry_over(brouillon, now=NOW).digest == avant != demarches.by_code("EtatCivil").digest


def test_what_was_not_reached_is_not_told(publier: Publier) -> None:
    brouillon = gestes.start(action="MARIAGE")
    publier(LIBELLE)
    porte = operations.carry_over(brouillon, now=NOW)
    assert (porte.document.changees, porte.document.reponses) == ([], {"action": "MARIAGE"})


def test_a_complement_stays_on_the_version_of_its_teledossier(publier: Publier) -> None:
    brouillon = gestes.ready()
    with scope(operations.porteur(brouillon)):
        ouvert = queries.get_brouillon(brouillon)
    publier(LIBELLE)
    assert queries.successor(ouvert) == demarches.by_code("EtatCivil").digest
    ouvert.masque = {"champs": [], "pieces": []}
    assert queries.successor(ouvert) is None


def test_the_usager_reads_what_changed_then_goes_on(client: Client, publier: Publier) -> None:
    brouillon = fill_all(client, action="MARIAGE")
    publier(LIBELLE)
    assert client.get(f"/ma-demande/{brouillon}/recapitulatif")["Location"] == f"/ma-demande/{brouillon}/changements"
    page = client.get(f"/ma-demande/{brouillon}/changements").content.decode()
    assert "cette question a changé" in page
    assert "<li>Quel document vous faut-il ?</li>" in page
    assert client.post(f"/ma-demande/{brouillon}/changements")["Location"] == f"/ma-demande/{brouillon}"
    assert client.get(f"/ma-demande/{brouillon}")["Location"] == f"/ma-demande/{brouillon}/etape/acte"
    assert client.get(f"/ma-demande/{brouillon}/etape/acte").status_code == 200
    assert client.get(f"/ma-demande/{brouillon}/changements")["Location"] == f"/ma-demande/{brouillon}"
