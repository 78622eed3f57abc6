"""The language alone, without base nor server: a condition, a form evaluated, a page read, a large form.

The baseline of the condition is the same one written in Python.
"""

import random
import tempfile
import time
import timeit
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from psl.langage import charger, feel, lecture
from psl.langage.definition.objets import Demarche
from psl.langage.essais import ReferentielsEssai
from psl.langage.evaluation import evaluate
from tests.bancs.mesure import Mesure
from tests.langage.temoin import CATALOGUE, changed

JOUR = date(2026, 11, 23)
AEC = CATALOGUE / "acte-etat-civil"
CONDITION = """
    action = "NAISSANCE" and nature != "EXTRAIT" and nombre >= 2 and (qualite in ("A", "B", "C") or motif = "X")
    and commune.code = "17300" and naissance < date("2008-11-23") and not(inconnue) and majeur = true
    and age between 18 and 99 and autre = null
"""
CONTEXTE: dict[str, Any] = {
    "action": "NAISSANCE", "nature": "COPIE", "nombre": 3, "qualite": "B", "motif": "X", "commune": {"code": "17300"},
    "naissance": date(1980, 1, 1), "inconnue": False, "majeur": True, "age": 40, "autre": None,
}  # fmt: skip
MAJORITE = date(2008, 11, 23)


def _python(c: dict[str, Any]) -> bool:
    return (
        c["action"] == "NAISSANCE"
        and c["nature"] != "EXTRAIT"
        and c["nombre"] >= 2
        and (c["qualite"] in ("A", "B", "C") or c["motif"] == "X")
        and c["commune"]["code"] == "17300"
        and c["naissance"] < MAJORITE
        and not c["inconnue"]
        and c["majeur"] is True
        and 18 <= c["age"] <= 99
        and c["autre"] is None
    )


def best(action: Callable[[], object], times: int) -> float:
    """Return the best mean of fifteen series, in seconds of CPU: noise only ever adds."""
    return min(timeit.repeat(action, timer=time.process_time, number=times, repeat=15)) / times


def measure() -> Iterable[Mesure]:
    """Measure the condition, the civil status form, and a form of 360 champs and 128 rules."""
    run = feel.parse(CONDITION).run
    assert run(CONTEXTE) is _python(CONTEXTE) is True
    ratio = best(lambda: _python(CONTEXTE), 5_000) / best(lambda: run(CONTEXTE), 5_000)
    yield Mesure("condition de 10 termes, vitesse rapportée à Python", round(ratio, 3), "×", 0.2, "min", ratio=round(ratio, 3))
    aec = charger.load(AEC)
    reponses = yaml.safe_load((AEC / "essais" / "mariage-copie-un-des-epoux.yaml").read_text("utf-8"))["reponses"]
    yield _milliseconds("acte d'état civil : évaluation complète", lambda: everything(aec, reponses), 100, 0.3)
    yield _milliseconds("acte d'état civil : lecture de la page la plus longue", _reading(aec, reponses), 100, 0.2)
    grande, valeurs = large(10, 36, 128)
    yield _milliseconds("360 champs, 128 règles : évaluation complète", lambda: everything(grande, valeurs), 50, 0.4)
    yield _milliseconds("acte d'état civil : compilation", lambda: charger.compile_canonical(aec.canonique), 10, 50)


def _milliseconds(nom: str, action: Callable[[], object], times: int, limite: float) -> Mesure:
    return Mesure(nom, round(best(action, times) * 1000, 3), "ms", limite)


def everything(demarche: Demarche, reponses: dict[str, Any]) -> object:
    """Compute all that a page and its submit need."""
    situation = evaluate(demarche, reponses, aujourdhui=JOUR)
    return situation.manques, situation.requis, situation.pieces, situation.destinataires


def _reading(demarche: Demarche, reponses: dict[str, Any]) -> Callable[[], object]:
    situation = evaluate(demarche, reponses, aujourdhui=JOUR)
    page = max(situation.pages, key=lambda vue: len(vue.champs))
    post: dict[str, list[str]] = {}
    for champ in page.champs:
        valeur = reponses.get(champ.cle)
        if champ.type == "date" and valeur:
            post |= {f"{champ.cle}.{nom}": [texte] for nom, texte in zip(("annee", "mois", "jour"), valeur.split("-"), strict=True)}
        elif valeur is not None:
            post[champ.cle] = ["oui" if valeur is True else str(valeur)]
    referentiels = ReferentielsEssai(None, None, reponses)
    assert lecture.read(page, situation, post, referentiels=referentiels).erreurs == {}
    return lambda: lecture.read(page, situation, post, referentiels=referentiels)


TYPES = ("texte", "choix", "nombre", "date", "case", "choix", "texte", "nombre")
TERMES = {
    "texte": "{} != null",
    "choix": '{} in ("opt1", "opt2")',
    "nombre": "{} > 3",
    "date": '{} < date("2020-01-01")',
    "case": "{} = true",
}
VALEURS: dict[str, Any] = {"texte": "bonjour", "choix": "opt1", "nombre": 5, "date": "2000-01-01", "case": True}


def large(pages: int, champs: int, regles: int) -> tuple[Demarche, dict[str, Any]]:
    """Make a form of that size, its rules drawn with a fixed seed, and answers to all of it."""
    tirage = random.Random(1)
    tous = [_champ(page, rang) for page in range(pages) for rang in range(champs)]
    for numero in range(regles):
        rang = tirage.randrange(10, len(tous))
        lus = [tous[tirage.randrange(rang)] for _ in range(3)]
        tous[rang]["si" if numero % 2 else "requis"] = " or ".join(TERMES[lu["type"]].format(lu["cle"]) for lu in lus)
    contenu = [
        {"cle": f"page{page}", "titre": "Page", "blocs": [{"cle": f"bloc{page}", "champs": tous[page * champs : (page + 1) * champs]}]}
        for page in range(pages)
    ]
    vides = [
        (cle, ...)
        for cle in ("actions", "entree", "controles", "pieces", "sorties", "coordonnees", "suivi", "recherche", "messages", "decisions")
    ]
    destinataires = [{"cle": "un", "nom": "Un", "regles": [{"territoire": '"75056"', "motif": "seul"}], "recoit": "tout"}]
    donnees = changed(*vides, ("pages", contenu), ("destinataires", destinataires))
    with tempfile.TemporaryDirectory() as dossier:
        fichier = Path(dossier, "temoin", "demarche.yaml")
        fichier.parent.mkdir()
        fichier.write_text(yaml.safe_dump(donnees, allow_unicode=True, width=10_000), "utf-8")
        return charger.load(fichier), {champ["cle"]: VALEURS[champ["type"]] for champ in tous}


def _champ(page: int, rang: int) -> dict[str, Any]:
    champ: dict[str, Any] = {"cle": f"s{page}_f{rang}", "type": TYPES[rang % 8], "libelle": "Question", "requis": rang % 3 == 0}
    if champ["type"] == "choix":
        champ["options"] = [{"valeur": f"opt{n}", "libelle": f"Option {n}"} for n in range(5)]
    return champ
