"""The proofs of a démarche: the time of each size, the share decided, and the journeys that reach every goal."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from psl.langage.charger import read_definition
from psl.langage.preuves import prove
from psl.langage.preuves.couverture import fewest
from tests.bancs.mesure import Mesure
from tests.bancs.procedures import L, M, S, Taille, write

JOUR = date(2026, 11, 23)
ALEATOIRE = replace(L, nom="LR", aleatoires=300)


def measure() -> Iterable[Mesure]:
    """Prove S, M, L, and L with 300 random rules beside its own."""
    for taille, limite, parcours in ((S, 1, 12), (M, 1, 20), (L, 3, 45), (ALEATOIRE, 20, 150)):
        yield from proved(taille, limite, parcours)


def proved(taille: Taille, limite: float, parcours: int) -> Iterable[Mesure]:
    """Measure the whole proof of one size."""
    with tempfile.TemporaryDirectory() as dossier:
        bilan = prove(read_definition(write(taille, Path(dossier))), jour=JOUR)
    nom = f"preuves de {taille.nom}, {bilan.buts} buts"
    yield Mesure(nom, round(bilan.secondes, 2), "s", limite)
    yield Mesure(f"{nom} : décidés", round(100 * (1 - len(bilan.indecis) / bilan.buts), 1), "%", 99, "min")
    yield Mesure(f"{nom} : parcours engendrés", len(fewest(bilan.simulation)), "", parcours)
