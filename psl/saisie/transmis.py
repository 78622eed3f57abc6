"""What the page that leads to a démarche already knows, handed over in its address: signed, short-lived, nothing of who the reader is.

Only what the definition declares in `entree` fills an answer; the rest says where the reader comes from, and brings them back there.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing

from psl.annuaire import queries as annuaire
from psl.demarches import queries as demarches
from psl.fiches import adresses
from psl.fiches import queries as fiches
from psl.langage.charger import Demarche

PERIODE = timedelta(hours=6)  # what is written in a period is read until the end of the next one
LONGUEUR = 1500
_CAS_MAX = 120
_signer = signing.Signer(salt="psl.saisie.transmis")


@dataclass(frozen=True, slots=True)
class Transmis:
    """What is handed over. `reponses` is the code of the answers to a guided search, `cas` the title of the case that was open."""

    demarche: str
    audience: str
    fiche: str
    reponses: str = ""
    cas: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Dit:
    """What the reader is reminded of: the page they come from and what they said there, each in its words."""

    titre: str
    retour: str
    dites: tuple[str, ...]


def period(now: datetime) -> int:
    """Return the rank of a period: two addresses written in the same one are the same."""
    return int(now.timestamp() // PERIODE.total_seconds())


def write(transmis: Transmis, *, now: datetime) -> str:
    """Return the parameter of an address; a commune that the démarche does not declare is left out."""
    kept = {nom: valeur for nom, valeur in asdict(transmis).items() if valeur}
    if "commune" in kept and "commune" not in demarches.by_code(transmis.demarche).entree:
        del kept["commune"]
    kept["cas"] = transmis.cas[:_CAS_MAX]
    return str(_signer.sign_object({**kept, "periode": period(now)}))


def read(jeton: str, demarche: Demarche, *, now: datetime) -> Transmis | None:
    """Return what a parameter hands over to this démarche; None when it is forged, expired, or another démarche's."""
    try:
        found: Any = _signer.unsign_object(jeton) if len(jeton) <= LONGUEUR else None
    except (signing.BadSignature, ValueError):
        return None
    if not isinstance(found, dict) or found.pop("periode", 0) not in {period(now), period(now) - 1}:
        return None
    try:
        transmis = Transmis(**found)
    except TypeError:  # signed by another version of the platform
        return None
    is_there = (transmis.audience, transmis.fiche) in fiches.summary()
    return transmis if transmis.demarche == demarche.codes.psl and is_there else None


def entries(transmis: Transmis, demarche: Demarche) -> dict[str, str]:
    """Return the entry parameters of a démarche that are known."""
    known = {"audience": transmis.audience, "fiche": transmis.fiche, "cas": transmis.cas, "commune": transmis.commune}
    return {nom: valeur for nom, valeur in known.items() if valeur and value_of(demarche, nom, valeur) is not None}


def value_of(demarche: Demarche, nom: str, texte: str) -> Any:
    """Return the answer that a text gives to an entry parameter, or None when the definition does not take it."""
    if demarche.accepts_entry(nom, texte):
        return texte
    champ = demarche.champs.get(demarche.entree.get(nom, ""))
    allowed = demarche.entree_valeurs.get(nom)
    if champ is None or champ.type != "commune" or (allowed is not None and texte not in allowed):
        return None
    return annuaire.referentiels.commune(texte)


def origin(transmis: Transmis | None) -> dict[str, str]:
    """Return what a brouillon keeps to show it again and to lead back."""
    kept = ("audience", "fiche", "reponses", "cas", "commune")
    return {nom: valeur for nom in kept if (valeur := getattr(transmis, nom))} if transmis is not None else {}


def tell(origine: Mapping[str, str]) -> Dit | None:
    """Return what a reader said on the page they come from; None when there is none, or it is no longer there."""
    audience, ident = origine.get("audience", ""), origine.get("fiche", "")
    found = fiches.summary().get((audience, ident)) if ident else None
    if found is None:
        return None
    answers = fiches.answers(audience, origine["reponses"]) if "reponses" in origine else None
    commune = annuaire.get_commune(origine["commune"]) if "commune" in origine else None
    dites = (*(answers.dites if answers else ()), *((origine["cas"],) if "cas" in origine else ()))
    if commune is not None:
        dites = (*dites, commune.libelle)
    kept = {"g": answers.code if answers else "", "commune": commune.code if commune else ""}
    return Dit(found.titre, adresses.here(audience, ident, **kept), dites)
