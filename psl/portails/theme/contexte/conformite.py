"""What may be said of accessibility, computed from the recorded audit (pure: the day is an argument); never more than it proves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# The criteria of each of the thirteen themes of the RGAA 4.1: 106 in all.
_PAR_THEME = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
CRITERES = tuple(f"{theme}.{rang}" for theme, nombre in enumerate(_PAR_THEME, 1) for rang in range(1, nombre + 1))
RESULTATS = ("conforme", "non_conforme", "non_applicable")
METHODES = ("main", "automatique")
ANNEES = 3


@dataclass(frozen=True, slots=True)
class Conformite:
    """What the statement says: `etat` is non, partielle or totale, `taux` a whole percentage; empty without a valid audit."""

    etat: str = "non"
    taux: int = 0
    fait_le: date | None = None
    valide_jusqu_au: date | None = None
    par: str = ""
    defauts: tuple[tuple[str, str], ...] = ()
    derogations: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    moyens: tuple[str, ...] = ()


def compute(audit: Mapping[str, Any], *, on: date) -> Conformite:
    """Return the state on a day: by the share of the applicable criteria; non-compliant without a valid audit of at most three years."""
    if faults(audit, on=on):
        return Conformite()
    results = {cle: audit["criteres"][cle]["resultat"] for cle in CRITERES}
    good = sum(resultat == "conforme" for resultat in results.values())
    bad = tuple((cle, audit["criteres"][cle]["constat"]) for cle in CRITERES if results[cle] == "non_conforme")
    taux = 100 * good // (good + len(bad))
    done = date.fromisoformat(audit["fait_le"])
    return Conformite(
        etat="totale" if not bad else "partielle" if taux >= 50 else "non",
        taux=taux,
        fait_le=done,
        valide_jusqu_au=_end(done),
        par=audit["par"],
        defauts=bad,
        derogations=tuple(audit.get("derogations", ())),
        pages=tuple(audit["pages"]),
        moyens=tuple(audit["moyens"]),
    )


def faults(audit: Mapping[str, Any], *, on: date) -> list[str]:
    """Return why an audit is not valid on a day; nothing when it is. One that is missing has one fault."""
    if not audit:
        return ["aucun audit"]
    missing = [f"{cle} manque" for cle in ("par", "pages", "moyens") if not audit.get(cle)]
    criteres = audit.get("criteres") or {}
    unknown = [f"critère inconnu : {cle}" for cle in criteres if cle not in CRITERES]
    wrong = [f"critère {cle} : {why}" for cle in CRITERES if (why := _wrong(criteres.get(cle) or {}))]
    nothing = [] if any(row.get("resultat") in RESULTATS[:2] for row in criteres.values()) else ["aucun critère applicable"]
    return [*_out_of_date(str(audit.get("fait_le", "")), on), *missing, *unknown, *wrong, *nothing]


def _wrong(row: Mapping[str, str]) -> str:
    """A tool finds faults and proves nothing: a criterion is met only when somebody looked."""
    if row.get("resultat") not in RESULTATS or row.get("methode") not in METHODES:
        return "résultat ou méthode absents"
    if row["resultat"] == "conforme" and row["methode"] != "main":
        return "conforme sans contrôle à la main"
    return "constat absent" if row["resultat"] == "non_conforme" and not row.get("constat") else ""


def _out_of_date(written: str, on: date) -> list[str]:
    try:
        done = date.fromisoformat(written)
    except ValueError:
        return ["date illisible"]
    return [] if done <= on <= _end(done) else ["audit hors de sa durée de validité"]


def _end(done: date) -> date:
    """Return the last day of validity; a 29 February ends on a 28."""
    is_leap_day = (done.month, done.day) == (2, 29)
    return done.replace(year=done.year + ANNEES, day=28 if is_leap_day else done.day)
