"""What is derived for readers: sentences, differences, dictionary, diagram, paper form; nothing of it is written by hand."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from psl.langage import charger
from psl.langage.charger import Demarche
from psl.langage.derives import depart, dictionnaire, differences, papier
from psl.langage.derives.diagramme import draw, to_bpmn, to_svg, to_text
from psl.langage.derives.phrases import say
from psl.langage.feel import parse
from psl.teledossiers.rendus.papier import render
from tests.langage.temoin import CATALOGUE, changed, write

SLUGS = sorted(path.parent.name for path in CATALOGUE.glob("*/demarche.yaml"))
MODELE = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def temoin(tmp_path: Path, *changes: tuple[str, Any]) -> Demarche:
    return charger.load(write(tmp_path / str(len(list(tmp_path.iterdir()))), changed(*changes)))


@pytest.fixture
def acte() -> Demarche:
    return charger.load(CATALOGUE / "acte-etat-civil")


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        ('action = "DECES"', "« Quel acte demandez-vous ? » est « Un acte de décès »"),
        (
            'not(action in ("DECES", "MARIAGE"))',
            "« Quel acte demandez-vous ? » n'est pas « Un acte de décès » ou « Un acte de mariage »",
        ),
        ("nombreExemplaire >= 2", "« Combien d'exemplaires voulez-vous ? » est au moins 2"),
        ('dateMariage < date("1998-06-01")', "« Date du mariage » est avant le 1er juin 1998"),
        ('dateMariage <= aujourd\'hui - duration("P18Y")', "« Date du mariage » est au plus tard la date du jour moins 18 ans"),
        ("communeConcerne = null", None),
        ('contains(motif, "X")', 'la règle « contains(motif, "X") » est remplie'),
    ],
)
def test_a_condition_is_said_in_words(acte: Demarche, condition: str, phrase: str | None) -> None:
    said = say(parse(condition), acte)
    assert said == (phrase or "« Commune de l'événement » est sans réponse")


def test_the_same_twice_has_no_difference(acte: Demarche) -> None:
    assert differences.compare(acte, acte) == []
    assert differences.write([], "x") == "x\n  Aucune différence.\n"
    assert differences.asked_anew(acte, acte) == ()


def test_a_renamed_key_is_said_with_what_it_loses(tmp_path: Path) -> None:
    texte = (CATALOGUE / "acte-etat-civil" / "demarche.yaml").read_text("utf-8")
    dossier = tmp_path / "acte-etat-civil"
    dossier.mkdir()
    (dossier / "demarche.yaml").write_text(texte.replace("nombreExemplaire", "combien"), "utf-8")
    avant, apres = charger.load(CATALOGUE / "acte-etat-civil"), charger.load(dossier)
    pertes = differences.losses(differences.compare(avant, apres))
    assert [perte.phrase for perte in pertes] == [
        "Clé renommée : « Combien d'exemplaires voulez-vous ? » (combien) s'appelait « nombreExemplaire »."
    ]
    assert "écrivez cle: nombreExemplaire, pas combien" in pertes[0].consequence
    assert (differences.renamed(avant, apres), differences.asked_anew(avant, apres)) == ({"combien": "nombreExemplaire"}, ("combien",))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_diagram_holds_together(slug: str) -> None:
    demarche = charger.load(CATALOGUE / slug)
    dessin = draw(demarche)
    svg = ElementTree.fromstring(to_svg(dessin))
    assert svg.get("aria-labelledby") == "titre equivalent"
    assert [page.titre for page in demarche.pages if page.titre not in to_text(dessin)] == []
    check_bpmn(to_bpmn(dessin))


def check_bpmn(source: str) -> None:
    """Check what a modeler needs: references that exist both ways, a shape for each node, ends of arrows on the edge of their nodes."""
    racine = ElementTree.fromstring(source)
    processus = racine.find(f"{MODELE}process")
    assert processus is not None
    flows = {flow.get("id"): flow for flow in processus.findall(f"{MODELE}sequenceFlow")}
    noeuds = {node.get("id"): node for node in processus if not node.tag.endswith("sequenceFlow")}
    for cle, node in noeuds.items():
        outgoing = [item.text for item in node.findall(f"{MODELE}outgoing")]
        assert sorted(filter(None, outgoing)) == sorted(k or "" for k, f in flows.items() if f.get("sourceRef") == cle)
        assert len(node.findall(f"{MODELE}incoming")) == sum(f.get("targetRef") == cle for f in flows.values())
        assert node.get("default") is None or node.get("default") in outgoing
        assert node.tag.endswith("endEvent") == (not outgoing)
    bounds = {}
    for shape in racine.iter(f"{DI}BPMNShape"):
        box = {nom: int(valeur) for nom, valeur in shape[0].attrib.items()}
        bounds[shape.get("bpmnElement")] = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    assert set(bounds) == set(noeuds)
    drawn = set()
    for edge in racine.iter(f"{DI}BPMNEdge"):
        flow = flows[edge.get("bpmnElement")]
        drawn.add(edge.get("bpmnElement"))
        points = [(int(point.attrib["x"]), int(point.attrib["y"])) for point in edge]
        for (x, y), noeud in ((points[0], flow.get("sourceRef")), (points[-1], flow.get("targetRef"))):
            left, top, right, bottom = bounds[noeud]
            assert left <= x <= right
            assert top <= y <= bottom
            assert x in (left, right) or y in (top, bottom)
    assert drawn == set(flows)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_field_and_document_is_in_the_dictionary(slug: str) -> None:
    demarche = charger.load(CATALOGUE / slug)
    lignes = list(csv.DictReader(io.StringIO(dictionnaire.to_csv(demarche))))
    simples = [ligne["cle"] for ligne in lignes if "[]" not in ligne["cle"]]
    attendues = [cle for cle, champ in demarche.champs.items() if champ.composant.has_value]
    assert sorted(simples) == sorted([*attendues, *(piece.code for piece in demarche.pieces)])
    assert dictionnaire.to_markdown(demarche).count("\n| `") == len(lignes)
    assert dictionnaire.to_html(demarche).count("<tr>") == len(lignes) + 1


def test_the_paper_form_asks_everything_and_says_each_branch(acte: Demarche) -> None:
    form = papier.form(acte)
    asked = [champ["libelle"] for page in form["pages"] for bloc in page["blocs"] for champ in bloc["champs"] if champ["libelle"]]
    assert asked == [champ.libelle for champ in acte.champs.values() if champ.libelle and not champ.membres]
    lien = next(page for page in form["pages"] if page["titre"] == "Votre lien avec la personne")
    assert lien["si"].startswith("Si « Quel acte demandez-vous ? » est")
    assert lien["si"].endswith("remplissez cette partie. Sinon, passez à la suivante.")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    pdf = render(acte, at=at)
    assert (pdf[:5], pdf) == (b"%PDF-", render(acte, at=at))


def test_the_start_page_is_derived_when_its_author_says_nothing(tmp_path: Path) -> None:
    dit = temoin(tmp_path)
    assert (dit.duree_minutes, dit.depart.a_preparer) == (5, ("Rien.",))
    donnees = changed()
    del donnees["duree_minutes"], donnees["depart"]["a_preparer"]
    muet = charger.load(write(tmp_path / "muet", donnees))
    assert (muet.duree_minutes, muet.depart.a_preparer) == (depart.minutes(dit), depart.to_prepare(dit))
    assert muet.duree_minutes > 0
    assert muet.localize("en").depart.a_preparer
