"""Loading a démarche: from its folder, or from the canonical form of a published version."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from psl.langage.definition import schema
from psl.langage.definition.build_demarche import build
from psl.langage.definition.coherence import check_references
from psl.langage.definition.modeles import Expansion, used
from psl.langage.definition.objets import Champ, Demarche
from psl.langage.definition.traduction import Traduction
from psl.langage.source import yaml_strict
from psl.langage.source.defauts import Defaut, DefinitionInvalide
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import Arbre

__all__ = ["Champ", "Defaut", "Definition", "DefinitionInvalide", "Demarche", "compile_canonical", "load", "read_definition"]

FORMAT = 1
FRANCAIS = "fr"


class Definition:
    """A definition read and checked: its data as written and as expanded, its texts, its lines. What the checks work on."""

    def __init__(self, arbre: Arbre, textes: Mapping[str, Arbre], modeles: Mapping[str, Any]) -> None:
        self.arbre = arbre
        self.textes = textes
        expansion = Expansion(arbre.donnees, modeles, arbre)
        self.expandee = expansion.donnees
        self.textes_modeles = expansion.textes
        releve = expansion.releve
        if not releve.defauts:
            check_references(self.expandee, releve)
        if releve.defauts:
            raise DefinitionInvalide(releve.defauts)
        self.canonique = _canonical(arbre.donnees, {langue: texte.donnees for langue, texte in textes.items()}, modeles)
        self.digest = hashlib.sha256(self.canonique).hexdigest()

    def translate(self, langue: str) -> Traduction:
        """Put the texts of a language in the place of the French ones."""
        arbre = self.textes.get(langue) or Arbre(f"{langue}.yaml", {})
        return Traduction(self.expandee, arbre, self.textes_modeles.get(langue, {}))

    def compile(self, langue: str = FRANCAIS) -> Demarche:
        """Make the démarche in a language."""
        compiled: dict[str, Demarche] = {}

        def localize(wanted: str) -> Demarche:
            if wanted not in compiled:
                donnees = self.expandee if wanted == FRANCAIS else self.translate(wanted).donnees
                compiled[wanted] = build(
                    donnees,
                    langue=wanted,
                    langues=(FRANCAIS, *sorted(self.textes)),
                    canonique=self.canonique,
                    digest=self.digest,
                    localiser=localize,
                )
            return compiled[wanted]

        return localize(langue)


def read_definition(path: Path) -> Definition:
    """Read and check the folder of a démarche, or its demarche.yaml. Raises DefinitionInvalide with every fault found."""
    dossier = path.parent if path.suffix == ".yaml" else path
    arbre = yaml_strict.read(dossier / "demarche.yaml", nom=f"{dossier.name}/demarche.yaml")
    releve = Releve(arbre)
    schema.DEMARCHE.check(arbre.donnees, (), releve)
    if releve.defauts:
        raise DefinitionInvalide(releve.defauts)
    if arbre.donnees["slug"] != dossier.name:
        releve.add(("slug",), f"Le slug « {arbre.donnees['slug']} » n'est pas le nom du dossier.", f"Écrivez slug: {dossier.name}.")
        raise DefinitionInvalide(releve.defauts)
    textes = {
        fichier.stem: yaml_strict.read(fichier, nom=f"{dossier.name}/textes/{fichier.name}")
        for fichier in sorted(dossier.glob("textes/??.yaml"))
    }
    return Definition(arbre, textes, used(arbre.donnees))


def load(path: Path) -> Demarche:
    """Load a démarche from its folder, in French. Raises DefinitionInvalide."""
    return read_definition(path).compile()


def compile_canonical(canonique: bytes) -> Demarche:
    """Compile a published version from its canonical form: nothing else is read, so it stays what it was. Raises DefinitionInvalide."""
    donnees = json.loads(canonique, parse_float=Decimal)
    if donnees.get("format") != FORMAT:
        raise DefinitionInvalide([Defaut("version publiée", 1, "Ce format de version n'est pas connu.", "Mettez la plateforme à jour.")])
    textes = {langue: Arbre(f"{langue}.yaml", texte) for langue, texte in donnees["textes"].items()}
    return Definition(Arbre("version publiée", donnees["demarche"]), textes, donnees["modeles"]).compile()


def _canonical(donnees: Any, textes: Mapping[str, Any], modeles: Mapping[str, Any]) -> bytes:
    whole = {"format": FORMAT, "demarche": donnees, "textes": textes, "modeles": modeles}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=float).encode()
