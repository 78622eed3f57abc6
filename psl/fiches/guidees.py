"""Guided searches and simulators (pure): questions one after the other, answers as ranks in a short code, variables at the end.

A code names the document and the rank of each answer, `F34915-0-1-2`; in a simulator 0 is « passed » and ranks begin at 1.
Nothing personal is in it: it may be shared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from psl.fiches.noeuds import Noeud, attribute, first, named, prose

_CODE = re.compile(r"^([FN]\d{1,8})((?:-\d{1,2}){0,30})$")
_RANGS = re.compile(r"^\d{1,2}(?:-\d{1,2}){0,30}$")


@dataclass(frozen=True, slots=True)
class Choix:
    """An answer one may give: its rank, its words, and its help when it has some (a node)."""

    rang: int
    texte: str
    aide: Noeud | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a simulator under its title, or the next choice of a guided search (no title)."""

    titre: str
    aide: Noeud | None
    choix: tuple[Choix, ...]
    numero: int
    total: int  # 0 when it depends on the answers


@dataclass(frozen=True, slots=True)
class Etape:
    """Where answers lead: another question, or the documents at the end; what they made true or false, and what they say."""

    question: Question | None
    cibles: tuple[tuple[str, str], ...]  # audience, ident
    variables: dict[str, bool]
    dites: tuple[str, ...]


def read_code(code: str) -> tuple[str, tuple[int, ...]] | None:
    """Return the document and the ranks of a code, or None when it is not one."""
    found = _CODE.match(code)
    return (found.group(1), tuple(int(rank) for rank in found.group(2).split("-") if rank)) if found else None


def read_ranks(told: str) -> tuple[int, ...] | None:
    """Return the ranks of a list such as `0-2-1` (empty: none yet), or None when it is not one."""
    if not told:
        return ()
    return tuple(int(rank) for rank in told.split("-")) if _RANGS.match(told) else None


def write_code(ident: str, ranks: tuple[int, ...]) -> str:
    """Return the code of answers."""
    return "-".join((ident, *map(str, ranks)))


def is_guided(arbre: Noeud) -> bool:
    """Tell whether a document asks questions."""
    return first(arbre, "Problematiques") is not None or first(arbre, "Questionnaire") is not None


def follow(arbre: Noeud, ranks: tuple[int, ...]) -> Etape | None:
    """Return where the answers lead, or None when they are not answers to this document."""
    questionnaire = first(arbre, "Questionnaire")
    return _ask(questionnaire, ranks, arbre) if questionnaire is not None else _descend(arbre, ranks)


def _ask(questionnaire: Noeud, ranks: tuple[int, ...], arbre: Noeud) -> Etape | None:
    questions = list(named(questionnaire, "Question"))
    variables: dict[str, bool] = {}
    told = []
    if len(ranks) > len(questions):
        return None
    for rank, question in zip(ranks, questions, strict=False):
        answers = list(named(question, "Choix"))
        if rank > len(answers):
            return None
        if rank:
            _assign(variables, answers, rank - 1)
            told.append(prose(first(answers[rank - 1], "IntituleSiSelectionne")) or prose(first(answers[rank - 1], "Titre")))
    if len(ranks) == len(questions):
        return Etape(None, (("", attribute(arbre, "ID")),), variables, tuple(told))
    question = questions[len(ranks)]
    choices = tuple(Choix(rank, prose(first(answer, "Titre"))) for rank, answer in enumerate(named(question, "Choix"), 1))
    asked = Question(prose(first(question, "Titre")), first(question, "Aide"), choices, len(ranks) + 1, len(questions))
    return Etape(asked, (), variables, tuple(told))


def _descend(arbre: Noeud, ranks: tuple[int, ...]) -> Etape | None:
    roots = first(arbre, "Problematiques")
    if roots is None:
        return None
    variables: dict[str, bool] = {}
    told = []
    choices = list(named(roots, "Problematique"))
    here = roots
    for rank in ranks:
        if rank >= len(choices):
            return None
        _assign(variables, choices, rank)
        here = choices[rank]
        told.append(prose(first(here, "Titre")))
        choices = list(named(here, "Branche"))
    if choices:
        asked = tuple(Choix(rank, prose(first(choice, "Titre")), first(choice, "Aide")) for rank, choice in enumerate(choices))
        return Etape(Question("", None, asked, len(ranks) + 1, 0), (), variables, tuple(told))
    targets = tuple((attribute(link, "audience").lower(), attribute(link, "LienPublication")) for link in named(here, "LienInterne"))
    return Etape(None, targets, variables, tuple(told))


def _assign(variables: dict[str, bool], answers: list[Noeud], rank: int) -> None:
    """Make true what the answer says, and false what only the answers not given would have made true."""
    for other, answer in enumerate(answers):
        if other != rank:
            for name in _affected(answer, "affecteVrai"):
                variables.setdefault(name, False)
    for name in _affected(answers[rank], "affecteFaux"):
        variables[name] = False
    for name in _affected(answers[rank], "affecteVrai"):
        variables[name] = True


def _affected(answer: Noeud, name: str) -> Iterator[str]:
    chosen = first(answer, "SiSelectionne")
    return (attribute(node, "var") for node in named(chosen, name)) if chosen is not None else iter(())


def endings(arbre: Noeud, limite: int = 5000) -> Iterator[tuple[int, ...]]:
    """Yield the answers that lead to an end, every one of a guided search, those of a simulator up to a limit."""
    stack: list[tuple[int, ...]] = [()]
    while stack and limite:
        ranks = stack.pop()
        step = follow(arbre, ranks)
        if step is not None and step.question is not None:
            stack.extend((*ranks, choice.rang) for choice in reversed(step.question.choix))
        else:
            limite -= 1
            yield ranks
