"""Templates hold no script, no style, no handler of their own: the CSP refuses them, and rightly."""

import re

from tests.architecture.arbre import RACINE

EN_LIGNE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:json|ld\+json)\")[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"|javascript:", re.I
)
AILLEURS = re.compile(r"(?:src|href|action)=\"(?:https?:)?//(?!\{)", re.I)


def test_nothing_in_line() -> None:
    assert _found(EN_LIGNE) == []


def test_no_resource_from_elsewhere() -> None:
    """A link may lead elsewhere; a resource may not come from elsewhere."""
    resources = re.compile(r"<(?:script|img|link|iframe|source|video|audio|form)\b[^>]*" + AILLEURS.pattern, re.I)
    assert _found(resources) == []


def _found(motif: re.Pattern[str]) -> list[str]:
    templates = sorted(path for path in (RACINE / "psl").rglob("templates/**/*.html"))
    return [
        f"{path.relative_to(RACINE)}:{texte[: trouve.start()].count(chr(10)) + 1}"
        for path in templates
        for texte in [path.read_text(encoding="utf-8")]
        for trouve in motif.finditer(texte)
    ]
