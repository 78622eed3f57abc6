"""Publishing: the same content once, for ever; nothing to be confirmed goes to production."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from psl.demarches import queries
from psl.demarches.models import VersionDemarche
from psl.demarches.operations import publish, publish_catalogue
from psl.langage import charger
from psl.langage.charger import Demarche
from psl.langage.source.defauts import DefinitionInvalide
from psl.socle.errors import Refus
from tests.saisie.gestes import NOW

pytestmark = pytest.mark.django_db
SLUG = "acte-etat-civil"


@pytest.fixture
def suite(tmp_path: Path) -> Demarche:
    """The same démarche with another summary."""
    dossier = tmp_path / SLUG
    dossier.mkdir()
    texte = (Path(settings.CATALOGUE) / SLUG / "demarche.yaml").read_text(encoding="utf-8")
    (dossier / "demarche.yaml").write_text(texte.replace("C'est gratuit.", "C'est toujours gratuit.", 1), encoding="utf-8")
    return charger.load(dossier)


def versions() -> list[tuple[str, int]]:
    return list(VersionDemarche.objects.filter(slug=SLUG).order_by("numero").values_list("slug", "numero"))


def test_the_catalogue_again_publishes_nothing_new() -> None:
    avant = versions()
    assert {version.slug for version in publish_catalogue(now=NOW)} == {path.name for path in Path(settings.CATALOGUE).iterdir()}
    assert versions() == avant == [(SLUG, 1)]


def test_another_content_is_another_version_and_the_first_stays(suite: Demarche) -> None:
    premiere = queries.by_code("EtatCivil")
    version = publish(suite, now=NOW)
    assert (version.numero, version.digest, publish(suite, now=NOW).id) == (2, suite.digest, version.id)
    queries.forget()
    assert (queries.by_code("EtatCivil").digest, queries.compiled(premiere.digest).digest) == (suite.digest, premiere.digest)
    assert queries.by_code("EtatCivil").resume != premiere.resume
    queries.forget()


def test_a_version_is_self_contained(suite: Demarche) -> None:
    publish(suite, now=NOW)
    lue = queries.compiled(suite.digest)
    assert (lue.digest, lue.titre, len(lue.pages), lue.canonique) == (suite.digest, suite.titre, len(suite.pages), suite.canonique)


def test_the_database_refuses_to_change_it() -> None:
    def execute(sql: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    for sql in (
        "UPDATE demarches_version SET source = '{}'",
        "UPDATE demarches_version SET publiee_at = now()",
        "DELETE FROM demarches_version",
        "TRUNCATE demarches_version",
    ):
        with pytest.raises(DatabaseError):
            execute(sql)
    assert versions() == [(SLUG, 1)]


def test_a_number_is_taken_once() -> None:
    row: dict[str, Any] = VersionDemarche.objects.filter(slug=SLUG).values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionDemarche.objects.create(**{**row, "id": None, "digest": "autre"})


def test_facts_to_confirm_stay_out_of_production(suite: Demarche, settings: Any) -> None:
    settings.PLATEFORME = "production"
    with pytest.raises(Refus) as refus:
        publish(suite, now=NOW)
    assert (refus.value.code, versions()) == ("faits-a-confirmer", [(SLUG, 1)])
    for plateforme in ("recette", "preproduction", "demonstration"):
        settings.PLATEFORME = plateforme
        assert publish(suite, now=NOW).numero == 2


def test_confirmed_facts_go_to_production(suite: Demarche, settings: Any) -> None:
    settings.PLATEFORME = "production"
    faits = replace(
        suite.faits, silence=replace(suite.faits.silence, a_confirmer=False), recours=replace(suite.faits.recours, a_confirmer=False)
    )
    assert publish(replace(suite, faits=faits), now=NOW).numero == 2


def test_a_catalogue_with_a_faulty_demarche_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for slug in ("aaa", "zzz"):
        copytree(Path(settings.CATALOGUE) / SLUG, tmp_path / slug)
        definition = tmp_path / slug / "demarche.yaml"
        definition.write_text(definition.read_text(encoding="utf-8").replace(f"slug: {SLUG}", f"slug: {slug}"), encoding="utf-8")
    definition.write_text(definition.read_text(encoding="utf-8") + "\tfautive: 1\n", encoding="utf-8")
    monkeypatch.setattr(settings, "CATALOGUE", tmp_path)
    with pytest.raises(DefinitionInvalide) as refus:
        publish_catalogue(now=NOW)
    assert [defaut.fichier for defaut in refus.value.defauts] == ["zzz/demarche.yaml"]
    assert not VersionDemarche.objects.filter(slug="aaa").exists()
