"""What a definition says in two places must agree: keys unique, references to what exists. Nothing can be compiled before."""

from collections.abc import Iterable, Mapping
from typing import Any

from psl.langage.definition.schema.champs import NOMS_RESERVES
from psl.langage.feel import parse
from psl.langage.source.formes import Releve, named, near
from psl.langage.source.yaml_strict import Chemin
from psl.langage.tables import parse_all


def check_references(donnees: Mapping[str, Any], releve: Releve) -> None:
    """Note duplicate keys, and references to champs, pages or pieces that do not exist, in a definition already expanded."""
    champs = _check_keys(donnees, releve)
    pages = tuple(page["cle"] for page in donnees["pages"])
    for chemin, cle in _references(donnees):
        if cle not in champs:
            releve.add(chemin, f"« {cle} » n'est pas un champ de la démarche ({named(chemin)}).", near(cle, tuple(champs)))
    for liste in ("pieces", "sorties"):
        for rang, item in enumerate(donnees.get(liste, ())):
            if item["page"] not in pages:
                releve.add((liste, rang, "page"), f"La page « {item['page']} » n'existe pas.", near(item["page"], pages))
    _check_received(donnees, champs, releve)
    _check_computed(donnees, champs, releve)


def _check_computed(donnees: Mapping[str, Any], champs: Mapping[str, Chemin], releve: Releve) -> None:
    """Note parameters, computed values and tables whose key is taken, and values that are computed from themselves."""
    seen = set(champs)
    for liste in ("parametres", "calculs", "tables"):
        for rang, item in enumerate(donnees.get(liste, ())):
            if item["cle"] in seen or item["cle"] in NOMS_RESERVES:
                releve.add((liste, rang, "cle"), f"« {item['cle']} » est déjà pris, ou réservé.", "Donnez une autre clé.")
            seen.add(item["cle"])
    reads = {item["cle"]: parse(item["valeur"]).names for item in donnees.get("calculs", ())}
    reads |= {table.nom: table.names for table in parse_all(donnees.get("tables", ()))}
    places = {item["cle"]: (liste, rang) for liste in ("calculs", "tables") for rang, item in enumerate(donnees.get(liste, ()))}
    for cle in (cle for cle in reads if cle in _reached(cle, reads)):
        liste, rang = places[cle]
        message = f"« {cle} » se calcule à partir d'elle-même."
        remede = "Retirez-la de ce qu'elle lit, même à travers d'autres calculs ou tables."
        releve.add((liste, rang, "valeur" if liste == "calculs" else "cle"), message, remede)


def _reached(start: str, reads: Mapping[str, frozenset[str]]) -> set[str]:
    """Give the computed values that one reads, itself or through others."""
    found: set[str] = set()
    waiting = [nom for nom in reads[start] if nom in reads]
    while waiting:
        nom = waiting.pop()
        if nom not in found:
            found.add(nom)
            waiting.extend(other for other in reads[nom] if other in reads)
    return found


def _check_keys(donnees: Mapping[str, Any], releve: Releve) -> dict[str, Chemin]:
    seen: dict[str, Chemin] = {}
    for chemin, champ in each_champ(donnees):
        if champ["cle"] in seen:
            message = f"Deux champs ont la clé « {champ['cle']} »."
            releve.add(
                chemin, message, f"Le premier est ligne {releve.arbre.line(seen[champ['cle']])} : donnez une autre clé, ou un préfixe."
            )
        seen.setdefault(champ["cle"], chemin)
    for rang, piece in enumerate(donnees.get("pieces", ())):
        if piece["code"] in seen:
            releve.add(("pieces", rang, "code"), f"« {piece['code']} » est déjà la clé d'un champ.", "Donnez un autre code à la pièce.")
    return seen


def each_champ(donnees: Mapping[str, Any]) -> Iterable[tuple[Chemin, Mapping[str, Any]]]:
    """Yield the path and the data of each champ, in document order."""
    for rang_page, page in enumerate(donnees["pages"]):
        for rang_bloc, bloc in enumerate(page["blocs"]):
            base: Chemin = ("pages", rang_page, "blocs", rang_bloc)
            for rang, champ in enumerate(bloc["champs"]):
                yield (base if "modele" in bloc or "repete" in bloc else (*base, "champs", rang)), champ


def _references(donnees: Mapping[str, Any]) -> Iterable[tuple[Chemin, str]]:
    for nom, item in donnees.get("entree", {}).items():
        yield ("entree", nom, "champ"), item["champ"]
    for rang, controle in enumerate(donnees.get("controles", ())):
        yield ("controles", rang, "champ"), controle["champ"]
    for cle in ("courriel", "telephone"):
        if cle in donnees.get("coordonnees", {}):
            yield ("coordonnees", cle), donnees["coordonnees"][cle]
    for rang, fait in enumerate(donnees.get("suivi", {}).get("second_fait", ())):
        if isinstance(fait, dict):
            yield ("suivi", "second_fait", rang, "champ"), fait["champ"]
    for rang, cle in enumerate(donnees.get("recherche", {}).get("mots", ())):
        yield ("recherche", "mots", rang), cle


def _check_received(donnees: Mapping[str, Any], champs: Iterable[str], releve: Releve) -> None:
    blocs = [bloc["cle"] for page in donnees["pages"] for bloc in page["blocs"]]
    known = (*champs, *(piece["code"] for piece in donnees.get("pieces", ())), *blocs)
    for rang, destinataire in enumerate(donnees["destinataires"]):
        for numero, cle in enumerate(destinataire["recoit"] if isinstance(destinataire["recoit"], list) else ()):
            if cle not in known:
                chemin = ("destinataires", rang, "recoit", numero)
                releve.add(chemin, f"« {cle} » n'est ni un champ, ni un bloc, ni une pièce.", near(cle, known))
