"""Reading the content: one document, what leads to it, what a space holds. What a process knows is read again when a delivery arrives."""

import time
from dataclasses import dataclass
from datetime import date, datetime

from psl.fiches.models import Fiche, Livraison
from psl.fiches.noeuds import Noeud

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


@dataclass(frozen=True, slots=True)
class FicheVue:
    """One document, read."""

    ident: str
    audience: str
    genre: str
    titre: str
    sujet: str
    description: str
    theme: str
    dossier: str
    url: str
    numero: str
    maj_on: date | None
    arbre: Noeud


class _Connu:
    def __init__(self) -> None:
        self.lu = float("-inf")
        self.etat = Etat(0, "", "", None, None, False)

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


def document(audience: str, ident: str) -> FicheVue | None:
    """Return a document of an audience, or None."""
    columns = ("ident", "audience", "genre", "titre", "sujet", "description", "theme", "dossier", "url", "numero", "maj_on", "arbre")
    row = Fiche.objects.filter(audience=audience, ident=ident).values_list(*columns).first()
    return FicheVue(*row) if row is not None else None
