"""What follows a request, as its définition foresees it: dates not to miss, démarches to do as well, each with where to go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from psl.demarches import queries as demarches
from psl.langage.charger import Demarche
from psl.langage.definition.entourage import DemarcheLiee
from psl.langage.derives.depart import when
from psl.langage.evaluation import Situation
from psl.socle.errors import Refus


@dataclass(frozen=True, slots=True)
class SuiteVue:
    """Something to do: `le` for a date not to miss; `code` of a démarche published here, else `lien`, or neither. `texte` is Markdown."""

    libelle: str
    texte: str
    code: str
    lien: str
    le: date | None = None


def dates(situation: Situation) -> tuple[SuiteVue, ...]:
    """Return the dates that the answers make known, the first to come first."""
    found = sorted(situation.echeances, key=lambda echeance: echeance.le)
    return tuple(SuiteVue(e.libelle, e.texte, _here(e.demarche), e.lien, e.le) for e in found)


def related(situation: Situation, moments: Iterable[str]) -> tuple[SuiteVue, ...]:
    """Return the démarches to propose at these moments ("avant", "depot", "fin"); one that leads nowhere is left out."""
    found = (_related(liee) for moment in moments for liee in situation.demarches_liees(moment))
    return tuple(vue for vue in found if vue.code or vue.lien)


def before(demarche: Demarche) -> tuple[SuiteVue, ...]:
    """Return the démarches to do before this one; `texte` says in which case, as no answer is known yet."""
    found = (_related(liee, when(liee.si, demarche)) for liee in demarche.demarches_liees if liee.quand == "avant")
    return tuple(vue for vue in found if vue.code or vue.lien)


def _related(liee: DemarcheLiee, cas: str = "") -> SuiteVue:
    code = _here(liee.demarche)
    return SuiteVue(liee.libelle or (demarches.by_code(code).titre if code else liee.demarche), cas, code, liee.lien)


def _here(code: str) -> str:
    """Return the code of a démarche when it is published here, else nothing."""
    try:
        return demarches.by_code(code).codes.psl if code else ""
    except Refus:
        return ""
