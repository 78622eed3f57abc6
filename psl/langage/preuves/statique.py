"""What can be said of a démarche before anyone fills it: names, types and order of conditions, recipients, texts, translations.

What stops compilation is said by `charger`; here is what would compile and go wrong. Facts to confirm are told apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psl.langage import tables, texte
from psl.langage.charger import Definition
from psl.langage.composants import COMPOSANTS
from psl.langage.definition.build_autour import in_order
from psl.langage.definition.coherence import each_champ
from psl.langage.derives.coherence import check_flux
from psl.langage.feel import parse, types
from psl.langage.feel.types import BOOLEAN, DATE, NUMBER, TEXT, Type
from psl.langage.source.defauts import Defaut
from psl.langage.source.formes import Releve, near
from psl.langage.source.yaml_strict import Chemin

# Values the platform gives to messages and letters. E-mails know nothing else: no answer goes by e-mail.
VALEURS_CONNUES = frozenset({"numero", "titre", "service"})
AUJOURDHUI = "aujourd'hui"


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression of a definition: where, its text, what it must give, and how far down the form it may look (rank of a champ)."""

    chemin: Chemin
    texte: str
    wanted: str
    horizon: int


def verify(definition: Definition) -> list[Defaut]:
    """List the findings of a definition that compiles, in the order of its files."""
    releve = Releve(definition.arbre)
    donnees = definition.expandee
    environnement = environment(donnees)
    ranks = known_ranks(donnees)
    for condition in _conditions(donnees):
        _check_condition(condition, environnement, ranks, releve)
    _check_rows(donnees, environnement, ranks, releve)
    _check_defaults(definition, releve)
    _check_placeholders(donnees, releve)
    _check_roles(donnees, releve)
    check_flux(donnees, environnement, releve)
    tables.check_sections(donnees.get("tables", ()), environnement, releve)
    found = [*releve.defauts]
    for langue in sorted(definition.textes):
        traduction = definition.translate(langue)
        arbre = definition.textes[langue]
        _check_placeholders(traduction.donnees, traduction.releve)
        found += traduction.releve.defauts
        found += [
            Defaut(arbre.fichier, arbre.line(chemin), f"Il manque la traduction de « {' › '.join(map(str, chemin))} ».", "Ajoutez-la.")
            for chemin in traduction.manquants
        ]
    return sorted(set(found))


def environment(donnees: Mapping[str, Any]) -> dict[str, Type]:
    """Give the static type of each name that conditions may read."""
    found = {champ["cle"]: COMPOSANTS[champ["type"]].build(champ) for _, champ in each_champ(donnees)}
    known = {cle: composant.static_type() for cle, composant in found.items() if composant.has_value} | {AUJOURDHUI: DATE}
    for parametre in donnees.get("parametres", ()):
        known[parametre["cle"]] = _type_of_parameter(parametre)
    textes = {item["cle"]: item["valeur"] for item in donnees.get("calculs", ())}
    decidees = {table.nom: table for table in tables.parse_all(donnees.get("tables", ()))}
    for calcul in in_order(donnees):
        table = decidees.get(calcul.cle)
        known[calcul.cle] = tables.check_table(table, known)[0] if table else types.check(parse(textes[calcul.cle]).tree, known)[0]
    return known


def known_ranks(donnees: Mapping[str, Any]) -> dict[str, int]:
    """Give the rank of each champ, and for a computed value that of the last answer it reads, itself or through others."""
    ranks = {champ["cle"]: rang for rang, (_, champ) in enumerate(each_champ(donnees))}
    for calcul in in_order(donnees):
        ranks[calcul.cle] = max((ranks.get(nom, -1) for nom in calcul.names), default=-1)
    return ranks


def _check_rows(donnees: Mapping[str, Any], environnement: Mapping[str, Type], ranks: Mapping[str, int], releve: Releve) -> None:
    """Check the conditions inside the rows of repeated blocs: they read their row, and what was answered before it."""
    for chemin, champ in each_champ(donnees):
        membres = champ.get("champs", ())
        composants = {membre["cle"]: COMPOSANTS[membre["type"]].build(membre) for membre in membres}
        inside = {**environnement, **{cle: composant.static_type() for cle, composant in composants.items()}}
        start = ranks[champ["cle"]]
        rangs = {**ranks, **{membre["cle"]: start + numero for numero, membre in enumerate(membres)}}
        for numero, membre in enumerate(membres):
            for condition in _of_champ(membre, (*chemin, "champs", numero), start + numero, start + len(membres)):
                _check_condition(condition, inside, rangs, releve)


def _type_of_parameter(parametre: Mapping[str, Any]) -> Type:
    valeur = parametre["valeurs"][0]["valeur"]
    if parametre.get("type") == "duree":
        return types.check(parse(f'duration("{valeur}")').tree, {})[0]
    if parametre.get("type") == "date":
        return DATE
    return BOOLEAN if isinstance(valeur, bool) else TEXT if isinstance(valeur, str) else NUMBER


def _conditions(donnees: Mapping[str, Any]) -> Iterator[Condition]:
    rang = 0
    ends: dict[str, int] = {}
    for rang_page, page in enumerate(donnees["pages"]):
        chemin: Chemin = ("pages", rang_page)
        yield from _si(page, chemin, rang)
        end = rang + sum(len(bloc["champs"]) for bloc in page["blocs"])
        for rang_bloc, bloc in enumerate(page["blocs"]):
            yield from _of_bloc(bloc, (*chemin, "blocs", rang_bloc), rang, end)
            rang += len(bloc["champs"])
        ends[page["cle"]] = end
    yield from _around(donnees, ends, rang)


def _of_bloc(bloc: Mapping[str, Any], chemin: Chemin, rang: int, end: int) -> Iterator[Condition]:
    yield from _si(bloc, chemin, rang)
    for numero, titre in enumerate(bloc.get("titres", ())):
        yield from _si(titre, (*chemin, "titres", numero), end)
    for numero, champ in enumerate(bloc["champs"]):
        yield from _of_champ(champ, chemin if "modele" in bloc else (*chemin, "champs", numero), rang + numero, end)


def _of_champ(champ: Mapping[str, Any], chemin: Chemin, rang: int, end: int) -> Iterator[Condition]:
    yield from _si(champ, chemin, rang)
    yield from _si(champ, chemin, end, cle="requis")
    for cle in ("libelles", "options"):
        for numero, item in enumerate(champ.get(cle, ())):
            yield from _si(item, (*chemin, cle, numero), rang)
    if champ["type"] == "date":
        for cle in ("min", "max"):
            yield from _si(champ, chemin, rang, cle=cle, wanted="date")


def _around(donnees: Mapping[str, Any], ends: Mapping[str, int], last: int) -> Iterator[Condition]:
    for rang, item in enumerate(donnees.get("controles", ())):
        yield from _si(item, ("controles", rang), last)
    for liste in ("pieces", "sorties"):
        for rang, item in enumerate(donnees.get(liste, ())):
            yield from _si(item, (liste, rang), ends[item["page"]])
            yield from _si(item, (liste, rang), ends[item["page"]], cle="requis")
    for rang, destinataire in enumerate(donnees["destinataires"]):
        for numero, regle in enumerate(destinataire["regles"]):
            chemin: Chemin = ("destinataires", rang, "regles", numero)
            yield from _si(regle, chemin, last)
            yield from _si(regle, chemin, last, cle="territoire", wanted="text")
    for rang, fait in enumerate(donnees.get("suivi", {}).get("second_fait", ())):
        if isinstance(fait, dict):
            yield from _si(fait, ("suivi", "second_fait", rang), last)
    yield from _si(donnees.get("recherche", {}), ("recherche",), last, cle="commune", wanted="text")


def _si(item: Mapping[str, Any], chemin: Chemin, horizon: int, *, cle: str = "si", wanted: str = "boolean") -> Iterator[Condition]:
    if isinstance(item.get(cle), str):
        yield Condition((*chemin, cle), item[cle], wanted, horizon)


def _check_condition(condition: Condition, environnement: Mapping[str, Type], ranks: Mapping[str, int], releve: Releve) -> None:
    expression = parse(condition.texte)
    found, faults = types.check(expression.tree, environnement)
    for fault in faults:
        releve.add(condition.chemin, f"Dans « {condition.texte} », caractère {fault.position + 1} : {fault.message}.", fault.remede)
    if not faults and found.kind not in (condition.wanted, "any", "null"):
        wanted = {"boolean": "vrai ou faux", "text": "un texte", "date": "une date"}[condition.wanted]
        releve.add(condition.chemin, f"« {condition.texte} » ne donne pas {wanted}.", "Écrivez une expression de cette sorte.")
    for nom in sorted(expression.names):
        if ranks.get(nom, -1) >= condition.horizon:
            message = f"« {condition.texte} » lit « {nom} », dont la réponse n'est pas encore connue à cet endroit."
            releve.add(condition.chemin, message, "Déplacez la question plus haut, ou lisez une réponse déjà donnée.")


def _check_defaults(definition: Definition, releve: Releve) -> None:
    demarche = definition.compile()
    for chemin, champ in each_champ(definition.expandee):
        if "defaut" in champ and not demarche.accepts(champ["cle"], champ["defaut"]):
            releve.add(
                (*chemin, "defaut"), f"« {champ['defaut']} » n'est pas une réponse possible à « {champ['cle']} ».", "Corrigez defaut."
            )


def _check_placeholders(donnees: Mapping[str, Any], releve: Releve) -> None:
    composants = {champ["cle"]: COMPOSANTS[champ["type"]] for _, champ in each_champ(donnees)}
    champs = {cle: composant for cle, composant in composants.items() if composant.has_value}
    members = {f"{cle}.{membre}" for cle, composant in champs.items() for membre in composant.feel_type.members}
    for chemin, source in _templates(donnees):
        known = tuple(sorted({*champs, *members, *VALEURS_CONNUES} if chemin[0] == "decisions" else VALEURS_CONNUES))
        for cle in sorted(_placeholders(source, is_line=chemin[-1] == "objet") - set(known)):
            releve.add(chemin, f"{{{{{cle}}}}} n'est pas une valeur connue ici.", near(cle, known))


def _placeholders(source: str, *, is_line: bool) -> frozenset[str]:
    return (texte.parse_line(source) if is_line else texte.parse(source)).cles


def _templates(donnees: Mapping[str, Any]) -> Iterable[tuple[Chemin, str]]:
    for cle, message in donnees.get("messages", {}).items():
        if isinstance(message, dict):
            yield from ((("messages", cle, partie), message[partie]) for partie in ("objet", "corps"))
    for cle, decision in donnees.get("decisions", {}).items():
        if "lettre" in decision:
            yield ("decisions", cle, "lettre"), decision["lettre"]


def _check_roles(donnees: Mapping[str, Any], releve: Releve) -> None:
    """Note champs of the wrong type for what they serve, and pages that nothing fills."""
    sortes = {champ["cle"]: champ["type"] for _, champ in each_champ(donnees)}
    roles: list[tuple[Chemin, str | None, str]] = [
        (("coordonnees", cle), donnees.get("coordonnees", {}).get(cle), cle) for cle in ("courriel", "telephone")
    ]
    for rang, fait in enumerate(donnees.get("suivi", {}).get("second_fait", ())):
        chemin: Chemin = ("suivi", "second_fait", rang)
        if isinstance(fait, dict):
            roles.append(((*chemin, "champ"), fait["champ"], "date"))
        elif "courriel" not in donnees.get("coordonnees", {}):
            releve.add(chemin, "Le second fait « courriel » demande un courriel.", "Ajoutez coordonnees: {courriel: …}.")
    for chemin, cle, sorte in roles:
        if cle and sortes[cle] != sorte:
            releve.add(chemin, f"« {cle} » est de type « {sortes[cle]} », il faut un champ de type « {sorte} ».", "Nommez un autre champ.")
    pages_des_pieces = {piece["page"] for piece in donnees.get("pieces", ())}
    for rang, page in enumerate(donnees["pages"]):
        if page["cle"] not in pages_des_pieces and not any(bloc["champs"] for bloc in page["blocs"]):
            releve.add(("pages", rang, "cle"), f"La page « {page['cle']} » n'a ni champ ni pièce : personne ne la verra.", "Retirez-la.")
