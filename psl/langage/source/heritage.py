"""A definition that takes another up: what it writes replaces, by key in keyed lists; what it changes is listed, never silent."""

from dataclasses import dataclass, field
from typing import Any

from psl.langage.source.formes import Releve, named
from psl.langage.source.yaml_strict import Arbre, Chemin

_KEYS = ("cle", "code", "valeur")
RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Something changed: where, what it was, what it is. None before: added; None after: removed."""

    chemin: Chemin
    avant: Any
    apres: Any

    def __str__(self) -> str:
        if self.avant is None:
            return f"+ {named(self.chemin)} : {_short(self.apres)}"
        if self.apres is None:
            return f"- {named(self.chemin)} : {_short(self.avant)}"
        return f"~ {named(self.chemin)} : {_short(self.avant)} → {_short(self.apres)}"


@dataclass(slots=True)
class Heritage:
    """A tree made of a base and of what a definition says over it; `surcharges` are the differences, in the order of the file."""

    base: Arbre
    enfant: Arbre
    surcharges: list[Surcharge] = field(default_factory=list)
    lignes: dict[Chemin, int] = field(default_factory=dict)
    releve: Releve = field(init=False)

    def __post_init__(self) -> None:
        self.releve = Releve(self.enfant)

    def merge(self) -> Arbre:
        """Give the whole, its lines being those of the definition that extends."""
        donnees = self._merged(self.base.donnees, self.enfant.donnees, (), ())
        ici = self.enfant.line(("extends",))
        return Arbre(self.enfant.fichier, donnees, {**self.lignes, (): ici})

    def _merged(self, avant: Any, apres: Any, ecrit: Chemin, chemin: Chemin) -> Any:
        self.lignes[chemin] = self.enfant.line(ecrit)
        if isinstance(avant, dict) and isinstance(apres, dict):
            return self._objects(avant, apres, ecrit, chemin)
        if isinstance(avant, list) and isinstance(apres, list) and (cle := _key_of(avant)) and _key_of(apres) == cle:
            return self._lists(avant, apres, cle, ecrit, chemin)
        if avant != apres:
            self.surcharges.append(Surcharge(chemin, avant, apres))
        self._keep_lines(apres, ecrit, chemin)
        return apres

    def _objects(self, avant: dict[str, Any], apres: dict[str, Any], ecrit: Chemin, chemin: Chemin) -> dict[str, Any]:
        merged = dict(avant)
        for cle, item in apres.items():
            if cle in avant:
                merged[cle] = self._merged(avant[cle], item, (*ecrit, cle), (*chemin, cle))
            else:
                merged[cle] = self._added(item, (*ecrit, cle), (*chemin, cle))
        return merged

    def _lists(self, avant: list[Any], apres: list[Any], cle: str, ecrit: Chemin, chemin: Chemin) -> list[Any]:
        merged = list(avant)
        for rang, item in enumerate(apres):
            place = next((numero for numero, item_avant in enumerate(merged) if item_avant[cle] == item[cle]), None)
            if item.get(RETIRE) is True:
                self._remove(merged, place, item[cle], (*ecrit, rang), chemin)
            elif place is not None:
                merged[place] = self._merged(merged[place], item, (*ecrit, rang), (*chemin, place))
            else:
                merged.append(self._added(item, (*ecrit, rang), (*chemin, len(merged))))
        return merged

    def _remove(self, merged: list[Any], place: int | None, cle: str, ecrit: Chemin, chemin: Chemin) -> None:
        if place is None:
            self.releve.add(ecrit, f"« {cle} » n'est pas dans « {named(chemin)} » : il n'y a rien à retirer.", "Corrigez la clé.")
        else:
            self.surcharges.append(Surcharge((*chemin, cle), merged.pop(place), None))

    def _added(self, item: Any, ecrit: Chemin, chemin: Chemin) -> Any:
        self.surcharges.append(Surcharge(chemin, None, item))
        self._keep_lines(item, ecrit, chemin)
        return item

    def _keep_lines(self, item: Any, ecrit: Chemin, chemin: Chemin) -> None:
        self.lignes[chemin] = self.enfant.line(ecrit)
        inside = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
        for cle, below in inside:
            self._keep_lines(below, (*ecrit, cle), (*chemin, cle))


def _key_of(items: list[Any]) -> str | None:
    """Give the key by which the objects of a list are told apart, or None when they are not."""
    return next((cle for cle in _KEYS if items and all(isinstance(item, dict) and isinstance(item.get(cle), str) for item in items)), None)


def _short(valeur: Any) -> str:
    texte = str(valeur.get("titre") or valeur.get("libelle") or valeur.get("cle") or "…") if isinstance(valeur, dict) else str(valeur)
    return texte if len(texte) <= 80 else f"{texte[:79]}…"
