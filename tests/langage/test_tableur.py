"""Options from a CSV file: beside the démarche or in donnees/, in a plain bloc or a repeated one; a bad file is refused with its line."""

from pathlib import Path
from typing import Any

import pytest

from psl.langage import charger, lecture
from psl.langage.charger import DefinitionInvalide, Demarche
from psl.langage.evaluation import evaluate
from tests.langage.temoin import COPIE, JOUR, REFERENTIELS, changed, write

ECOLES = "uai,nom,adresse\n0170001A,École des Minimes,Rue du Port\n0170002B,École Simone-Veil,\n"
COLONNES = {"valeur": "uai", "libelle": "nom", "aide": "adresse"}
REPETITION = {"libelle": "Enfant", "min": 1, "max": 3, "ajouter": "Ajouter un enfant"}


def load(folder: Path, csv: bytes, fichier: str = "ecoles.csv", colonnes: dict[str, str] = COLONNES, **bloc: Any) -> Demarche:
    champ = {"cle": "ecole", "type": "choix", "libelle": "Quelle école ?", "referentiel": {"fichier": fichier, **colonnes}}
    dossier = write(folder, changed(("pages.0.blocs", [*changed()["pages"][0]["blocs"], {"cle": "ecoles", "champs": [champ], **bloc}])))
    (dossier / "referentiels").mkdir()
    (dossier / "referentiels" / "ecoles.csv").write_bytes(csv)
    return charger.load(dossier)


def read(demarche: Demarche, **post: str) -> lecture.Lecture:
    situation = evaluate(demarche, COPIE, aujourdhui=JOUR)
    sent = {nom.replace("__", "."): [texte] for nom, texte in post.items()}
    return lecture.read(situation.pages[0], situation, sent, referentiels=REFERENTIELS)


def test_the_lines_are_the_options(tmp_path: Path) -> None:
    demarche = load(tmp_path, ECOLES.encode("utf-8-sig"))
    champ = demarche.champs["ecole"]
    assert [(option.valeur, option.libelle, option.aide) for option in champ.options] == [
        ("0170001A", "École des Minimes", "Rue du Port"),
        ("0170002B", "École Simone-Veil", ""),
    ]
    assert (read(demarche, ecole="0170002B").valeurs["ecole"], read(demarche, ecole="9").erreurs["ecole"]) == (
        "0170002B",
        "Choisissez une réponse à « Quelle école ? ».",
    )


def test_a_published_version_keeps_its_options(tmp_path: Path) -> None:
    demarche = load(tmp_path, ECOLES.encode())
    again = charger.compile_canonical(demarche.canonique)
    assert (again.digest, again.champs["ecole"].options) == (demarche.digest, demarche.champs["ecole"].options)
    assert load(tmp_path / "autre", ECOLES.replace("Veil", "Weil").encode()).digest != demarche.digest


def test_each_row_of_a_repeated_bloc_has_them(tmp_path: Path) -> None:
    demarche = load(tmp_path, ECOLES.encode(), repetition=REPETITION)
    assert read(demarche, ecoles__0__ecole="0170001A").valeurs["ecoles"] == [{"ecole": "0170001A"}]
    assert list(read(demarche, ecoles__0__ecole="9").details) == ["ecoles.0.ecole"]


def test_a_file_of_the_platform_and_a_long_list_to_search(tmp_path: Path) -> None:
    demarche = load(tmp_path, b"", "donnees/departements.csv", {"valeur": "code", "libelle": "nom"})
    assert (demarche.champs["ecole"].presentation, len(demarche.champs["ecole"].options) >= 101) == ("recherche", True)
    tapes = {"charente maritime": "17", "Haute-Corse": "2B", "2a": "2A", "cotes": "22"}
    assert {tape: read(demarche, ecole=tape).valeurs.get("ecole") for tape in tapes} == {**tapes, "cotes": "22"}
    lu = read(demarche, ecole="Haute")
    assert (lu.erreurs["ecole"], lu.brut["ecole"]) == ("Choisissez une réponse à « Quelle école ? ».", "Haute")


FAUTES = {
    "un fichier absent": (b"", "autres.csv", COLONNES, 1, "n'existe pas"),
    "pas en UTF-8": ("uai,nom,adresse\n1,\u00e9,x\n".encode("latin-1"), "ecoles.csv", COLONNES, 1, "UTF-8"),
    "trop gros": (b"uai,nom,adresse\n1," + b"x" * 1_000_000, "ecoles.csv", COLONNES, 1, "dépasse 1 Mo"),
    "pas du CSV": (b'uai,nom,adresse\n1,"x"y,z\n', "ecoles.csv", COLONNES, 1, "n'est pas du CSV"),
    "une colonne absente": (ECOLES.encode(), "ecoles.csv", {"valeur": "code", "libelle": "nom"}, 1, "pas de colonne « code »"),
    "une valeur deux fois": (b"uai,nom,adresse\n1,a,\n1,b,\n", "ecoles.csv", COLONNES, 3, "déjà prise"),
    "un nom absent": (b"uai,nom,adresse\n1,,\n", "ecoles.csv", COLONNES, 2, "manque"),
    "trop de lignes": (
        b"uai,nom,adresse\n" + b"".join(f"{n},x,\n".encode() for n in range(5001)), "ecoles.csv", COLONNES, 5001, "plus de 5000 lignes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("faute", FAUTES)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, faute: str) -> None:
    csv, fichier, colonnes, ligne, phrase = FAUTES[faute]
    with pytest.raises(DefinitionInvalide) as refus:
        load(tmp_path, csv, fichier, colonnes)
    (defaut,) = refus.value.defauts
    assert (defaut.fichier, defaut.ligne, phrase in defaut.message) == (f"referentiels/{fichier}", ligne, True)
