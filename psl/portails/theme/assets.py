"""What a page loads beside its HTML: one sheet, small scripts, fonts, icons; built once, named by their content, compressed.

The fonts, icons and State drawings come from the DSFR of the installed package at build time: none is in the repository.
"""

import fcntl
import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import metadata, resources
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from psl.portails.theme import css

ICI = Path(__file__).resolve().parent
PSL = ICI.parent.parent
MANIFESTE = "manifest.json"
THEMES = ("etat", "neutre")
POIDS = frozenset({"400", "500", "700"})
_TOKEN = re.compile(r"(?:fr|psl)-[a-z0-9][\w-]*")
_SCANNED = (".html", ".py", ".js")
# Classes that no source names in full: each has its reason.
KEPT = frozenset({"fr-raw-link"})  # for a link that shows no icon
METIER = ("portails/agent", "portails/exploitant")
_PUBLIC = "portails/public/templates/public"
CONTENU = ("fiches", *(f"{_PUBLIC}/{name}" for name in ("fiches/", "guichets/", "accueil", "recherche", "rubrique")))
# Each sheet and what of psl/ names its classes: those who fill a form carry neither the agents' tables nor what dresses the content.
SHEETS: dict[str, Callable[[str], bool]] = {
    "psl.css": lambda path: not path.startswith((*METIER, *CONTENU)),
    "contenu.css": lambda path: not path.startswith((*METIER, "portails/usager")),
    "metier.css": lambda path: path.startswith((*METIER, "portails/theme")),
}
# The sheets they are cut from, in the order of the cascade.
SOURCES = ("psl.css", "metier.css", "fiches.css")


def build(target: Path, theme: str) -> bool:
    """Write the assets of a theme under `target`, with their manifest; return False when what is there is already theirs."""
    if theme not in THEMES:
        raise ImproperlyConfigured(f"PSL_THEME vaut {theme!r} : écrivez l'un de {', '.join(THEMES)}.")
    target.mkdir(parents=True, exist_ok=True)
    with (target.parent / f"{target.name}.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes may set up at once; the second finds the work done
        return _build(target, theme)


def _build(target: Path, theme: str) -> bool:
    tokens = {name: frozenset(scan(PSL, holds)) | KEPT for name, holds in SHEETS.items()}
    digest = _digest(theme, tokens)
    if _is_fresh(target, digest):
        return False
    files = _Files(target)
    source = _source(theme)
    for name in SHEETS:
        files.add(name, _sheet(source, tokens[name], files).encode())
    for script in sorted((ICI / "scripts").glob("*.js")):
        files.add(script.name, minify_script(script.read_text("utf-8")).encode())
    icon = dist() / "favicon" / "favicon.svg" if theme == "etat" else ICI / "images" / "icone.svg"
    files.add("icone.svg", icon.read_bytes())
    files.finish(digest)
    return True


def scan(root: Path, holds: Callable[[str], bool] = bool) -> Iterator[str]:
    """Yield the class tokens named under a folder, in templates, Python and scripts, where `holds` says so of the relative path."""
    for path in sorted(root.rglob("*")):
        if path.suffix in _SCANNED and holds(path.relative_to(root).as_posix()):
            yield from _TOKEN.findall(path.read_text("utf-8"))


def minify_script(source: str) -> str:
    """Return a script without its indentation, its blank lines and the comments that stand alone on their lines."""
    source = re.sub(r"^\s*/\*.*?\*/\s*$", "", source, flags=re.S | re.M)
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _source(theme: str) -> list[css.Node]:
    nodes = _dsfr() if theme == "etat" else css.parse((ICI / "feuilles" / "neutre.css").read_text("utf-8"))
    return nodes + [rule for name in SOURCES for rule in css.parse((ICI / "feuilles" / name).read_text("utf-8"))]


def _sheet(source: list[css.Node], tokens: frozenset[str], files: "_Files") -> str:
    nodes = css.prune_properties(css.purge(source, tokens))
    return css.write(css.rewrite_urls(nodes, files.address))


def _dsfr() -> list[css.Node]:
    nodes: list[css.Node] = []
    for name in ("dsfr.main.min.css", "utility/utility.main.min.css"):
        folder = PurePosixPath(name).parent

        def absolute(url: str, folder: PurePosixPath = folder) -> str:
            return _normal(folder / urlsplit(url).path)

        read = css.keep_faces(css.parse((dist() / name).read_text("utf-8")), "Marianne", POIDS)
        nodes += css.rewrite_urls(read, absolute)
    return list(css.follow_system(nodes))


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


@cache
def dist() -> Path:
    """Return the folder of the DSFR in the installed package django-dsfr (its Django app is not used)."""
    return Path(str(resources.files("dsfr"))) / "static" / "dsfr" / "dist"


def _digest(theme: str, tokens: Mapping[str, frozenset[str]]) -> str:
    own = [
        ICI / "assets.py",
        ICI / "css.py",
        *sorted((ICI / "feuilles").iterdir()),
        *sorted((ICI / "scripts").iterdir()),
        *sorted((ICI / "images").iterdir()),
    ]
    named = [f"{sheet} {' '.join(sorted(names))}" for sheet, names in tokens.items()]
    parts = [theme, metadata.version("django-dsfr"), *named, *(path.read_text("utf-8") for path in own)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_fresh(target: Path, digest: str) -> bool:
    try:
        manifest = json.loads((target / MANIFESTE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return manifest.get("digest") == digest and all((target / name).is_file() for name in manifest["fichiers"].values())


class _Files:
    """The files of one build: each is written once under a name that tells its content."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.names: dict[str, str] = {}

    def address(self, url: str) -> str:
        """Return the address, relative to the sheet, of a file of the DSFR; it is copied when first asked for."""
        return self.names.get(url) or self.add(url, (dist() / url).read_bytes())

    def add(self, logical: str, content: bytes) -> str:
        stem, _, suffix = PurePosixPath(logical).name.rpartition(".")
        name = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        self.names[logical] = name
        (self.target / name).write_bytes(content)
        if suffix != "woff2":
            (self.target / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
            (self.target / f"{name}.br").write_bytes(brotli.compress(content))
        return name

    def finish(self, digest: str) -> None:
        """Write the manifest in one step, then remove what earlier builds left."""
        draft = self.target / f"{MANIFESTE}.new"
        draft.write_text(json.dumps({"digest": digest, "fichiers": self.names}, indent=1), "utf-8")
        draft.replace(self.target / MANIFESTE)
        kept = {MANIFESTE, *(name + end for name in self.names.values() for end in ("", ".gz", ".br"))}
        for path in self.target.iterdir():
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


@cache
def _manifest(target: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((target / MANIFESTE).read_text("utf-8"))["fichiers"]
    except OSError as error:
        raise ImproperlyConfigured("Les feuilles de style ne sont pas construites : lancez « bin/psl assets ».") from error
    return found


def address(logical: str) -> str:
    """Return the address of an asset by its logical name (`psl.css`): a dictionary look-up once the manifest is read."""
    return f"{settings.STATIC_URL}{_manifest(settings.ASSETS)[logical]}"


def forget() -> None:
    """Forget the manifest this process read (after a build, and between tests)."""
    _manifest.cache_clear()
