"""`make banc`, `make banc-long`: run every banc_*.py, print a table, write build/bancs.json.

A benchmark is a module with `measure() -> Iterable[Mesure]`; `LONG = True` keeps it for `--long`. A word of its name chooses it alone.
"""

import argparse
import importlib
import json
import sys
import time
import traceback
from pathlib import Path
from types import ModuleType

from tests.bancs.mesure import Mesure

ICI = Path(__file__).parent
SORTIE = ICI.parents[1] / "build" / "bancs.json"


def main() -> int:
    """Measure; the exit code says whether every limit is kept and every benchmark ran."""
    parser = argparse.ArgumentParser(prog="python -m tests.bancs", description=__doc__)
    parser.add_argument("mots", nargs="*", help="ne lancer que les bancs dont le nom contient un de ces mots")
    parser.add_argument("--long", action="store_true", help="lancer aussi les bancs longs : charge, arrêts brutaux")
    args = parser.parse_args()
    mesures: list[Mesure] = []
    rates: list[str] = []
    for nom in chosen(args.mots):
        _run(nom, mesures, rates, long=args.long)
    SORTIE.parent.mkdir(parents=True, exist_ok=True)
    SORTIE.write_text(json.dumps([_row(mesure) for mesure in mesures], ensure_ascii=False, indent=1), encoding="utf-8")
    manquees = [mesure.nom for mesure in mesures if not mesure.est_tenue]
    print(f"\n{len(mesures)} mesures, {len(manquees)} hors limite, {len(rates)} bancs en échec. {SORTIE}")
    return 1 if manquees or rates else 0


def chosen(mots: list[str]) -> list[str]:
    noms = sorted(path.stem for path in ICI.glob("banc_*.py"))
    return [nom for nom in noms if not mots or any(mot in nom for mot in mots)]


def _run(nom: str, mesures: list[Mesure], rates: list[str], *, long: bool) -> None:
    module = importlib.import_module(f"tests.bancs.{nom}")
    if getattr(module, "LONG", False) and not long:
        return
    start = time.monotonic()
    print(f"\n{nom.removeprefix('banc_')}", flush=True)
    try:
        _measure(module, mesures)
    except Exception:
        traceback.print_exc()
        rates.append(nom)
    print(f"  ({time.monotonic() - start:.0f} s)", flush=True)


def _measure(module: ModuleType, mesures: list[Mesure]) -> None:
    for mesure in module.measure():
        mesures.append(mesure)
        print(line(mesure), flush=True)


def line(mesure: Mesure) -> str:
    signe = "≤" if mesure.sens == "max" else "≥"
    ratio = f"   × {mesure.ratio:.2f} de la référence" if mesure.ratio is not None else ""
    verdict = "" if mesure.est_tenue else "   HORS LIMITE"
    return f"  {mesure.nom:<52} {mesure.valeur:>10.2f} {mesure.unite:<8} {signe} {mesure.limite:g}{ratio}{verdict}"


def _row(mesure: Mesure) -> dict[str, object]:
    return {
        "name": mesure.nom,
        "value": mesure.valeur,
        "unit": mesure.unite,
        "limit": mesure.limite,
        "sense": mesure.sens,
        "ratio": mesure.ratio,
    }


if __name__ == "__main__":
    sys.exit(main())
