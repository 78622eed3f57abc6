"""What a question asks, and whether another version asks the same: what a brouillon carried over must look at again."""

from dataclasses import fields
from difflib import SequenceMatcher
from typing import Any

from psl.langage.definition.objets import Champ, Demarche
from psl.langage.derives.differences.changement import text

PROCHE = 0.75  # two labels as alike as that are taken for the same question


def asked_anew(avant: Demarche, apres: Demarche) -> tuple[str, ...]:
    """Give the keys of the questions that are new, or no longer ask the same thing, in the order of the pages."""
    return tuple(cle for cle, champ in apres.champs.items() if champ.composant.has_value and not _asks_same(avant.champs.get(cle), champ))


def _asks_same(avant: Champ | None, apres: Champ) -> bool:
    if avant is None or avant.type != apres.type:
        return False
    variantes = [[(si.text, champ.libelle) for si, champ in item.variantes] for item in (avant, apres)]
    return _asked(avant) == _asked(apres) and variantes[0] == variantes[1]


def _asked(champ: Champ) -> tuple[Any, ...]:
    membres = tuple((membre.cle, membre.type, *_asked(membre)) for membre in champ.membres)
    return champ.libelle, champ.aide, champ.texte, [(o.valeur, o.libelle) for o in champ.options], settings(champ), membres


def settings(champ: Champ) -> dict[str, str]:
    """Give what a component was told beside its type: its bounds, its lengths, its pattern; by name, as it is written."""
    told = ((nom, getattr(champ.composant, nom)) for nom in champ.composant.cles if nom in _own_fields(champ))
    return {nom: text(valeur) for nom, valeur in told if nom not in ("options", "referentiel", "texte", "presentation", "niveau")}


def _own_fields(champ: Champ) -> frozenset[str]:
    return frozenset(field.name for field in fields(champ.composant))  # type: ignore[arg-type]


def renamed(avant: Demarche, apres: Demarche) -> dict[str, str]:
    """Give the former key of each question that seems to have changed its key: same type, and a label almost the same, or its place."""
    gone = [champ for cle, champ in avant.champs.items() if cle not in apres.champs]
    found: dict[str, str] = {}
    for cle, champ in apres.champs.items():
        if cle in avant.champs:
            continue
        likely = [old for old in gone if old.type == champ.type and old.cle not in found.values() and _is_near(old, champ)]
        if likely:
            found[cle] = max(likely, key=lambda old: _likeness(old, champ)).cle
    return found


def _is_near(old: Champ, new: Champ) -> bool:
    return _likeness(old, new) >= PROCHE


def _likeness(old: Champ, new: Champ) -> float:
    return SequenceMatcher(None, old.libelle.lower(), new.libelle.lower()).ratio()


def renaming_cost(ancien: str, nouveau: str) -> str:
    """Say what a renamed key loses."""
    return (
        f"Les réponses déjà données à « {ancien} » dans les brouillons sont perdues, et ce qui lit « {ancien} » (essais, XML, logiciels "
        "des services) ne la trouvera plus. Une clé ne change jamais : si c'est la même question, "
        f"écrivez cle: {ancien}, pas {nouveau}."
    )
