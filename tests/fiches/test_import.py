"""Importing: what changed is written, the same is left alone, what is broken is told, what is gone leads where it was taken up."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from psl.fiches import operations, queries
from psl.fiches.models import Definition, Fiche, Lien, Livraison
from psl.fiches.noeuds import Noeud
from psl.fiches.operations import import_documents, import_file, load_shipped
from psl.fiches.sources.lus import Casse, Lu
from psl.journal.models import Fait
from psl.socle import clock
from psl.socle.errors import Refus
from tests.fiches import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty() -> None:
    for model in (Fiche, Lien, Definition, Livraison):
        model.objects.all().delete()
    queries.forget()


def deliver(*arbres: Noeud | Casse, complet: bool = True, **options: bool) -> operations.Rapport:
    read = [one if isinstance(one, Casse) else Lu("particuliers", one) for one in arbres]
    return import_documents(read, source="essai", empreinte="", complet=complet, now=clock.now(), **options)


def test_the_selection_is_loaded_once_and_whole() -> None:
    assert Fiche.objects.count() == 534
    assert load_shipped(now=clock.now()) is None
    livraison = Livraison.objects.get()
    assert (livraison.licence, str(livraison.contenu_on), livraison.rapport["inconnus"], livraison.rapport["cassees"]) == (
        "Licence Ouverte 2.0", "2020-11-05", {}, [],
    )  # fmt: skip


def test_what_is_kept_beside_a_document() -> None:
    kept = Fiche.objects.filter(ident="R1406").values("audience", "genre", "titre", "theme", "url", "maj_on").get()
    assert {**kept, "maj_on": str(kept["maj_on"])} == {
        "audience": "particuliers",
        "genre": "teleservice",
        "titre": "Demande d'acte de naissance\xa0: copie intégrale ou extrait (naissance en France) - Service gratuit".replace("\xa0", " "),
        "theme": "N19805",
        "url": "https://psl.service-public.fr/mademarche/EtatCivil/demarche?action=NAISSANCE",
        "maj_on": "2020-07-06",
    }
    links = Lien.objects.filter(origine="F1427", cible="R1406").values_list("sorte", "audience_cible")
    assert set(links) == {("service", "particuliers")}
    assert Definition.objects.get(ident="R45368").texte == "Pacte civil de solidarité"


@pytest.mark.usefixtures("empty")
def test_the_same_delivery_again_changes_nothing_and_a_change_writes_one_document() -> None:
    one, two = corpus.fiche(ident="F1"), corpus.fiche(ident="F2")
    assert deliver(one, two).ajoutees == ["particuliers/F1", "particuliers/F2"]
    again = deliver(one, two)
    assert (again.inchangees, again.ajoutees, again.modifiees) == (2, [], [])
    changed = deliver(one, corpus.fiche(["Texte", {}, ["Paragraphe", {}, "Neuf"]], ident="F2"))
    assert (changed.inchangees, changed.modifiees) == (1, ["particuliers/F2"])
    fait = Fait.objects.filter(sorte="fiches.importees").latest("id")
    assert fait.corps == {"lues": 2, "ajoutees": 0, "modifiees": 1, "retirees": 0}
    assert Fiche.objects.count() == 2


@pytest.mark.usefixtures("empty")
def test_a_broken_document_stops_nothing_and_the_one_it_was_stays() -> None:
    deliver(corpus.fiche(ident="F1"), corpus.fiche(ident="F2"))
    rapport = deliver(corpus.fiche(ident="F3"), corpus.fiche(ident="F1"), Casse("F2.json", "particuliers", "F2", "illisible"))
    assert (rapport.ajoutees, rapport.cassees, rapport.retirees) == (["particuliers/F3"], ["F2.json : illisible"], [])
    assert sorted(Fiche.objects.values_list("ident", flat=True)) == ["F1", "F2", "F3"]


@pytest.mark.usefixtures("empty")
def test_what_is_gone_leads_where_it_was_taken_up() -> None:
    others = [corpus.fiche(ident=f"F{n}") for n in range(10, 20)]
    dossier = corpus.fiche(ident="N1", type="Dossier")
    gone = ["Publication", {"ID": "F1", "type": "Fiche d'information"}, ["dc:title", {}, "Parti"], ["DossierPere", {"ID": "N1"}]]
    deliver(dossier, gone, *others)
    rapport = deliver(dossier, *others)
    assert (rapport.retirees, queries.taken_up("particuliers", "F1"), queries.document("particuliers", "F1")) == (
        ["particuliers/F1"],
        "N1",
        None,
    )
    deliver(dossier, gone, *others)
    assert queries.taken_up("particuliers", "F1") == ""


@pytest.mark.usefixtures("empty")
def test_more_than_a_fifth_is_not_removed_unless_told() -> None:
    deliver(*[corpus.fiche(ident=f"F{n}") for n in range(1, 11)])
    assert deliver(corpus.fiche(ident="F1")).retenues == [f"particuliers/F{n}" for n in sorted(range(2, 11), key=str)]
    assert Fiche.objects.count() == 10
    deliver(corpus.fiche(ident="F1"), retirer=True)
    assert Fiche.objects.count() == 1


@pytest.mark.usefixtures("empty")
def test_a_partial_delivery_removes_nothing_and_an_older_document_may_be_left() -> None:
    deliver(corpus.fiche(ident="F1"), corpus.fiche(ident="F2"))
    older = ["Publication", {"ID": "F1", "type": "Dossier"}, ["dc:title", {}, "Ancien"], ["dc:date", {}, "modified 2019-01-01"]]
    rapport = deliver(older, complet=False, garder=True)
    assert (rapport.anciennes, rapport.modifiees, rapport.retirees) == (1, [], [])


@pytest.mark.usefixtures("empty")
def test_faults_are_told_and_nothing_of_them_is_followed() -> None:
    texte = ["Texte", {}, ["blink", {}, "?"], ["Paragraphe", {}, ["LienExterne", {"URL": "javascript:alert(1)"}, "clic"]]]
    lien = ["QuestionReponse", {"ID": "F404", "audience": "Particuliers"}, "Et sinon ?"]
    rapport = deliver(corpus.fiche(texte, lien))
    assert (dict(rapport.inconnus), dict(rapport.refusees)) == ({"blink": 1}, {"javascript:alert(1)": 1})
    assert rapport.liens_casses == ["particuliers/F1 → F404"]


def test_a_file_is_imported_and_another_that_is_none_is_refused(tmp_path: Path) -> None:
    one = tmp_path / "F99999.json"
    one.write_text(json.dumps(corpus.fiche(["Audience", {}, "Particuliers"], ident="F99999")))
    assert import_file(one, now=clock.now()).ajoutees == ["particuliers/F99999"]
    for path in (tmp_path / "absent.tgz", tmp_path):
        with pytest.raises(Refus) as refus:
            import_file(path if path.name == "absent.tgz" else _empty(tmp_path), now=clock.now() + timedelta(1))
        assert refus.value.code == ("livraison-illisible" if path.name == "absent.tgz" else "livraison-vide")


def _empty(tmp_path: Path) -> Path:
    folder = tmp_path / "vide"
    folder.mkdir(exist_ok=True)
    return folder
