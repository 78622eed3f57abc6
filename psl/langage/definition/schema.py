"""The schema of demarche.yaml, in one place: it checks the files, it is published as JSON Schema, it says what is translated."""

from typing import Any

from psl.langage.composants import COMPOSANTS
from psl.langage.definition.flux import FLUX
from psl.langage.feel.lexer import KEYWORDS, RESERVED
from psl.langage.source.formes import Forme, Liste, Objet, Ou, Releve, Selon, Table
from psl.langage.source.formes_simples import Booleen, Duree, Entier, Feel, Libre, Ligne, Markdown, Parmi
from psl.langage.source.yaml_strict import Chemin

# Names the forms, the messages and the conditions keep for themselves.
NOMS_RESERVES = frozenset({"aller", "chercher", "declaration", "revision", "csrfmiddlewaretoken", "numero", "titre", "service", "lien"})
NOMS_RESERVES |= KEYWORDS | RESERVED
TYPES_PIECES = ("application/pdf", "image/jpeg", "image/png")

CLE = Ligne(longueur=80, motif=r"[a-z][A-Za-z0-9_]*", exemple="dateMariage", aide="Nom stable : lettres sans accent, chiffres, _.")
TITRE = Ligne(longueur=200, traduit=True, aide="Ce que lit l'usager.")
AIDE = Markdown(longueur=2000, traduit=True, aide="Une explication, en Markdown restreint.")
SI = Feel(aide="Condition FEEL ; sans elle, toujours.")


def _check_key(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if valeur["cle"] in NOMS_RESERVES:
        releve.add((*chemin, "cle"), f"« {valeur['cle']} » est un mot réservé.", "Donnez une autre clé au champ.")


def _champ(type_: str) -> Objet:
    composant = COMPOSANTS[type_]
    communs: dict[str, Forme] = {"cle": CLE, "type": Parmi(valeurs=tuple(COMPOSANTS)), "si": SI}
    if not composant.has_value:
        return Objet(cles={**communs, **composant.cles}, requis=("cle", "texte"), propre=_check_key, aide=composant.__doc__ or "")
    communs |= {
        "libelle": TITRE,
        "libelles": Liste(
            de=Objet(cles={"si": SI, "libelle": Ligne(traduit=True)}, requis=("si", "libelle")),
            rang="libelle",
            aide="Autres libellés : le premier dont la condition est vraie.",
        ),
        "aide": AIDE,
        "exemple": Ligne(traduit=True, optionnel=True, aide="Un exemple de réponse."),
        "requis": Ou(formes={bool: Booleen(), str: Feel()}, attendu="true, false ou une condition", aide="true par défaut."),
        "defaut": Libre(aide="Réponse proposée, que l'usager peut changer."),
        "autocomplete": Ligne(longueur=40, motif="[a-z0-9 -]+", exemple="family-name", aide="Jeton HTML autocomplete ; off pour l'éviter."),
    }
    requis = ("cle", "libelle", *(("options",) if "options" in composant.cles else ()))
    return Objet(cles={**communs, **composant.cles}, requis=requis, propre=_check_key, aide=composant.__doc__ or "")


CHAMP = Selon(cle="type", formes={type_: _champ(type_) for type_ in COMPOSANTS})
CHAMPS = Liste(de=CHAMP, par="cle")


def _check_bloc(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if ("modele" in valeur) == ("champs" in valeur):
        releve.add(chemin, "Un bloc a soit « champs », soit « modele ».", "Gardez l'un des deux.")
    for cle in ("prefixe", "champs_retenus", "facultatifs", "concerne_usager"):
        if cle in valeur and "modele" not in valeur:
            releve.add((*chemin, cle), f"« {cle} » n'a de sens qu'avec « modele ».", "Retirez-la, ou nommez un modèle de bloc.")


_NOMS = Liste(de=Ligne(longueur=80))
BLOC = Objet(
    requis=("cle",),
    propre=_check_bloc,
    cles={
        "cle": CLE,
        "titre": TITRE,
        "titres": Liste(
            de=Objet(cles={"si": SI, "titre": Ligne(traduit=True)}, requis=("si", "titre")),
            rang="titre",
            aide="Autres titres : le premier dont la condition est vraie.",
        ),
        "si": SI,
        "aide": AIDE,
        "champs": CHAMPS,
        "modele": Ligne(longueur=40, motif="[a-z_]+", exemple="identite", aide="Un bloc réutilisable."),
        "prefixe": Ligne(longueur=40, motif="[a-z][A-Za-z0-9]*", exemple="identite1", aide="Les clés deviennent prefixe_membre."),
        "champs_retenus": Liste(de=Ligne(longueur=80), aide="Les membres du modèle à garder (tous par défaut)."),
        "facultatifs": Liste(de=Ligne(longueur=80), aide="Les membres du modèle qui ne sont pas exigés."),
        "concerne_usager": Booleen(aide="true quand ce bloc parle de la personne qui remplit : le navigateur peut alors compléter."),
    },
)
PAGE = Objet(requis=("cle", "titre", "blocs"), cles={"cle": CLE, "titre": TITRE, "si": SI, "blocs": Liste(de=BLOC, par="cle")})

MODELE = Objet(
    requis=("modele", "version", "champs"),
    cles={"modele": Ligne(longueur=40), "version": Entier(minimum=1, maximum=999), "champs": CHAMPS},
)


def _check_silence(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if (valeur["regime"] == "aucun") == ("delai" in valeur):
        releve.add(chemin, "« delai » va avec les régimes accord et rejet, et seulement eux.", "Écrivez par exemple delai: P2M.")
    _check_confirmed(valeur, chemin, releve)


def _check_confirmed(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if valeur.get("a_confirmer") and "source" not in valeur:
        releve.add(chemin, "Un fait à confirmer dit d'où il vient.", "Ajoutez source: …")


_TEXTE = Markdown(traduit=True)
_FAIT: dict[str, Forme] = {
    "texte": _TEXTE,
    "a_confirmer": Booleen(aide="true : le fait n'est pas établi ; la démarche ne va pas en production."),
    "source": Ligne(longueur=1000, aide="Le texte de loi ou le document qui l'établit."),
}
FAITS = Objet(
    requis=("silence", "recours", "responsable", "finalite", "base_legale", "conservation"),
    cles={
        "silence": Objet(
            requis=("regime", "texte"),
            propre=_check_silence,
            cles={
                "regime": Parmi(valeurs=("accord", "rejet", "aucun"), aide="Ce que vaut le silence de l'administration."),
                "delai": Duree(),
                **_FAIT,
            },
        ),
        "recours": Objet(requis=("texte",), cles=_FAIT, propre=_check_confirmed, aide="Voies et délais de recours."),
        "responsable": Ligne(longueur=500, traduit=True, aide="Responsable du traitement."),
        "finalite": Ligne(longueur=500, traduit=True),
        "base_legale": Ligne(longueur=1000, traduit=True),
        "conservation": Objet(requis=("brouillon", "recours", "trace"), cles={"brouillon": Duree(), "recours": Duree(), "trace": Duree()}),
    },
)
DEPART = Objet(
    requis=("qui", "a_preparer", "reponse", "donnees", "autrement"),
    cles={
        "qui": Markdown(traduit=True, aide="Qui peut faire la démarche."),
        "a_preparer": Liste(de=Ligne(longueur=500), traduit=True, aide="Ce qu'il faut avoir sous la main."),
        "reponse": Markdown(traduit=True, aide="Qui répond, et quand."),
        "donnees": Markdown(traduit=True, aide="Ce que deviennent les données."),
        "autrement": Markdown(traduit=True, aide="Faire sans ordinateur."),
    },
)
PIECE = Objet(
    requis=("code", "page", "libelle"),
    cles={
        "code": Ligne(longueur=80, motif="[A-Za-z][A-Za-z0-9_]*", exemple="PieceIdentite"),
        "page": Ligne(longueur=80, aide="La page où la pièce est demandée."),
        "libelle": TITRE,
        "aide": AIDE,
        "si": SI,
        "requis": Ou(formes={bool: Booleen(), str: Feel()}, attendu="true, false ou une condition", aide="true par défaut."),
        "types": Liste(de=Parmi(valeurs=TYPES_PIECES), minimum=1, aide="Types permis (tous les trois par défaut)."),
        "max_mo": Entier(minimum=1, maximum=50, aide="Taille d'un fichier, en mégaoctets (10 par défaut)."),
        "max_fichiers": Entier(minimum=1, maximum=20, aide="Nombre de fichiers (3 par défaut)."),
    },
)
DESTINATAIRE = Objet(
    requis=("cle", "nom", "regles", "recoit"),
    cles={
        "cle": CLE,
        "nom": Ligne(traduit=True),
        "regles": Liste(
            minimum=1,
            de=Objet(
                requis=("territoire", "motif"),
                cles={
                    "si": SI,
                    "territoire": Feel(aide="Le code du territoire compétent."),
                    "motif": Ligne(aide="Pourquoi ce service, pour l'agent."),
                },
            ),
            aide="La première règle vraie l'emporte.",
        ),
        "recoit": Ou(
            formes={str: Parmi(valeurs=("tout",)), list: _NOMS}, attendu="tout, ou une liste de clés", aide="Ce qui est transmis."
        ),
        "non_raccorde": Markdown(traduit=True, aide="Que faire si le service n'est pas raccordé."),
    },
)
MESSAGE = Objet(
    requis=("objet", "corps"),
    cles={"objet": Ligne(longueur=200, traduit=True, gabarit=True), "corps": Markdown(traduit=True, cles=True)},
)
DECISION = Objet(
    requis=("libelle",),
    cles={
        "libelle": TITRE,
        "lettre": Markdown(cles=True, aide="Lettre proposée à l'agent, en français seulement."),
        "recours": Booleen(aide="true : les voies de recours sont jointes à la réponse."),
    },
)

DEMARCHE = Objet(
    requis=(
        "format",
        "slug",
        "codes",
        "titre",
        "resume",
        "publics",
        "connexion",
        "duree_minutes",
        "depart",
        "faits",
        "pages",
        "destinataires",
    ),
    cles={
        "format": Entier(minimum=1, maximum=1, aide="Version du format : 1."),
        "slug": Ligne(longueur=80, motif="[a-z0-9]+(-[a-z0-9]+)*", exemple="acte-etat-civil", aide="Le nom du dossier. Ne change jamais."),
        "codes": Objet(
            requis=("psl",), cles={code: Ligne(longueur=80, motif=r"[\w-]+", exemple="EtatCivil") for code in ("psl", "hubee", "acronyme")}
        ),
        "titre": TITRE,
        "resume": Ligne(longueur=500, traduit=True),
        "publics": Liste(de=Parmi(valeurs=("particulier", "professionnel", "association")), minimum=1),
        "mots": Liste(de=Ligne(longueur=80), traduit=True, optionnel=True, aide="Mots de tous les jours qui la font trouver."),
        "actions": Table(
            de=Objet(requis=("titre",), cles={"titre": TITRE, "mots": Liste(de=Ligne(longueur=80), traduit=True, optionnel=True)}),
            aide="Plusieurs titres pour le même formulaire, selon un paramètre d'adresse.",
        ),
        "entree": Table(
            de=Objet(requis=("champ",), cles={"champ": Ligne()}), aide="Paramètres d'adresse permis, et le champ que chacun remplit."
        ),
        "connexion": Parmi(valeurs=("facultative", "requise", "sans")),
        "duree_minutes": Entier(minimum=1, maximum=240),
        "depart": DEPART,
        "faits": FAITS,
        "pages": Liste(de=PAGE, par="cle", minimum=1),
        "controles": Liste(
            de=Objet(requis=("si", "champ", "message"), cles={"si": SI, "champ": Ligne(), "message": Ligne(longueur=500, traduit=True)}),
            rang="message",
            aide="Erreurs qui tiennent à plusieurs réponses : si la condition est vraie, le message s'affiche au champ.",
        ),
        "pieces": Liste(de=PIECE, par="code"),
        "sorties": Liste(
            de=Objet(
                requis=("cle", "page", "si", "titre", "texte"),
                cles={"cle": CLE, "page": Ligne(), "si": SI, "titre": TITRE, "texte": _TEXTE},
            ),
            par="cle",
            aide="La démarche s'arrête après cette page et dit quoi faire.",
        ),
        "destinataires": Liste(de=DESTINATAIRE, par="cle", minimum=1),
        "coordonnees": Objet(cles={"courriel": Ligne(), "telephone": Ligne(), "langue": Booleen()}, aide="Les champs qui sont le contact."),
        "suivi": Objet(
            requis=("second_fait",),
            cles={
                "second_fait": Liste(
                    de=Ou(
                        formes={str: Parmi(valeurs=("courriel",)), dict: Objet(requis=("champ",), cles={"champ": Ligne(), "si": SI})},
                        attendu="courriel, ou un champ",
                    )
                )
            },
        ),
        "recherche": Objet(cles={"mots": _NOMS, "commune": Feel()}, aide="Ce par quoi les agents cherchent."),
        "declarations": Liste(
            de=Objet(requis=("cle", "libelle"), cles={"cle": CLE, "libelle": Ligne(longueur=500, traduit=True)}),
            par="cle",
            aide="Cases à cocher à la fin.",
        ),
        "messages": Table(de=Ou(formes={str: Markdown(traduit=True), dict: MESSAGE}, attendu="un texte, ou objet et corps")),
        "xml": FLUX,
        "decisions": Table(de=DECISION, aide="Les mots des réponses du service : acceptee, refusee, non_recevable, sans_suite."),
    },
)

ESSAI = Objet(
    requis=("nom", "reponses", "attendu"),
    cles={
        "nom": Ligne(longueur=200),
        "aujourdhui": Ligne(motif=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", exemple="2026-11-23"),
        "reponses": Table(de=Libre()),
        "referentiels": Objet(cles={"communes": _NOMS, "pays": _NOMS}, aide="Codes connus ; sans eux, tous le sont."),
        "attendu": Objet(
            cles={
                "pages": _NOMS,
                "erreurs": Table(de=Ligne(longueur=500)),
                "manques": _NOMS,
                "pieces": Table(de=Parmi(valeurs=("obligatoire", "facultative"))),
                "destinataires": Liste(de=Objet(requis=("cle",), cles={"cle": Ligne(), "territoire": Ligne(), "motif": Ligne()})),
                "sortie": Ou(formes={str: Ligne(), type(None): Libre()}, attendu="la clé d'une sortie"),
                "avis": _NOMS,
                "valeurs": Table(de=Libre()),
            }
        ),
    },
)


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of demarche.yaml (draft 2020-12), for editors."""
    schema = DEMARCHE.schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Définition d'une démarche PSL, format 1"} | schema
