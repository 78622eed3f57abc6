"""The shapes data must have. One declaration checks a file, says its faults in French, gives the JSON Schema and what is translated."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from psl.langage.source.defauts import Defaut
from psl.langage.source.yaml_strict import Arbre, Chemin

type Schema = dict[str, Any]


@dataclass(slots=True)
class Releve:
    """The faults met while a tree is checked."""

    arbre: Arbre
    defauts: list[Defaut] = field(default_factory=list)

    def add(self, chemin: Chemin, message: str, remede: str, *, plus: int = 0) -> None:
        """Note a fault at a path, `plus` lines below its line."""
        self.defauts.append(Defaut(self.arbre.fichier, self.arbre.line(chemin) + plus, message, remede))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forme:
    """A shape. `aide` explains it in the published schema; `traduit`: a translation replaces the value; `optionnel`: or may be missing."""

    aide: str = ""
    traduit: bool = False
    optionnel: bool = False

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        """Note what is wrong with a value."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """Give the JSON Schema of this shape, `aide` included."""
        return self._schema() | ({"description": self.aide} if self.aide else {})

    def _schema(self) -> Schema:
        raise NotImplementedError


def named(chemin: Chemin) -> str:
    """Say a path as partners read it: pages › demande."""
    return " › ".join(str(part + 1) if isinstance(part, int) else part for part in chemin) or "le fichier"


def refuse_kind(valeur: Any, wanted: str, chemin: Chemin, releve: Releve) -> None:
    """Note that a value is not of the wanted kind."""
    if isinstance(valeur, bool | int | Decimal) and wanted == "un texte":
        releve.add(chemin, f"« {named(chemin)} » doit être un texte.", f'Mettez-le entre guillemets : "{str(valeur).lower()}".')
    elif valeur is None:
        releve.add(chemin, f"« {named(chemin)} » est vide.", f"Écrivez {wanted}, ou retirez la clé.")
    else:
        releve.add(chemin, f"« {named(chemin)} » doit être {wanted}.", "Le guide docs/guide-demarche.md en donne un exemple.")


def near(word: str, known: Mapping[str, Any] | tuple[str, ...]) -> str:
    """Say what was probably meant, or what may be written."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Vouliez-vous écrire « {close[0]} » ?" if close else f"Écrivez l'un de : {', '.join(known)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ou(Forme):
    """One shape or another, told apart by Python's class of the value."""

    formes: Mapping[type, Forme]
    attendu: str

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if forme := self.formes.get(type(valeur)):
            forme.check(valeur, chemin, releve)
        else:
            refuse_kind(valeur, self.attendu, chemin, releve)

    def _schema(self) -> Schema:
        return {"anyOf": [forme.schema() for forme in self.formes.values()]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Liste(Forme):
    """A list. Translations are a table by the key `par`, or texts in the same order for the key `rang`, or a list of their own."""

    de: Forme
    par: str | None = None
    rang: str | None = None
    minimum: int = 0
    maximum: int = 5000

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, list):
            refuse_kind(valeur, "une liste", chemin, releve)
            return
        if len(valeur) < self.minimum:
            releve.add(chemin, f"« {named(chemin)} » est vide.", "Ajoutez au moins un élément.")
        if len(valeur) > self.maximum:
            releve.add(chemin, f"« {named(chemin)} » a plus de {self.maximum} éléments.", "Retirez-en.")
        for rang, item in enumerate(valeur):
            self.de.check(item, (*chemin, rang), releve)
        if self.par:
            self._check_unique(valeur, chemin, releve)

    def _check_unique(self, valeur: list[Any], chemin: Chemin, releve: Releve) -> None:
        seen: set[Any] = set()
        for rang, item in enumerate(valeur):
            key = item.get(self.par) if isinstance(item, dict) else None
            if isinstance(key, str) and key in seen:
                releve.add((*chemin, rang, str(self.par)), f"« {key} » est déjà pris dans « {named(chemin)} ».", "Donnez un autre nom.")
            if isinstance(key, str):
                seen.add(key)

    def _schema(self) -> Schema:
        return {"type": "array", "items": self.de.schema(), "minItems": self.minimum, "maxItems": self.maximum}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Forme):
    """An object whose keys are the partner's."""

    de: Forme
    motif: str = r"[A-Za-z_][\w'.-]{0,79}"

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, dict):
            refuse_kind(valeur, "un objet (cle: valeur)", chemin, releve)
            return
        for cle, item in valeur.items():
            if not re.fullmatch(self.motif, cle):
                releve.add((*chemin, cle), f"« {cle} » ne convient pas comme clé.", "Utilisez des lettres, des chiffres et des tirets.")
            self.de.check(item, (*chemin, cle), releve)

    def _schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.de.schema()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objet(Forme):
    """An object whose keys are known; those of `requis` must be there. `propre` checks what several keys say together."""

    cles: Mapping[str, Forme]
    requis: tuple[str, ...] = ()
    propre: Callable[[dict[str, Any], Chemin, Releve], None] | None = None

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, dict):
            refuse_kind(valeur, "un objet (cle: valeur)", chemin, releve)
            return
        before = len(releve.defauts)
        for cle in self.requis:
            if cle not in valeur:
                releve.add(chemin, f"Il manque « {cle} » dans « {named(chemin)} ».", f"Ajoutez {cle}: …")
        for cle, item in valeur.items():
            if forme := self.cles.get(cle):
                forme.check(item, (*chemin, cle), releve)
            else:
                releve.add((*chemin, cle), f"La clé « {cle} » est inconnue dans « {named(chemin)} ».", near(cle, self.cles))
        if self.propre and len(releve.defauts) == before:
            self.propre(valeur, chemin, releve)

    def _schema(self) -> Schema:
        properties = {cle: forme.schema() for cle, forme in self.cles.items()}
        return {"type": "object", "properties": properties, "required": list(self.requis), "additionalProperties": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selon(Forme):
    """An object whose shape depends on the word one of its keys has."""

    cle: str
    formes: Mapping[str, Objet]

    def shape(self, valeur: Any) -> Objet | None:
        """Give the shape a value chooses."""
        word = valeur.get(self.cle) if isinstance(valeur, dict) else None
        return self.formes.get(word) if isinstance(word, str) else None

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, dict):
            refuse_kind(valeur, "un objet (cle: valeur)", chemin, releve)
        elif forme := self.shape(valeur):
            forme.check(valeur, chemin, releve)
        elif self.cle not in valeur and (typo := get_close_matches(self.cle, valeur, n=1, cutoff=0.7)):
            message = f"La clé « {typo[0]} » est inconnue dans « {named(chemin)} »."
            releve.add((*chemin, typo[0]), message, f"Vouliez-vous écrire « {self.cle} » ?")
        elif self.cle not in valeur:
            releve.add(chemin, f"Il manque « {self.cle} » dans « {named(chemin)} ».", f"Écrivez l'un de : {', '.join(self.formes)}.")
        else:
            word = valeur[self.cle]
            releve.add((*chemin, self.cle), f"« {word} » n'est pas un « {self.cle} » connu.", near(str(word), self.formes))

    def _schema(self) -> Schema:
        def fixed(word: str, forme: Objet) -> Schema:
            schema = forme.schema()
            return schema | {"properties": schema["properties"] | {self.cle: {"const": word}}}

        return {"oneOf": [fixed(word, forme) for word, forme in self.formes.items()]}
