"""One word per thing: rooms and models stand in GLOSSAIRE.md; what is followed names no machine and leaves nothing undone."""

import re

from django.apps import apps

from tests.architecture.arbre import RACINE, followed, modules

INACHEVE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# Places of one machine and addresses in locks or settings: a clone works anywhere, from whatever mirror its owner has. Each is written
# in two parts, so that this file names none of them.
_LIEUX = (
    ("/ro", "ot/"),
    ("/wo", "rk/"),
    (r"\.\./sha", "red"),
    ("/ho", r"me/\w"),
    ("--index", "-url"),
    ('"resolved": *"', "https?:"),
    ("/opt/", "wheels"),
)
LIEUX = re.compile("|".join(debut + fin for debut, fin in _LIEUX))
BINAIRES = {".png", ".gz", ".woff2", ".jpg", ".ico", ".pdf", ".ttf", ".otf", ".mo", ".zip"}
ICI = "tests/architecture/test_mots.py"


def test_every_room_is_in_the_glossary() -> None:
    rooms = {path.parent.name for path in (RACINE / "psl").glob("*/__init__.py")}
    assert {room for room in rooms if not _is_told(room)} == set()


def test_every_model_is_in_the_glossary() -> None:
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("psl.")}
    assert {model for model in models if not _is_told(model)} == set()


def test_nothing_is_left_to_do() -> None:
    assert _found(INACHEVE) == []


def test_no_machine_is_named() -> None:
    assert _found(LIEUX) == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        module.nom for module in modules("psl", "bin") if module.texte.strip() and not module.texte.lstrip().startswith(('"""', "#!"))
    ]
    assert silent == []


def _is_told(mot: str) -> bool:
    glossaire = (RACINE / "GLOSSAIRE.md").read_text(encoding="utf-8")
    return re.search(rf"\b{re.escape(mot)}\b", glossaire) is not None


def _found(motif: re.Pattern[str]) -> list[str]:
    found = []
    for path in followed():
        nom = str(path.relative_to(RACINE))
        if path.suffix in BINAIRES or nom == ICI:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if motif.search(line):
                found.append(f"{nom}:{number}")
    return found
