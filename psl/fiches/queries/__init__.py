"""Reading the content: what a process knows of it, one document, what a space holds."""

from psl.fiches.queries.connu import Etat, elsewhere, forget, state, summary
from psl.fiches.queries.documents import (
    Answers,
    FicheVue,
    Suite,
    answering_to,
    answers,
    caller,
    context,
    document,
    own_codes,
    page,
    taken_up,
)
from psl.fiches.queries.rubriques import FicheListee, Rubrique, fold, of_genre, services, services_by_theme, themes

__all__ = [
    "Answers",
    "Etat",
    "FicheListee",
    "FicheVue",
    "Rubrique",
    "Suite",
    "answering_to",
    "answers",
    "caller",
    "context",
    "document",
    "elsewhere",
    "fold",
    "forget",
    "of_genre",
    "own_codes",
    "page",
    "services",
    "services_by_theme",
    "state",
    "summary",
    "taken_up",
    "themes",
]
