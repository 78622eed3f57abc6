"""List the work that stopped after its last try, with its cause, and give it back to the workers."""

import argparse

from psl.journal import operations, queries
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["lister", "rejouer"])
    parser.add_argument("numero", type=int, nargs="?", help="numéro du travail à rejouer")
    parser.add_argument("--tout", action="store_true", help="rejouer tout ce qui est arrêté")


def run(args: argparse.Namespace) -> int:
    if args.action == "lister":
        return _list()
    numeros = [panne.id for panne in queries.parked()] if args.tout else [args.numero]
    if numeros == [None]:
        print("Donnez un numéro (bin/psl travaux lister) ou --tout.")
        return 2
    for numero in numeros:
        operations.replay(numero, now=clock.now())
    print(f"{len(numeros)} travail(aux) rendu(s) aux ouvriers.")
    return 0


def _list() -> int:
    pannes = queries.parked()
    for panne in pannes:
        objet = f"fait {panne.fait_id}" if panne.fait_id else ", ".join(f"{nom} {valeur}" for nom, valeur in panne.ids.items())
        print(f"{panne.id}  {panne.at:%Y-%m-%d %H:%M}  {panne.handler}  {objet}  {panne.essais} essais\n    {panne.cause}")
    print(f"{len(pannes)} travail(aux) arrêté(s)." if pannes else "Aucun travail arrêté.")
    return 0
