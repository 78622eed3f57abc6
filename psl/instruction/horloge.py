"""The clock of an instruction (pure): which date binds whom, how many days are left, how grave that is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from psl.instruction.etats import FINAUX, Etat
from psl.langage.delais import days_left


class Sorte(StrEnum):
    """What the clock counts: the administration's silence, the usager's answer, nothing any more, or nothing at all."""

    SILENCE = "silence"
    COMPLEMENT = "complement"
    ARRETEE = "arretee"
    SANS_DELAI = "sans_delai"


class Niveau(StrEnum):
    """How grave: calm, near, passed."""

    CALME = "calme"
    PROCHE = "proche"
    DEPASSE = "depasse"


PROCHE = 7  # days


@dataclass(frozen=True, slots=True)
class Horloge:
    """What is counted, until when, and how many days are left (negative once passed)."""

    sorte: Sorte
    le: date | None = None
    jours: int | None = None

    @property
    def niveau(self) -> Niveau:
        if self.jours is None:
            return Niveau.CALME
        return Niveau.DEPASSE if self.jours < 0 else Niveau.PROCHE if self.jours <= PROCHE else Niveau.CALME


def clock_of(etat: Etat, *, silence_on: date | None, echeance_on: date | None, aujourdhui: date) -> Horloge:
    """Return the clock of an instruction on a day, in the service's territory.

    While a complément is awaited the administration's delay is suspended (CRPA L114-5): the clock counts the usager's.
    """
    if etat in FINAUX:
        return Horloge(Sorte.ARRETEE)
    if etat is Etat.A_COMPLETER and echeance_on is not None:
        return Horloge(Sorte.COMPLEMENT, echeance_on, days_left(echeance_on, aujourdhui))
    if silence_on is not None:
        return Horloge(Sorte.SILENCE, silence_on, days_left(silence_on, aujourdhui))
    return Horloge(Sorte.SANS_DELAI)
