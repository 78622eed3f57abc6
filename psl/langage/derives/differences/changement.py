"""A change between two versions, and how it is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from psl.langage.feel import Expression

LONG = 90  # characters of a text that are shown


@dataclass(frozen=True, slots=True)
class Changement:
    """One change: where (a page's title, or a part of the definition), what, and what it costs when it costs something.

    `sorte`: "+" added, "-" removed, "~" changed, "!" what loses answers or breaks what reads them.
    """

    lieu: str
    sorte: str
    phrase: str
    consequence: str = ""

    def __str__(self) -> str:
        return f"  {self.sorte} {self.phrase}" + (f"\n      → {self.consequence}" if self.consequence else "")


def write(changements: Iterable[Changement], titre: str) -> str:
    """Write changes under the place of each, in their order."""
    lignes, lieu = [titre], ""
    for changement in changements:
        if changement.lieu != lieu:
            lieu = changement.lieu
            lignes.append(lieu)
        lignes.append(str(changement))
    return "\n".join(lignes if lieu else [*lignes, "  Aucune différence."]) + "\n"


def losses(changements: Iterable[Changement]) -> list[Changement]:
    """Keep what loses answers already given, or breaks what reads them."""
    return [changement for changement in changements if changement.sorte == "!"]


def text(valeur: Any) -> str:
    if isinstance(valeur, Expression):
        return valeur.text
    return "" if valeur is None else str(valeur)


def short(valeur: Any) -> str:
    texte = " ".join(text(valeur).split())
    return texte if len(texte) <= LONG else f"{texte[: LONG - 1]}…"


def change(old: Any, new: Any) -> str:
    """Say from what to what; of two long texts only where they begin to differ."""
    avant, apres = (" ".join(text(valeur).split()) for valeur in (old, new))
    if not (avant and apres):
        return f"« {short(apres)} »" if apres else "retiré"
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(avant, apres, strict=False)))
    cut = avant.rfind(" ", 0, same - 30) + 1 if same > 50 and max(len(avant), len(apres)) > LONG else 0
    return f"« {'…' * bool(cut)}{short(avant[cut:])} » devient « {'…' * bool(cut)}{short(apres[cut:])} »"
