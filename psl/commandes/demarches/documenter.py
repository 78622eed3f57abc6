"""Écrire tout ce qui se déduit d'une démarche : formulaire papier, dictionnaire des données, schémas, diagrammes.

Rien de cela ne s'écrit à la main : recommencez après chaque changement.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from psl.commandes.demarches.catalogue import RACINE, REUSSI, catalogue_of, find
from psl.langage.charger import Demarche
from psl.langage.derives import dictionnaire, donnees, flux_json, xsd
from psl.langage.derives.diagramme import draw, to_bpmn, to_svg, to_text
from psl.teledossiers.rendus import papier

AIDE = "écrire le formulaire papier, le dictionnaire, les schémas et les diagrammes"
SUITE = """exemple :
  bin/psl demarche documenter acte-etat-civil --vers documents/
code de sortie : 0 écrit, 1 la définition a des défauts, 2 mauvais usage"""
DATE = datetime(2000, 1, 1, tzinfo=UTC)  # the same definition gives the same bytes


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the démarche and where to write."""
    parser.add_argument("demarche", metavar="SLUG", help="démarche du catalogue, dossier, ou version publiée (slug@2)")
    parser.add_argument("--vers", type=Path, metavar="DOSSIER", help="où écrire (build/demarches/SLUG par défaut)")


def run(args: argparse.Namespace) -> int:
    """Write every derived file."""
    _, demarche = find(args.demarche, catalogue_of(args.catalogue))
    dossier = args.vers or RACINE / "build" / "demarches" / demarche.slug
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, contenu in derived(demarche).items():
        (dossier / nom).write_bytes(contenu)
        print(dossier / nom)
    return REUSSI


def derived(demarche: Demarche) -> dict[str, bytes]:
    """Make every derived file, by name."""
    dessin = draw(demarche)
    schema = json.dumps(donnees.schema(demarche), ensure_ascii=False, indent=1) + "\n"
    textes = {
        "dictionnaire.md": dictionnaire.to_markdown(demarche),
        "dictionnaire.html": dictionnaire.to_html(demarche),
        "dictionnaire.csv": dictionnaire.to_csv(demarche),
        "donnees.schema.json": schema,
        "diagramme.svg": to_svg(dessin),
        "diagramme.txt": to_text(dessin) + "\n",
        "diagramme.bpmn": to_bpmn(dessin),
    }
    if demarche.xml:
        textes["donnees.xsd"] = xsd.write(demarche)
    if demarche.json:
        textes["message.schema.json"] = json.dumps(flux_json.schema(demarche), ensure_ascii=False, indent=1) + "\n"
    papiers = {f"formulaire{suffixe}.pdf": papier.render(une, at=DATE) for suffixe, une in _languages(demarche)}
    return {nom: texte.encode() for nom, texte in textes.items()} | papiers


def _languages(demarche: Demarche) -> list[tuple[str, Demarche]]:
    return [("", demarche)]
