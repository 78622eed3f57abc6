"""The tree, read without importing it: modules, their syntax, their templates, what git follows."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @property
    def nom(self) -> str:
        """Return the path as people say it: `psl/saisie/operations.py`."""
        return str(self.path.relative_to(RACINE))

    @property
    def texte(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def arbre(self) -> ast.Module:
        return _parse(self.path)


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(*dossiers: str) -> list[Module]:
    """Return the modules of folders of the tree, migrations left out: they are written once and by a machine."""
    paths = [path for dossier in dossiers for path in sorted((RACINE / dossier).rglob("*.py"))]
    return [Module(path) for path in paths if not {"migrations", "__pycache__"} & set(path.parts)]


def sources() -> list[Module]:
    """Return what runs: the platform and its launcher."""
    return [*modules("psl", "bin"), Module(RACINE / "bin" / "lancer")]


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call with its dotted name, as written."""
    for node in ast.walk(module.arbre):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def followed() -> list[Path]:
    """Return the files git follows, and those it would: a new file is checked before its commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=RACINE, capture_output=True, text=True, check=True)
    return [path for nom in done.stdout.split("\0") if nom and (path := RACINE / nom).is_file()]
