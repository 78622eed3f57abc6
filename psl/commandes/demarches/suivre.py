"""Suivre une démarche pendant qu'on l'écrit : chaque fois que ses fichiers changent, elle est vérifiée et publiée sur la plateforme lancée.

`make demarche slug=SLUG` lance la plateforme et cette commande ensemble : les pages disent alors les défauts et se rechargent seules.

Un défaut est dit avec son fichier et sa ligne, et rien n'est publié tant qu'il est là. Réservé à la démonstration.
"""

import argparse
import json
import secrets
import time
from pathlib import Path

from psl.commandes import set_up
from psl.commandes.demarches.catalogue import DEFAUTS, REUSSI, Usage, catalogue_of, folder
from psl.langage.charger import Defaut, DefinitionInvalide, read_definition
from psl.langage.preuves import verify
from psl.socle import clock
from psl.socle.errors import Refus

AIDE = "publier une démarche à chaque changement de ses fichiers, sur la plateforme lancée (démonstration seulement)"
SUITE = """exemple :
  make demarche slug=ma-demarche
code de sortie : 0 arrêtée par Ctrl-C, ou avec --une-fois publiée ; 1 des défauts ; 2 mauvais usage"""
ATTENTE = 0.5  # seconds between two looks at the files


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the démarche."""
    parser.add_argument("demarche", metavar="SLUG", help="démarche du catalogue, ou chemin d'un dossier")
    parser.add_argument("--une-fois", action="store_true", help="publier une fois et s'arrêter")


def run(args: argparse.Namespace) -> int:
    """Publish at each change until interrupted."""
    dossier = folder(args.demarche, catalogue_of(args.catalogue))
    set_up()
    from django.conf import settings  # noqa: PLC0415 - ready by now only

    if settings.PLATEFORME != "demonstration":
        raise Usage("« suivre » publie sans demander : elle n'existe que sur la plateforme de démonstration. Ailleurs : publier.")
    code = publish(dossier)
    vue = stamp(dossier)
    while not args.une_fois:
        time.sleep(ATTENTE)
        if (now := stamp(dossier)) != vue:
            vue = now
            publish(dossier)
    return code


def stamp(dossier: Path) -> tuple[tuple[str, int], ...]:
    """Return what tells whether a file of the folder changed."""
    return tuple((str(path), path.stat().st_mtime_ns) for path in sorted(dossier.rglob("*")) if path.is_file())


def publish(dossier: Path) -> int:
    """Check a démarche and publish it, its brouillons carried; say where to see it, or what is wrong."""
    from psl.demarches import operations  # noqa: PLC0415 - needs the base

    try:
        definition = read_definition(dossier)
        defauts = verify(definition)
    except DefinitionInvalide as invalide:
        defauts = invalide.defauts
    if defauts:
        tell(defauts)
        print(*defauts, f"{dossier.name} : {len(defauts)} défaut(s), rien n'est publié.", sep="\n", flush=True)
        return DEFAUTS
    demarche = definition.compile()
    try:
        version = operations.publish(demarche, now=clock.now(), brouillons=operations.PORTER)
    except Refus as refus:
        tell([Defaut(f"{dossier.name}/demarche.yaml", definition.arbre.line(("codes",)), str(refus), "")])
        print(refus, flush=True)
        return DEFAUTS
    tell([], demarche.codes.psl, demarche.digest)
    print(f"{dossier.name} : version {version.numero}, à voir sur /mademarche/{demarche.codes.psl}/demarche", flush=True)
    return REUSSI


def tell(defauts: list[Defaut], code: str = "", digest: str = "") -> None:
    """Leave for the pages what is wrong, or which content they show; the mark changes each time, so that they look again."""
    from django.conf import settings  # noqa: PLC0415 - ready by now only

    lignes = [{"fichier": d.fichier, "ligne": d.ligne, "message": d.message, "remede": d.remede} for d in defauts]
    etat = {"marque": secrets.token_hex(8), "code": code, "digest": digest, "defauts": lignes}
    settings.ETAT.mkdir(parents=True, exist_ok=True)
    provisoire = settings.ETAT / "atelier.json.tmp"
    provisoire.write_text(json.dumps(etat, ensure_ascii=False), encoding="utf-8")
    provisoire.replace(settings.ETAT / "atelier.json")
