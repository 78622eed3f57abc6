"""Versions of the format: what an older definition said elsewhere is put where it is read today. Published versions stay readable."""

from collections.abc import Callable, Mapping
from typing import Any

from psl.langage.source.yaml_strict import Arbre, Chemin

FORMAT = 2

type Donnees = dict[str, Any]


def migrate(arbre: Arbre, textes: Mapping[str, Arbre]) -> None:
    """Bring a definition and its texts to today's format, step by step, lines included; what is not an old format is left alone."""
    donnees = arbre.donnees
    while isinstance(donnees, dict) and (step := _STEPS.get(_version(donnees))):
        for tree in (arbre, *textes.values()):
            if isinstance(tree.donnees, dict):
                step(tree)
        donnees["format"] += 1


def _version(donnees: Donnees) -> int:
    version = donnees.get("format")
    return version if isinstance(version, int) and not isinstance(version, bool) else 0


def _to_2(arbre: Arbre) -> None:
    """Format 2 keeps what the register of processing says under `traitement`, apart from the legal facts."""
    for cle in ("responsable", "finalite", "base_legale"):
        _move(arbre, ("faits", cle), ("traitement", cle))


def _move(arbre: Arbre, old: Chemin, new: Chemin) -> None:
    """Move a value of an object to another object, made when absent, with its line."""
    source = arbre.donnees.get(old[0])
    if not isinstance(source, dict) or old[1] not in source:
        return
    target = arbre.donnees.setdefault(new[0], {})
    if isinstance(target, dict) and new[1] not in target:
        target[new[1]] = source.pop(old[1])
        arbre.lignes[new] = arbre.line(old)
        arbre.lignes.setdefault(new[:1], arbre.line(old[:1]))


_STEPS: dict[int, Callable[[Arbre], None]] = {1: _to_2}
