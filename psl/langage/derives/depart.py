"""What the start page says when its author says nothing: how long it takes, what to prepare. Pure."""

from dataclasses import replace
from math import ceil

from psl.langage.definition.objets import Champ, Demarche, Piece
from psl.langage.derives.phrases import say
from psl.langage.feel import Expression

# Seconds to read a question and answer it, by type; the sum of a page adds its opening. Measured on no one yet: an estimate, rounded up.
_SECONDES = {"texte_long": 60, "adresse": 40, "texte": 15, "courriel": 20, "telephone": 15, "date": 12, "information": 10, "case": 6}
_AUTRE, _PIECE, _PAGE, _FIN = 10, 60, 15, 60
_PARFOIS = 0.5  # the part of those who meet a question asked only for some answers
SELON = {"fr": "selon vos réponses", "en": "depending on your answers"}
FACULTATIF = {"fr": "facultatif", "en": "optional"}
COURRIEL = {"fr": "Votre adresse électronique", "en": "Your e-mail address"}


def complete(demarche: Demarche) -> Demarche:
    """Give a démarche whose start page says how long it takes and what to prepare, even if its author does not."""
    if demarche.duree_minutes and demarche.depart.a_preparer:
        return demarche
    depart = replace(demarche.depart, a_preparer=demarche.depart.a_preparer or to_prepare(demarche))
    return replace(demarche, duree_minutes=demarche.duree_minutes or minutes(demarche), depart=depart)


def minutes(demarche: Demarche) -> int:
    """Estimate how long the form takes: whole minutes up to ten, then by five."""
    seconds = float(_FIN)
    for page in demarche.pages:
        part = _PARFOIS if page.si else 1
        seconds += part * _PAGE
        for bloc in page.blocs:
            seconds += part * (_PARFOIS if bloc.si else 1) * sum(_seconds(champ) for champ in bloc.champs)
        seconds += part * sum(_PIECE * (_PARFOIS if piece.si or not piece.requis else 1) for piece in page.pieces)
    found = ceil(seconds / 60)
    return found if found <= 10 else ceil(found / 5) * 5


def _seconds(champ: Champ) -> float:
    own = sum(_seconds(membre) for membre in champ.membres) or _SECONDES.get(champ.type, _AUTRE)
    return own * (_PARFOIS if champ.si else 1)


def to_prepare(demarche: Demarche) -> tuple[str, ...]:
    """List what to have at hand: the documents, each with when it is asked; the e-mail address when it is asked."""
    lignes = [_line(piece, demarche) for piece in demarche.pieces]
    if any(_is_mail(champ) for champ in demarche.champs.values()):
        lignes.append(COURRIEL.get(demarche.langue, COURRIEL["fr"]))
    return tuple(dict.fromkeys(lignes))


def _is_mail(champ: Champ) -> bool:
    return champ.type == "courriel"


def _line(piece: Piece, demarche: Demarche) -> str:
    langue = demarche.langue if demarche.langue in SELON else "fr"
    if piece.si is not None:
        return f"{piece.libelle}, {when(piece.si, demarche)}"
    if piece.requis_si is not None:
        return f"{piece.libelle}, {SELON[langue]}"
    return piece.libelle if piece.requis else f"{piece.libelle} ({FACULTATIF[langue]})"


def when(si: Expression | None, demarche: Demarche) -> str:
    """Say in which case, if it is short enough to be read at a glance; nothing without a condition."""
    langue = demarche.langue if demarche.langue in SELON else "fr"
    phrase = f"si {say(si, demarche)}" if si else ""
    return phrase if len(phrase) <= 160 and (langue == "fr" or not si) else SELON[langue]
