"""Écrire et lire les zips de la PEC, sans serveur et sans base.

`essayer` écrit des télédossiers d'essai (personnes inventées) faits des essais du catalogue ; `lire` vérifie n'importe quel zip de la PEC.
Code de sortie : 0 rien à redire, 1 des défauts, 2 mauvais usage.
"""

import argparse
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from psl.langage.charger import DefinitionInvalide, Demarche, load
from psl.langage.derives import donnees, flux_json, xsd
from psl.teledossiers.rendus.pec import controle, essais
from psl.teledossiers.rendus.pec.controle import Constat
from psl.teledossiers.rendus.pec.lecture import show

RACINE = Path(__file__).resolve().parents[2]
REUSSI, DEFAUTS, USAGE = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare `essayer` and `lire`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="essayer|lire")
    essayer = actions.add_parser("essayer", help="écrire un zip pour chaque essai d'une démarche qui mène à un envoi, et les schémas")
    essayer.add_argument("dossier", type=Path, help="où écrire (créé s'il manque)")
    essayer.add_argument("--demarche", action="append", metavar="SLUG", help="démarche du catalogue (toutes par défaut)")
    lire = actions.add_parser("lire", help="dire ce qu'il y a dans un zip, et ce qui n'y va pas")
    lire.add_argument("fichier", type=Path)
    for action in (essayer, lire):
        action.add_argument("--catalogue", type=Path, default=None, help="dossier des démarches")


def run(args: argparse.Namespace) -> int:
    """Run an action."""
    catalogue = args.catalogue or Path(os.environ.get("PSL_CATALOGUE") or RACINE / "catalogue")
    try:
        return _read(args.fichier, catalogue) if args.action == "lire" else _try(args.dossier, args.demarche, catalogue)
    except OSError as erreur:
        print(f"{erreur.filename or args.action} : {erreur.strerror}.", file=sys.stderr)
        return USAGE


def _read(fichier: Path, catalogue: Path) -> int:
    if not fichier.is_file():
        print(f"« {fichier} » n'est pas un fichier.", file=sys.stderr)
        return USAGE

    @cache
    def schema_of(demarche: str, code: str) -> etree.XMLSchema | None:
        found = next((une for une in _catalogue(catalogue) if une.codes.psl == demarche and une.xml and une.xml.document == code), None)
        return etree.XMLSchema(etree.fromstring(xsd.write(found).encode())) if found else None

    with fichier.open("rb") as flux:
        constat = controle.check(flux, nom=fichier.name, schemas=schema_of)
    _print(fichier, constat)
    return REUSSI if constat.is_sound else DEFAUTS


def _print(fichier: Path, constat: Constat) -> None:
    if lu := constat.lu:
        print(f"Télédossier {show(lu.numero)}, démarche {show(lu.demarche)}, du {show(lu.date)}, pour {show(', '.join(lu.territoires))}.")
        for code, membre in lu.documents[:100]:
            print(f"  document {show(code)} : {show(membre)}")
        for code, membre in lu.pieces[:100]:
            print(f"  pièce {show(code)} : {show(membre)}")
    for remarque in constat.remarques:
        print(f"  à savoir : {remarque}")
    for defaut in constat.defauts:
        print(f"  défaut : {defaut}")
    nombre = len(constat.defauts)
    print(f"{show(fichier.name)} : " + (f"{nombre} défaut(s)." if nombre else f"rien à redire, {len(constat.membres)} fichiers."))


def _try(dossier: Path, slugs: list[str] | None, catalogue: Path) -> int:
    chemins = [catalogue / slug for slug in slugs] if slugs else sorted(path.parent for path in catalogue.glob("*/demarche.yaml"))
    inconnus = [chemin.name for chemin in chemins if not (chemin / "demarche.yaml").is_file()]
    if inconnus or not chemins:
        print(f"Démarche inconnue : {', '.join(inconnus) or catalogue}.", file=sys.stderr)
        return USAGE
    dossier.mkdir(parents=True, exist_ok=True)
    try:
        return max(_write(load(chemin), chemin, dossier) for chemin in chemins)
    except DefinitionInvalide as invalide:
        print(invalide, file=sys.stderr)
        return DEFAUTS


def _write(demarche: Demarche, chemin: Path, dossier: Path) -> int:
    _write_schema(dossier / f"{demarche.slug}.schema.json", donnees.schema(demarche))
    if demarche.json:
        _write_schema(dossier / f"{demarche.slug}.{demarche.json.document}.schema.json", flux_json.schema(demarche))
    if demarche.xml:
        (dossier / f"{demarche.slug}.xsd").write_text(xsd.write(demarche), encoding="utf-8")
    nombre = 0
    for nom, paquet in essais.packs(demarche, chemin):
        with (dossier / paquet.nom).open("wb") as flux:
            flux.writelines(paquet.chunks())
        print(f"{paquet.nom}  {nom}")
        nombre += 1
    for nom, codes in essais.lacking(demarche, chemin):
        print(f"  à savoir : « {nom} » ne dit rien de pièces obligatoires, remplacées par des spécimens : {', '.join(codes)}.")
    print(f"{demarche.slug} : {nombre} zip(s) dans {dossier}.")
    return REUSSI


def _write_schema(chemin: Path, schema: dict[str, Any]) -> None:
    chemin.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _catalogue(catalogue: Path) -> list[Demarche]:
    found = []
    for chemin in sorted(catalogue.glob("*/demarche.yaml")):
        try:
            found.append(load(chemin))
        except DefinitionInvalide:
            print(f"  à savoir : {chemin.parent.name} a des défauts (bin/psl demarche verifier), son schéma ne sert pas.")
    return found
