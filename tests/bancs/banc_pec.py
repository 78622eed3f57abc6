"""The PEC zip: of a form of 60 questions with a piece of 1 MB, its PDFs apart; of 500 MB, for its memory. Against a copy of the bytes."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from psl.langage.definition.flux import build_flux
from psl.langage.evaluation import evaluate
from psl.socle import crypto
from psl.teledossiers.enveloppe import Enveloppe, PieceDeposee
from psl.teledossiers.rendus.pec import liste
from psl.teledossiers.rendus.pec.paquet import Remise, pack
from tests.bancs.banc_langage import large
from tests.bancs.mesure import Mesure

JOUR = date(2026, 11, 23)
CLE = bytes(32)
MEGA = 1_000_000
GROS = 500 * MEGA
FOIS = 20

# In a process of its own: the peak of memory is the process's.
_MEMOIRE = f"""
import os, resource
from tests.bancs import banc_pec
remise = banc_pec.remise()
for _ in banc_pec.pack(remise).chunks(): pass
avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rendu = sum(len(morceau) for morceau in banc_pec.pack(banc_pec.remise({GROS})).chunks())
assert rendu > {GROS}, rendu
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant) / 1000)
"""


def measure() -> Iterable[Mesure]:
    """Measure the CPU of a zip beyond its PDFs, and what 500 MB add to the memory."""
    contenu = remise(MEGA)
    total = _cpu(lambda: list(pack(contenu).chunks()))
    pdf = _cpu(lambda: liste.render(contenu.demarche, contenu.enveloppe, ["piece.pdf"], at=contenu.enveloppe.date))
    copie = _cpu(lambda: list(crypto.decrypt_chunks(CLE, _encrypted(MEGA))))
    valeur = (total - pdf) * 1000
    yield Mesure(
        "zip de la PEC, 60 questions et une pièce de 1 Mo, processeur hors PDF",
        round(valeur, 1),
        "ms",
        25,
        ratio=round(valeur / copie / 1000, 1),
    )
    sortie = subprocess.run([sys.executable, "-c", _MEMOIRE], capture_output=True, text=True, check=True)
    yield Mesure("zip de la PEC de 500 Mo, mémoire en plus", round(float(sortie.stdout), 1), "Mo", 40)


def remise(taille: int = MEGA) -> Remise:
    """Return what a zip is made of: 60 answers, one piece of that size, kept encrypted."""
    demarche, valeurs = large(5, 12, 23)
    elements = [{"element": cle, "valeur": cle, "vide": "garde"} for cle in demarche.champs]
    demarche = replace(demarche, xml=build_flux({"document": "M-XML", "nom": "Données", "racine": "M", "elements": elements}))
    piece = PieceDeposee("p", "piece", "piece.pdf", "application/pdf", taille, hashlib.sha256(b"").hexdigest())
    enveloppe = Enveloppe(
        numero="A-1-00000000",
        rang=1,
        slug=demarche.slug,
        digest=demarche.digest,
        langue="fr",
        depose_at="2026-11-23T10:00:00+00:00",
        valeurs=valeurs,
        provenance={},
        pieces=[piece],
        destinataires=[],
        declarations=[],
    )
    return Remise(
        demarche=demarche,
        situation=evaluate(demarche, valeurs, aujourdhui=JOUR),
        enveloppe=enveloppe,
        recap=b"%PDF-" + os.urandom(50_000),
        lire=lambda _: crypto.decrypt_chunks(CLE, _encrypted(taille)),
        interne=1,
        territoire="17300",
        mot_de_passe="abcdefghi!",
        expediteur="ne-pas-repondre@psl.example.org",
    )


_MORCEAU = os.urandom(crypto.CHUNK)
_CACHE: dict[int, list[bytes]] = {}


def _encrypted(taille: int) -> Iterator[bytes]:
    """Return a piece as the storage gives it: encrypted beforehand when it is small, as it goes when it is not."""
    if taille > MEGA:
        return crypto.encrypt_chunks(CLE, _clear(taille))
    if taille not in _CACHE:
        _CACHE[taille] = list(crypto.encrypt_chunks(CLE, _clear(taille)))
    return iter(_CACHE[taille])


def _clear(taille: int) -> Iterator[bytes]:
    while taille > 0:
        yield _MORCEAU[:taille]
        taille -= len(_MORCEAU)


def _cpu(action: object) -> float:
    """Return the best CPU time of a call, in seconds: noise only ever adds."""
    assert callable(action)
    best = float("inf")
    for _ in range(FOIS):
        before = time.process_time()
        action()
        best = min(best, time.process_time() - before)
    return best
