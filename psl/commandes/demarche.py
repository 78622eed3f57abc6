"""Écrire une démarche : nouvelle, verifier, essayer, comparer, documenter, diagramme, publier.

Code de sortie : 0 rien à redire (ou seulement des faits à confirmer), 1 des défauts, 2 mauvais usage.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from psl.commandes.demarches import comparer, diagramme, documenter, nouvelle, publier, suivre, verifier
from psl.commandes.demarches.catalogue import Usage, complain
from psl.langage import essais
from psl.langage.charger import Definition, DefinitionInvalide, read_definition
from psl.langage.definition.modeles import load, names, used
from psl.langage.definition.schema import json_schema
from psl.langage.preuves import verify

RACINE = Path(__file__).resolve().parents[2]
REUSSI, DEFAUTS, USAGE = 0, 1, 2
ACTIONS = {
    "nouvelle": nouvelle,
    "comparer": comparer,
    "documenter": documenter,
    "diagramme": diagramme,
    "publier": publier,
    "suivre": suivre,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the actions, each with its help."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", title="actions")
    for nom, module in ACTIONS.items():
        brut = argparse.RawDescriptionHelpFormatter
        action = actions.add_parser(nom, help=module.AIDE, description=module.__doc__, epilog=module.SUITE, formatter_class=brut)
        module.configure(action)
        action.add_argument("--catalogue", type=Path, default=None, help="dossier des démarches (catalogue/ par défaut)")
    for nom, aide in (("verifier", "relire les définitions et dire leurs défauts"), ("essayer", "vérifier, puis jouer les essais")):
        action = actions.add_parser(nom, help=aide)
        action.add_argument("slugs", nargs="*", metavar="SLUG", help="démarche du catalogue, ou chemin d'un dossier (toutes par défaut)")
        action.add_argument("--catalogue", type=Path, default=None, help="dossier des démarches")
        verifier.configure(action, nom)
    for nom, aide in (("heritage", "montrer ce qu'une définition change à celle qu'elle reprend"), ("blocs", "dire où sert chaque bloc")):
        action = actions.add_parser(nom, help=aide)
        action.add_argument("slugs", nargs="*", metavar="SLUG", help="démarche du catalogue, ou chemin d'un dossier (toutes par défaut)")
        action.add_argument("--catalogue", type=Path, default=None, help="dossier des démarches")
    actions.add_parser("schema", help="écrire le JSON Schema de demarche.yaml sur la sortie")


def run(args: argparse.Namespace) -> int:
    """Run an action; what is wrong is said one line each, file and line first."""
    if args.action == "schema":
        print(json.dumps(json_schema(), ensure_ascii=False, indent=1, sort_keys=True))
        return REUSSI
    if args.action in ACTIONS:
        return _act(args)
    catalogue = args.catalogue or Path(os.environ.get("PSL_CATALOGUE") or RACINE / "catalogue")
    dossiers = [_folder(slug, catalogue) for slug in args.slugs] or sorted(path.parent for path in catalogue.glob("*/demarche.yaml"))
    inconnus = [dossier for dossier in dossiers if not (dossier / "demarche.yaml").is_file()]
    if inconnus or not dossiers:
        connus = ", ".join(sorted(path.parent.name for path in catalogue.glob("*/demarche.yaml"))) or "aucune"
        print(f"Démarche inconnue : {', '.join(path.name for path in inconnus) or catalogue}. Le catalogue a : {connus}.", file=sys.stderr)
        return USAGE
    if args.action in ("heritage", "blocs"):
        return _tell(dossiers, args.action)
    return max(_report(dossier, args, is_tried=args.action == "essayer") for dossier in dossiers)


def _act(args: argparse.Namespace) -> int:
    try:
        code: int = ACTIONS[args.action].run(args)
    except Usage as usage:
        return complain(str(usage))
    except DefinitionInvalide as invalide:
        print(invalide)
        return DEFAUTS
    return code


def _tell(dossiers: list[Path], action: str) -> int:
    """Write what each definition changes to the one it takes up, or which démarches each bloc touches."""
    uses: dict[str, list[str]] = {}
    for dossier in dossiers:
        try:
            definition = read_definition(dossier)
        except DefinitionInvalide as invalide:
            print(invalide)
            return DEFAUTS
        if action == "heritage":
            print(f"{dossier.name} : {len(definition.surcharges)} changement(s).", *definition.surcharges, sep="\n  ")
        for modele in used(definition.arbre.donnees):
            uses.setdefault(modele, []).append(dossier.name)
    if action == "blocs":
        for modele in names():
            print(f"{modele} (version {load(modele)['version']}) : {', '.join(uses.get(modele, ())) or 'aucune démarche'}")
    return REUSSI


def _folder(slug: str, catalogue: Path) -> Path:
    return Path(slug) if "/" in slug else catalogue / slug


def _report(dossier: Path, args: argparse.Namespace, *, is_tried: bool) -> int:
    try:
        definition = read_definition(dossier)
        defauts = verify(definition)
    except DefinitionInvalide as invalide:
        defauts = invalide.defauts
        definition = None
    for defaut in defauts:
        print(defaut)
    if definition and is_tried and args.engendrer and not defauts:
        verifier.generate(definition, dossier, args)
    echecs = _try(definition, dossier) if is_tried and definition else 0
    trouves = len(defauts) if defauts or is_tried or definition is None else verifier.prove_one(definition, args)
    if trouves or echecs:
        print(f"{dossier.name} : {trouves} défaut(s)" + (f", {echecs} essai(s) en échec" if is_tried else "") + ".")
        return DEFAUTS
    print(f"{dossier.name} : rien à redire." + _facts(definition))
    return REUSSI


def _facts(definition: Definition | None) -> str:
    faits = definition.compile().faits_a_confirmer if definition else ()
    if not faits:
        return ""
    lignes = "".join(f"\n  à confirmer : {fait.cle} ({fait.source})" for fait in faits)
    return f" Elle ne peut pas aller en production tant que des faits restent à confirmer :{lignes}"


def _try(definition: Definition, dossier: Path) -> int:
    try:
        resultats = essais.run_all(definition.compile(), dossier)
    except DefinitionInvalide as invalide:
        print(invalide)
        return len(invalide.defauts)
    for resultat in resultats:
        print(f"  {'ok' if resultat.is_passed else 'ÉCHEC'}  {resultat.fichier} : {resultat.nom}")
        for ecart in resultat.ecarts:
            print(f"         {ecart}")
    return sum(not resultat.is_passed for resultat in resultats)
