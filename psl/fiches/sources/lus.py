"""What a source yields: a document that was read, or one that could not be and why."""

from dataclasses import dataclass

from psl.fiches.noeuds import Noeud, attribute

RACINES = frozenset({"Publication", "ServiceComplementaire"})
AUDIENCES = ("particuliers", "professionnels", "associations")


class Illisible(Exception):  # noqa: N818 -- told in French, like a Refus
    """A document that is not one: the rest of the delivery goes on."""


@dataclass(frozen=True, slots=True)
class Lu:
    """A document of an audience, in compact form; `inattendus` are what its carrier held beside it (a DOCTYPE, an entity)."""

    audience: str
    arbre: Noeud
    inattendus: tuple[str, ...] = ()

    @property
    def ident(self) -> str:
        """The ident of the document: F1427."""
        return attribute(self.arbre, "ID")


@dataclass(frozen=True, slots=True)
class Casse:
    """A document that could not be read: its file, its audience and ident when they can be told, the reason in words."""

    fichier: str
    audience: str
    ident: str
    raison: str


def check(arbre: Noeud) -> Noeud:
    """Return the tree when it is a document; raise Illisible otherwise."""
    if arbre[0] not in RACINES:
        raise Illisible(f"la racine est <{arbre[0]}>, pas un document")
    ident = attribute(arbre, "ID")
    if not (2 <= len(ident) <= 12 and ident[0] in "FNR" and ident[1:].isdecimal()):
        raise Illisible(f"l'identifiant {ident[:20]!r} n'en est pas un")
    return arbre
