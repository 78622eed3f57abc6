"""The rows of a repeated bloc: what each shows and asks, given its own answers and those before the bloc. Cost linear in the rows.

An answer of a row is known by « contacts.0.nom » in a form; it is kept in a list of dicts under « contacts ».
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from psl.langage.composants import Contexte, Option, Referentiels, Valeur
from psl.langage.composants.base import Invalide, Post, posted
from psl.langage.composants.messages import say
from psl.langage.composants.repetition import Repetition
from psl.langage.definition.objets import Champ
from psl.langage.feel import Value

AJOUTER, RETIRER = "ajouter", "retirer"


class Monde(NamedTuple):
    """What reading needs beside the answers."""

    langue: str
    aujourdhui: date
    referentiels: Referentiels | None = None


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row: its rank from 0, its visible champs (labels chosen), its answers that are visible, what its conditions read."""

    rang: int
    champs: tuple[Champ, ...]
    valeurs: dict[str, Valeur]
    contexte: dict[str, Value]


class LignesLues(NamedTuple):
    """What came of a repeated bloc sent: its value (None: empty), what was typed row by row, errors by HTML name, names never shown."""

    valeur: Valeur
    brut: list[dict[str, Any]]
    erreurs: dict[str, str]
    nouveaux: tuple[str, ...]


def settings(champ: Champ) -> Repetition:
    """Give the bounds of a repeated bloc."""
    assert isinstance(champ.composant, Repetition)  # noqa: S101 - what `membres` means
    return champ.composant


def rows(champ: Champ, valeur: Valeur, contexte: Mapping[str, Value]) -> tuple[Ligne, ...]:
    """Understand the rows of a value; what is malformed is left out."""
    found = valeur if isinstance(valeur, list) else []
    return tuple(_row(champ, rang, item, contexte) for rang, item in enumerate(found) if isinstance(item, Mapping))


def _row(champ: Champ, rang: int, reponses: Mapping[str, Valeur], contexte: Mapping[str, Value]) -> Ligne:
    here: dict[str, Value] = {**contexte, **{membre.cle: None for membre in champ.membres}}
    shown: list[Champ] = []
    valeurs: dict[str, Valeur] = {}
    for membre in champ.membres:
        if membre.si is not None and membre.si.run(here) is not True:
            continue
        shown.append(next((autre for si, autre in membre.variantes if si.run(here) is True), membre))
        valeur = reponses.get(membre.cle)
        if valeur is None or (membre.options_variables and all(valeur != option.valeur for option in options(membre, here))):
            continue
        valeurs[membre.cle] = valeur
        here[membre.cle] = valeur if membre.convertir is None else membre.convertir(valeur)
    return Ligne(rang, tuple(shown), valeurs, here)


def settle(champ: Champ, valeur: Valeur, contexte: Mapping[str, Value]) -> Valeur:
    """Keep of a value what is visible; None when nothing is left."""
    return [ligne.valeurs for ligne in rows(champ, valeur, contexte)] or None


def options(membre: Champ, contexte: Mapping[str, Value]) -> tuple[Option, ...]:
    """Give the options of a champ that its row offers."""
    if not membre.options_variables:
        return membre.options
    return tuple(option for option in membre.options if option.si is None or option.si.run(dict(contexte)) is True)


def is_required(membre: Champ, contexte: dict[str, Value]) -> bool:
    """Tell whether a champ of a row must be answered."""
    return membre.requis if membre.requis_si is None else membre.requis_si.run(contexte) is True


def troubles(champ: Champ, valeur: Valeur, contexte: Mapping[str, Value], langue: str, aujourdhui: date) -> dict[str, str]:
    """Give what misses in each row, by HTML name, and under the key of the bloc when rows are too few or too many."""
    found: dict[str, str] = {}
    bornes, lignes = settings(champ), rows(champ, valeur, contexte)
    if len(lignes) < bornes.min:
        found[champ.cle] = bornes.missing(Contexte(champ.libelle, "", langue, aujourdhui))
    if len(lignes) > bornes.max:
        found[champ.cle] = say(langue, "repetition_trop", libelle=champ.libelle, maximum=bornes.max)
    for ligne in lignes:
        for membre in ligne.champs:
            if is_required(membre, ligne.contexte) and not membre.composant.is_answered(ligne.valeurs.get(membre.cle)):
                sentence = membre.composant.missing(Contexte(membre.libelle, membre.exemple, langue, aujourdhui))
                found[f"{champ.cle}.{ligne.rang}.{membre.cle}"] = sentence
    return found


def in_one(champ: Champ, found: Mapping[str, str], langue: str) -> str:
    """Put the troubles of rows in one text, each with the row it is about."""
    said = []
    for nom, message in found.items():
        _, _, reste = nom.partition(".")
        rang = reste.partition(".")[0]
        told = say(langue, "repetition_rang", libelle=champ.libelle, rang=int(rang) + 1, message=message) if rang.isdecimal() else message
        said.append(told)
    return " ".join(dict.fromkeys(said))


def read(champ: Champ, post: Post, contexte: Mapping[str, Value], monde: Monde) -> LignesLues:
    """Read the rows that a page sent, then do what its button asks: add one, take one out. Rows left empty are dropped."""
    total = _count(champ, post)
    found = [_read_row(champ, rang, post, contexte, monde) for rang in range(total)]
    bruts, valeurs = [row.brut for row in found], [row.valeurs for row in found]
    erreurs = {nom: message for row in found for nom, message in row.erreurs.items()}
    nouveaux = tuple(nom for row in found for nom in row.nouveaux)
    action, _, rang_retire = posted(post, "lignes").removeprefix(f"{champ.cle}.").partition(".")
    is_mine = posted(post, "lignes").startswith(f"{champ.cle}.")
    if is_mine and action == RETIRER and rang_retire.isdecimal() and int(rang_retire) < total:
        del bruts[int(rang_retire)], valeurs[int(rang_retire)]
        erreurs = _without(champ.cle, int(rang_retire), erreurs)
    elif is_mine and action == AJOUTER and total < settings(champ).max:
        return LignesLues([*valeurs, {}], [*bruts, {}], erreurs, nouveaux)
    kept = _filled(champ, valeurs, bruts) if not erreurs else valeurs
    return LignesLues(kept or None, bruts, erreurs, nouveaux)


def _filled(champ: Champ, valeurs: list[dict[str, Valeur]], bruts: list[dict[str, Any]]) -> list[dict[str, Valeur]]:
    """Drop the rows where nothing was answered, as long as enough are left."""
    filled = [valeur for valeur in valeurs if any(item not in (None, False) for item in valeur.values())]
    missing = settings(champ).min - len(filled)
    return filled + [valeur for valeur in valeurs if valeur not in filled][: max(0, missing)]


def _count(champ: Champ, post: Post) -> int:
    """Count the rows sent: as many as the page said, or as the names show."""
    said = posted(post, f"{champ.cle}.lignes")
    start = f"{champ.cle}."
    named = [nom.removeprefix(start).partition(".")[0] for nom in post if nom.startswith(start)]
    seen = max((int(rang) + 1 for rang in named if rang.isdecimal() and len(rang) < 4), default=0)
    return min(max(int(said) if said.isdecimal() and len(said) < 4 else 0, seen), settings(champ).max)


class _RowRead(NamedTuple):
    """What came of a row."""

    brut: dict[str, Any]
    valeurs: dict[str, Valeur]
    erreurs: dict[str, str]
    nouveaux: list[str]


def _read_row(champ: Champ, rang: int, post: Post, contexte: Mapping[str, Value], monde: Monde) -> _RowRead:
    read_row = _RowRead({}, {}, {}, [])
    brut, valeurs, erreurs, nouveaux = read_row
    here: dict[str, Value] = {**contexte, **{membre.cle: None for membre in champ.membres}}
    for membre in champ.membres:
        if not membre.composant.has_value or (membre.si is not None and membre.si.run(here) is not True):
            continue
        nom = f"{champ.cle}.{rang}.{membre.cle}"
        if membre.si is not None and not any(sent == nom or sent.startswith(f"{nom}.") for sent in post):
            nouveaux.append(nom)
            continue
        saisie = membre.composant.parse(nom, post, _context(membre, here, monde))
        brut[membre.cle] = saisie.brut
        if saisie.erreur:
            erreurs[nom] = saisie.erreur
            erreurs.update(saisie.details)
        elif saisie.valeur is not None:
            valeurs[membre.cle] = saisie.valeur
            here[membre.cle] = saisie.valeur if membre.convertir is None else membre.convertir(saisie.valeur)
    return read_row


def _context(membre: Champ, here: dict[str, Value], monde: Monde) -> Contexte:
    shown = next((autre for si, autre in membre.variantes if si.run(here) is True), membre)
    offered = options(membre, here) if membre.options else ()
    return Contexte(shown.libelle, shown.exemple, monde.langue, monde.aujourdhui, monde.referentiels, offered, here)


def _without(cle: str, rang: int, erreurs: Mapping[str, str]) -> dict[str, str]:
    """Take a row out of the errors, and shift those of the rows after it."""
    kept: dict[str, str] = {}
    for nom, message in erreurs.items():
        numero, _, reste = nom.removeprefix(f"{cle}.").partition(".")
        if int(numero) != rang:
            kept[f"{cle}.{int(numero) - (int(numero) > rang)}.{reste}"] = message
    return kept


def check(champ: Champ, valeur: Valeur, contexte: Mapping[str, Value], monde: Monde) -> Valeur:
    """Check a value that comes from elsewhere (an essai, a source), row by row. Raises Invalide."""
    settings(champ).check(valeur, Contexte(champ.libelle, "", monde.langue, monde.aujourdhui))
    checked: list[dict[str, Valeur]] = []
    for rang, item in enumerate(valeur):
        here: dict[str, Value] = {**contexte, **{membre.cle: None for membre in champ.membres}}
        row: dict[str, Valeur] = {}
        for membre in champ.membres:
            if item.get(membre.cle) is None or (membre.si is not None and membre.si.run(here) is not True):
                continue
            try:
                row[membre.cle] = membre.composant.check(item[membre.cle], _context(membre, here, monde))
            except Invalide as invalide:
                raise Invalide(in_one(champ, {f"{champ.cle}.{rang}.{membre.cle}": invalide.message}, monde.langue)) from invalide
            here[membre.cle] = row[membre.cle] if membre.convertir is None else membre.convertir(row[membre.cle])
        checked.append(row)
    return checked or None


def placed(membre: Champ, cle: str, rang: int) -> Champ:
    """Give a champ of a row under its name in the form."""
    return replace(membre, cle=f"{cle}.{rang}.{membre.cle}")


def shown_rows(champ: Champ, valeur: Valeur, brut: Sequence[Mapping[str, Any]] | None, contexte: Mapping[str, Value]) -> tuple[Ligne, ...]:
    """Give the rows a page shows: those answered, or typed, and as many more as are wanted at least."""
    answered = valeur if isinstance(valeur, list) else []
    typed = brut if isinstance(brut, list) else []
    wanted = max(len(typed) or len(answered), settings(champ).min)
    padded = [*(answered if not typed or len(answered) == len(typed) else []), *[{}] * wanted][:wanted]
    return rows(champ, padded, contexte)
