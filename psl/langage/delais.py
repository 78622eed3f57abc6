"""The law's clock (pure): when silence becomes a decision, when a complément is due, how many days are left.

Sources: code des relations entre le public et l'administration (CRPA). Dates are those of the territory of the service.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from psl.langage.feel.values import MonthsDuration, add_months, to_duration

type Regime = Literal["accord", "rejet"]


@dataclass(frozen=True, slots=True)
class Complement:
    """What was asked of the usager: on which day, until which one, and when it was given (None: not yet)."""

    demande_on: date
    limite_on: date
    produit_on: date | None = None


def add(day: date, duree: str) -> date:
    """Add an ISO duration ("P2M", "P30D", "P1Y") to a day.

    Months are calendar months, of the same day of the month, or its last day when it has not that many: two months from
    31 December end on 28 (or 29) February. Raises ValueError when the text is not a duration of whole days or months.
    """
    lue = to_duration(duree)
    moved = add_months(day, lue.months) if isinstance(lue, MonthsDuration) else None
    if isinstance(lue, timedelta) and lue % timedelta(days=1) == timedelta():
        moved = day + lue
    if moved is None:
        raise ValueError(f"« {duree} » n'est pas une durée : écrivez P2M, P30D ou P1Y.")
    return moved


def before(day: date, duree: str) -> date:
    """Give the day that comes an ISO duration before a day. Raises ValueError like `add`."""
    return add(day, f"-{duree}")


def silence_date(recu_on: date, delai: str) -> date:
    """Give the day at whose end the administration's silence is a decision, for a complete demande received on a day.

    Two months unless a text says otherwise (CRPA L231-1 for acceptance, L231-4 for rejection, L231-6 for other delays). It is
    not put off when it falls on a holiday: no text says so.
    """
    return add(recu_on, delai)


def silence_date_after(
    regime: Regime, recu_on: date, delai: str, *, complements: Iterable[Complement] = (), competent_on: date | None = None
) -> date | None:
    """Give that day when pieces were asked, or when another authority was seized first; None while the delay does not run.

    Acceptance: runs from the receipt by the competent authority (CRPA L114-3) and, when pieces lack, from that of the pieces
    (L114-5). Rejection: runs from the receipt by the authority first seized (L114-3), and stops during the time given to
    produce the pieces, until they are produced (L114-5).
    """
    asked = sorted(complements, key=lambda complement: complement.demande_on)
    if regime == "rejet":
        return silence_date(recu_on, delai) + timedelta(days=_suspended_days(asked))
    start = competent_on or recu_on
    for complement in asked:
        if complement.produit_on is None:
            return None
        start = max(start, complement.produit_on)
    return silence_date(start, delai)


def _suspended_days(asked: list[Complement]) -> int:
    days, counted = 0, date.min
    for complement in asked:
        start = max(complement.demande_on, counted)
        end = min(complement.limite_on, complement.produit_on or complement.limite_on)
        days += max((end - start).days, 0)
        counted = max(counted, end)
    return days


def complement_due(demande_on: date, delai: str = "") -> date:
    """Give the last day to produce what is asked: the administration sets the delay (CRPA L114-5); one month unless it says otherwise."""
    return add(demande_on, delai or "P1M")


def days_left(jusqu_au: date, aujourdhui: date) -> int:
    """Count the days from today to a day: 0 on that day, negative once it is past."""
    return (jusqu_au - aujourdhui).days
