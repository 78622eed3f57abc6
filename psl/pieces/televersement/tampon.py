"""A file on its way in: kept in a nameless temporary file, encrypted under a key that only this process's memory holds."""

import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from psl.pieces import noms, refus
from psl.socle import crypto
from psl.socle.errors import Refus


class FichierTeleverse(UploadedFile):  # type: ignore[type-arg]  # generic for the checker only
    """What `request.FILES` gives: `chunks()` once, then `close()`. Over the limit it keeps nothing but its refusal.

    The temporary file has no name: it goes with the process, and nobody else can open it.
    """

    def __init__(self, nom: str, limite: int) -> None:
        dossier = settings.ETAT / "tampons"
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._brut = tempfile.TemporaryFile(dir=dossier)  # noqa: SIM115 -- closed by Django with the request
        super().__init__(self._brut, name=nom, size=0)
        self.refus: Refus | None = None
        self._limite = limite
        self._recus = 0
        self._cle = crypto.new_key()
        self._morceaux = 0

    def keep(self, chunk: bytes) -> None:
        """Keep one more chunk; the size is counted even when the bytes are no longer kept."""
        self._recus += len(chunk)
        self.size = self._recus
        if self.refus:
            return
        if self._recus > self._limite:
            self.refus = refus.too_big(noms.show(self.name or ""), self._limite)
            self._brut.truncate(0)
            return
        boite = crypto.encrypt(self._cle, chunk, self._morceaux.to_bytes(8))
        self._brut.write(len(boite).to_bytes(4) + boite)
        self._morceaux += 1

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Give the clear bytes, in the chunks they came in.

        Refuses: fichier-trop-gros.
        """
        if self.refus:
            raise self.refus
        self._brut.seek(0)
        for rang in range(self._morceaux):
            taille = int.from_bytes(self._brut.read(4))
            yield crypto.decrypt(self._cle, self._brut.read(taille), rang.to_bytes(8))
