"""The schema of pages, blocs and champs: what a démarche asks."""

from typing import Any

from psl.langage.composants import COMPOSANTS
from psl.langage.feel.lexer import KEYWORDS, RESERVED
from psl.langage.source.formes import Forme, Liste, Objet, Ou, Releve, Selon
from psl.langage.source.formes_simples import Booleen, Entier, Feel, Libre, Ligne, Markdown, Parmi
from psl.langage.source.yaml_strict import Chemin

# Names the forms, the messages and the conditions keep for themselves.
NOMS_RESERVES = frozenset({"aller", "chercher", "declaration", "revision", "csrfmiddlewaretoken", "numero", "titre", "service", "lien"})
NOMS_RESERVES |= KEYWORDS | RESERVED

# A repeated bloc becomes a champ of type « repetition » (definition.modeles): nobody writes one.
_ECRITS = tuple(type_ for type_ in COMPOSANTS if type_ != "repetition")

CLE = Ligne(longueur=80, motif=r"[a-z][A-Za-z0-9_]*", exemple="dateMariage", aide="Nom stable : lettres sans accent, chiffres, _.")
TITRE = Ligne(longueur=200, traduit=True, aide="Ce que lit l'usager.")
AIDE = Markdown(longueur=2000, traduit=True, aide="Une explication, en Markdown restreint.")
SI = Feel(aide="Condition FEEL ; sans elle, toujours.")


def _check_key(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if valeur["cle"] in NOMS_RESERVES:
        releve.add((*chemin, "cle"), f"« {valeur['cle']} » est un mot réservé.", "Donnez une autre clé au champ.")


def _check_champ(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    _check_key(valeur, chemin, releve)
    if valeur["type"] in ("choix", "choix_multiple") and ("options" in valeur) == ("referentiel" in valeur):
        releve.add(chemin, "Un choix a soit « options », soit « referentiel ».", "Gardez l'un des deux.")
    if "motif" in valeur and "exemple" not in valeur:
        releve.add(
            (*chemin, "motif"), "Un motif demande un exemple : l'usager le lit quand sa réponse ne convient pas.", "Ajoutez exemple: …"
        )


_REQUIS = {"declaration_honneur": ("texte",), "recherche": ("api",), "rendez_vous": ("agenda",)}


def _champ(type_: str) -> Objet:
    composant = COMPOSANTS[type_]
    communs: dict[str, Forme] = {"cle": CLE, "type": Parmi(valeurs=_ECRITS), "si": SI}
    if type_ == "information":
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
    if not composant.has_value:
        communs = {cle: communs[cle] for cle in ("cle", "type", "si", "libelle", "aide", "requis")}
    requis = ("cle", "libelle", *_REQUIS.get(type_, ()))
    return Objet(cles={**communs, **composant.cles}, requis=requis, propre=_check_champ, aide=composant.__doc__ or "")


CHAMP = Selon(cle="type", formes={type_: _champ(type_) for type_ in _ECRITS})
CHAMPS = Liste(de=CHAMP, par="cle")
REPETITION = Objet(
    requis=("libelle",),
    cles={
        "libelle": Ligne(longueur=120, traduit=True, aide="Ce qu'est une ligne, au singulier : « Personne à prévenir »."),
        **COMPOSANTS["repetition"].cles,
    },
    aide="Le bloc est rempli plusieurs fois, de min à max.",
)
# The same once expanded: what translations and checks walk.
CHAMP_REPETITION = Objet(
    requis=("cle", "libelle", "champs"),
    cles={**REPETITION.cles, "cle": CLE, "type": Parmi(valeurs=("repetition",)), "si": SI, "champs": Liste(de=CHAMP, par="cle")},
)
CHAMP_ETENDU = Selon(cle="type", formes={**CHAMP.formes, "repetition": CHAMP_REPETITION})


def _check_bloc(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if ("modele" in valeur) == ("champs" in valeur):
        releve.add(chemin, "Un bloc a soit « champs », soit « modele ».", "Gardez l'un des deux.")
    if "repetition" in valeur:
        minimum, maximum = valeur["repetition"].get("min", 1), valeur["repetition"].get("max", 10)
        if minimum > maximum:
            releve.add((*chemin, "repetition"), f"min ({minimum}) dépasse max ({maximum}).", "Corrigez l'un des deux.")
    for cle in ("prefixe", "champs_retenus", "facultatifs", "concerne_usager", "version"):
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
        "repetition": REPETITION,
        "version": Entier(minimum=1, maximum=999, aide="La version du modèle attendue : un changement du modèle se voit."),
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
