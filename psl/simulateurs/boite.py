"""The messages that the simulator caught: the last 500, in memory and in the state folder, oldest to newest."""

import re
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

GARDES = 500
_NOM = re.compile(r"(\d{6,})\.eml")


@dataclass(frozen=True, slots=True)
class Piece:
    """An attachment: its name and type as sent, its bytes."""

    nom: str
    type: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Courriel:
    """A message as it arrived: the envelope's addresses, and what its headers and text say."""

    rang: int
    recu_at: datetime
    retour: str
    vers: tuple[str, ...]
    de: str
    objet: str
    texte: str
    pieces: tuple[Piece, ...]
    brut: bytes


class Boite:
    """Every message caught, whatever its address."""

    def __init__(self, dossier: Path, *, gardes: int = GARDES) -> None:
        self._dossier = dossier
        self._verrou = threading.Lock()
        self._courriels: deque[Courriel] = deque(maxlen=gardes)
        dossier.mkdir(parents=True, exist_ok=True)
        for fichier in sorted(fichier for fichier in dossier.iterdir() if _NOM.fullmatch(fichier.name)):
            self._courriels.append(read(int(fichier.stem), fichier.read_bytes()))
        self._dernier = self._courriels[-1].rang if self._courriels else 0

    def add(self, brut: bytes, *, retour: str, vers: list[str], recu_at: datetime) -> Courriel:
        """Keep one more message; the oldest goes when there are too many."""
        with self._verrou:
            self._dernier += 1
            entetes = {"X-Recu": recu_at.isoformat(), "X-Retour": retour, "X-Vers": ", ".join(vers)}
            octets = "".join(f"{nom}: {_flat(valeur)}\r\n" for nom, valeur in entetes.items()).encode() + brut
            if len(self._courriels) == self._courriels.maxlen:
                self._path(self._courriels[0].rang).unlink(missing_ok=True)
            courriel = read(self._dernier, octets)
            self._path(courriel.rang).write_bytes(octets)
            self._courriels.append(courriel)
        return courriel

    def search(self, vers: str = "") -> list[Courriel]:
        """Return the messages whose recipient contains a text, newest first."""
        with self._verrou:
            courriels = list(self._courriels)
        voulu = vers.strip().lower()
        return [courriel for courriel in reversed(courriels) if any(voulu in adresse.lower() for adresse in courriel.vers)]

    def get(self, rang: int) -> Courriel | None:
        return next((courriel for courriel in self.search() if courriel.rang == rang), None)

    def _path(self, rang: int) -> Path:
        return self._dossier / f"{rang:06d}.eml"


def read(rang: int, octets: bytes) -> Courriel:
    """Return a message as kept in its file: our three headers first, then what was received."""
    message = message_from_bytes(octets, policy=default)
    _, _, brut = octets.partition(b"X-Vers:")
    corps = message.get_body(preferencelist=("plain", "html"))
    return Courriel(
        rang=rang,
        recu_at=datetime.fromisoformat(str(message["X-Recu"])),
        retour=str(message["X-Retour"]),
        vers=tuple(str(message["X-Vers"]).split(", ")),
        de=str(message["From"] or ""),
        objet=str(message["Subject"] or ""),
        texte=str(corps.get_content()).replace("\r\n", "\n") if corps else "",
        pieces=tuple(_pieces(message)),
        brut=brut.partition(b"\r\n")[2],
    )


def _pieces(message: EmailMessage) -> Iterator[Piece]:
    for partie in message.iter_attachments():
        octets = partie.get_payload(decode=True)
        yield Piece(partie.get_filename() or "piece-jointe", partie.get_content_type(), octets if isinstance(octets, bytes) else b"")


def _flat(valeur: str) -> str:
    return " ".join(valeur.split())
