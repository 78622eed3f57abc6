"""Finding a commune as people type it: part of a name, a postal or INSEE code, an old name, a slip of the finger."""

import re
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from psl.annuaire.noms import attachment, bare, normalise

LONGUEUR_MAX = 80
LONGUEUR_NOM = 45  # the longest name of a commune
MOTS_MAX = 8
CANDIDATS = 30
CANDIDATS_CODE = 150  # the postal code shared by most communes has 46, their delegated communes beside

_SELECT = """
SELECT a.commune, a.nom, a.sorte, a.cle, a.cle_nue, c.codes_postaux, c.departement, d.nom, r.nom
FROM (SELECT row_number() OVER () AS rang, * FROM (
    SELECT * FROM annuaire_appellation WHERE {where} ORDER BY {order} LIMIT %(limite)s
) meilleures) a
JOIN annuaire_commune c ON c.code = a.commune
JOIN annuaire_commune r ON r.code = c.registres
JOIN annuaire_departement d ON d.code = c.departement
ORDER BY a.rang
"""
# Distances in letters, to the beginning of a name (what is typed may be unfinished) and to one with as many letters more as may
# be missing. One letter of difference is worth a commune 50 times larger.
_DEBUT = "levenshtein_less_equal(left(cle_nue, %(long)s), %(nue)s, %(ecart)s)"
_ENTIER = "levenshtein_less_equal(left(cle_nue, %(long)s + %(ecart)s), %(nue)s, %(ecart)s)"
_PROCHE = f"({_DEBUT} <= %(ecart)s OR {_ENTIER} <= %(ecart)s)"
_RANG_PROCHE = f"LEAST({_DEBUT}, {_ENTIER}) - 0.25 * ln(population + 1)"
_RANG_NOM = (
    "(cle = %(cle)s OR cle_nue = %(nue)s) DESC, (cle LIKE %(cle)s || '%%' OR cle_nue LIKE %(nue)s || '%%') DESC, population DESC, commune"
)
BY_WORDS = _SELECT.format(where="mots @@ %(mots)s::tsquery", order=_RANG_NOM)
BY_CODE = _SELECT.format(where="mots @@ %(mots)s::tsquery", order="sorte = 'actuelle' DESC, population DESC, commune")
BY_LETTER = _SELECT.format(where=f"cle_nue LIKE %(debut)s || '%%' AND {_PROCHE}", order=_RANG_PROCHE)
# The first letter changed or missing, one too many, or the first two swapped: what follows is then as typed, and indexes know it.
_SUITE = (
    "("
    + " OR ".join(
        (
            "substring(cle_nue, 2) LIKE %(sans_premiere)s || '%%'",
            "substring(cle_nue, 2) LIKE %(premieres)s || '%%'",
            "cle_nue LIKE %(sans_premiere)s || '%%'",
            "cle_nue LIKE %(echangees)s || '%%'",
        )
    )
    + ")"
)
BY_SPELLING = _SELECT.format(where=f"{_SUITE} AND {_PROCHE}", order=_RANG_PROCHE)
BY_FEWER_WORDS = _SELECT.format(
    where="mots @@ %(mots)s::tsquery AND levenshtein_less_equal(cle, %(cle)s, %(tiers)s) <= %(tiers)s",
    order="levenshtein_less_equal(cle, %(cle)s, %(tiers)s) - 0.25 * ln(population + 1)",
)


@dataclass(frozen=True, slots=True)
class CommuneTrouvee:
    """A commune among the answers: `precision` tells it from its homonyms; `code_postal` is empty when it has several.

    `libelle` is the name that an answer keeps: « Lomme (commune associée de Lille) ».
    """

    code: str
    nom: str
    libelle: str
    departement: str
    codes_postaux: tuple[str, ...]
    precision: str
    code_postal: str


@dataclass(frozen=True, slots=True)
class Candidat:
    """A row of the search, as it comes."""

    commune: str
    nom: str
    sorte: str
    cle: str
    cle_nue: str
    codes_postaux: list[str]
    departement: str
    departement_nom: str
    registres_nom: str

    def is_firm(self, asked: str) -> bool:
        """Whether the name begins as typed, spaces left out or not, or has each word typed in full."""
        together, name = asked.replace(" ", ""), self.cle.replace(" ", "")
        return (
            self.cle_nue.startswith(bare(asked))
            or set(asked.split()) <= set(self.cle.split())
            or name == together
            or (len(together) > 8 and name.startswith(together))
        )


def search_communes(q: str, limite: int = 10) -> list[CommuneTrouvee]:
    """Return the communes that a text may mean, the likeliest first; nothing for less than two letters or digits."""
    asked = readable(q)
    letters = " ".join(word for word in asked.split() if not is_code(word))
    if len(asked) < 2:
        return []
    found = look_up(asked, limite) or (look_up(letters, limite) if letters != asked else []) or guess(letters)
    unique: dict[tuple[str, str], Candidat] = {}
    for candidate in found:
        unique.setdefault((candidate.commune, candidate.nom), candidate)
    return [shown(candidate, asked) for candidate in unique.values()][:limite]


def readable(q: str) -> str:
    """Return the words to look for. « Cedex » and its number name a post office, not a commune."""
    words = normalise(q[:LONGUEUR_MAX].replace("\x00", "")).split()[:MOTS_MAX]
    return " ".join(words[: words.index("cedex")] if "cedex" in words else words)


def is_code(word: str) -> bool:
    return bool(re.fullmatch(r"\d|\d[\dab]\d{0,3}", word))


def look_up(asked: str, limite: int) -> list[Candidat]:
    """Return the names that have every word typed, then those that begin with the same letter and are spelt nearly so."""
    words = asked.split()
    query = " & ".join(f"'{word}':*" for word in words)
    if words and all(map(is_code, words)):
        found = select(BY_CODE, asked, mots=query, limite=CANDIDATS_CODE)
        # « 17300 » is Rochefort's postal code and La Rochelle's INSEE code: people know postal codes.
        return sorted(found, key=lambda candidate: words[0] not in candidate.codes_postaux)
    found = select(BY_WORDS, asked, mots=query) if words else []
    firm = [candidate for candidate in found if candidate.is_firm(asked)]
    if len(firm) >= limite or any(map(is_code, words)) or any(bare(asked) == candidate.cle_nue for candidate in firm):
        return found
    # « lile » begins « L'Île-d'Yeu » without its space, but rather means Lille: what is spelt nearly so goes before.
    return firm + misspelt(BY_LETTER, asked) + found


def guess(asked: str) -> list[Candidat]:
    """Return names that have all the words typed but one, or else those spelt nearly so but for their first letter."""
    words = [word for word in asked.split() if len(word) > 2]
    kept = [" & ".join(f"'{word}':*" for word in some) for some in combinations(words, len(words) - 1)] if len(words) > 1 else []
    found = select(BY_FEWER_WORDS, asked, mots=" | ".join(f"({some})" for some in kept)) if kept else []
    return found or misspelt(BY_SPELLING, asked)


def misspelt(sql: str, asked: str) -> list[Candidat]:
    bare_asked = bare(asked)
    if not 4 <= len(bare_asked) <= LONGUEUR_NOM:
        return []
    # A fifth of all names begin with « saint »: the first letter that tells is the saint's.
    saint = re.match(r"(?:saint|sainte) .|.", bare_asked)
    return select(sql, asked, debut=saint[0] if saint else "")


def select(sql: str, asked: str, *, mots: str = "", debut: str = "", limite: int = CANDIDATS) -> list[Candidat]:
    nue = bare(asked)
    values: dict[str, str | int] = {
        "mots": mots,
        "debut": debut,
        "cle": asked,
        "nue": nue,
        "long": len(nue),
        "ecart": 1 if len(nue) < 5 else 2,
        "tiers": len(asked) // 3,
        "premieres": nue[:2],
        "sans_premiere": nue[1:3],
        "echangees": nue[1:2] + nue[:1],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"limite": limite})
        return [Candidat(*row) for row in cursor.fetchall()]


def shown(candidate: Candidat, asked: str) -> CommuneTrouvee:
    postal = [code for code in candidate.codes_postaux if code in asked.split()] or candidate.codes_postaux
    attached = attachment(candidate.sorte, candidate.nom, candidate.commune, candidate.registres_nom)
    place = f"{candidate.departement_nom} ({candidate.departement})"
    name = candidate.nom or candidate.registres_nom
    return CommuneTrouvee(
        code=candidate.commune,
        nom=name,
        libelle=f"{name} ({attached})" if attached else name,
        departement=candidate.departement,
        codes_postaux=tuple(candidate.codes_postaux),
        precision=f"{attached}, {place}" if attached else place,
        code_postal=postal[0] if len(postal) == 1 else "",
    )
