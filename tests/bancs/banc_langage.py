"""The language alone, without base nor server: a condition, a form evaluated, a page read, a large form.

The baseline of the condition is the same one written in Python.
"""

import gc
import tempfile
import time
import timeit
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from psl.langage import charger, feel, lecture
from psl.langage.definition.objets import Demarche
from psl.langage.essais import ReferentielsEssai
from psl.langage.evaluation import evaluate
from tests.bancs import procedures
from tests.bancs.mesure import Mesure
from tests.langage.temoin import CATALOGUE

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
    """Measure the condition, the civil status form, then forms of 360 and 2,400 champs."""
    run = feel.parse(CONDITION).run
    assert run(CONTEXTE) is _python(CONTEXTE) is True
    ratio = best(lambda: _python(CONTEXTE), 5_000) / best(lambda: run(CONTEXTE), 5_000)
    yield Mesure("condition de 10 termes, vitesse rapportée à Python", round(ratio, 3), "×", 0.2, "min", ratio=round(ratio, 3))
    aec = charger.load(AEC)
    reponses = yaml.safe_load((AEC / "essais" / "mariage-copie-un-des-epoux.yaml").read_text("utf-8"))["reponses"]
    yield _milliseconds("acte d'état civil : évaluation complète", lambda: everything(aec, reponses), 100, 0.3)
    yield _milliseconds("acte d'état civil : lecture de la page la plus longue", _reading(aec, reponses), 100, 0.2)
    yield from _sizes()
    yield _milliseconds("acte d'état civil : compilation", lambda: charger.compile_canonical(aec.canonique), 10, 50)


def _sizes() -> Iterable[Mesure]:
    """Measure forms of known sizes: all the logic of L and XL, the compiling of XL, the memory of a thousand S."""
    with tempfile.TemporaryDirectory() as dossier:
        for taille, limite in ((procedures.L, 0.4), (procedures.XL, 6)):
            demarche = charger.load(procedures.write(taille, Path(dossier)))
            nom = f"{taille.pages * taille.champs} champs, {procedures.rules(taille)} règles : évaluation complète"
            yield _milliseconds(nom, partial(everything, demarche, procedures.answers(taille)), 10, limite)
        yield Mesure("compilation de XL", round(best(lambda: charger.compile_canonical(demarche.canonique), 1), 2), "s", 1.5)
        petite = charger.load(procedures.write(procedures.S, Path(dossier))).canonique
    gc.collect()
    tracemalloc.start()
    mille = [charger.compile_canonical(petite) for _ in range(1_000)]
    yield Mesure("mémoire de 1 000 démarches S compilées", round(tracemalloc.get_traced_memory()[0] / 1e6, 1), "Mo", 150)
    tracemalloc.stop()
    del mille


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
    referentiels = ReferentielsEssai({}, reponses)
    assert lecture.read(page, situation, post, referentiels=referentiels).erreurs == {}
    return lambda: lecture.read(page, situation, post, referentiels=referentiels)
