"""Strict YAML: one meaning per text. No anchors, tags, tabs or duplicate keys; bounded size, depth and number of values.

Only true, false, whole and decimal numbers are more than text: `oui`, `no`, `on`, `2026-11-23` and `017300` stay what is written.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from psl.langage.source.defauts import Defaut, DefinitionInvalide

TAILLE_MAX = 1_000_000
PROFONDEUR_MAX = 24
VALEURS_MAX = 200_000

type Chemin = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# libyaml's sentences, by a word each has.
_PROBLEMS = (
    ("cannot start any token", "Ce caractère ne peut pas commencer une valeur.", "Mettez la valeur entre guillemets."),
    ("mapping values", "Deux points « : » au milieu d'une valeur.", "Mettez toute la valeur entre guillemets."),
    ("expected <block end>", "Le décalage de cette ligne ne correspond pas aux précédentes.", "Alignez-la sur les lignes de même niveau."),
    ("could not find expected ':'", "Il manque « : » après la clé.", "Écrivez cle: valeur."),
    ("unexpected end of stream", "Un guillemet ou un crochet n'est pas fermé.", "Fermez-le."),
    ("expected ',' or", "Une liste ou un objet entre crochets n'est pas fermé, ou il manque une virgule.", "Ajoutez ce qui manque."),
    ("unknown escape", "Échappement inconnu entre guillemets droits.", "Doublez la barre oblique inverse."),
)


@dataclass(slots=True)
class Arbre:
    """A file read: plain data, and the line of each key or item by its path."""

    fichier: str
    donnees: Any
    lignes: dict[Chemin, int] = field(default_factory=dict)

    def line(self, chemin: Chemin) -> int:
        """Give the line of a path, or of the nearest one above it that the file has."""
        while chemin and chemin not in self.lignes:
            chemin = chemin[:-1]
        return self.lignes.get(chemin, 1)


def read(path: Path, *, nom: str | None = None) -> Arbre:
    """Read a file. Raises DefinitionInvalide."""
    fichier = nom or path.name
    try:
        with path.open("rb") as stream:
            octets = stream.read(TAILLE_MAX + 1)
    except OSError:
        raise DefinitionInvalide([Defaut(fichier, 1, "Ce fichier ne peut pas être lu.", "Vérifiez son nom et ses droits.")]) from None
    return read_bytes(octets, fichier)


def read_bytes(octets: bytes, fichier: str) -> Arbre:
    """Read the bytes of a file of that name. Raises DefinitionInvalide."""
    texte = _decode(octets, fichier)
    reader = _Reader(fichier)
    try:
        donnees = reader.document(texte)
    except yaml.MarkedYAMLError as error:
        raise DefinitionInvalide([_problem(error, fichier)]) from None
    if reader.defauts:
        raise DefinitionInvalide(reader.defauts)
    return Arbre(fichier, donnees, reader.lignes)


def _decode(octets: bytes, fichier: str) -> str:
    if len(octets) > TAILLE_MAX:
        raise DefinitionInvalide([Defaut(fichier, 1, "Ce fichier dépasse 1 Mo.", "Retirez ce qui n'est pas du texte.")])
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        ligne = octets[: error.start].count(b"\n") + 1
        raise DefinitionInvalide([Defaut(fichier, ligne, "Ce fichier n'est pas en UTF-8.", "Enregistrez-le en UTF-8.")]) from None
    for ligne, contenu in enumerate(texte.split("\n"), start=1):
        if "\t" in contenu:
            raise DefinitionInvalide([Defaut(fichier, ligne, "Cette ligne a une tabulation.", "Remplacez-la par des espaces.")])
        if _FORBIDDEN.search(contenu):
            raise DefinitionInvalide([Defaut(fichier, ligne, "Cette ligne a un caractère invisible interdit.", "Retapez la ligne.")])
    return texte


def _problem(error: yaml.MarkedYAMLError, fichier: str) -> Defaut:
    mark = error.problem_mark or error.context_mark
    said = f"{error.problem or ''} {error.context or ''}"
    for word, message, remede in _PROBLEMS:
        if word in said:
            return Defaut(fichier, mark.line + 1 if mark else 1, message, remede)
    return Defaut(
        fichier, mark.line + 1 if mark else 1, "Cette ligne n'est pas du YAML.", "Vérifiez les guillemets, les deux-points et le décalage."
    )


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


class _Reader:
    """Builds the data from the parser's events, so that nothing is expanded before it is checked."""

    def __init__(self, fichier: str) -> None:
        self.fichier = fichier
        self.lignes: dict[Chemin, int] = {}
        self.defauts: list[Defaut] = []
        self.count = 0

    def document(self, texte: str) -> Any:
        loader = _LOADER(texte)
        self.next = loader.get_event
        try:
            self.next()
            if isinstance(self.next(), yaml.StreamEndEvent):
                self.stop(0, "Ce fichier est vide.", "Écrivez la définition.")
            donnees = self.value(self.next(), ())
            self.next()
            if not isinstance(event := self.next(), yaml.StreamEndEvent):
                self.stop(_line(event), "Ce fichier a plusieurs documents « --- ».", "Gardez-en un seul.")
            return donnees
        finally:
            loader.dispose()

    def stop(self, line: int, message: str, remede: str) -> None:
        raise DefinitionInvalide([*self.defauts, Defaut(self.fichier, line + 1, message, remede)])

    def value(self, event: yaml.Event, chemin: Chemin) -> Any:
        line = _line(event)
        self.lignes.setdefault(chemin, line + 1)
        self.count += 1
        if self.count > VALEURS_MAX:
            self.stop(line, f"Ce fichier a plus de {VALEURS_MAX} valeurs.", "Coupez la démarche en plusieurs.")
        if len(chemin) > PROFONDEUR_MAX:
            self.stop(line, f"Ce fichier a plus de {PROFONDEUR_MAX} niveaux.", "Retirez des niveaux.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.stop(line, "Les ancres « & » et les alias « * » ne sont pas permis.", "Répétez la valeur, ou mettez-la entre guillemets.")
        if getattr(event, "tag", None):
            self.stop(line, "Les étiquettes « ! » ne sont pas permises.", "Mettez la valeur entre guillemets.")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(chemin)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(chemin)
        return self.scalar(event)

    def mapping(self, chemin: Chemin) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.stop(line, "Une clé doit être un mot.", "Écrivez cle: valeur.")
            key = unicodedata.normalize("NFC", event.value)
            if key in found:
                self.defauts.append(Defaut(self.fichier, line + 1, f"La clé « {key} » est écrite deux fois.", "Gardez-en une seule."))
            if key == "<<":
                self.stop(line, "La fusion « << » n'est pas permise.", "Répétez les valeurs.")
            self.lignes[(*chemin, key)] = line + 1
            found[key] = self.value(self.next(), (*chemin, key))
        return found

    def sequence(self, chemin: Chemin) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            found.append(self.value(event, (*chemin, len(found))))
        return found

    def scalar(self, event: Any) -> Any:
        text = unicodedata.normalize("NFC", event.value)
        if event.style in ("'", '"', "|", ">"):
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if match := _NUMBER.fullmatch(text):
            return Decimal(text) if match[2] else int(text)
        return text
