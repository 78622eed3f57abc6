"""Versions side by side: found by number, what becomes of brouillons said by the publication."""

from pathlib import Path

import pytest
from django.conf import settings

from psl.demarches import queries
from psl.demarches.operations import PORTER, publish
from psl.langage import charger
from psl.langage.charger import Demarche
from psl.socle.errors import Refus
from tests.saisie.gestes import NOW

pytestmark = pytest.mark.django_db
SLUG = "acte-etat-civil"


@pytest.fixture
def suite(tmp_path: Path) -> Demarche:
    dossier = tmp_path / SLUG
    dossier.mkdir()
    texte = (Path(settings.CATALOGUE) / SLUG / "demarche.yaml").read_text(encoding="utf-8")
    (dossier / "demarche.yaml").write_text(texte.replace("C'est gratuit.", "C'est toujours gratuit.", 1), encoding="utf-8")
    return charger.load(dossier)


def test_a_version_is_found_by_its_number(suite: Demarche) -> None:
    premiere = queries.by_code("EtatCivil")
    publish(suite, now=NOW)
    assert [queries.version(SLUG, numero).digest for numero in (1, 2)] == [premiere.digest, suite.digest]
    assert queries.last_version(SLUG) == (2, queries.version(SLUG, 2))
    with pytest.raises(Refus) as refus:
        queries.version(SLUG, 3)
    assert refus.value.phrase == "La démarche « acte-etat-civil » n'a pas de version 3 publiée."
    assert queries.last_version("absente") is None


@pytest.mark.parametrize("brouillons", ["finir", "porter"])
def test_the_publication_says_what_becomes_of_brouillons(suite: Demarche, brouillons: str) -> None:
    premiere = queries.by_code("EtatCivil").digest
    assert publish(suite, now=NOW, brouillons=brouillons).brouillons == brouillons
    queries.forget()
    assert queries.successor(SLUG, premiere) == (suite.digest if brouillons == PORTER else None)
    assert queries.successor(SLUG, suite.digest) is None
    queries.forget()


def test_the_code_of_another_demarche_is_refused(tmp_path: Path) -> None:
    dossier = tmp_path / "autre-acte"
    dossier.mkdir()
    texte = (Path(settings.CATALOGUE) / SLUG / "demarche.yaml").read_text(encoding="utf-8")
    (dossier / "demarche.yaml").write_text(texte.replace("slug: acte-etat-civil", "slug: autre-acte", 1), encoding="utf-8")
    with pytest.raises(Refus) as refus:
        publish(charger.load(dossier), now=NOW)
    assert refus.value.code == "code-pris"
