"""What a process knows of the content: its last delivery and a line of each document, read again when another delivery arrives."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from psl.fiches.models import Fiche, Livraison
from psl.fiches.rendu.contexte import Entree
from psl.fiches.sources.lus import AUDIENCES

FRAICHEUR = 5.0  # seconds a process may go on with what it knows of the last delivery


@dataclass(frozen=True, slots=True)
class Etat:
    """What the content is now: the number of the last delivery, its source, date and licence, and whether the whole corpus is here."""

    livraison: int
    source: str
    licence: str
    contenu_on: date | None
    importee_at: datetime | None
    est_complet: bool


class _Connu:
    def __init__(self) -> None:
        self.lu = float("-inf")
        self.etat = Etat(0, "", "", None, None, False)
        self.sommaire: dict[tuple[str, str], Entree] = {}
        self.sommaire_de = -1

    def fresh(self) -> Etat:
        if time.monotonic() - self.lu > FRAICHEUR:
            row = Livraison.objects.order_by("-id").first()
            complet = Livraison.objects.filter(rapport__complet=True).exists()
            if row is not None:
                self.etat = Etat(row.pk, row.source, row.licence, row.contenu_on, row.importee_at, complet)
            else:
                self.etat = Etat(0, "", "", None, None, False)
            self.lu = time.monotonic()
        return self.etat


_connu = _Connu()


def forget() -> None:
    """Forget what this process knows of the content (after an import, and between tests)."""
    _connu.lu = float("-inf")


def state() -> Etat:
    """Return what the content is now; asked of the base at most every FRAICHEUR seconds."""
    return _connu.fresh()


def summary() -> Mapping[tuple[str, str], Entree]:
    """Return what is known of every document by `(audience, ident)`: kept by the process until another delivery."""
    etat = _connu.fresh()
    if _connu.sommaire_de != etat.livraison:
        rows = Fiche.objects.values_list("audience", "ident", "titre", "genre", "url")
        _connu.sommaire = {(audience, ident): Entree(titre, genre, url) for audience, ident, titre, genre, url in rows.iterator(2000)}
        _connu.sommaire_de = etat.livraison
    return _connu.sommaire


def elsewhere(ident: str) -> list[str]:
    """Return the audiences under which a document stands."""
    known = summary()
    return [audience for audience in AUDIENCES if (audience, ident) in known]
