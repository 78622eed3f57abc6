"""Write the proof of a télédossier, or check one that somebody brings."""

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from psl.journal import preuves
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.suivi import preuve
from psl.teledossiers import queries


def configure(parser: argparse.ArgumentParser) -> None:
    quoi = parser.add_mutually_exclusive_group(required=True)
    quoi.add_argument("numero", nargs="?", metavar="NUMERO", help="le numéro du dossier")
    quoi.add_argument("--verifier", type=Path, metavar="FICHIER", help="vérifier une preuve au lieu d'en écrire une")
    quoi.add_argument("--certificats", action="store_true", help="montrer les certificats à croire")
    parser.add_argument("--sortie", type=Path, metavar="FICHIER", help="où l'écrire (preuve-NUMERO.json ici)")


def run(args: argparse.Namespace) -> int:
    """Do what is asked; 1 when a proof is false or a number unknown."""
    if args.certificats:
        print("".join(preuve.certificates().values()), end="")
        return 0
    return _check(args.verifier) if args.verifier else _write(args.numero, args.sortie)


def _write(numero: str, sortie: Path | None) -> int:
    with scope(SYSTEME):
        found = queries.find_by_numero(queries.read_number(numero))
        if found is None:
            raise Refus("dossier-inconnu", _("Aucun dossier ne porte le numéro %(numero)s.") % {"numero": numero}, statut=404)
        octets = preuve.compose(found.id, has_content=False, now=clock.now())
    path = sortie or Path(preuve.NOM.format(numero=found.numero))
    path.write_bytes(octets)
    attente = " Tout n'est pas encore scellé et horodaté : recommencez dans une minute." if preuves.waiting(octets) else ""
    print(f"{path} : preuve du dossier {found.numero}.{attente}")
    return 0


def _check(path: Path) -> int:
    defauts = preuve.check(path.read_bytes())
    for defaut in defauts:
        print(defaut, file=sys.stderr)
    print("Cette preuve ne prouve rien." if defauts else f"Cette preuve est juste ({preuves.moment_of(path.read_bytes()):%d/%m/%Y}).")
    return 1 if defauts else 0
