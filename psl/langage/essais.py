"""Essais: answers, and what they must make. Run without a database, in milliseconds; a failing one shows the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from psl.langage.composants import Contexte, Invalide, Valeur
from psl.langage.definition import schema
from psl.langage.definition.objets import Champ, Demarche
from psl.langage.evaluation.lignes import Monde
from psl.langage.evaluation.lignes import check as check_rows
from psl.langage.evaluation.passe import walk
from psl.langage.evaluation.situation import Situation, offered, resolve
from psl.langage.feel import Value
from psl.langage.source import yaml_strict
from psl.langage.source.defauts import DefinitionInvalide
from psl.langage.source.formes import Releve


@dataclass(frozen=True, slots=True)
class Ecart:
    """A difference: what, what was expected, what came."""

    quoi: str
    attendu: str
    obtenu: str

    def __str__(self) -> str:
        return f"{self.quoi} : attendu {self.attendu} ; obtenu {self.obtenu}"


@dataclass(frozen=True, slots=True)
class Resultat:
    """What came of an essai."""

    fichier: str
    nom: str
    ecarts: tuple[Ecart, ...]

    @property
    def is_passed(self) -> bool:
        return not self.ecarts


class ReferentielsEssai:
    """The codes an essai knows; when it names none, all exist. Stands for the real référentiels, which are in the database."""

    def __init__(self, connus: Mapping[str, list[str]], donnees: Mapping[str, Any]) -> None:
        self.connus = connus
        self.donnees = donnees

    def commune(self, code: str) -> Mapping[str, Any] | None:
        """Give a commune, with the words the essai's answers have for it."""
        found = self.entree("communes", code)
        return None if found is None else {"code_postal": ""} | dict(found)

    def pays(self, code: str) -> Mapping[str, Any] | None:
        """Give a country, with the words the essai's answers have for it."""
        return self.entree("pays", code)

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        """Give an entry of a list, with the words the essai's answers have for it."""
        if code not in self.connus.get(nom, (code,)):
            return None
        return {"code": code, "libelle": code} | self._said(code)

    def nommee(self, nom: str, texte: str) -> Mapping[str, Any] | None:
        """Give nothing: an essai names entries by their code."""
        return None

    def _said(self, code: str) -> dict[str, Any]:
        waiting: list[Any] = [self.donnees]
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict):
                if item.get("code") == code:
                    return item
                waiting.extend(item.values())
            elif isinstance(item, list):
                waiting.extend(item)
        return {}


def run_all(demarche: Demarche, dossier: Path) -> list[Resultat]:
    """Run the essais of a folder by name, then those generated. Raises DefinitionInvalide when a file cannot be read."""
    return [
        run(demarche, fichier) for fichier in (*sorted(dossier.glob("essais/*.yaml")), *sorted(dossier.glob("essais/engendres/*.yaml")))
    ]


def run(demarche: Demarche, fichier: Path) -> Resultat:
    """Run one essai. Raises DefinitionInvalide when the file is not one."""
    arbre = yaml_strict.read(fichier, nom=f"essais/{fichier.name}")
    releve = Releve(arbre)
    schema.ESSAI.check(arbre.donnees, (), releve)
    if not releve.defauts and next(iter(arbre.donnees)) != "nom":
        releve.add((), "Un essai commence par son nom.", "Écrivez nom: … à la première ligne.")
    if not releve.defauts:
        _check_keys(demarche, arbre.donnees, releve)
    if releve.defauts:
        raise DefinitionInvalide(releve.defauts)
    return Resultat(fichier.name, arbre.donnees["nom"], tuple(compare(demarche, arbre.donnees)))


def _check_keys(demarche: Demarche, essai: Mapping[str, Any], releve: Releve) -> None:
    for cle in essai["reponses"]:
        if cle not in demarche.champs:
            releve.add(("reponses", cle), f"« {cle} » n'est pas un champ de la démarche.", "Corrigez la clé.")


def compare(demarche: Demarche, essai: Mapping[str, Any]) -> list[Ecart]:
    """Evaluate the answers of an essai as if each page had been sent, and list what differs from what it expects."""
    situation, erreurs = play(demarche, essai)
    obtenu = outcome(situation, erreurs)
    ecarts = []
    for quoi, attendu in essai["attendu"].items():
        if quoi == "erreurs":
            ecarts += _errors_differ(attendu, obtenu["erreurs"])
        elif quoi == "destinataires":
            ecarts += _recipients_differ(attendu, obtenu["destinataires"])
        elif quoi in ("calculs", "copies"):
            ecarts += _parts_differ(quoi, attendu, obtenu[quoi])
        elif _sorted(attendu, quoi) != _sorted(obtenu[quoi], quoi):
            ecarts.append(Ecart(quoi, str(attendu), str(obtenu[quoi])))
    return ecarts


def play(demarche: Demarche, essai: Mapping[str, Any]) -> tuple[Situation, Mapping[str, str]]:
    """Return the situation that the answers of an essai make, as if each page had been sent, and the answers refused."""
    lecteur = _Lecteur(demarche, essai)
    situation = walk(demarche, {}, aujourdhui=lecteur.aujourdhui, lire=lecteur.read)
    return situation, lecteur.erreurs


def outcome(situation: Situation, erreurs: Mapping[str, str]) -> dict[str, Any]:
    """Give what an essai may expect: the same words as in its file."""
    contredites = {**erreurs, **situation.erreurs}
    return {
        "pages": [vue.page.cle for vue in situation.pages],
        "erreurs": contredites,
        "manques": [manque.cle for manque in situation.manques if manque.cle not in contredites],
        "pieces": {attendue.piece.code: "obligatoire" if attendue.obligatoire else "facultative" for attendue in situation.pieces},
        "destinataires": [{"cle": d.cle, "territoire": d.territoire, "motif": d.motif} for d in situation.destinataires],
        "sortie": situation.sortie.cle if situation.sortie else None,
        "avis": [champ.cle for champ in situation.avis],
        "valeurs": situation.valeurs,
        "calculs": {cle: plain(valeur) for cle, valeur in situation.calculs.items()},
        "documents": [document.code for document in situation.documents()],
        "echeances": {echeance.cle: echeance.le.isoformat() for echeance in situation.echeances},
        "demarches_liees": [liee.demarche for liee in situation.demarches_liees()],
        "copies": {d.cle: sorted(situation.copy_for(d)) for d in situation.destinataires},
    }


def plain(valeur: Value) -> Any:
    """Give a computed value as an essai writes it: dates and durations as texts."""
    if isinstance(valeur, bool | int | Decimal) or valeur is None:
        return valeur
    return [plain(item) for item in valeur] if isinstance(valeur, list) else str(valeur)


class _Lecteur:
    """Gives each champ the answer of the essai, checked as a page would."""

    def __init__(self, demarche: Demarche, essai: Mapping[str, Any]) -> None:
        self.demarche = demarche
        self.reponses = essai["reponses"]
        self.aujourdhui = date.fromisoformat(essai.get("aujourdhui", "2026-01-01"))
        self.referentiels = ReferentielsEssai(essai.get("referentiels", {}), self.reponses)
        self.erreurs: dict[str, str] = {}

    def read(self, champ: Champ, contexte: dict[str, Value]) -> Valeur:
        valeur = self.reponses.get(champ.cle)
        if valeur is None or not champ.composant.has_value:
            return None
        options = offered(champ, contexte) if champ.options else ()
        shown = resolve(champ, contexte)
        vu = Contexte(shown.libelle, shown.exemple, self.demarche.langue, self.aujourdhui, self.referentiels, options, contexte)
        try:
            if champ.membres:
                return check_rows(champ, valeur, contexte, Monde(self.demarche.langue, self.aujourdhui, self.referentiels))
            return champ.composant.check(valeur, vu)
        except Invalide as invalide:
            self.erreurs[champ.cle] = invalide.message
            return None


def _sorted(value: Any, quoi: str) -> Any:
    return sorted(value) if quoi in ("manques", "avis") else value


def _errors_differ(attendu: Mapping[str, str], obtenu: Mapping[str, str]) -> list[Ecart]:
    ecarts = [
        Ecart(f"erreur de {cle}", f"« …{fragment}… »", f"« {obtenu[cle]} »" if cle in obtenu else "aucune")
        for cle, fragment in attendu.items()
        if fragment.lower() not in obtenu.get(cle, "").lower()
    ]
    return ecarts + [Ecart(f"erreur de {cle}", "aucune", f"« {message} »") for cle, message in obtenu.items() if cle not in attendu]


def _parts_differ(quoi: str, attendu: Mapping[str, Any], obtenu: Mapping[str, Any]) -> list[Ecart]:
    """Compare only what the essai names."""
    return [
        Ecart(f"{quoi} › {cle}", str(wanted), str(obtenu.get(cle)))
        for cle, wanted in attendu.items()
        if (sorted(wanted) if quoi == "copies" else wanted) != obtenu.get(cle)
    ]


def _recipients_differ(attendu: list[dict[str, str]], obtenu: list[dict[str, str]]) -> list[Ecart]:
    same = len(attendu) == len(obtenu) and all(wanted.items() <= found.items() for wanted, found in zip(attendu, obtenu, strict=True))
    return [] if same else [Ecart("destinataires", str(attendu), str(obtenu))]
