"""Les preuves d'une démarche, dites à qui l'écrit ; les parcours engendrés."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from psl.langage.charger import Definition
from psl.langage.preuves import Bilan, check_texts, couverture, lines, prove, remarks
from psl.langage.preuves.preuve import SECONDES
from psl.socle import clock


def configure(action: argparse.ArgumentParser, nom: str) -> None:
    """Declare the options of `verifier` and of `essayer`."""
    action.add_argument(
        "--jour", type=date.fromisoformat, default=None, help="le jour des preuves, par exemple 2026-11-23 (aujourd'hui par défaut)"
    )
    action.add_argument("--secondes", type=float, default=SECONDES, help="le temps des preuves, au plus, pour chaque démarche")
    if nom == "verifier":
        action.add_argument("--sans-preuves", action="store_true", help="relire seulement : types, clés, textes")
    else:
        action.add_argument("--engendrer", action="store_true", help="écrire dans essais/engendres/ des parcours qui passent partout")


def prove_one(definition: Definition, args: argparse.Namespace) -> int:
    """Say what the texts and the proofs find; give the number of findings. What was looked at goes to the error output."""
    defauts = check_texts(definition)
    for defaut in defauts:
        print(defaut)
    for remarque in remarks(definition, _day(args)):
        print(f"  à noter : {remarque}")
    if args.sans_preuves:
        return len(defauts)
    bilan = _prove(definition, args)
    *said, counts = lines(bilan)
    for line in said:
        print(line)
    print(counts, file=sys.stderr)
    return len(defauts) + len(bilan.constats)


def generate(definition: Definition, dossier: Path, args: argparse.Namespace) -> None:
    """Write the journeys that go everywhere a journey can."""
    written = couverture.write(_prove(definition, args).simulation, dossier)
    print(f"{dossier.name} : {len(written)} parcours engendrés dans essais/{couverture.DOSSIER}/.")


def _prove(definition: Definition, args: argparse.Namespace) -> Bilan:
    bilan = prove(definition, jour=_day(args), secondes=args.secondes, avance=_progress if sys.stderr.isatty() else lambda *_: None)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    return bilan


def _day(args: argparse.Namespace) -> date:
    if args.jour is None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psl.settings")
        args.jour = clock.local_date(clock.now())
    jour: date = args.jour
    return jour


def _progress(etape: str, fait: int, total: int) -> None:
    print(f"\r{etape} : {fait} buts sur {total} (Ctrl-C donne ce qui est su)", end="", file=sys.stderr, flush=True)
