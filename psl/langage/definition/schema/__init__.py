"""The schema of demarche.yaml, in one place: it checks the files, it is published as JSON Schema, it says what is translated."""

from typing import Any

from psl.langage.definition.flux import FLUX, FLUX_JSON
from psl.langage.definition.migrations import FORMAT
from psl.langage.definition.schema.champs import BLOC, CHAMP, CHAMP_ETENDU, CHAMPS, CLE, MODELE, NOMS_RESERVES, PAGE, SI, TITRE
from psl.langage.definition.schema.entour import (
    CALCUL,
    DECISION,
    DEPART,
    DESTINATAIRE,
    DOCUMENT,
    ECHEANCE,
    FAITS,
    LIEE,
    MESSAGE,
    PARAMETRE,
    PIECE,
    TRAITEMENT,
)
from psl.langage.source.formes import Liste, Objet, Ou, Table
from psl.langage.source.formes_simples import Booleen, Duree, Entier, Feel, Jour, Libre, Ligne, Markdown, Parmi
from psl.langage.tables import TABLE

__all__ = ["BLOC", "CHAMP", "CHAMPS", "CHAMP_ETENDU", "DEMARCHE", "ESSAI", "MODELE", "NOMS_RESERVES", "PAGE", "json_schema"]

_NOMS = Liste(de=Ligne(longueur=80))
_TEXTE = Markdown(traduit=True)
_EXTENDS = "L'archétype ou la démarche dont celle-ci reprend tout, sauf ce qu'elle réécrit."

DEMARCHE = Objet(
    requis=(
        "format",
        "slug",
        "codes",
        "titre",
        "resume",
        "publics",
        "connexion",
        "depart",
        "faits",
        "traitement",
        "pages",
        "destinataires",
    ),
    cles={
        "format": Entier(minimum=FORMAT, maximum=FORMAT, aide=f"Version du format : {FORMAT}."),
        "extends": Ligne(longueur=80, motif="(?:archetype/)?[a-z0-9]+(-[a-z0-9]+)*", exemple="archetype/demande-simple", aide=_EXTENDS),
        "slug": Ligne(longueur=80, motif="[a-z0-9]+(-[a-z0-9]+)*", exemple="acte-etat-civil", aide="Le nom du dossier. Ne change jamais."),
        "codes": Objet(
            requis=("psl",),
            cles={
                **{code: Ligne(longueur=80, motif=r"[\w-]+", exemple="EtatCivil") for code in ("psl", "hubee", "acronyme")},
                "anciens": Liste(de=Ligne(longueur=80, motif=r"[\w-]+", exemple="EtatCivil"), aide="Les codes d'adresses plus anciennes."),
                "cerfa": Liste(de=Ligne(longueur=20, motif=r"[0-9]{5}(\*[0-9]{2})?", exemple="12669*02"), aide="Les formulaires Cerfa."),
            },
        ),
        "titre": TITRE,
        "resume": Ligne(longueur=500, traduit=True),
        "publics": Liste(de=Parmi(valeurs=("particulier", "professionnel", "association")), minimum=1),
        "mots": Liste(de=Ligne(longueur=80), traduit=True, optionnel=True, aide="Mots de tous les jours qui la font trouver."),
        "themes": Liste(de=Ligne(longueur=80, motif="[a-z0-9-]+", exemple="papiers-citoyennete"), aide="Les thèmes où elle se range."),
        "fiches": Liste(de=Ligne(longueur=10, motif="[FRN][0-9]{1,6}", exemple="F870"), aide="Les fiches de service-public.fr."),
        "evenements": Liste(de=Ligne(longueur=80, motif="[a-z0-9-]+", exemple="je-demenage"), aide="Les événements de vie."),
        "actions": Table(
            de=Objet(requis=("titre",), cles={"titre": TITRE, "mots": Liste(de=Ligne(longueur=80), traduit=True, optionnel=True)}),
            aide="Plusieurs titres pour le même formulaire, selon un paramètre d'adresse.",
        ),
        "entree": Table(
            de=Objet(
                requis=("champ",),
                cles={"champ": Ligne(), "valeurs": Liste(de=Ligne(longueur=80), minimum=1, aide="Les seules valeurs permises.")},
            ),
            aide="Paramètres d'adresse permis, et le champ que chacun remplit.",
        ),
        "connexion": Parmi(valeurs=("facultative", "requise", "sans")),
        "duree_minutes": Entier(minimum=1, maximum=240, aide="Le temps annoncé ; sans lui, il est estimé."),
        "depart": DEPART,
        "faits": FAITS,
        "traitement": TRAITEMENT,
        "delais": Objet(
            cles={"reponse": Duree(aide="Temps de réponse annoncé."), "complement": Duree(aide="Temps donné pour compléter (P1M…).")},
            aide="Les délais, quand ils ne sont pas ceux de la plateforme.",
        ),
        "parametres": Liste(de=PARAMETRE, par="cle", aide="Des valeurs fixées par la loi, chacune avec ses dates."),
        "calculs": Liste(de=CALCUL, par="cle", aide="Des valeurs calculées à partir des réponses."),
        "tables": Liste(
            de=TABLE, par="cle", aide="Des tables de décision (DMN) : chacune donne une valeur, que les conditions lisent par sa clé."
        ),
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
        "json": FLUX_JSON,
        "documents": Liste(de=DOCUMENT, par="code", aide="Les documents faits par la plateforme."),
        "echeances": Liste(de=ECHEANCE, par="cle", aide="Les dates à ne pas manquer, que ces réponses font connaître."),
        "demarches_liees": Liste(de=LIEE, rang="libelle", aide="Les démarches à proposer."),
        "etats": Table(de=Ligne(longueur=200, traduit=True), aide="Les mots d'un état, quand ils ne sont pas ceux de la plateforme."),
        "decisions": Table(de=DECISION, aide="Les mots des réponses du service : acceptee, refusee, non_recevable, sans_suite."),
    },
)

ESSAI = Objet(
    requis=("nom", "reponses", "attendu"),
    cles={
        "nom": Ligne(longueur=200),
        "aujourdhui": Ligne(motif=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", exemple="2026-11-23"),
        "reponses": Table(de=Libre()),
        "referentiels": Table(de=_NOMS, aide="Codes connus, par liste (communes, pays, departements…) ; sans eux, tous le sont."),
        "attendu": Objet(
            cles={
                "pages": _NOMS,
                "erreurs": Table(de=Ligne(longueur=500)),
                "manques": _NOMS,
                "pieces": Table(de=Parmi(valeurs=("obligatoire", "facultative"))),
                "destinataires": Liste(de=Objet(requis=("cle",), cles={"cle": Ligne(), "territoire": Ligne(), "motif": Ligne()})),
                "sortie": Ou(formes={str: Ligne(), type(None): Libre()}, attendu="la clé d'une sortie"),
                "avis": _NOMS,
                "calculs": Table(de=Libre()),
                "documents": _NOMS,
                "echeances": Table(de=Jour()),
                "demarches_liees": _NOMS,
                "copies": Table(de=_NOMS),
                "valeurs": Table(de=Libre()),
            }
        ),
    },
)


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of demarche.yaml (draft 2020-12), for editors."""
    schema = DEMARCHE.schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Définition d'une démarche PSL, format {FORMAT}"} | schema
