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
    a source's name); bruts: the text typed in fields that are not valid yet, so that nothing is lost; faites: pages validated;
    origine: the page the usager comes from, and what they said there; changees: the questions that another version asks anew,
    until they were read.
    """

    reponses: dict[str, Valeur] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    bruts: dict[str, Valeur] = field(default_factory=dict)
    erreurs: dict[str, str] = field(default_factory=dict)
    faites: list[str] = field(default_factory=list)
    origine: dict[str, str] = field(default_factory=dict)
    changees: list[str] = field(default_factory=list)

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
        """Put a chosen commune in its answer, in the address it belongs to (`champ.commune`), or in a row (`bloc.0.champ`)."""
        champ, _, membre = cle.partition(".")
        self.erreurs.pop(champ, None)
        if membre[:1].isdecimal():
            self._choose_in_row(champ, membre, commune)
            return
        tape = self.bruts.pop(champ, None)
        self.reponses[champ] = _chosen(tape if isinstance(tape, dict) else self.reponses.get(champ), membre, commune)

    def _choose_in_row(self, bloc: str, place: str, commune: Mapping[str, Valeur]) -> None:
        """Put it in what was typed, where the rest of the row waits, and in the answer. A row that nobody began begins."""
        rang, _, reste = place.partition(".")
        champ, _, membre = reste.partition(".")
        typed = self.bruts.get(bloc)
        rows = [*(self.reponses.get(bloc) or [])]
        rows += [{} for _ in range(int(rang) + 1 - len(rows))]
        if isinstance(typed, list) and int(rang) < len(typed):
            typed[int(rang)][champ] = _chosen(typed[int(rang)].get(champ), membre, commune)
            rows[int(rang)] = {**rows[int(rang)], champ: typed[int(rang)][champ]} if not membre else rows[int(rang)]
        else:
            rows[int(rang)] = {**rows[int(rang)], champ: _chosen(rows[int(rang)].get(champ), membre, commune)}
        self.reponses[bloc] = rows

    def typed(self, cle: str) -> str:
        """Return what was typed for a commune, to search it: the text of a champ, of the commune of an address or of a row."""
        champ, _, membre = cle.partition(".")
        tape = self.bruts.get(champ, self.reponses.get(champ))
        if membre[:1].isdecimal():
            rang, _, reste = membre.partition(".")
            champ, _, membre = reste.partition(".")
            tape = tape[int(rang)].get(champ) if isinstance(tape, list) and int(rang) < len(tape) else None
        if membre and isinstance(tape, dict):
            tape = tape.get(membre)
        if isinstance(tape, dict):
            tape = tape.get("texte") or tape.get("libelle")
        return tape if isinstance(tape, str) else ""


def _chosen(before: Valeur, membre: str, commune: Mapping[str, Valeur]) -> Valeur:
    return {**(before if isinstance(before, dict) else {}), membre: dict(commune)} if membre else dict(commune)


def dump(document: Document) -> bytes:
    """Return the document as JSON bytes."""
    kept = {"r": document.reponses, "p": document.provenance, "b": document.bruts, "e": document.erreurs, "f": document.faites}
    rares = {"o": document.origine, "c": document.changees}
    return orjson.dumps(kept | {cle: part for cle, part in rares.items() if part})


def load(data: bytes) -> Document:
    """Return the document of JSON bytes made by `dump`; empty bytes (a sealed brouillon) give an empty document."""
    if not data:
        return Document()
    brut = orjson.loads(data)
    return Document(brut["r"], brut["p"], brut["b"], brut["e"], brut["f"], brut.get("o", {}), brut.get("c", []))
