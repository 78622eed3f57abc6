"""What every component type does, and what it is told when it reads an answer."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from psl.langage.composants.messages import say
from psl.langage.feel import Expression, Value
from psl.langage.feel.types import TEXT, Type
from psl.langage.source.formes import Forme

type Valeur = Any
"""A JSON value: str, int, bool, list, dict or None."""

type Xml = str | dict[str, Xml] | list[Xml]
"""A value as XML says it: a text, children by name, or the same element several times."""

type Post = Mapping[str, list[str]]

BRUT_MAX = 20_000
_RIEN: Mapping[str, str] = MappingProxyType({})


class Referentiels(Protocol):
    """Where codes are looked up; the caller gives it."""

    def commune(self, code: str) -> Mapping[str, Any] | None:
        """Give {"code", "libelle", "code_postal"} of a commune, or None."""

    def pays(self, code: str) -> Mapping[str, Any] | None:
        """Give {"code", "libelle"} of a country, or None."""

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        """Give {"code", "libelle"} of an entry of a named list ("departements", "api:ecoles"), or None. Raises Indisponible."""

    def nommee(self, nom: str, texte: str) -> Mapping[str, Any] | None:
        """Give the entry of a named list that bears a name, or None. Raises Indisponible."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer of a choice; `si` tells when it is offered."""

    valeur: str
    libelle: str
    aide: str = ""
    si: Expression | None = None


class Contexte(NamedTuple):
    """What a component is told: the question as it is asked, and the world around it. `feel` holds the answers known so far.

    A tuple, as one is made for each field read.
    """

    libelle: str
    exemple: str
    langue: str
    aujourdhui: date
    referentiels: Referentiels | None = None
    options: Sequence[Option] = ()
    feel: Mapping[str, Value] = _RIEN

    def say(self, code: str, **variables: object) -> str:
        """Give a sentence of the catalogue in the reader's language; {libelle} and {exemple} are known."""
        return say(self.langue, code, libelle=self.libelle, exemple=self.exemple, **variables)


class Indisponible(Exception):  # noqa: N818 - named with the domain's words
    """A list that another system keeps does not answer now."""


class Invalide(Exception):  # noqa: N818 - named with the domain's words
    """An answer that cannot be taken, with the sentence for who gave it. `details` has one by HTML name when several parts are wrong."""

    def __init__(self, message: str, details: Mapping[str, str] = _RIEN) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Saisie(NamedTuple):
    """What came of reading a field: a value or an error, and in any case what was typed (text, or texts by part)."""

    valeur: Valeur
    brut: Any
    erreur: str = ""
    details: Mapping[str, str] = _RIEN


def posted(post: Post, name: str) -> str:
    """Give what was typed under an HTML name; the last wins when it came twice, nothing when it did not come."""
    values = post.get(name)
    return values[-1][:BRUT_MAX] if values else ""


class Composant(ABC):
    """A component of a champ, with its own settings. Immutable; one instance per champ of a démarche."""

    __slots__ = ()

    type: ClassVar[str]
    cles: ClassVar[Mapping[str, Forme]] = {}
    has_value: ClassVar[bool] = True
    feel_type: ClassVar[Type] = TEXT
    autocomplete: ClassVar[str] = ""
    # What the value is to other software, and whether it may be searched or sorted in clear.
    xsd: ClassVar[str] = "xs:string"
    est_sensible: ClassVar[bool] = False
    # The list a control shows, and that `Referentiels.entree` knows by the same name.
    liste: ClassVar[str] = ""

    @classmethod
    def build(cls, donnees: Mapping[str, Any]) -> Self:
        """Make the component from the champ's keys that are in `cles`; those it lacks take their defaults."""
        return cls(**{cle: donnees[cle] for cle in cls.cles if cle in donnees})

    def parse(self, cle: str, post: Post, contexte: Contexte) -> Saisie:
        """Read the field from a POST; an empty field gives None, no error."""
        brut = self.typed(cle, post)
        try:
            return Saisie(self.read(brut, contexte), brut)
        except Invalide as invalide:
            details = {cle + name: message for name, message in invalide.details.items()}
            return Saisie(None, brut, invalide.message, details)

    def typed(self, cle: str, post: Post) -> Any:
        """Give what was typed: a text, or for a field of several controls the texts by the end of their names."""
        return posted(post, cle)

    @abstractmethod
    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        """Turn what was typed into a value; None when empty. Raises Invalide."""

    @abstractmethod
    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        """Check a value that comes from elsewhere (an entry address, an essai, a source) and give it normalised. Raises Invalide."""

    def missing(self, contexte: Contexte) -> str:
        """Say that the answer is missing."""
        return contexte.say("manque_exemple" if contexte.exemple else "manque")

    def is_answered(self, valeur: Valeur) -> bool:
        """Tell whether a value answers the question."""
        return valeur is not None

    def to_feel(self, valeur: Valeur) -> Value:
        """Give the value conditions compute with; None when the value is malformed."""
        return valeur

    def static_type(self) -> Type:
        """Give the type conditions see."""
        return self.feel_type

    def display(self, valeur: Valeur, langue: str) -> str:
        """Write the value for a reader and for a PDF; several lines are possible."""
        return str(valeur)

    def to_xml(self, valeur: Valeur) -> Xml:
        """Give the value as XML says it: a text, texts by the name of their element, or several of them."""
        return xml_of(valeur)

    def json_schema(self) -> dict[str, Any]:
        """Give the JSON Schema of the value."""
        return _SCHEMAS.get(self.static_type().kind, {"type": "string"}) | _members_schema(self.static_type())


_SCHEMAS: dict[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"},
    "number": {"type": ["integer", "string"]},
    "date": {"type": "string", "format": "date"},
    "list": {"type": "array"},
    "context": {"type": "object"},
}


def _members_schema(type_: Type) -> dict[str, Any]:
    return (
        {"properties": {nom: _SCHEMAS.get(membre.kind, {"type": "string"}) for nom, membre in type_.members.items()}}
        if type_.members
        else {}
    )


def xml_of(valeur: Valeur) -> Xml:
    """Give a JSON value as XML says it: booleans in words, what is absent left out, an inner key as an element."""
    if isinstance(valeur, Mapping):
        return {str(cle): xml_of(membre) for cle, membre in valeur.items() if membre is not None}
    if isinstance(valeur, list | tuple):
        return [xml_of(item) for item in valeur]
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    return "" if valeur is None else str(valeur)
