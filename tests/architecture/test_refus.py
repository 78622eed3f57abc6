"""What a refusal says is said in the reader's language: no Refus is given a bare text."""

import ast

from tests.harnais.lieux import RACINE

PURES = {"psl/socle/reference.py"}  # knows no language: psl.teledossiers.queries.read_number says its words again, translated


def _bare(source: str) -> list[int]:
    """Return the lines where a Refus is given a literal, an f-string, or a name that its module gives one."""
    arbre = ast.parse(source)
    donnes = [noeud for noeud in ast.walk(arbre) if isinstance(noeud, ast.Assign) and _is_text(noeud.value)]
    noms = {cible.id for noeud in donnes for cible in noeud.targets if isinstance(cible, ast.Name)}
    appels = [n for n in ast.walk(arbre) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "Refus"]
    return [un.lineno for un in appels if len(un.args) > 1 and (_is_text(un.args[1]) or getattr(un.args[1], "id", "") in noms)]


def _is_text(noeud: ast.AST) -> bool:
    """Say whether an expression is words of ours, untranslated; an f-string that only joins translated parts is not."""
    if isinstance(noeud, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and any(signe.isalpha() for signe in part.value) for part in noeud.values)
    return isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)


def test_every_refusal_is_translated() -> None:
    modules = [path for path in (RACINE / "psl").rglob("*.py") if "migrations" not in path.parts]
    found = {str(path.relative_to(RACINE)): _bare(path.read_text(encoding="utf-8")) for path in modules}
    assert {nom: lignes for nom, lignes in found.items() if lignes and nom not in PURES} == {}


def test_a_bare_refusal_is_seen() -> None:
    source = 'Refus("a", "Nu.")\nRefus("a", _("Dit."))\nx = "Nu."\nRefus("a", x)\nRefus("a", f"Nu {x}.")\nRefus("a", f"{y} {z}.")\n'
    assert _bare(source) == [1, 4, 5]
