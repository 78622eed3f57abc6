"""Opening what carries the documents: a .tgz or .zip, a folder, one file, the shipped selection. No index is believed."""

import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from psl.fiches.sources.formes import from_json, from_xml
from psl.fiches.sources.lus import AUDIENCES, Casse, Illisible, Lu

TAILLE = 20_000_000  # a document larger than this is none
NOMS = {
    "particuliers": "particuliers", "part": "particuliers",
    "professionnels": "professionnels", "pro": "professionnels", "entreprendre": "professionnels",
    "associations": "associations", "asso": "associations",
}  # fmt: skip
_JAMAIS = frozenset({"index.json", "package.json", "datasets.json", "renovate.json", ".eslintrc.json"})

type Document = Lu | Casse


def documents(path: Path, audience: str = "") -> Iterator[Document]:
    """Yield the documents of a delivery. `audience` is that of files whose place does not tell it (DILA's zips are one audience each).

    Raises Illisible when the delivery itself cannot be opened or ends too early.
    """
    try:
        for name, data in _files(path):
            if _is_document(name):
                yield read(name, data, audience or _of_path(path.name))
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError) as error:
        raise Illisible(f"« {path.name} » ne se lit pas jusqu'au bout ({type(error).__name__})") from error


def shipped(path: Path) -> Iterator[Document]:
    """Yield the documents of a selection made by donnees/fiches/fiches.py: one JSON line each, `[audience, tree]`."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            audience, arbre = json.loads(line)
            yield Lu(audience, arbre)


def read(name: str, data: bytes | None, audience: str = "") -> Document:
    """Return one document from its file's name and bytes (None: too large); its folder tells its audience before the document does."""
    where = _of_path(name) or audience
    ident = PurePosixPath(name).stem
    try:
        if data is None:
            raise Illisible(f"plus de {TAILLE // 1_000_000} Mo")
        arbre, strange = from_xml(data) if name.lower().endswith(".xml") else (from_json(data), ())
        where = where or _told(arbre)
        if where not in AUDIENCES:
            raise Illisible("aucune audience n'est dite")
        return Lu(where, arbre, strange)
    except Illisible as error:
        return Casse(name, where, ident, str(error))


def _is_document(name: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.lower() in {".json", ".xml"} and path.name not in _JAMAIS and path.stem[:1] in "FNR" and path.stem[1:2].isdecimal()


def _files(path: Path) -> Iterator[tuple[str, bytes | None]]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield file.relative_to(path).as_posix(), _limited(file)
    elif path.name.endswith((".tgz", ".tar.gz", ".tar")):
        yield from _tar(path)
    elif path.suffix.lower() == ".zip":
        yield from _zip(path)
    else:
        yield path.name, _limited(path)


def _limited(file: Path) -> bytes | None:
    return file.read_bytes() if file.stat().st_size <= TAILLE else None


def _tar(path: Path) -> Iterator[tuple[str, bytes | None]]:
    with tarfile.open(path, "r|*") as archive:  # streamed: nothing is written to disk, whatever the names in it
        for member in archive:
            if member.isfile():
                file = archive.extractfile(member) if member.size <= TAILLE else None
                yield member.name, file.read() if file else None


def _zip(path: Path) -> Iterator[tuple[str, bytes | None]]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, archive.read(info) if info.file_size <= TAILLE else None


def _of_path(name: str) -> str:
    parts = name.lower().replace("\\", "/").replace("_", "/").replace("-", "/").replace(".", "/").split("/")
    return next((NOMS[part] for part in reversed(parts) if part in NOMS), "")


def _told(arbre: list[object]) -> str:
    for child in arbre[2:]:
        if isinstance(child, list) and child[0] == "Audience" and len(child) > 2:
            return str(child[2]).strip().lower()
    return ""
