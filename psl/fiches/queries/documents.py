"""One document: itself, its page, what took it up, the answers that personalise it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from psl.demarches import queries as demarches
from psl.fiches import guidees
from psl.fiches.models import Fiche, Redirection
from psl.fiches.noeuds import Noeud
from psl.fiches.queries.connu import state, summary
from psl.fiches.rendu.contexte import Contexte
from psl.fiches.rendu.document import Page, render

type Suite = Callable[[str, str], str]


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


@dataclass(frozen=True, slots=True)
class Answers:
    """What a reader answered to a guided search: its code, its words, what it makes true or false. Given to the démarche as it is."""

    code: str
    ident: str
    dites: tuple[str, ...]
    variables: Mapping[str, bool]


def document(audience: str, ident: str) -> FicheVue | None:
    """Return a document of an audience, or None."""
    columns = ("ident", "audience", "genre", "titre", "sujet", "description", "theme", "dossier", "url", "numero", "maj_on", "arbre")
    row = Fiche.objects.filter(audience=audience, ident=ident).values_list(*columns).first()
    return FicheVue(*row) if row is not None else None


def _announced(ident: str) -> tuple[tuple[str, str], ...]:
    return tuple((vue.code, vue.titre) for vue in demarches.about(ident))


def own_codes() -> frozenset[str]:
    """Return the codes of the platform's own démarches: what the content calls by them is started here."""
    return frozenset(vue.code for vue in demarches.listing())


def context(audience: str, variables: Mapping[str, bool] | None = None, suite: Suite | None = None) -> Contexte:
    """Return what the rendering of a document of an audience is told."""
    known = summary()
    told = Contexte(audience, lambda a, i: known.get((a, i)), own_codes(), state().est_complet, _announced, dict(variables or {}))
    return replace(told, suite=suite) if suite is not None else told


def page(vue: FicheVue, answers: Answers | None = None, commune: str = "", suite: Suite | None = None) -> Page:
    """Return the parts of the page of a document, personalised by what the reader answered and their commune; `suite`: see Contexte."""
    told = replace(context(vue.audience, answers.variables if answers else None, suite), ident=vue.ident, commune=commune)
    return render(vue.arbre, replace(told, reponses=answers.code if answers else ""), vue.maj_on)


def taken_up(audience: str, ident: str) -> str:
    """Return the ident that took up a document that is gone, or an empty text."""
    return str(Redirection.objects.filter(audience=audience, ident=ident).values_list("cible", flat=True).first() or "")


def answers(audience: str, code: str) -> Answers | None:
    """Return what a code of answers says, or None when it is not one of this content."""
    read = guidees.read_code(code)
    if read is None:
        return None
    asked = document(audience, read[0])
    step = guidees.follow(asked.arbre, read[1]) if asked is not None and guidees.is_guided(asked.arbre) else None
    return Answers(code, read[0], step.dites, step.variables) if step is not None else None


def answering_to(arbre: Noeud) -> str:
    """Return a guided search that a document calls, by its ident, or an empty text."""
    return next((str(node[1].get("ID", "")) for node in arbre[2:] if not isinstance(node, str) and node[0] == "RechercheGuidee"), "")


def caller(audience: str, ident: str) -> tuple[str, str]:
    """Return the ident and title of the document that calls a guided search (the search itself when none does)."""
    rows = Fiche.objects.filter(audience=audience, arbre__contains=[["RechercheGuidee", {"ID": ident}]])
    found = rows.order_by("ident").values_list("ident", "titre").first()
    return found or (ident, summary()[audience, ident].titre)
