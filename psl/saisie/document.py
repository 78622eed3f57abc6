"""The one document of a brouillon (pure): answers with their provenance, what was typed wrong, the pages done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

type Valeur = Any
"""A JSON value, as psl.langage reads and shows it."""


@dataclass(slots=True)
class Document:
    """What a brouillon holds, in clear.

    reponses: the value of each key; provenance: where a value comes from when it was not typed here ("adresse" of the page,
    a source's name); bruts: the text typed in fields that are not valid yet, so that nothing is lost; faites: pages validated.
    """

    reponses: dict[str, Valeur] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    bruts: dict[str, Valeur] = field(default_factory=dict)
    erreurs: dict[str, str] = field(default_factory=dict)
    faites: list[str] = field(default_factory=list)

    def merge(
        self,
        page: str,
        cles: Iterable[str],
        valeurs: Mapping[str, Valeur],
        bruts: Mapping[str, Valeur],
        erreurs: Mapping[str, str],
        *,
        is_done: bool,
    ) -> None:
        """Replace what one page holds: its valid values are kept even when others are not valid yet, and what these were typed as."""
        for cle in cles:
            if self.reponses.get(cle) != valeurs.get(cle):
                self.provenance.pop(cle, None)
            for part in (self.reponses, self.bruts, self.erreurs):
                part.pop(cle, None)
        self.reponses.update(valeurs)
        self.bruts.update({cle: bruts[cle] for cle in erreurs if cle in bruts})
        self.erreurs.update(erreurs)
        self.faites = [faite for faite in self.faites if faite != page] + [page] * is_done

    def choose_commune(self, cle: str, commune: Mapping[str, Valeur]) -> None:
        """Put a chosen commune in its answer, or in the address it belongs to when the key is `champ.commune`."""
        champ, _, membre = cle.partition(".")
        tape = self.bruts.pop(champ, None)
        self.erreurs.pop(champ, None)
        if membre:
            reste = tape if isinstance(tape, dict) else self.reponses.get(champ) or {}
            self.reponses[champ] = {**reste, membre: dict(commune)}
        else:
            self.reponses[champ] = dict(commune)

    def typed(self, cle: str) -> str:
        """Return what was typed for a commune, to search it: the text of a champ, or of the commune of an address."""
        champ, _, membre = cle.partition(".")
        tape = self.bruts.get(champ, self.reponses.get(champ))
        if membre and isinstance(tape, dict):
            tape = tape.get(membre)
        if isinstance(tape, dict):
            tape = tape.get("texte") or tape.get("libelle")
        return tape if isinstance(tape, str) else ""


def dump(document: Document) -> bytes:
    """Return the document as JSON bytes."""
    return orjson.dumps(
        {"r": document.reponses, "p": document.provenance, "b": document.bruts, "e": document.erreurs, "f": document.faites}
    )


def load(data: bytes) -> Document:
    """Return the document of JSON bytes made by `dump`; empty bytes (a sealed brouillon) give an empty document."""
    if not data:
        return Document()
    brut = orjson.loads(data)
    return Document(brut["r"], brut["p"], brut["b"], brut["e"], brut["f"])
