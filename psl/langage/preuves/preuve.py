"""The whole proof of a définition: journeys first, the solver for what is left, then the findings in words."""

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from psl.langage.charger import Definition
from psl.langage.preuves.buts import Enonce
from psl.langage.preuves.constats import CE_JOUR, Constat, Indecis, Redaction
from psl.langage.preuves.simulation import Simulation

SECONDES = 340.0
PART_SIMULEE = 0.3


@dataclass(frozen=True, slots=True)
class Bilan:
    """What the proofs say: findings, what is so on this day only, what stays undecided, and what was looked at."""

    constats: tuple[Constat, ...]
    du_jour: tuple[Constat, ...]
    indecis: tuple[Indecis, ...]
    buts: int
    atteints: int
    prouves: int
    requetes: int
    secondes: float
    interrompu: bool
    simulation: Simulation


type Avance = Callable[[str, int, int], None]


def prove(definition: Definition, *, jour: date, secondes: float = SECONDES, avance: Avance = lambda etape, fait, total: None) -> Bilan:
    """Look for answers that make a définition go wrong, on a day; Ctrl-C gives what is known so far.

    The définition must have no finding of `verify`: types and names are taken as right.
    """
    start = time.monotonic()
    enonce = Enonce(definition)
    simulation = Simulation(enonce, jour)
    total = len(enonce.buts)
    interrompu = _simulate(simulation, start + secondes * PART_SIMULEE, lambda: avance("parcours", total - len(simulation.restants), total))
    requetes, impossibles, indecis = 0, set[str](), dict[str, str]()
    blocages: dict[str, list[str]] = {}
    if simulation.restants and not interrompu:
        # z3 is heavy, and no page needs it: it is loaded by the proof that does.
        recherche = importlib.import_module("psl.langage.preuves.solveur.recherche")
        reponse = recherche.Solveur(simulation, start + secondes).run(lambda fait, reste: avance("preuve", total - reste + fait, total))
        requetes, impossibles, indecis, interrompu = reponse.requetes, reponse.impossibles, reponse.indecis, reponse.interrompu
        blocages = reponse.blocages
    elif interrompu:
        indecis = dict.fromkeys(simulation.restants, "interrompu")
    redaction = Redaction(simulation, impossibles, blocages)
    arbre = definition.arbre
    left = [
        Indecis(f"{redaction.buts[cle].sujet} ({redaction.buts[cle].nature})", arbre.line(redaction.buts[cle].chemin), raison)
        for cle, raison in indecis.items()
    ]
    constats = redaction.constats()
    return Bilan(
        tuple(constat for constat in constats if constat.verdict != CE_JOUR),
        tuple(constat for constat in constats if constat.verdict == CE_JOUR),
        tuple(left),
        total,
        len(simulation.temoins),
        len(impossibles),
        requetes,
        time.monotonic() - start,
        interrompu,
        simulation,
    )


def _simulate(simulation: Simulation, limite: float, avance: Callable[[], None]) -> bool:
    """Play journeys until a time; tell whether a person stopped it."""

    def late() -> bool:
        avance()
        return time.monotonic() > limite

    try:
        simulation.at_random(late)
        simulation.by_change(late)
    except KeyboardInterrupt:
        return True
    return False
