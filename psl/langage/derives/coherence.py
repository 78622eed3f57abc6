"""What a mapping says must agree with the rest of the definition: names that exist, lists complete, labels of choices only."""

from collections.abc import Mapping
from typing import Any

from psl.langage.feel import nodes, parse, types
from psl.langage.feel.types import ANY, TEXT, Type
from psl.langage.source.formes import Releve, near
from psl.langage.source.yaml_strict import Chemin

type Donnees = Mapping[str, Any]


def check_flux(donnees: Donnees, environnement: Mapping[str, Type], releve: Releve) -> None:
    """Note what is wrong in the sections `xml` and `json` of a definition; `environnement`: the static type of each name."""
    for section in ("xml", "json"):
        if flux := donnees.get(section):
            controle = _Controle({**environnement, "numero": TEXT}, flux.get("listes", {}), releve)
            controle.attributes(flux, (section,), controle.connus)
            controle.elements(flux, (section,), controle.connus)


class _Controle:
    """The names known, the lists of codes, where faults are noted."""

    def __init__(self, connus: Mapping[str, Type], listes: Mapping[str, Donnees], releve: Releve) -> None:
        self.connus = connus
        self.listes = listes
        self.releve = releve

    def elements(self, parent: Donnees, chemin: Chemin, connus: Mapping[str, Type]) -> None:
        for rang, element in enumerate(parent.get("elements", ())):
            self.element(element, (*chemin, "elements", rang), connus)

    def element(self, element: Donnees, chemin: Chemin, connus: Mapping[str, Type]) -> None:
        if "repete" in element:
            self.typed(element["repete"], (*chemin, "repete"), connus)
            connus = {**connus, element["comme"]: ANY}
        for cle in ("si", "valeur"):
            if cle in element:
                self.typed(element[cle], (*chemin, cle), connus)
        for rang, texte in enumerate(element.get("valeurs", ())):
            self.typed(texte, (*chemin, "valeurs", rang), connus)
        self.attributes(element, chemin, connus)
        if "liste" in element:
            self.codes(element, (*chemin, "liste"), connus)
        if element.get("forme") == "libelle" and not isinstance(parse(element["valeur"]).tree, nodes.Name):
            self.releve.add((*chemin, "forme"), "« libelle » demande la clé d'un champ.", "Écrivez valeur: cleDuChamp.")
        self.elements(element, chemin, connus)

    def attributes(self, element: Donnees, chemin: Chemin, connus: Mapping[str, Type]) -> None:
        for nom, texte in element.get("attributs", {}).items():
            self.typed(texte, (*chemin, "attributs", nom), connus)

    def typed(self, texte: str, chemin: Chemin, connus: Mapping[str, Type]) -> Type:
        found, faults = types.check(parse(texte).tree, connus)
        for fault in faults:
            self.releve.add(chemin, f"Dans « {texte} », caractère {fault.position + 1} : {fault.message}.", fault.remede)
        return found

    def codes(self, element: Donnees, chemin: Chemin, connus: Mapping[str, Type]) -> None:
        nom = element["liste"]
        if nom not in self.listes:
            self.releve.add(
                chemin, f"La liste « {nom} » n'existe pas.", near(nom, tuple(self.listes)) if self.listes else "Ajoutez listes: …"
            )
            return
        found, _ = types.check(parse(element["valeur"]).tree, connus)
        if found.values is None:
            self.releve.add(chemin, "Une liste de codes demande un champ de type choix.", "Nommez un autre champ, ou retirez liste.")
        elif manquants := sorted(found.values - set(self.listes[nom])):
            self.releve.add(chemin, f"La liste « {nom} » n'a pas de code pour : {', '.join(manquants)}.", "Ajoutez-les.")
