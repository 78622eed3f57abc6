"""Stockage on the file system: settings.ETAT/fichiers, sharded by the last two digits of the path (uuid7 begin with the date)."""

import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from psl.pieces.stockage import StockageError

MORCEAU = 65_536
_CHEMIN = re.compile(r"[0-9a-f]{32}")


class StockageDisque:
    """Writes beside, flushes to the disk, then renames: a reader sees a whole file or none, even after a power cut."""

    def __init__(self, racine: Path | None = None) -> None:
        self._racine = racine or settings.ETAT / "fichiers"

    def put(self, chunks: Iterable[bytes], chemin: str = "") -> str:
        chemin = chemin or uuid.uuid4().hex
        place = self._place(chemin)
        try:
            self._make_folder(place.parent)
            brouillon, nom = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=place.parent)
        except OSError as error:
            raise StockageError(_why(error)) from error
        try:
            with os.fdopen(brouillon, "wb") as fichier:
                for chunk in chunks:
                    fichier.write(chunk)
                fichier.flush()
                os.fsync(fichier.fileno())
            Path(nom).replace(place)
            _flush_folder(place.parent)
        except OSError as error:
            raise StockageError(_why(error)) from error
        finally:
            Path(nom).unlink(missing_ok=True)
        return chemin

    def open(self, chemin: str) -> Iterator[bytes]:
        place = self._place(chemin)
        if not place.is_file():
            raise StockageError("Ce fichier n'est pas, ou n'est plus, dans le stockage.")
        return _read(place)

    def delete(self, chemin: str) -> None:
        place = self._place(chemin)
        try:
            place.unlink(missing_ok=True)
            if place.parent.is_dir():
                _flush_folder(place.parent)
        except OSError as error:
            raise StockageError(_why(error)) from error

    def check(self) -> list[str]:
        try:
            chemin = self.put([b"essai"])
            lu = b"".join(self.open(chemin))
            self.delete(chemin)
        except StockageError as error:
            return [f"Le dossier {self._racine} ne garde pas les fichiers : {error.public_message}"]
        return [] if lu == b"essai" else [f"Le dossier {self._racine} ne rend pas ce qui lui est confié."]

    def _place(self, chemin: str) -> Path:
        if not _CHEMIN.fullmatch(chemin):
            raise StockageError("Le chemin n'est pas de ceux que la plateforme donne.")
        return self._racine / chemin[-2:] / chemin

    def _make_folder(self, dossier: Path) -> None:
        if dossier.is_dir():
            return
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        _flush_folder(dossier.parent)


def _read(place: Path) -> Iterator[bytes]:
    try:
        with place.open("rb") as fichier:
            while chunk := fichier.read(MORCEAU):
                yield chunk
    except OSError as error:
        raise StockageError(_why(error)) from error


def _flush_folder(dossier: Path) -> None:
    """Without it, a rename may not survive a power cut (fsync(2))."""
    poignee = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(poignee)
    finally:
        os.close(poignee)


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
