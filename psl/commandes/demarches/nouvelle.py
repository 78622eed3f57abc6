"""Commencer une démarche : copie un archétype, avec ses essais, sous un nouveau nom."""

import argparse
import re
import shutil
import tempfile
from pathlib import Path

from psl.commandes.demarches.catalogue import RACINE, REUSSI, Usage, catalogue_of

AIDE = "commencer une démarche à partir d'un archétype"
SUITE = """exemples :
  bin/psl demarche nouvelle carte-peche --titre "Demander une carte de pêche"
  bin/psl demarche nouvelle aide-club --modele demande-association
archétypes :
  demande-simple            une demande, une mairie qui répond
  declaration               elle vaut dès qu'elle est reçue : récépissé, délai, échéance
  plusieurs-destinataires   plusieurs services, chacun reçoit seulement sa part
  demande-association       une association, ses dirigeants, un projet
code de sortie : 0 la démarche est là, 2 mauvais usage (rien n'est alors écrit)"""
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the name and the archetype."""
    parser.add_argument("slug", metavar="SLUG", help="son nom : des minuscules, des chiffres et des tirets")
    aide = f"l'archétype d'où partir : {', '.join(archetypes())} (demande-simple par défaut)"
    parser.add_argument("--modele", "--archetype", dest="archetype", default="demande-simple", metavar="NOM", help=aide)
    parser.add_argument("--titre", default="", help="son titre, tel que l'usager le lira")


def archetypes() -> list[str]:
    """Give the names of the archetypes."""
    return sorted(path.parent.name for path in RACINE.glob("archetype/*/demarche.yaml"))


def run(args: argparse.Namespace) -> int:
    """Write the folder whole, or nothing."""
    catalogue = catalogue_of(args.catalogue)
    cible = catalogue / args.slug
    _check(args, cible)
    titre = args.titre or args.slug.replace("-", " ").capitalize()
    catalogue.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=catalogue, prefix=".nouvelle-") as provisoire:
        dossier = Path(provisoire) / args.slug
        shutil.copytree(RACINE / "archetype" / args.archetype, dossier)
        fichier = dossier / "demarche.yaml"
        fichier.write_text(named(fichier.read_text(encoding="utf-8"), args.slug, titre), encoding="utf-8")
        dossier.rename(cible)
    print(f"{cible}/demarche.yaml est écrit. Ensuite :")
    ici = args.slug if args.catalogue is None else f"{cible}"
    print(f"  bin/psl demarche essayer {ici}\n  make demarche slug={ici}")
    return REUSSI


def _check(args: argparse.Namespace, cible: Path) -> None:
    if not _SLUG.fullmatch(args.slug) or len(args.slug) > 80:
        raise Usage(f"« {args.slug} » n'est pas un nom : des minuscules sans accent, des chiffres et des tirets, comme « carte-peche ».")
    if args.archetype not in archetypes():
        raise Usage(f"L'archétype « {args.archetype} » n'existe pas : choisissez {', '.join(archetypes())}.")
    if cible.exists():
        raise Usage(f"{cible} existe déjà : choisissez un autre nom, ou retirez ce dossier.")
    if not args.titre.isprintable():
        raise Usage("Le titre tient sur une ligne.")


def named(source: str, slug: str, titre: str) -> str:
    """Put the slug, the code and the title in the text of an archetype; its first comment goes."""
    code = "".join(mot.capitalize() for mot in slug.split("-"))
    ecrit = titre.replace("\\", "\\\\").replace('"', '\\"')
    source = re.sub(r"\A(#.*\n)+", "# yaml-language-server: $schema=../../docs/demarche.schema.json\n", source)
    for cle, valeur in (("slug", slug), ("codes", f"{{psl: {code}}}"), ("titre", f'"{ecrit}"')):
        avant, _, apres = source.partition(f"\n{cle}: ")
        source = f"{avant}\n{cle}: {valeur}\n{apres.partition('\n')[2]}"
    return source
