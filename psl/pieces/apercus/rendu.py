"""Asks the child process for one rendering: fed with a stream, watched, killed when it takes too long."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from psl.socle.errors import Refus

SECONDES = 30.0
PLACES = 2  # children at once in one process of the platform
ATTENTE = 20.0
RENDUS = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})

_places = threading.BoundedSemaphore(PLACES)


@dataclass(frozen=True, slots=True)
class Rendu:
    """What the child made, and how many pages the file has."""

    octets: bytes
    pages: int


def is_rendered(type_: str) -> bool:
    """Say whether files of a type can be shown or changed here (a HEIC photo cannot)."""
    return type_ in RENDUS


def render(chunks: Iterable[bytes], type_: str, action: str, *, patience: float = ATTENTE, **details: object) -> Rendu:
    """Return a rendering of a file: `image` (rang, cote), `propre`, `filigrane` (mention). `patience`: seconds to wait for a place.

    The child gets nothing of our environment: no secret, no address, no file to write.
    Refuses: apercu-impossible (`detail["cause"]`: chiffre, complexe, demesure, abime, duree), apercu-occupe.
    """
    if not is_rendered(type_):
        raise impossible("type")
    with _place(patience), _child() as enfant:
        garde = threading.Timer(SECONDES, enfant.kill)
        garde.start()
        try:
            reponse = _exchange(enfant, {"action": action, "type": type_, **details}, chunks)
        finally:
            garde.cancel()
    return _read(reponse)


def impossible(cause: str) -> Refus:
    phrase = _("Ce fichier ne peut pas être montré ici. Téléchargez-le pour l'ouvrir avec prudence.")
    return Refus("apercu-impossible", phrase, statut=422, detail={"cause": cause})


@contextmanager
def _place(patience: float) -> Iterator[None]:
    if not _places.acquire(timeout=patience):
        raise Refus("apercu-occupe", _("Trop d'aperçus se préparent en même temps. Réessayez dans un instant."), statut=503)
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    racine = Path(settings.RACINE)
    ligne = [sys.executable, "-P", "-s", "-m", "psl.pieces.apercus.enfant"]
    environnement = {"PYTHONPATH": str(racine), "PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    entree, sortie, erreurs = subprocess.PIPE, subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(ligne, cwd="/", env=environnement, stdin=entree, stdout=sortie, stderr=erreurs) as enfant:
        try:
            yield enfant
        finally:
            enfant.kill()


def _exchange(enfant: subprocess.Popen[bytes], demande: dict[str, object], chunks: Iterable[bytes]) -> bytes:
    """Feed the child, which reads everything before it writes anything, then take its answer."""
    assert enfant.stdin is not None  # noqa: S101
    assert enfant.stdout is not None  # noqa: S101
    with suppress(BrokenPipeError):
        enfant.stdin.write(json.dumps(demande).encode() + b"\n")
        for chunk in chunks:
            enfant.stdin.write(chunk)
    with suppress(BrokenPipeError):
        enfant.stdin.close()
    return enfant.stdout.read()


def _read(reponse: bytes) -> Rendu:
    entete, _fin, octets = reponse.partition(b"\n")
    if not entete:
        raise impossible("duree")
    lu = json.loads(entete)
    if "erreur" in lu:
        raise impossible(lu["erreur"])
    return Rendu(octets, lu["pages"])
