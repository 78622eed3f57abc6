"""Loading a démarche: from its folder, or from the canonical form of a published version."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from psl.langage.definition import schema
from psl.langage.definition.build_demarche import build
from psl.langage.definition.coherence import check_references
from psl.langage.definition.migrations import FORMAT, migrate
from psl.langage.definition.modeles import Expansion, referential_key, used
from psl.langage.definition.objets import Champ, Demarche
from psl.langage.definition.traduction import Traduction
from psl.langage.derives import depart
from psl.langage.source import tableur, yaml_strict
from psl.langage.source.defauts import Defaut, DefinitionInvalide
from psl.langage.source.formes import Releve
from psl.langage.source.heritage import Heritage, Surcharge
from psl.langage.source.yaml_strict import Arbre

__all__ = ["Champ", "Defaut", "Definition", "DefinitionInvalide", "Demarche", "compile_canonical", "load", "read_definition"]

FRANCAIS = "fr"
RACINE = Path(__file__).resolve().parents[2]  # where archetype/ and donnees/ are


class Definition:
    """A definition read and checked: its data as written and as expanded, its texts, its lines. What the checks work on."""

    def __init__(
        self,
        arbre: Arbre,
        textes: Mapping[str, Arbre],
        modeles: Mapping[str, Any],
        referentiels: Mapping[str, Any] = MappingProxyType({}),
        *,
        publie: bytes = b"",
        surcharges: tuple[Surcharge, ...] = (),
    ) -> None:
        self.arbre = arbre
        self.textes = textes
        self.surcharges = surcharges
        expansion = Expansion(arbre.donnees, modeles, arbre, referentiels)
        self.expandee = expansion.donnees
        self.textes_modeles = expansion.textes
        releve = expansion.releve
        if not releve.defauts:
            check_references(self.expandee, releve)
        if releve.defauts:
            raise DefinitionInvalide(releve.defauts)
        texts = {langue: texte.donnees for langue, texte in textes.items()}
        self.canonique = publie or _canonical(arbre.donnees, texts, modeles, dict(referentiels))
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
                langues = (FRANCAIS, *sorted(self.textes))
                whole = build(donnees, langue=wanted, langues=langues, canonique=self.canonique, digest=self.digest, localiser=localize)
                compiled[wanted] = depart.complete(whole)
            return compiled[wanted]

        return localize(langue)


def read_definition(path: Path) -> Definition:
    """Read and check the folder of a démarche, or its demarche.yaml. Raises DefinitionInvalide with every fault found."""
    dossier = path.parent if path.suffix == ".yaml" else path
    arbre, textes = read_files(dossier)
    surcharges: tuple[Surcharge, ...] = ()
    if isinstance(arbre.donnees, dict) and isinstance(arbre.donnees.get("extends"), str):
        arbre, surcharges = _inherit(arbre, textes, dossier)
    releve = Releve(arbre)
    if isinstance(arbre.donnees, dict) and arbre.donnees.get("format", FORMAT) != FORMAT:  # an unknown format says nothing else
        schema.DEMARCHE.cles["format"].check(arbre.donnees["format"], ("format",), releve)
    else:
        schema.DEMARCHE.check(arbre.donnees, (), releve)
    if releve.defauts:
        raise DefinitionInvalide(releve.defauts)
    if arbre.donnees["slug"] != dossier.name:
        releve.add(("slug",), f"Le slug « {arbre.donnees['slug']} » n'est pas le nom du dossier.", f"Écrivez slug: {dossier.name}.")
        raise DefinitionInvalide(releve.defauts)
    return Definition(arbre, textes, used(arbre.donnees), _tables(arbre.donnees, dossier), surcharges=surcharges)


def read_files(dossier: Path) -> tuple[Arbre, dict[str, Arbre]]:
    """Read the files of a démarche as they are written, brought to today's format. Raises DefinitionInvalide."""
    arbre = yaml_strict.read(dossier / "demarche.yaml", nom=f"{dossier.name}/demarche.yaml")
    textes = {
        fichier.stem: yaml_strict.read(fichier, nom=f"{dossier.name}/textes/{fichier.name}")
        for fichier in sorted(dossier.glob("textes/??.yaml"))
    }
    migrate(arbre, textes)
    return arbre, textes


def _inherit(arbre: Arbre, textes: dict[str, Arbre], dossier: Path) -> tuple[Arbre, tuple[Surcharge, ...]]:
    """Put a definition over the one it extends, and its texts over the other's."""
    nom = arbre.donnees["extends"]
    releve = Releve(arbre)
    base = RACINE / nom if nom.startswith("archetype/") else dossier.parent / nom
    if not (base / "demarche.yaml").is_file() or base.resolve() == dossier.resolve():
        connus = sorted(path.parent.name for path in RACINE.glob("archetype/*/demarche.yaml"))
        releve.add(("extends",), f"« {nom} » n'existe pas.", f"Les archétypes sont : {', '.join(connus)}.")
        raise DefinitionInvalide(releve.defauts)
    arbre_base, textes_base = read_files(base)
    if isinstance(arbre_base.donnees, dict) and "extends" in arbre_base.donnees:
        releve.add(("extends",), f"« {nom} » en reprend déjà une autre.", "Reprenez directement l'archétype d'origine.")
        raise DefinitionInvalide(releve.defauts)
    heritage = Heritage(arbre_base, arbre)
    merged = heritage.merge()
    if heritage.releve.defauts:
        raise DefinitionInvalide(heritage.releve.defauts)
    for langue, texte in textes_base.items():
        textes[langue] = Heritage(texte, textes[langue]).merge() if langue in textes else texte
    return merged, tuple(heritage.surcharges)


def _tables(donnees: Any, dossier: Path) -> dict[str, Any]:
    """Read the CSV référentiels that choices name, by their declaration. Raises DefinitionInvalide."""
    found: dict[str, Any] = {}
    for page in donnees["pages"]:
        for bloc in page["blocs"]:
            for champ in bloc.get("champs", ()):
                if declared := champ.get("referentiel"):
                    colonnes = {cle: colonne for cle, colonne in declared.items() if cle != "fichier"}
                    fichier = declared["fichier"]
                    path = RACINE / fichier if fichier.startswith("donnees/") else dossier / "referentiels" / fichier
                    found[referential_key(declared)] = tableur.read(path, colonnes)
    return found


def load(path: Path) -> Demarche:
    """Load a démarche from its folder, in French. Raises DefinitionInvalide."""
    return read_definition(path).compile()


def compile_canonical(canonique: bytes) -> Demarche:
    """Compile a published version from its canonical form: nothing else is read, so it stays what it was. Raises DefinitionInvalide."""
    donnees = json.loads(canonique, parse_float=Decimal)
    if not isinstance(donnees.get("format"), int) or not 1 <= donnees["format"] <= FORMAT:
        raise DefinitionInvalide([Defaut("version publiée", 1, "Ce format de version n'est pas connu.", "Mettez la plateforme à jour.")])
    arbre = Arbre("version publiée", donnees["demarche"])
    textes = {langue: Arbre(f"{langue}.yaml", texte) for langue, texte in donnees["textes"].items()}
    migrate(arbre, textes)
    return Definition(arbre, textes, donnees["modeles"], donnees.get("referentiels", {}), publie=canonique).compile()


def _canonical(donnees: Any, textes: Mapping[str, Any], modeles: Mapping[str, Any], referentiels: Mapping[str, Any]) -> bytes:
    whole = {"format": FORMAT, "demarche": donnees, "textes": textes, "modeles": modeles, "referentiels": referentiels}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=float).encode()
