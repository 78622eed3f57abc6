"""From checked plain data to the frozen Demarche: everything around its pages."""

from collections.abc import Callable, Mapping
from typing import Any

from psl.langage.definition.build import build_controles, build_pages, expression
from psl.langage.definition.build_autour import (
    build_calculs,
    build_documents,
    build_echeances,
    build_liees,
    build_parametres,
    build_traitement,
)
from psl.langage.definition.entourage import Delais
from psl.langage.definition.flux import build_flux
from psl.langage.definition.objets import (
    Action,
    Codes,
    Conservation,
    Coordonnees,
    Decision,
    Declaration,
    Demarche,
    Depart,
    DestinatairePrevu,
    FaitJuridique,
    Faits,
    Message,
    Recherche,
    Regle,
    SecondFait,
    Silence,
)
from psl.langage.feel import parse
from psl.langage.tables import parse_all

type Donnees = Mapping[str, Any]

# The keys under which a definition writes FEEL, wherever they are. `requis` may also be true or false.
_FEEL = frozenset({"si", "requis", "min", "max", "territoire", "commune", "le", "a_partir_de"})


def build(
    donnees: Donnees, *, langue: str, langues: tuple[str, ...], canonique: bytes, digest: str, localiser: Callable[[str], Demarche]
) -> Demarche:
    """Make a démarche of a definition already checked and expanded, in the language of its texts."""
    lus = names_read({cle: item for cle, item in donnees.items() if cle not in ("xml", "json")})
    calculs = build_calculs(donnees)
    pages = build_pages(donnees, lus, calculs.places)
    champs = {champ.cle: champ for page in pages for bloc in page.blocs for champ in bloc.champs}
    entree = {nom: item["champ"] for nom, item in donnees.get("entree", {}).items()}
    parametre = _action_parameter(donnees, entree, champs)
    return Demarche(
        slug=donnees["slug"],
        langue=langue,
        langues=langues,
        digest=digest,
        canonique=canonique,
        codes=_codes(donnees["codes"]),
        titre=donnees["titre"],
        resume=donnees["resume"],
        **_listed(donnees),
        actions=_actions(donnees, [option.valeur for option in champs[entree[parametre]].options] if parametre else []),
        entree=entree,
        parametre_action=parametre,
        connexion=donnees["connexion"],
        duree_minutes=donnees.get("duree_minutes", 0),
        depart=Depart(**donnees["depart"] | {"a_preparer": tuple(donnees["depart"].get("a_preparer", ()))}),
        faits=_faits(donnees["faits"], donnees["traitement"]),
        traitement=build_traitement(donnees["traitement"]),
        delais=Delais(**donnees.get("delais", {})),
        parametres=build_parametres(donnees),
        calculs=calculs.tous,
        calculs_debut=calculs.debut,
        pages=pages,
        controles=build_controles(donnees),
        pieces=tuple(piece for page in pages for piece in page.pieces),
        sorties=tuple(sortie for page in pages for sortie in page.sorties),
        destinataires=tuple(_destinataire(item, donnees) for item in donnees["destinataires"]),
        coordonnees=Coordonnees(**donnees.get("coordonnees", {})),
        second_fait=tuple(_second_fait(item) for item in donnees.get("suivi", {}).get("second_fait", ())),
        recherche=_recherche(donnees.get("recherche", {})),
        declarations=tuple(Declaration(item["cle"], item["libelle"]) for item in donnees.get("declarations", ())),
        messages={cle: _message(item) for cle, item in donnees.get("messages", {}).items()},
        decisions={cle: Decision(**item) for cle, item in donnees.get("decisions", {}).items()},
        xml=build_flux(donnees.get("xml")),
        **_following(donnees) | {"json": build_flux(donnees.get("json"))},
        etats=donnees.get("etats", {}),
        entree_valeurs={nom: frozenset(item["valeurs"]) for nom, item in donnees.get("entree", {}).items() if "valeurs" in item},
        champs=champs,
        noms=dict.fromkeys(lus),
        localiser=localiser,
    )


def names_read(donnees: Any) -> frozenset[str]:
    """Give every name that some expression of a definition reads."""
    found = {nom for calcul in donnees.get("calculs", ()) for nom in parse(calcul["valeur"]).names} if isinstance(donnees, dict) else set()
    if isinstance(donnees, dict):
        found.update(*(table.names for table in parse_all(donnees.get("tables", ()))))
    waiting = [donnees]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            found.update(*(parse(value).names for cle, value in item.items() if cle in _FEEL and isinstance(value, str)))
            waiting.extend(value for value in item.values() if isinstance(value, dict | list))
    return frozenset(found | {"aujourd'hui"})


def _action_parameter(donnees: Donnees, entree: Mapping[str, str], champs: Mapping[str, Any]) -> str:
    actions = set(donnees.get("actions", ()))
    options = {nom: {option.valeur for option in champs[cle].options} for nom, cle in entree.items()}
    return next((nom for nom in entree if actions and actions <= options[nom]), "")


def _actions(donnees: Donnees, order: list[str]) -> tuple[Action, ...]:
    actions = donnees.get("actions", {})
    ranked = sorted(actions, key=lambda valeur: (order.index(valeur) if valeur in order else len(order), valeur))
    return tuple(Action(valeur, actions[valeur]["titre"], tuple(actions[valeur].get("mots", ()))) for valeur in ranked)


def _following(donnees: Donnees) -> dict[str, Any]:
    return {"documents": build_documents(donnees), "echeances": build_echeances(donnees), "demarches_liees": build_liees(donnees)}


def _listed(donnees: Donnees) -> dict[str, Any]:
    return {cle: tuple(donnees.get(cle, ())) for cle in ("publics", "mots", "themes", "fiches", "evenements")}


def _codes(donnees: Donnees) -> Codes:
    given: dict[str, Any] = {cle: tuple(code) if isinstance(code, list) else code for cle, code in donnees.items()}
    return Codes(**given)


def _faits(donnees: Donnees, traitement: Donnees) -> Faits:
    return Faits(
        silence=Silence(**donnees["silence"]),
        recours=FaitJuridique(**donnees["recours"]),
        responsable=traitement["responsable"],
        finalite=traitement["finalite"],
        base_legale=traitement["base_legale"],
        conservation=Conservation(**donnees["conservation"] | {"a_partir_de": expression(donnees["conservation"], "a_partir_de")}),
    )


def _destinataire(item: Donnees, donnees: Donnees) -> DestinatairePrevu:
    regles = tuple(Regle(expression(regle), parse(regle["territoire"]), regle["motif"]) for regle in item["regles"])
    recoit = None if item["recoit"] == "tout" else frozenset(_receivable(item["recoit"], donnees))
    texts = {cle: item[cle] for cle in ("non_raccorde", "finalite") if cle in item}
    return DestinatairePrevu(item["cle"], item["nom"], regles, recoit, si=expression(item), calculs=tuple(item.get("calculs", ())), **texts)


def _receivable(wanted: list[str], donnees: Donnees) -> set[str]:
    """Give keys and codes, where the key of a bloc stands for all its champs."""
    blocs = {bloc["cle"]: [champ["cle"] for champ in bloc["champs"]] for page in donnees["pages"] for bloc in page["blocs"]}
    champs = {cle for cles in blocs.values() for cle in cles}
    return {cle for nom in wanted for cle in ([nom] if nom in champs or nom not in blocs else blocs[nom])}


def _second_fait(item: str | Donnees) -> SecondFait:
    return SecondFait() if isinstance(item, str) else SecondFait(item["champ"], expression(item))


def _recherche(donnees: Donnees) -> Recherche:
    return Recherche(tuple(donnees.get("mots", ())), expression(donnees, "commune"))


def _message(item: str | Donnees) -> Message:
    return Message("", item) if isinstance(item, str) else Message(item["objet"], item["corps"])
