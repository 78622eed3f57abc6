"""Reusable blocs: their data beside this package, and their expansion into ordinary champs before anything else looks at them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from psl.langage.definition import schema
from psl.langage.feel import parse
from psl.langage.feel.expression import rename
from psl.langage.source import yaml_strict
from psl.langage.source.defauts import DefinitionInvalide
from psl.langage.source.formes import Releve, near
from psl.langage.source.yaml_strict import Arbre

DOSSIER = Path(__file__).parent.parent / "blocs"

type Donnees = dict[str, Any]


def names() -> tuple[str, ...]:
    """Give the names of the blocs this version has."""
    return tuple(sorted(path.stem for path in DOSSIER.glob("*.yaml") if "." not in path.stem))


@cache
def load(nom: str) -> Donnees:
    """Give a bloc as stored in a canonical form: {"champs", "version", "modele", "textes": {langue: {cle: texts}}}."""
    arbre = yaml_strict.read(DOSSIER / f"{nom}.yaml")
    releve = Releve(arbre)
    schema.MODELE.check(arbre.donnees, (), releve)
    if releve.defauts:
        raise DefinitionInvalide(releve.defauts)
    textes = {path.stem.partition(".")[2]: yaml_strict.read(path).donnees["champs"] for path in sorted(DOSSIER.glob(f"{nom}.*.yaml"))}
    return {**arbre.donnees, "textes": textes}


def referential_key(declared: Mapping[str, str]) -> str:
    """Name the options that a choice takes from a file: the same file with other columns gives others."""
    return "|".join(declared.get(cle, "") for cle in ("fichier", "valeur", "libelle", "aide"))


def used(donnees: Donnees) -> dict[str, Donnees]:
    """Give the blocs that a definition uses and that exist."""
    wanted = {bloc["modele"] for page in donnees["pages"] for bloc in page["blocs"] if "modele" in bloc}
    return {nom: load(nom) for nom in sorted(wanted & set(names()))}


class Expansion:
    """A definition where each instance of a bloc became plain champs, and the texts that came with them by language and key."""

    def __init__(self, donnees: Donnees, modeles: Mapping[str, Donnees], arbre: Arbre, referentiels: Mapping[str, Any]) -> None:
        self.modeles = modeles
        self.referentiels = referentiels
        self.releve = Releve(arbre)
        self.textes: dict[str, Donnees] = {}
        pages = [self._page(page, rang) for rang, page in enumerate(donnees["pages"])]
        self.donnees = donnees | {"pages": pages}

    def _page(self, page: Donnees, rang: int) -> Donnees:
        return page | {"blocs": [self._bloc(bloc, ("pages", rang, "blocs", numero)) for numero, bloc in enumerate(page["blocs"])]}

    def _bloc(self, bloc: Donnees, chemin: tuple[str | int, ...]) -> Donnees:
        expanded = self._instance(bloc, chemin)
        return self._repeated(expanded, chemin) if "repetition" in bloc else expanded

    def _repeated(self, bloc: Donnees, chemin: tuple[str | int, ...]) -> Donnees:
        """Make of a repeated bloc one champ, whose rows have the champs of the bloc."""
        membres = bloc["champs"]
        for membre in membres:
            if membre["type"] == "piece_jointe":
                message = f"« {membre['cle']} » est une pièce jointe dans un bloc répété."
                self.releve.add(chemin, message, "Demandez-la hors du bloc, avec plusieurs fichiers permis.")
        for textes in self.textes.values():
            if own := {membre["cle"]: textes.pop(membre["cle"]) for membre in membres if membre["cle"] in textes}:
                textes[bloc["cle"]] = {"champs": own}
        champ = {**bloc["repetition"], "cle": bloc["cle"], "type": "repetition", "champs": membres}
        return {cle: valeur for cle, valeur in bloc.items() if cle != "repetition"} | {"champs": [champ], "repete": True}

    def _instance(self, bloc: Donnees, chemin: tuple[str | int, ...]) -> Donnees:
        if "modele" not in bloc:
            return bloc | {"champs": [self._with_options(champ) for champ in bloc["champs"]]}
        modele = self.modeles.get(bloc["modele"])
        if modele is None:
            self.releve.add((*chemin, "modele"), f"Le modèle de bloc « {bloc['modele']} » n'existe pas.", near(bloc["modele"], names()))
            return bloc | {"champs": []}
        self._check_members(bloc, modele, chemin)
        if bloc.get("version", modele["version"]) != modele["version"]:
            message = f"Le modèle « {bloc['modele']} » est en version {modele['version']}, la démarche attend la {bloc['version']}."
            self.releve.add((*chemin, "version"), message, f"Relisez ce bloc, puis écrivez version: {modele['version']}.")
        return bloc | {"champs": self._champs(bloc, modele, chemin)}

    def _with_options(self, champ: Donnees) -> Donnees:
        return champ | {"options": self.referentiels[referential_key(champ["referentiel"])]} if "referentiel" in champ else champ

    def _check_members(self, bloc: Donnees, modele: Donnees, chemin: tuple[str | int, ...]) -> None:
        members = tuple(champ["cle"] for champ in modele["champs"])
        for cle in ("champs_retenus", "facultatifs"):
            for rang, member in enumerate(bloc.get(cle, ())):
                if member not in members:
                    message = f"« {member} » n'est pas un champ du modèle « {bloc['modele']} »."
                    self.releve.add((*chemin, cle, rang), message, near(member, members))

    def _champs(self, bloc: Donnees, modele: Donnees, chemin: tuple[str | int, ...]) -> list[Donnees]:
        kept = bloc.get("champs_retenus", [champ["cle"] for champ in modele["champs"]])
        champs = sorted((champ for champ in modele["champs"] if champ["cle"] in kept), key=lambda champ: kept.index(champ["cle"]))
        prefixe = f"{bloc['prefixe']}_" if "prefixe" in bloc else ""
        noms = {champ["cle"]: prefixe + champ["cle"] for champ in modele["champs"]}
        for langue, textes in modele["textes"].items():
            self.textes.setdefault(langue, {}).update({noms[cle]: texte for cle, texte in textes.items() if cle in kept})
        expanded = [_renamed(champ, noms) for champ in champs]
        for champ in expanded:
            self._settle(champ, bloc, noms, chemin)
        return expanded

    def _settle(self, champ: Donnees, bloc: Donnees, noms: Mapping[str, str], chemin: tuple[str | int, ...]) -> None:
        if champ["cle"] in {noms[member] for member in bloc.get("facultatifs", ()) if member in noms}:
            champ["requis"] = False
        if not bloc.get("concerne_usager") and "autocomplete" in champ:
            champ["autocomplete"] = "off"
        kept = {noms[member] for member in bloc.get("champs_retenus", noms) if member in noms}
        needed = set(parse(champ["si"]).names & set(noms.values())) if "si" in champ else set()
        for absent in sorted(needed - kept):
            message = f"« {champ['cle']} » dépend de « {absent} », qui n'est pas retenu."
            self.releve.add(chemin, message, "Ajoutez-le à champs_retenus.")


def _renamed(champ: Donnees, noms: Mapping[str, str]) -> Donnees:
    """Copy a champ with its key and the names its conditions read changed."""
    copy = {cle: _renamed_conditions(cle, valeur, noms) for cle, valeur in champ.items()}
    return copy | {"cle": noms[champ["cle"]]}


def _renamed_conditions(cle: str, valeur: Any, noms: Mapping[str, str]) -> Any:
    if cle in ("si", "requis", "min", "max") and isinstance(valeur, str):
        return rename(valeur, noms)
    if cle in ("options", "libelles"):
        return [{key: _renamed_conditions(key, item, noms) for key, item in entry.items()} for entry in valeur]
    return valeur
