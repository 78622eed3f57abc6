"""The texts of another language put in the place of the French ones, along the same tree; what is missing stays French and is told."""

from collections.abc import Callable, Mapping
from typing import Any

from psl.langage.definition import schema
from psl.langage.source.formes import Forme, Liste, Objet, Ou, Releve, Selon, Table, named, near
from psl.langage.source.yaml_strict import Arbre, Chemin


class Traduction:
    """A definition in one language. `manquants` are the paths whose text stayed French; `releve` holds what the file has too much."""

    def __init__(self, donnees: dict[str, Any], arbre: Arbre, defauts_par_champ: Mapping[str, Any]) -> None:
        self.releve = Releve(arbre)
        self.manquants: list[Chemin] = []
        self.defauts_par_champ = defauts_par_champ
        self.champs: Mapping[str, Any] = {}
        self.chemin_page: Chemin = ()
        self.donnees: dict[str, Any] = self._translate(schema.DEMARCHE, donnees, arbre.donnees, ())

    def _translate(self, forme: Forme, donnees: Any, textes: Any, chemin: Chemin) -> Any:
        if forme.traduit:
            return self._text(forme, donnees, textes, chemin)
        if not is_translatable(forme):
            if textes is not None:
                self.releve.add(chemin, f"« {named(chemin)} » ne se traduit pas.", "Retirez cette ligne.")
            return donnees
        return _RULES[type(forme)](self, forme, donnees, textes, chemin)

    def _chosen(self, forme: Selon | Ou, donnees: Any, textes: Any, chemin: Chemin) -> Any:
        shape = forme.shape(donnees) if isinstance(forme, Selon) else forme.formes.get(type(donnees))
        return donnees if shape is None else self._translate(shape, donnees, textes, chemin)

    def _entries(self, forme: Table, donnees: dict[str, Any], textes: Any, chemin: Chemin) -> dict[str, Any]:
        known = self._table(textes, donnees, chemin)
        return {cle: self._translate(forme.de, item, known.get(cle), (*chemin, cle)) for cle, item in donnees.items()}

    def _text(self, forme: Forme, donnees: Any, textes: Any, chemin: Chemin) -> Any:
        if textes is None:
            if not forme.optionnel:
                self.manquants.append(chemin)
            return donnees
        before = len(self.releve.defauts)
        forme.check(textes, chemin, self.releve)
        return textes if len(self.releve.defauts) == before else donnees

    def _object(self, forme: Objet, donnees: dict[str, Any], textes: Any, chemin: Chemin) -> dict[str, Any]:
        translatable = [cle for cle in donnees if cle in forme.cles and is_translatable(forme.cles[cle])]
        if isinstance(textes, str) and translatable:
            textes = {translatable[0]: textes}
        known = self._table(textes, translatable + (["champs"] if forme is schema.PAGE else []), chemin)
        if forme is schema.PAGE:
            self._enter_page(donnees, known, chemin)
        return {
            cle: self._translate(forme.cles[cle], item, known.get(cle), (*chemin, cle)) if cle in forme.cles else item
            for cle, item in donnees.items()
        }

    def _enter_page(self, page: dict[str, Any], textes: Mapping[str, Any], chemin: Chemin) -> None:
        self.chemin_page = (*chemin, "champs")
        cles = [champ["cle"] for bloc in page["blocs"] for champ in bloc["champs"]]
        self.champs = self._table(textes.get("champs"), cles, self.chemin_page)

    def _list(self, forme: Liste, donnees: list[Any], textes: Any, chemin: Chemin) -> list[Any]:
        if forme is schema.CHAMPS:
            if textes is not None:
                self.releve.add(chemin, "Les champs se traduisent sous la page, pas sous le bloc.", "Déplacez-les sous pages › … › champs.")
            return [self._champ(champ) for champ in donnees]
        if forme.rang:
            return self._by_rank(forme, donnees, textes, chemin)
        known = self._table(textes, [item.get(forme.par) for item in donnees], chemin)
        return [self._translate(forme.de, item, known.get(item[forme.par]), (*chemin, item[forme.par])) for item in donnees]

    def _champ(self, champ: dict[str, Any]) -> Any:
        cle = champ["cle"]
        own, default = self.champs.get(cle), self.defauts_par_champ.get(cle)
        merged = _merged(default or {}, own) if isinstance(own, dict) else own if own is not None else default
        if "referentiel" in champ:  # its options are data, the same in every language
            shown = self._translate(schema.CHAMP_ETENDU, {**champ, "options": []}, merged, (*self.chemin_page, cle))
            return shown | {"options": champ["options"]}
        return self._translate(schema.CHAMP_ETENDU, champ, merged, (*self.chemin_page, cle))

    def _by_rank(self, forme: Liste, donnees: list[Any], textes: Any, chemin: Chemin) -> list[Any]:
        given = textes if isinstance(textes, list) else []
        if textes is not None and len(given) != len(donnees):
            message = f"« {named(chemin)} » doit avoir {len(donnees)} textes, dans le même ordre qu'en français."
            self.releve.add(chemin, message, "Ajoutez ou retirez des textes.")
        return [
            self._translate(forme.de, item, given[rang] if rang < len(given) else None, (*chemin, rang))
            for rang, item in enumerate(donnees)
        ]

    def _table(self, textes: Any, known: Any, chemin: Chemin) -> Mapping[str, Any]:
        if textes is None:
            return {}
        if not isinstance(textes, dict):
            self.releve.add(chemin, f"« {named(chemin)} » doit être un objet (cle: texte).", "Suivez le même arbre que demarche.yaml.")
            return {}
        for cle in textes:
            if cle not in known:
                message = f"« {cle} » n'est pas dans la démarche, sous « {named(chemin)} »."
                self.releve.add((*chemin, cle), message, near(cle, tuple(known)) if known else "Retirez cette ligne.")
        return textes


def _merged(default: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Put the texts of a definition over those that came with a bloc, champ by champ of a repeated one."""
    both = {cle for cle in own if isinstance(own[cle], dict) and isinstance(default.get(cle), dict)}
    return {**default, **own, **{cle: _merged(default[cle], own[cle]) for cle in both}}


_RULES: dict[type[Forme], Callable[[Traduction, Any, Any, Any, Chemin], Any]] = {
    Objet: Traduction._object,
    Table: Traduction._entries,
    Liste: Traduction._list,
    Selon: Traduction._chosen,
    Ou: Traduction._chosen,
}

_seen: dict[int, bool] = {}


def is_translatable(forme: Forme) -> bool:
    """Tell whether a shape, or one below it, has texts to translate."""
    if id(forme) not in _seen:
        _seen[id(forme)] = forme.traduit or any(is_translatable(below) for below in _below(forme))
    return _seen[id(forme)]


def _below(forme: Forme) -> list[Forme]:
    match forme:
        case Objet():
            return list(forme.cles.values())
        case Table() | Liste():
            return [forme.de]
        case Selon() | Ou():
            return list(forme.formes.values())
    return []
