"""An e-mail address: what can be delivered, no more. The domain is kept in lower case and in its ASCII form."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line

LONGUEUR_MAX = 256
# Both patterns are linear: each class is bounded and no two neighbours share a character.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,10}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Courriel(Composant):
    """An address of 256 characters at most, with a dot in its domain."""

    type: ClassVar[str] = "courriel"
    autocomplete: ClassVar[str] = "email"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut).removeprefix("mailto:")
        if not texte:
            return None
        local, arobase, domaine = texte.rpartition("@")
        domaine = _ascii(domaine.lower())
        if not arobase or len(local) > 64 or not _LOCAL.fullmatch(local) or not _is_domain(domaine):
            raise Invalide(contexte.say("courriel"))
        adresse = f"{local}@{domaine}"
        if len(adresse) > LONGUEUR_MAX:
            raise Invalide(contexte.say("trop_long", nombre=len(adresse), maximum=LONGUEUR_MAX))
        return adresse

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, str):
            raise Invalide(contexte.say("courriel"))
        return self.read(valeur, contexte)


def _ascii(domaine: str) -> str:
    if domaine.isascii() or len(domaine) > LONGUEUR_MAX:
        return domaine
    try:
        return domaine.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_domain(domaine: str) -> bool:
    labels = domaine.split(".")
    return len(labels) >= 2 and len(labels[-1]) >= 2 and not labels[-1].isdecimal() and all(_LABEL.fullmatch(label) for label in labels)
