"""How well a few everyday words answer a search (pure): accents, plurals and small typos forgiven."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_VIDES = """
a au aux avec ce ces comment d dans de des du elle en et faire il je l la le les leur ma mes mon ne nous obtenir ou par pas pour qu que
qui sa se ses son sur ta tes ton un une vos votre y the of to an for how get my
"""
MOTS_VIDES = frozenset(_VIDES.split())
RESSEMBLANCE = 0.8


def words(text: str) -> list[str]:
    """Return the significant words of a text: lower case, without accents nor plural ending."""
    plat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe")).encode("ascii", "ignore").decode()
    return [mot.rstrip("sx") or mot for mot in re.findall(r"[a-z0-9]+", plat) if mot not in MOTS_VIDES]


def _nearness(mot: str, vocabulaire: Iterable[str]) -> float:
    meilleur = 0.0
    for autre in vocabulaire:
        if mot == autre:
            return 1.0
        if len(mot) >= 3 and autre.startswith(mot):
            meilleur = max(meilleur, 0.9)
        elif len(mot) >= 4 and abs(len(mot) - len(autre)) <= 2 and (ratio := SequenceMatcher(None, mot, autre).ratio()) >= RESSEMBLANCE:
            meilleur = max(meilleur, ratio * 0.9)
    return meilleur


def score(q: str, textes: list[str], resume: str) -> float:
    """Return 0 (no answer) to about 2: the best of the texts, and a little for the summary.

    A text answers when most of the searched words are near one of its own; a text whose every word is searched ranks first.
    """
    cherches = words(q[:200])
    if not cherches:
        return 0.0
    meilleur = 0.0
    for texte in textes:
        vocabulaire = words(texte)
        couvert = sum(_nearness(mot, vocabulaire) for mot in cherches) / len(cherches)
        if couvert >= 0.5 and vocabulaire:
            precision = sum(_nearness(mot, cherches) for mot in vocabulaire) / len(vocabulaire)
            meilleur = max(meilleur, couvert + 0.5 * precision)
    if meilleur:
        return meilleur
    en_resume = sum(_nearness(mot, words(resume)) for mot in cherches) / len(cherches)
    return 0.4 * en_resume if en_resume >= 0.75 else 0.0
