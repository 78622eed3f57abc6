"""What surrounds the pages of a démarche, compiled: register, dated parameters, computed values, documents, what follows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from psl.langage.feel import Expression, Value


@dataclass(frozen=True, slots=True)
class Traitement:
    """The entry in the register of processing (RGPD, art. 30). `sensibles` are keys of champs."""

    responsable: str
    finalite: str
    base_legale: str
    delegue: str = ""
    personnes: tuple[str, ...] = ()
    donnees: tuple[str, ...] = ()
    sensibles: tuple[str, ...] = ()
    sous_traitants: tuple[str, ...] = ()
    mesures: tuple[str, ...] = ()
    analyse_impact: bool = False


@dataclass(frozen=True, slots=True)
class ValeurDatee:
    """What a parameter is worth from a day to another, both included."""

    valeur: Value
    du: date
    au: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Parametre:
    """A value that the law fixes and changes."""

    cle: str
    libelle: str
    valeurs: tuple[ValeurDatee, ...]

    def value_on(self, jour: date) -> Value:
        """Give what it is worth on a day; null when nothing is said of that day."""
        return next((datee.valeur for datee in self.valeurs if datee.du <= jour <= datee.au), None)


@dataclass(frozen=True, slots=True)
class Calcul:
    """A value computed from answers: the names it reads, the closure that gives it, its expression when no table gives it."""

    cle: str
    names: frozenset[str]
    run: Callable[[dict[str, Value]], Value] = field(compare=False)
    libelle: str = ""
    recapitulatif: bool = False
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class DocumentPrevu:
    """A document the platform makes: when ("depot", "prise", "acceptee", "refusee"), for whom; `corps` takes {{cle}}."""

    code: str
    nom: str
    quand: str
    corps: str
    si: Expression | None = None
    pour: tuple[str, ...] = ("usager",)


@dataclass(frozen=True, slots=True)
class EcheancePrevue:
    """A date not to miss that answers make known; `rappels` are durations before it."""

    cle: str
    le: Expression
    libelle: str
    si: Expression | None = None
    texte: str = ""
    demarche: str = ""
    lien: str = ""
    rappels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DemarcheLiee:
    """A démarche to propose: `quand` is "avant", "depot" or "fin"."""

    demarche: str
    si: Expression | None = None
    quand: str = "depot"
    libelle: str = ""
    lien: str = ""


@dataclass(frozen=True, slots=True)
class Delais:
    """Durations that are not the platform's own; empty: the platform's."""

    reponse: str = ""
    complement: str = ""
