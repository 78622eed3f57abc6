"""Where démarches are: a slug of the catalogue, a folder, a published version."""

import os
import sys
from pathlib import Path

from psl.commandes import set_up
from psl.langage import charger
from psl.langage.charger import Demarche

RACINE = Path(__file__).resolve().parents[3]
REUSSI, DEFAUTS, USAGE = 0, 1, 2
PUBLIEE = "publiee"


class Usage(Exception):  # noqa: N818 - a misuse of the command line, with its sentence
    """What was asked makes no sense: said on the error output, code 2."""


def catalogue_of(given: Path | None) -> Path:
    """Return the folder of the démarches."""
    return given or Path(os.environ.get("PSL_CATALOGUE") or RACINE / "catalogue")


def folder(slug: str, catalogue: Path) -> Path:
    """Return the folder of a démarche: a slug of the catalogue, or a path (with a « / »). Raises Usage."""
    dossier = Path(slug) if "/" in slug else catalogue / slug
    if not (dossier / "demarche.yaml").is_file():
        raise Usage(f"Démarche inconnue : {dossier.name or slug}. {known(catalogue)}")
    return dossier


def known(catalogue: Path) -> str:
    """Say what the catalogue has."""
    connus = ", ".join(sorted(path.parent.name for path in catalogue.glob("*/demarche.yaml"))) or "aucune"
    return f"Le catalogue a : {connus}."


def find(nom: str, catalogue: Path) -> tuple[str, Demarche]:
    """Return a démarche and its name for a reader: a folder, a slug, or a published version « slug@2 », « slug@publiee ».

    Raises Usage, DefinitionInvalide, Refus.
    """
    slug, arobase, version = nom.partition("@")
    if not arobase:
        dossier = folder(nom, catalogue)
        return f"{dossier.name} (dossier)", charger.load(dossier)
    if not (version == PUBLIEE or version.isdecimal()):
        raise Usage(f"« {nom} » : après @, écrivez un numéro de version, ou « {PUBLIEE} » pour la dernière.")
    return _published(slug, version)


def _published(slug: str, version: str) -> tuple[str, Demarche]:
    set_up()
    from psl.demarches import queries  # noqa: PLC0415 - needs the base, which other forms of the command do without

    if version.isdecimal():
        return f"{slug} version {version}", queries.version(slug, int(version))
    if last := queries.last_version(slug):
        return f"{slug} version {last[0]}", last[1]
    raise Usage(f"La démarche « {slug} » n'a aucune version publiée.")


def complain(texte: str) -> int:
    """Say a misuse."""
    print(texte, file=sys.stderr)
    return USAGE
