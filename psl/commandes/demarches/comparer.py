"""Dire en français ce qui change entre deux versions, page par page."""

import argparse

from psl.commandes.demarches.catalogue import DEFAUTS, PUBLIEE, REUSSI, catalogue_of, find
from psl.langage.derives import differences

AIDE = "dire ce qui change entre deux versions, page par page"
SUITE = """exemples :
  bin/psl demarche comparer ma-demarche                 le catalogue et la dernière version publiée
  bin/psl demarche comparer ma-demarche@1 ma-demarche@2 deux versions publiées
  bin/psl demarche comparer ./avant/x ./apres/x         deux dossiers
code de sortie : 0 rien ne se perd, 1 des réponses ou des données se perdent (lignes « ! »), 2 mauvais usage"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what is compared."""
    parser.add_argument("avant", metavar="A", help=f"dossier, slug du catalogue, slug@2 ou slug@{PUBLIEE}")
    parser.add_argument("apres", metavar="B", nargs="?", help="de même ; sans lui, A est comparé à sa dernière version publiée")


def run(args: argparse.Namespace) -> int:
    """Write the differences."""
    catalogue = catalogue_of(args.catalogue)
    avant, apres = (args.avant, args.apres) if args.apres else (f"{args.avant.rstrip('/').rpartition('/')[2]}@{PUBLIEE}", args.avant)
    nom_apres, new = find(apres, catalogue)
    nom_avant, old = find(avant, catalogue)
    changements = differences.compare(old, new)
    print(differences.write(changements, f"{nom_avant} → {nom_apres}"), end="")
    return DEFAUTS if differences.losses(changements) else REUSSI
