"""The schema of what is around the pages: legal facts, the register, pieces, recipients, parameters, computed values, what follows."""

from datetime import date
from decimal import Decimal
from typing import Any

from psl.langage.composants.piece_jointe import NATURES, TYPES_PIECES
from psl.langage.definition.schema.champs import AIDE, CLE, SI, TITRE
from psl.langage.source.formes import Forme, Liste, Objet, Ou, Releve
from psl.langage.source.formes_simples import Booleen, Duree, Entier, Feel, Jour, Ligne, Markdown, Nombre, Parmi
from psl.langage.source.yaml_strict import Chemin

_NOMS = Liste(de=Ligne(longueur=80))


def check_periods(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    """Note values of a parameter that hold on the same day, and periods that end before they begin."""
    spans = [
        (date.fromisoformat(item.get("du", "0001-01-01")), date.fromisoformat(item.get("au", "9999-12-31")), rang)
        for rang, item in enumerate(valeur["valeurs"])
    ]
    for debut, fin, rang in spans:
        if fin < debut:
            releve.add((*chemin, "valeurs", rang), "Cette période finit avant de commencer.", "Vérifiez « du » et « au ».")
    for (_, fin, _), (debut, _, rang) in zip(sorted(spans), sorted(spans)[1:], strict=False):
        if debut <= fin:
            message = f"Deux valeurs de « {valeur['cle']} » valent le {debut:%d/%m/%Y}."
            releve.add((*chemin, "valeurs", rang), message, "Arrêtez la première par « au », la veille.")


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
    requis=("silence", "recours", "conservation"),
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
        "conservation": Objet(
            requis=("brouillon", "recours", "trace"),
            cles={
                "brouillon": Duree(),
                "recours": Duree(),
                "trace": Duree(),
                "contenu": Duree(aide="Combien de temps le contenu est gardé de plus, par exemple P30D."),
                "a_partir_de": Feel(aide="La date d'où compte « contenu », par exemple dateRetour (la décision, sans elle)."),
            },
        ),
    },
)
TRAITEMENT = Objet(
    requis=("responsable", "finalite", "base_legale"),
    cles={
        "responsable": Ligne(longueur=500, traduit=True, aide="Responsable du traitement."),
        "finalite": Ligne(longueur=500, traduit=True, aide="À quoi servent les données."),
        "base_legale": Ligne(longueur=1000, traduit=True, aide="Le fondement : RGPD article 6, texte de loi."),
        "delegue": Ligne(longueur=500, traduit=True, optionnel=True, aide="Le délégué à la protection des données, et comment l'écrire."),
        "personnes": Liste(de=Ligne(longueur=200), traduit=True, optionnel=True, aide="De qui parlent les données."),
        "donnees": Liste(de=Ligne(longueur=200), traduit=True, optionnel=True, aide="Les sortes de données."),
        "sensibles": Liste(de=Ligne(longueur=80), aide="Les champs à protéger davantage : jamais dans un courriel, jamais triés."),
        "sous_traitants": Liste(de=Ligne(longueur=200), traduit=True, optionnel=True),
        "mesures": Liste(de=Ligne(longueur=300), traduit=True, optionnel=True, aide="Les mesures de sécurité qui lui sont propres."),
        "analyse_impact": Booleen(aide="true quand une analyse d'impact (AIPD) a été faite."),
    },
    aide="Le registre des traitements (RGPD, article 30).",
)
DEPART = Objet(
    requis=("qui", "reponse", "donnees", "autrement"),
    cles={
        "qui": Markdown(traduit=True, aide="Qui peut faire la démarche."),
        "a_preparer": Liste(de=Ligne(longueur=500), traduit=True, aide="Ce qu'il faut avoir sous la main ; sans elle, ce sont les pièces."),
        "reponse": Markdown(traduit=True, aide="Qui répond, et quand."),
        "donnees": Markdown(traduit=True, aide="Ce que deviennent les données."),
        "autrement": Markdown(traduit=True, aide="Faire sans ordinateur."),
    },
)
PIECE = Objet(
    requis=("code", "page", "libelle"),
    cles={
        "code": Ligne(longueur=80, motif="[A-Za-z][A-Za-z0-9_]*", exemple="PieceIdentite"),
        "nature": Parmi(valeurs=NATURES, aide="Ce qu'est le document (autre par défaut)."),
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
_DATEE = Objet(
    requis=("valeur",),
    cles={
        "valeur": Ou(
            formes={bool: Booleen(), int: Nombre(), Decimal: Nombre(), str: Ligne(longueur=200)},
            attendu="un nombre, true, false ou un texte",
        ),
        "du": Jour(aide="Premier jour où elle vaut (depuis toujours, sans lui)."),
        "au": Jour(aide="Dernier jour où elle vaut (encore aujourd'hui, sans lui)."),
        "source": Ligne(longueur=500, aide="Le texte de loi qui la fixe."),
    },
)
PARAMETRE = Objet(
    requis=("cle", "valeurs"),
    cles={
        "cle": CLE,
        "libelle": Ligne(longueur=200, aide="Ce que c'est, pour qui relit."),
        "type": Parmi(
            valeurs=("nombre", "texte", "oui_non", "date", "duree"), aide="nombre, texte ou oui_non selon la valeur, par défaut."
        ),
        "valeurs": Liste(de=_DATEE, minimum=1, aide="Une valeur par période. Deux périodes ne se recouvrent pas."),
    },
    propre=check_periods,
)
CALCUL = Objet(
    requis=("cle", "valeur"),
    cles={
        "cle": CLE,
        "valeur": Feel(aide="Ce qu'elle vaut, en FEEL : elle lit des réponses, des paramètres et d'autres calculs."),
        "libelle": Ligne(longueur=200, traduit=True, optionnel=True, aide="Avec lui, la valeur est montrée dans le récapitulatif."),
        "recapitulatif": Booleen(aide="true : montrée à l'usager et à l'agent."),
    },
)
DOCUMENT = Objet(
    requis=("code", "nom", "quand", "corps"),
    cles={
        "code": Ligne(longueur=80, motif="[A-Za-z][A-Za-z0-9_]*", exemple="Attestation"),
        "nom": TITRE,
        "quand": Parmi(valeurs=("depot", "prise", "acceptee", "refusee"), aide="Le moment où il est fait."),
        "si": SI,
        "pour": Liste(de=Parmi(valeurs=("usager", "agent")), minimum=1, aide="Qui le reçoit ([usager] par défaut)."),
        "corps": Markdown(traduit=True, cles=True, aide="Le texte du document ; {{cle}} y met une réponse ou un calcul."),
    },
)
ECHEANCE = Objet(
    requis=("cle", "le", "libelle"),
    cles={
        "cle": CLE,
        "si": SI,
        "le": Feel(aide="La date, en FEEL."),
        "libelle": TITRE,
        "texte": Markdown(traduit=True, aide="Ce qu'il faut faire."),
        "demarche": Ligne(longueur=80, motif=r"[\w-]+", exemple="InscriptionElectorale", aide="Le code PSL de la démarche à faire."),
        "lien": Ligne(longueur=500, motif="https://[^ ]+", exemple="https://www.service-public.fr", aide="L'adresse où aller."),
        "rappels": Liste(de=Duree(), aide="Combien de temps avant le rappeler, par exemple [P1M, P7D]."),
    },
)
LIEE = Objet(
    requis=("demarche",),
    cles={
        "demarche": Ligne(longueur=80, motif=r"[\w-]+", exemple="InscriptionElectorale", aide="Le code PSL de la démarche proposée."),
        "si": SI,
        "quand": Parmi(valeurs=("avant", "depot", "fin"), aide="Le moment où elle est proposée (depot par défaut)."),
        "libelle": Ligne(longueur=200, traduit=True, aide="La phrase qui la propose."),
        "lien": Ligne(longueur=500, motif="https://[^ ]+", exemple="https://www.service-public.fr", aide="Quand elle n'est pas ici."),
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
        "si": SI,
        "finalite": Ligne(longueur=500, traduit=True, optionnel=True, aide="Pourquoi il reçoit (registre des traitements)."),
        "calculs": Liste(de=Ligne(longueur=80), aide="Les valeurs calculées qu'il reçoit."),
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
