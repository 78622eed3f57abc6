"""From checked plain data to the objects around the pages: register, parameters, computed values and their places, what follows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from psl.langage.definition.entourage import (
    Calcul,
    DemarcheLiee,
    DocumentPrevu,
    EcheancePrevue,
    Parametre,
    Traitement,
    ValeurDatee,
)
from psl.langage.feel import Expression, Value, parse
from psl.langage.tables import parse_all

type Donnees = Mapping[str, Any]


class Calculs(NamedTuple):
    """Every computed value in the order of its needs; those that read no answer; the others by the champ that makes them known."""

    tous: tuple[Calcul, ...]
    debut: tuple[Calcul, ...]
    places: Mapping[str, tuple[Calcul, ...]]


def build_calculs(donnees: Donnees) -> Calculs:
    """Make the computed values: each is known once the last answer that it reads, itself or through others, was passed."""
    ranks = {
        champ["cle"]: rang
        for rang, champ in enumerate(champ for page in donnees["pages"] for bloc in page["blocs"] for champ in bloc["champs"])
    }
    keys = list(ranks)
    known: dict[str, int] = {}
    calculs: list[Calcul] = []
    for calcul in in_order(donnees):
        known[calcul.cle] = max((ranks.get(nom, known.get(nom, -1)) for nom in calcul.names), default=-1)
        calculs.append(calcul)
    places: dict[str, list[Calcul]] = {}
    for calcul in calculs:
        if known[calcul.cle] >= 0:
            places.setdefault(keys[known[calcul.cle]], []).append(calcul)
    debut = tuple(calcul for calcul in calculs if known[calcul.cle] < 0)
    return Calculs(tuple(calculs), debut, {cle: tuple(found) for cle, found in places.items()})


def in_order(donnees: Donnees) -> list[Calcul]:
    """Give the computed values, each after those it reads. A cycle was refused before (coherence)."""
    found = {item["cle"]: _calcul(item) for item in donnees.get("calculs", ())}
    found |= {table.nom: Calcul(table.nom, table.names, table.run, table.titre) for table in parse_all(donnees.get("tables", ()))}
    done: dict[str, Calcul] = {}
    waiting = list(found.values())[::-1]
    while waiting:
        calcul = waiting[-1]
        needs = [found[nom] for nom in calcul.names if nom in found and nom not in done and nom != calcul.cle]
        if needs and len(waiting) <= 2 * len(found) ** 2:
            waiting.extend(needs)
        else:
            done.setdefault(calcul.cle, waiting.pop())
    return list(done.values())


def _calcul(item: Donnees) -> Calcul:
    lue = parse(item["valeur"])
    return Calcul(item["cle"], lue.names, lue.run, item.get("libelle", ""), item.get("recapitulatif", "libelle" in item), lue)


def build_parametres(donnees: Donnees) -> tuple[Parametre, ...]:
    """Make the dated parameters."""
    return tuple(
        Parametre(
            item["cle"],
            item.get("libelle", ""),
            tuple(
                ValeurDatee(
                    parameter_value(datee["valeur"], item.get("type", "")),
                    date.fromisoformat(datee.get("du", "0001-01-01")),
                    date.fromisoformat(datee.get("au", "9999-12-31")),
                    datee.get("source", ""),
                )
                for datee in item["valeurs"]
            ),
        )
        for item in donnees.get("parametres", ())
    )


def parameter_value(valeur: Any, sorte: str) -> Value:
    """Give what conditions read of a parameter as written; a date or a duration is written as a text."""
    if sorte in ("date", "duree") and isinstance(valeur, str):
        return parse(f'{"date" if sorte == "date" else "duration"}("{valeur}")').evaluate({})
    return Decimal(valeur) if isinstance(valeur, float) else valeur


def build_traitement(donnees: Donnees) -> Traitement:
    """Make the entry of the register of processing."""
    given: dict[str, Any] = {cle: tuple(valeur) if isinstance(valeur, list) else valeur for cle, valeur in donnees.items()}
    return Traitement(**given)


def build_documents(donnees: Donnees) -> tuple[DocumentPrevu, ...]:
    """Make the documents foreseen."""
    return tuple(
        DocumentPrevu(item["code"], item["nom"], item["quand"], item["corps"], _si(item), tuple(item.get("pour", ("usager",))))
        for item in donnees.get("documents", ())
    )


def build_echeances(donnees: Donnees) -> tuple[EcheancePrevue, ...]:
    """Make the dates not to miss."""
    return tuple(
        EcheancePrevue(
            item["cle"],
            parse(item["le"]),
            item["libelle"],
            _si(item),
            rappels=tuple(item.get("rappels", ())),
            **{cle: item[cle] for cle in ("texte", "demarche", "lien") if cle in item},
        )
        for item in donnees.get("echeances", ())
    )


def build_liees(donnees: Donnees) -> tuple[DemarcheLiee, ...]:
    """Make the démarches to propose."""
    return tuple(
        DemarcheLiee(item["demarche"], _si(item), **{cle: item[cle] for cle in ("quand", "libelle", "lien") if cle in item})
        for item in donnees.get("demarches_liees", ())
    )


def _si(item: Donnees) -> Expression | None:
    return parse(item["si"]) if "si" in item else None
