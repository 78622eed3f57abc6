"""Generated journeys: the fewest that reach every goal that can be, kept as essais: what a change of the definition changes shows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from psl.langage.essais import outcome, play
from psl.langage.preuves.observation import Vue
from psl.langage.preuves.simulation import Simulation

DOSSIER = "engendres"


class _Clair(yaml.SafeDumper):
    """Writes every value where it stands: the strict YAML has no alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def fewest(simulation: Simulation) -> list[Vue]:
    """Choose journeys, the one that reaches most goals not reached yet first; the same simulation gives the same ones."""
    wanted = {cle for cle in simulation.temoins if not simulation.but(cle).est_faute}
    goals = [simulation.but(cle) for cle in simulation.temoins if cle in wanted]
    reached = [(vue, {but.cle for but in goals if vue.holds(but)}) for vue in simulation.vues]
    kept: list[Vue] = []
    while wanted:
        vue, found = max(reached, key=lambda pair: len(pair[1] & wanted))
        if not found & wanted:
            break
        kept.append(vue)
        wanted -= found
    return kept


def write(simulation: Simulation, dossier: Path) -> list[Path]:
    """Write the journeys under essais/engendres/, in the place of those that were there."""
    folder = dossier / "essais" / DOSSIER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    written = []
    for rang, vue in enumerate(fewest(simulation), start=1):
        path = folder / f"parcours-{rang:02}.yaml"
        texte = yaml.dump(_essai(simulation, vue, rang), Dumper=_Clair, allow_unicode=True, sort_keys=False, width=10_000)
        path.write_text(f"# Engendré par « bin/psl demarche essayer --engendrer ».\n{texte}", encoding="utf-8")
        written.append(path)
    return written


def _essai(simulation: Simulation, vue: Vue, rang: int) -> Mapping[str, Any]:
    demarche = simulation.enonce.demarche
    essai: dict[str, Any] = {"nom": f"Parcours engendré {rang}", "aujourdhui": simulation.jour.isoformat(), "reponses": dict(vue.reponses)}
    found = outcome(*play(demarche, essai))
    expected = {cle: found[cle] for cle in ("pages", "manques", "pieces", "destinataires", "sortie")}
    return {**essai, "attendu": {**expected, "erreurs": {cle: phrase[:400] for cle, phrase in found["erreurs"].items()}}}
