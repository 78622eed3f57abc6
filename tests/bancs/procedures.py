"""Neutral démarches to measure on: S (1 page of 12 fields), M (5 of 12), L (10 of 36), XL (40 of 60), with the rules people write.

Each group of twelve fields has four rules: one shows, one requires, one computes, one hides by what was computed; and each page but
the last two may skip the page after the next. `aleatoires` adds rules drawn with a fixed seed, for the proofs.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TYPES = ("texte", "radio", "nombre", "long", "telephone", "courriel", "date", "entier", "liste", "case", "code", "texte")
REPONSES: dict[str, Any] = {
    "texte": "Texte de réponse",
    "radio": "oui",
    "nombre": 14,
    "long": "Un paragraphe de quelques mots, pour une réponse longue.",
    "telephone": "0639981234",
    "courriel": "camille.essai@exemple.example.org",
    "date": "1980-05-17",
    "entier": 19,
    "liste": "opt3",
    "case": True,
    "code": "44000",
}


@dataclass(frozen=True)
class Taille:
    """How large: pages, fields a page, groups of rules a page, random rules beside."""

    nom: str
    pages: int
    champs: int
    groupes: int
    aleatoires: int = 0


S, M, L, XL = Taille("S", 1, 12, 1), Taille("M", 5, 12, 1), Taille("L", 10, 36, 3), Taille("XL", 40, 60, 5, 662)


def definition(taille: Taille) -> dict[str, Any]:
    """Give the démarche of this size, as the YAML file would say it."""
    tirage = random.Random(taille.nom)
    pages = [_page(taille, rang) for rang in range(taille.pages)]
    _draw(taille, pages, tirage)
    calculs = [
        {"cle": f"total_{rang}_{groupe}", "valeur": _total(taille, rang, groupe)}
        for rang in range(taille.pages)
        for groupe in range(taille.groupes)
    ]
    return {
        **_autour(taille),
        "calculs": calculs,
        "pages": pages,
        "destinataires": [
            {"cle": "mairie", "nom": "La mairie", "regles": [{"territoire": '"17300"', "motif": "commune de la demande"}], "recoit": "tout"}
        ],
        "coordonnees": {"courriel": cle(0, 5)},
        "suivi": {"second_fait": ["courriel"]},
        "recherche": {"mots": [cle(0, 0)]},
        "declarations": [{"cle": "exactitude", "libelle": "Je certifie que ces informations sont exactes."}],
    }


def _autour(taille: Taille) -> dict[str, Any]:
    return {
        "format": 2,
        "slug": f"banc-{taille.nom.lower()}",
        "codes": {"psl": f"Banc{taille.nom}", "hubee": f"Banc{taille.nom}", "acronyme": f"BC{taille.nom}"},
        "titre": f"Démarche de mesure {taille.nom}",
        "resume": "Une démarche pour mesurer, sans autre sens.",
        "publics": ["particulier"],
        "mots": ["mesure"],
        "connexion": "facultative",
        "duree_minutes": 10,
        "depart": dict.fromkeys(("qui", "reponse", "donnees", "autrement"), "Une démarche pour mesurer.") | {"a_preparer": ["Rien."]},
        "faits": {
            "silence": {"regime": "aucun", "texte": "Aucune réponse n'est attendue.", "source": "démarche de mesure"},
            "recours": {"texte": "Aucun recours : c'est une mesure.", "source": "démarche de mesure"},
            "conservation": {"brouillon": "P30D", "recours": "P1Y", "trace": "P3Y"},
        },
        "traitement": {"responsable": "La plateforme.", "finalite": "Mesurer.", "base_legale": "Mission d'intérêt public."},
    }


def rules(taille: Taille) -> int:
    """Count the rules: four a group, the pages that may be skipped, those drawn."""
    return 4 * taille.groupes * taille.pages + max(0, taille.pages - 2) + taille.aleatoires


def cle(page: int, rang: int) -> str:
    """Give the key of a field by its page and its rank."""
    return f"p{page}_{TYPES[rang % 12]}_{rang}"


def _page(taille: Taille, rang: int) -> dict[str, Any]:
    page: dict[str, Any] = {
        "cle": f"page{rang}",
        "titre": f"Étape {rang + 1}",
        "blocs": [{"cle": f"bloc{rang}", "champs": _champs(taille, rang)}],
    }
    if rang >= 2:
        page["si"] = f'not({cle(rang - 2, 1)} = "autre")'
    return page


def _champs(taille: Taille, page: int) -> list[dict[str, Any]]:
    champs = [{"cle": cle(page, rang), **_nature(rang), "libelle": f"Question {page + 1}.{rang + 1}"} for rang in range(taille.champs)]
    for groupe in range(taille.groupes):
        debut = 12 * groupe
        champs[debut + 3]["si"] = f'{cle(page, debut + 1)} = "oui"'
        champs[debut + 4]["requis"] = f"{cle(page, debut + 2)} > 10 and {cle(page, debut + 7)} < 1000"
        champs[debut + 10]["si"] = f'not({cle(page, debut + 1)} = "non" and total_{page}_{groupe} > 50)'
    return champs


def _nature(rang: int) -> dict[str, Any]:
    genre = TYPES[rang % 12]
    formes: dict[str, dict[str, Any]] = {
        "texte": {"type": "texte", "max_longueur": 100},
        "radio": {"type": "choix", "presentation": "radio", "options": _options("oui", "non", "autre"), "requis": False},
        "nombre": {"type": "nombre", "requis": False},
        "entier": {"type": "nombre", "requis": False},
        "long": {"type": "texte_long", "requis": False},
        "telephone": {"type": "telephone", "requis": False},
        "courriel": {"type": "courriel", "requis": False},
        "date": {"type": "date"},
        "liste": {"type": "choix", "presentation": "liste", "options": _options(*(f"opt{n}" for n in range(8))), "requis": False},
        "case": {"type": "case", "requis": False},
        "code": {"type": "texte", "motif": "[0-9]{5}", "exemple": "44000", "requis": False},
    }
    return dict(formes[genre])


def _options(*valeurs: str) -> list[dict[str, str]]:
    return [{"valeur": valeur, "libelle": f"Réponse {valeur}"} for valeur in valeurs]


def _total(taille: Taille, page: int, groupe: int) -> str:
    debut = 12 * groupe
    return f"if {cle(page, debut + 9)} then {cle(page, debut + 2)} + {cle(page, debut + 7)} * 2 else null"


def _draw(taille: Taille, pages: list[dict[str, Any]], tirage: random.Random) -> None:
    """Make random fields of the pages after the first depend on random answers of the pages before."""
    for _ in range(taille.aleatoires):
        page = tirage.randrange(1, taille.pages)
        champ = pages[page]["blocs"][0]["champs"][12 * tirage.randrange(taille.champs // 12) + tirage.choice((0, 5, 6, 8, 11))]
        champ["requis"], champ["si"] = False, _condition(taille, page, tirage)


def _condition(taille: Taille, page: int, tirage: random.Random) -> str:
    def atome() -> str:
        avant, groupe = tirage.randrange(page), 12 * tirage.randrange(taille.champs // 12)
        return tirage.choice(
            (
                f'{cle(avant, groupe + 1)} = "{tirage.choice(("oui", "non", "autre"))}"',
                f"{cle(avant, groupe + 2)} > {tirage.randrange(100)}",
                f"{cle(avant, groupe + 7)} < {tirage.randrange(100)}",
                f'{cle(avant, groupe + 8)} in ("opt{tirage.randrange(4)}", "opt{tirage.randrange(4, 8)}")',
                f"{cle(avant, groupe + 9)} = {tirage.choice(('true', 'false'))}",
            )
        )

    return f" {tirage.choice(('and', 'or'))} ".join(atome() for _ in range(tirage.randint(1, 3)))


def write(taille: Taille, catalogue: Path) -> Path:
    """Write the démarche as a folder of a catalogue."""
    dossier = catalogue / f"banc-{taille.nom.lower()}"
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "demarche.yaml").write_text(yaml.safe_dump(definition(taille), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return dossier


def answers(taille: Taille) -> dict[str, Any]:
    """Give answers that are complete and accepted, as they are kept."""
    return {cle(page, rang): REPONSES[TYPES[rang % 12]] for page in range(taille.pages) for rang in range(taille.champs)}


def posts(taille: Taille) -> Iterator[tuple[str, dict[str, str]]]:
    """Give, page by page, its key and what a browser sends."""
    for page in range(taille.pages):
        envoi: dict[str, str] = {}
        for rang in range(taille.champs):
            nom, valeur = cle(page, rang), REPONSES[TYPES[rang % 12]]
            if TYPES[rang % 12] == "date":
                annee, mois, jour = valeur.split("-")
                envoi |= {f"{nom}.jour": jour, f"{nom}.mois": mois, f"{nom}.annee": annee}
            else:
                envoi[nom] = "oui" if valeur is True else str(valeur)
        yield f"page{page}", envoi
