"""Dessiner une démarche : SVG qui se lit aussi à l'oreille, ou BPMN 2.0 pour un modeleur, ou texte."""

import argparse
from pathlib import Path

from psl.commandes.demarches.catalogue import REUSSI, catalogue_of, find
from psl.langage.derives.diagramme import draw, to_bpmn, to_svg, to_text

AIDE = "dessiner une démarche (SVG, BPMN ou texte)"
SUITE = """exemple :
  bin/psl demarche diagramme acte-etat-civil --format bpmn --vers acte.bpmn
code de sortie : 0 dessiné, 1 la définition a des défauts, 2 mauvais usage"""
FORMATS = {"svg": to_svg, "bpmn": to_bpmn, "texte": to_text}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the démarche and the format."""
    parser.add_argument("demarche", metavar="SLUG", help="démarche du catalogue, dossier, ou version publiée (slug@2)")
    parser.add_argument("--format", choices=sorted(FORMATS), default="svg", help="svg par défaut")
    parser.add_argument("--vers", type=Path, metavar="FICHIER", help="où écrire (sur la sortie, par défaut)")


def run(args: argparse.Namespace) -> int:
    """Write the drawing."""
    _, demarche = find(args.demarche, catalogue_of(args.catalogue))
    dessin = FORMATS[args.format](draw(demarche))
    if args.vers:
        args.vers.write_text(dessin, encoding="utf-8")
        print(f"{args.vers} est écrit.")
    else:
        print(dessin, end="" if dessin.endswith("\n") else "\n")
    return REUSSI
