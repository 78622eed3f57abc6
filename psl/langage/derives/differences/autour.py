"""What changed around the pages: the head, who receives, the legal facts, the texts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from psl.langage.definition.objets import Demarche
from psl.langage.derives.differences.changement import Changement, change, short

_ENTETE = (
    ("titre", "Le titre"),
    ("resume", "Le résumé"),
    ("codes", "Les codes"),
    ("publics", "Les publics"),
    ("themes", "Les thèmes"),
    ("connexion", "La connexion"),
    ("duree_minutes", "La durée annoncée"),
    ("depart", "La page de départ"),
    ("actions", "Les titres par action"),
    ("entree", "Les paramètres d'adresse"),
)
AUTOUR = "Autour du formulaire"
_AUTOUR = (
    ("faits", "Les faits juridiques"),
    ("traitement", "Le registre des traitements"),
    ("delais", "Les délais"),
    ("parametres", "Les paramètres datés"),
    ("controles", "Les contrôles entre réponses"),
    ("sorties", "Les sorties"),
    ("coordonnees", "Les coordonnées"),
    ("second_fait", "La preuve demandée pour suivre"),
    ("recherche", "La recherche des agents"),
    ("declarations", "Les déclarations"),
    ("messages", "Les messages"),
    ("decisions", "Les décisions"),
    ("documents", "Les documents"),
    ("echeances", "Les échéances"),
    ("demarches_liees", "Les démarches liées"),
    ("etats", "Les mots des états"),
    ("xml", "Le message XML des services"),
    ("json", "Le message JSON des services"),
)


def head(avant: Demarche, apres: Demarche) -> Iterator[Changement]:
    """Say what changed in the head."""
    return _plain(avant, apres, _ENTETE, "En-tête")


def _plain(avant: Demarche, apres: Demarche, parts: Iterable[tuple[str, str]], lieu: str) -> Iterator[Changement]:
    for nom, mots in parts:
        old, new = getattr(avant, nom), getattr(apres, nom)
        if old != new:
            simple = isinstance(old, str | int) and isinstance(new, str | int)
            yield Changement(lieu, "~", f"{mots} : {change(old, new)}" if simple else f"{mots} : {_parts(old, new)}", _code(nom, old, new))


def _code(nom: str, old: Any, new: Any) -> str:
    if nom != "codes" or old.psl == new.psl or old.psl in new.anciens:
        return ""
    return f"L'adresse de la démarche change : ajoutez « {old.psl} » à codes.anciens, ou les liens d'aujourd'hui ne mèneront nulle part."


def _parts(old: Any, new: Any) -> str:
    """Name the parts of an object, of a table or of a list that differ."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        names = [cle for cle in dict.fromkeys((*old, *new)) if old.get(cle) != new.get(cle)]
        return ", ".join(f"« {nom} »" for nom in names)
    if isinstance(old, tuple) and isinstance(new, tuple):
        names = [*(f"+ {_name(item)}" for item in new if item not in old), *(f"- {_name(item)}" for item in old if item not in new)]
        return " ; ".join(names) or "l'ordre"
    if old is None or new is None:
        return "ajouté" if old is None else "retiré"
    differ = [nom for nom in (field.name for field in fields(old)) if getattr(old, nom) != getattr(new, nom)]
    return " ; ".join(f"{nom} ({change(short(getattr(old, nom)), short(getattr(new, nom)))})" for nom in differ)


def _name(item: Any) -> str:
    named = (getattr(item, nom, "") for nom in ("libelle", "titre", "nom", "message", "cle", "champ", "demarche"))
    return short(item if isinstance(item, str) else next((nom for nom in named if nom), item))


def recipients(avant: Demarche, apres: Demarche) -> Iterator[Changement]:
    """Say what changed for those who receive."""
    lieu = "Qui reçoit"
    olds, news = ({item.cle: item for item in demarche.destinataires} for demarche in (avant, apres))
    for cle, item in news.items():
        old = olds.get(cle)
        if old is None:
            yield Changement(lieu, "+", f"Nouveau destinataire : {item.nom} ({cle}).")
        elif old != item:
            yield Changement(lieu, "~", f"{item.nom} ({cle}) : {', '.join(_recipient_changes(old, item))}.")
    for cle, item in olds.items():
        if cle not in news:
            yield Changement(lieu, "-", f"Destinataire retiré : {item.nom} ({cle}).")


def _recipient_changes(old: Any, new: Any) -> Iterator[str]:
    mots = (
        ("nom", "le nom"),
        ("si", "quand il reçoit"),
        ("regles", "les règles"),
        ("non_raccorde", "que faire s'il n'est pas raccordé"),
        ("finalite", "pourquoi"),
    )
    yield from (dit for nom, dit in mots if getattr(old, nom) != getattr(new, nom))
    if old.recoit != new.recoit:
        lots = (set(old.recoit or ()), set(new.recoit or ()))
        plus, moins = sorted(lots[1] - lots[0]), sorted(lots[0] - lots[1])
        tout = "reçoit désormais tout" if new.recoit is None else "ne reçoit plus tout" if old.recoit is None else ""
        parts = (
            tout,
            f"reçoit en plus {', '.join(plus)}" if plus and not tout else "",
            f"ne reçoit plus {', '.join(moins)}" if moins and not tout else "",
        )
        yield " ; ".join(filter(None, parts))


def around(avant: Demarche, apres: Demarche) -> Iterator[Changement]:
    """Say what else changed: facts, messages, computed values, tables, other languages."""
    yield from _plain(avant, apres, _AUTOUR, AUTOUR)
    old, new = (json.loads(demarche.canonique) for demarche in (avant, apres))
    for nom, mots in (("calculs", "Les valeurs calculées"), ("tables", "Les tables de décision")):
        if names := _keyed_changes(old["demarche"].get(nom, []), new["demarche"].get(nom, [])):
            yield Changement(AUTOUR, "~", f"{mots} : {names}.")
    for langue in sorted({*old["textes"], *new["textes"]}):
        if old["textes"].get(langue) != new["textes"].get(langue):
            what = "ajoutés" if langue not in old["textes"] else "retirés" if langue not in new["textes"] else "changés"
            yield Changement(AUTOUR, "~", f"Les textes en « {langue} » : {what}.")


def _keyed_changes(old: list[Any], new: list[Any]) -> str:
    olds, news = ({item["cle"]: item for item in items} for items in (old, new))
    signs = {cle: "+" if cle not in olds else "-" if cle not in news else "~" for cle in (*olds, *news) if olds.get(cle) != news.get(cle)}
    return ", ".join(f"{sign} {cle}" for cle, sign in signs.items())
