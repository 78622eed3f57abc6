"""A small démarche for the tests, and ways to change one thing in it."""

import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from psl.langage import charger
from psl.langage.charger import Definition
from psl.langage.definition.objets import Demarche
from psl.langage.evaluation import Situation, evaluate

JOUR = date(2026, 11, 23)
CATALOGUE = Path(__file__).parents[2] / "catalogue"

COMMUNES = {
    "17300": {"code": "17300", "libelle": "La Rochelle", "code_postal": "17000"},
    "75110": {"code": "75110", "libelle": "Paris 10e Arrondissement", "code_postal": "75010"},
}
PAYS = {"99100": {"code": "99100", "libelle": "France"}, "99131": {"code": "99131", "libelle": "Belgique"}}


class Referentiels:
    """Two communes, two countries."""

    def commune(self, code: str) -> dict[str, str] | None:
        return COMMUNES.get(code)

    def pays(self, code: str) -> dict[str, str] | None:
        return PAYS.get(code)

    def entree(self, nom: str, code: str) -> dict[str, str] | None:
        return {"code": code, "libelle": f"{nom} {code}", "debut": "2026-12-01T09:30"} if code in ("17", "ok") else None

    def nommee(self, nom: str, texte: str) -> dict[str, str] | None:
        return self.entree(nom, "17") if texte == f"{nom} 17" else None


REFERENTIELS = Referentiels()

TEMOIN: dict[str, Any] = {
    "format": 2,
    "slug": "temoin",
    "codes": {"psl": "Temoin"},
    "titre": "Demander un témoin",
    "resume": "Une démarche pour les essais.",
    "publics": ["particulier"],
    "mots": ["essai"],
    "actions": {"NEUF": {"titre": "Demander un témoin neuf"}, "COPIE": {"titre": "Demander une copie de témoin"}},
    "entree": {"quoi": {"champ": "quoi"}},
    "connexion": "facultative",
    "duree_minutes": 5,
    "depart": {"qui": "Tous.", "a_preparer": ["Rien."], "reponse": "La mairie.", "donnees": "Effacées.", "autrement": "À la mairie."},
    "faits": {
        "silence": {"regime": "rejet", "delai": "P2M", "texte": "Deux mois."},
        "recours": {"texte": "Le tribunal."},
        "conservation": {"brouillon": "P30D", "recours": "P1Y", "trace": "P3Y"},
    },
    "traitement": {"responsable": "La commune", "finalite": "Répondre", "base_legale": "Mission d'intérêt public"},
    "pages": [
        {
            "cle": "demande",
            "titre": "Votre demande",
            "blocs": [
                {
                    "cle": "objet",
                    "titre": "L'objet",
                    "titres": [{"si": 'quoi = "COPIE"', "titre": "La copie"}],
                    "champs": [
                        {
                            "cle": "quoi",
                            "type": "choix",
                            "libelle": "Que voulez-vous ?",
                            "options": [{"valeur": "NEUF", "libelle": "Un neuf"}, {"valeur": "COPIE", "libelle": "Une copie"}],
                        },
                        {
                            "cle": "raison",
                            "type": "texte",
                            "libelle": "Pourquoi ?",
                            "libelles": [{"si": 'quoi = "COPIE"', "libelle": "Pourquoi une copie ?"}],
                            "exemple": "Perdu",
                            "requis": 'urgent = true or quoi = "COPIE"',
                        },
                        {"cle": "urgent", "type": "case", "libelle": "C'est urgent", "requis": False},
                        {"cle": "avis", "type": "information", "texte": "**Vite** dit.", "si": "urgent = true"},
                    ],
                }
            ],
        },
        {
            "cle": "details",
            "titre": "Les détails",
            "si": 'quoi = "COPIE"',
            "blocs": [
                {
                    "cle": "copie",
                    "champs": [
                        {"cle": "faite_le", "type": "date", "libelle": "Faite le", "max": "aujourd'hui"},
                        {"cle": "rendue_le", "type": "date", "libelle": "Rendue le", "requis": False},
                        {
                            "cle": "couleur",
                            "type": "choix",
                            "libelle": "Couleur",
                            "options": [
                                {"valeur": "VERT", "libelle": "Vert"},
                                {"valeur": "ROUGE", "libelle": "Rouge", "si": "urgent = true"},
                            ],
                        },
                    ],
                }
            ],
        },
        {
            "cle": "vous",
            "titre": "Vous",
            "blocs": [
                {
                    "cle": "identite",
                    "modele": "identite",
                    "prefixe": "moi",
                    "champs_retenus": ["nomFamille", "prenoms"],
                    "facultatifs": ["prenoms"],
                },
                {
                    "cle": "contact",
                    "champs": [
                        {"cle": "commune", "type": "commune", "libelle": "Commune"},
                        {"cle": "courriel", "type": "courriel", "libelle": "Courriel"},
                    ],
                },
            ],
        },
        {"cle": "pieces", "titre": "Vos pièces", "blocs": []},
    ],
    "controles": [{"si": "rendue_le < faite_le", "champ": "rendue_le", "message": "Rendue avant d'être faite. Vérifiez les dates."}],
    "pieces": [
        {"code": "Preuve", "page": "pieces", "libelle": "La preuve", "si": 'quoi = "COPIE"', "requis": "urgent = true"},
    ],
    "sorties": [
        {
            "cle": "ailleurs",
            "page": "demande",
            "si": 'raison = "ailleurs"',
            "titre": "Ailleurs",
            "texte": "Allez [ailleurs](https://exemple.fr).",
        }
    ],
    "destinataires": [
        {
            "cle": "mairie",
            "nom": "La mairie",
            "regles": [
                {"si": "urgent = true", "territoire": '"00000"', "motif": "urgence"},
                {"territoire": "commune.code", "motif": "commune"},
            ],
            "recoit": "tout",
        },
        {
            "cle": "atelier",
            "nom": "L'atelier",
            "regles": [{"si": 'quoi = "COPIE"', "territoire": '"A1"', "motif": "copie"}],
            "recoit": ["objet", "Preuve"],
        },
    ],
    "coordonnees": {"courriel": "courriel"},
    "suivi": {"second_fait": ["courriel", {"champ": "faite_le", "si": 'quoi = "COPIE"'}]},
    "recherche": {"mots": ["moi_nomFamille"], "commune": "commune.code"},
    "declarations": [{"cle": "exact", "libelle": "C'est exact."}],
    "messages": {"accuse": {"objet": "Reçu {{numero}}", "corps": "Merci. {{service}} vous répondra."}, "suite": "À suivre."},
    "decisions": {"acceptee": {"libelle": "Acceptée", "lettre": "Voici {{quoi}}, {{moi_prenoms}} de {{commune.libelle}}."}},
}

COPIE: dict[str, Any] = {
    "quoi": "COPIE",
    "raison": "Perdu",
    "urgent": False,
    "faite_le": "2020-01-31",
    "couleur": "VERT",
    "moi_nomFamille": "Martin",
    "commune": COMMUNES["17300"],
    "courriel": "camille@exemple.fr",
}


def changed(*changes: tuple[str, Any]) -> dict[str, Any]:
    """Copy the definition with values changed at dotted paths (`pages.0.titre`); `...` as a value removes the key."""
    donnees = copy.deepcopy(TEMOIN)
    for path, value in changes:
        *parents, last = (int(part) if part.isdecimal() else part for part in path.split("."))
        here = donnees
        for part in parents:
            here = here[part]
        if value is ...:
            del here[last]
        else:
            here[last] = value
    return donnees


def write(folder: Path, donnees: Any, *, en: Any = None, essais: dict[str, Any] | None = None) -> Path:
    """Write a definition as a folder of the catalogue."""
    dossier = folder / "temoin"
    (dossier / "textes").mkdir(parents=True, exist_ok=True)
    (dossier / "essais").mkdir(exist_ok=True)
    _dump(dossier / "demarche.yaml", donnees)
    if en is not None:
        _dump(dossier / "textes" / "en.yaml", en)
    for nom, essai in (essais or {}).items():
        _dump(dossier / "essais" / f"{nom}.yaml", essai)
    return dossier


def _dump(path: Path, donnees: Any) -> None:
    texte = (
        donnees if isinstance(donnees, str) else yaml.dump(donnees, Dumper=_SansAlias, allow_unicode=True, sort_keys=False, width=10_000)
    )
    path.write_text(texte, "utf-8")


class _SansAlias(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def definition(folder: Path, *changes: tuple[str, Any], en: Any = None) -> Definition:
    return charger.read_definition(write(folder, changed(*changes), en=en))


def demarche(folder: Path, *changes: tuple[str, Any], en: Any = None) -> Demarche:
    return definition(folder, *changes, en=en).compile()


def situation(demarche: Demarche, **reponses: Any) -> Situation:
    return evaluate(demarche, reponses, aujourdhui=JOUR)


@dataclass(frozen=True)
class Faute:
    """A fault made on purpose in the definition, and what is said of it."""

    changes: tuple[tuple[str, Any], ...]
    dit: list[str]

    def __str__(self) -> str:
        return " ".join(path for path, _ in self.changes)


def fautes(nom: str) -> list[Faute]:
    """Read the faults of a file beside the tests; `~retirer` takes a key away."""
    lues = yaml.safe_load((Path(__file__).parent / f"fautes_{nom}.yaml").read_text("utf-8"))
    return [
        Faute(tuple((path, ... if value == "~retirer" else value) for path, value in faute["change"].items()), faute["dit"])
        for faute in lues
    ]
