"""The shapes of single values: lines, restricted Markdown, FEEL, numbers, words of a list."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from psl.langage import feel, texte
from psl.langage.feel.values import to_duration
from psl.langage.source import motif as motifs
from psl.langage.source.formes import Forme, Releve, Schema, named, near, refuse_kind
from psl.langage.source.yaml_strict import Chemin


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne(Forme):
    """One line of text, without {{…}} unless `gabarit`."""

    longueur: int = 300
    motif: str | None = None
    exemple: str = ""
    gabarit: bool = False

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, str):
            refuse_kind(valeur, "un texte", chemin, releve)
        elif not valeur.strip():
            releve.add(chemin, f"« {named(chemin)} » est vide.", "Écrivez un texte, ou retirez la clé.")
        elif len(valeur) > self.longueur:
            releve.add(chemin, f"« {named(chemin)} » dépasse {self.longueur} caractères.", "Raccourcissez-le.")
        elif self.motif and not re.fullmatch(self.motif, valeur):
            releve.add(chemin, f"« {valeur} » ne convient pas pour « {named(chemin)} ».", f"Écrivez par exemple {self.exemple}.")
        elif not self.gabarit and "{{" in valeur:
            releve.add(chemin, "{{…}} n'a pas de sens dans ce texte.", "Les valeurs se placent dans les messages et les lettres.")

    def _schema(self) -> Schema:
        motif = {"pattern": f"^(?:{self.motif})$"} if self.motif else {}
        return {"type": "string", "minLength": 1, "maxLength": self.longueur} | motif


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown(Forme):
    """A text in restricted Markdown; `cles` says whether it may have {{…}}."""

    longueur: int = 8000
    cles: bool = False

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, str) or not valeur.strip():
            refuse_kind(valeur or None, "un texte", chemin, releve)
        elif len(valeur) > self.longueur:
            releve.add(chemin, f"« {named(chemin)} » dépasse {self.longueur} caractères.", "Raccourcissez-le.")
        else:
            self._check_markup(valeur, chemin, releve)

    def _check_markup(self, valeur: str, chemin: Chemin, releve: Releve) -> None:
        try:
            prose = texte.parse(valeur)
        except texte.ErreurTexte as erreur:
            plus = erreur.ligne + 1 if "\n" in valeur.strip() else 0
            releve.add(chemin, erreur.message, erreur.remede, plus=plus)
            return
        if prose.cles and not self.cles:
            releve.add(chemin, "{{…}} n'a pas de sens dans ce texte.", "Les valeurs se placent dans les messages et les lettres.")

    def _schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": self.longueur}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feel(Forme):
    """A FEEL expression."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, str):
            refuse_kind(valeur, "une condition entre apostrophes, par exemple 'action = \"MARIAGE\"'", chemin, releve)
            return
        try:
            feel.parse(valeur)
        except feel.ErreurFEEL as erreur:
            releve.add(chemin, f"Dans « {valeur} », caractère {erreur.position + 1} : {erreur.message}.", erreur.remede)

    def _schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": 4000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif(Forme):
    """A pattern that the whole answer must follow (psl.langage.source.motif)."""

    longueur: int = 200

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, str) or not valeur:
            refuse_kind(valeur or None, "un texte", chemin, releve)
        elif len(valeur) > self.longueur:
            releve.add(chemin, f"« {named(chemin)} » dépasse {self.longueur} caractères.", "Raccourcissez-le.")
        else:
            try:
                motifs.check(valeur)
            except motifs.ErreurMotif as erreur:
                message = f"Dans « {valeur} », caractère {erreur.position} : {erreur}."
                releve.add(chemin, message, "Écrivez par exemple [A-Z]{2}[0-9]{4}.")

    def _schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": self.longueur}


@dataclass(frozen=True, slots=True, kw_only=True)
class Booleen(Forme):
    """true or false."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, bool):
            releve.add(chemin, f"« {named(chemin)} » doit être true ou false.", "Écrivez true pour oui, false pour non.")

    def _schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entier(Forme):
    """A whole number between two ends."""

    minimum: int
    maximum: int

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, int) or isinstance(valeur, bool) or not self.minimum <= valeur <= self.maximum:
            wanted = f"un nombre entier de {self.minimum} à {self.maximum}" if self.minimum < self.maximum else str(self.minimum)
            message = f"« {named(chemin)} » doit être {wanted}."
            releve.add(chemin, message, "Écrivez-le en chiffres, sans guillemets.")

    def _schema(self) -> Schema:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, slots=True, kw_only=True)
class Nombre(Forme):
    """A number, whole or decimal."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, int | Decimal) or isinstance(valeur, bool):
            releve.add(
                chemin, f"« {named(chemin)} » doit être un nombre.", "Écrivez-le en chiffres, avec un point décimal, sans guillemets."
            )

    def _schema(self) -> Schema:
        return {"type": "number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parmi(Forme):
    """One of a few words."""

    valeurs: tuple[str, ...]

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if valeur not in self.valeurs:
            said = str(valeur).lower() if isinstance(valeur, bool) else valeur
            releve.add(chemin, f"« {said} » ne convient pas pour « {named(chemin)} ».", near(str(valeur), self.valeurs))

    def _schema(self) -> Schema:
        return {"enum": list(self.valeurs)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Duree(Forme):
    """A duration: P2M, P30D, P1Y."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, str) or to_duration(valeur) is None or valeur.startswith("-"):
            message = f"« {valeur} » n'est pas une durée."
            releve.add(chemin, message, "Écrivez P2M pour deux mois, P30D pour trente jours, P1Y pour un an.")

    def _schema(self) -> Schema:
        return {"type": "string", "pattern": "^P[0-9DMYTHS.]+$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Jour(Forme):
    """A day: 2026-11-23."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        try:
            date.fromisoformat(valeur if isinstance(valeur, str) and len(valeur) == 10 else "")
        except ValueError:
            releve.add(chemin, f"« {valeur} » n'est pas une date.", "Écrivez-la ainsi : 2026-11-23.")

    def _schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Libre(Forme):
    """Any JSON value: an answer in an essai, a default."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        return

    def _schema(self) -> Schema:
        return {}
