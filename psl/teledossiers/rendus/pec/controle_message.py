"""What `message.xml` and the header file must say, checked element by element (pure). Every fault is a sentence that names its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from psl.socle import reference
from psl.teledossiers.rendus.pec.balises import children, every, first, name, text, within
from psl.teledossiers.rendus.pec.message import METIER, PEC

NUMERO = re.compile(r"A-[0-9]-[0-9A-Z]{8,9}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}(Z|[+-][0-9]{2}:[0-9]{2})")
_MOT_DE_PASSE = re.compile(r"[!-~]{10}")
_COURRIEL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
ACCUSES = frozenset({"AVL", "ANL", "AND", "AVD"})

# The children each element must have, in order: « ? » may be absent, « + » once or more, « * » any number.
_LIEU = "Country Location Attention?"
_GRAMMAIRE = {
    "Message": "Header Body",
    "Header": "Routing Security Extras",
    "Routing": "MessageId FlowType Sender Recipients ConversationId? WriteMode? AckRequired AckType* AckTo?",
    "Sender": _LIEU,
    "Recipients": "Recipient+",
    "Recipient": _LIEU,
    "AckTo": _LIEU,
    "Location": "Siret Service Guichet?",
    "Security": "Horodatage DateTime Rejeu",
    "Rejeu": "NbRejeu Delais",
    "Extras": "EmailConfiguration?",
    "EmailConfiguration": "From Subject Body",
    "Body": "Content",
    "Content": "Aller",
    "Aller": "NumeroDemarche Teledemarche Routage PieceJointe* Document*",
    "EnteteMetierEnveloppe": "NumeroDemarche Teledemarche Routage PieceJointe* Document*",
    "Teledemarche": "NumeroTeledemarche MotDePasse Suivi Date IdentifiantPlateforme Email",
    "Routage": "Donnee+",
    "Donnee": "Id Valeur",
    "PieceJointe": "Intitule Code Fichier",
    "Document": "Code Nom FichierFormulaire",
    "FichierFormulaire": "FichierDonnees",
}
_DU_METIER = ("EnteteMetierEnveloppe", "Aller", "Teledemarche", "Routage", "Donnee", "PieceJointe", "Document", "FichierFormulaire")
_METIER = frozenset(mot.rstrip("?+*") for nom in _DU_METIER for mot in _GRAMMAIRE[nom].split()) | {"EnteteMetierEnveloppe"}


@dataclass(frozen=True, slots=True)
class Lu:
    """What was found in a message: who, what, and the members it names in the order it names them."""

    numero: str
    demarche: str
    date: str
    documents: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[str, str], ...]
    territoires: tuple[str, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """The members named."""
        return tuple(fichier for _, fichier in (*self.documents, *self.pieces))


def read(metier: etree._Element) -> Lu:
    """Return what the business part of a message (`Aller`, or the header file's root) says."""
    return Lu(
        numero=text(metier, "Teledemarche", "NumeroTeledemarche"),
        demarche=text(metier, "NumeroDemarche"),
        date=text(metier, "Teledemarche", "Date"),
        documents=tuple((text(un, "Code"), text(un, "FichierFormulaire", "FichierDonnees")) for un in every(metier, "Document")),
        pieces=tuple((text(une, "Code"), text(une, "Fichier")) for une in every(metier, "PieceJointe")),
        territoires=tuple(text(une, "Valeur") for une in within(metier, "Routage", "Donnee")),
    )


def check_message(racine: etree._Element) -> Iterator[str]:
    """Yield what is wrong in `message.xml`."""
    yield from check_shape(racine, "Message")
    tete, metier = first(racine, "Header"), first(racine, "Body", "Content", "Aller")
    if tete is not None:
        yield from _check_header(tete)
    if metier is None:
        yield "message.xml : il n'y a pas de Body/Content/Aller, rien à instruire n'est transmis."
        return
    yield from check_business(metier, "message.xml")
    if tete is not None:
        yield from _check_agreement(tete, read(metier))


def check_shape(element: etree._Element, attendu: str, chemin: str = "") -> Iterator[str]:
    """Yield the elements that are missing, unknown or out of order, and those in the wrong namespace or with a wrong prefix."""
    espace, nom = name(element)
    ici = f"{chemin}/{nom}" if chemin else nom
    if nom != attendu:
        yield f"L'élément « {nom[:60]} » est inattendu : il fallait « {attendu} »."
        return
    is_metier = nom in _METIER
    if espace != (METIER if is_metier else PEC):
        yield f"{ici} n'est pas dans l'espace de noms {'métier' if is_metier else 'de la PEC'}."
    if is_metier and element.prefix:
        yield f"{ici} a un préfixe : les logiciels qui ne connaissent pas les espaces de noms ne le trouveront pas."
    if nom in _GRAMMAIRE and not (nom == "Body" and chemin.endswith("EmailConfiguration")):
        enfants = children(element)
        if not re.fullmatch(_pattern(_GRAMMAIRE[nom]), "".join(f"{name(enfant)[1]} " for enfant in enfants)):
            yield f"{ici} doit contenir, dans l'ordre : {_GRAMMAIRE[nom]}."
            return
        for enfant in enfants:
            yield from check_shape(enfant, name(enfant)[1], ici)


def check_business(metier: etree._Element, fichier: str) -> Iterator[str]:
    """Yield what is wrong in the business part of a message or of a header file."""
    lu = read(metier)
    courriel = text(metier, "Teledemarche", "Email")
    instant = "2026-11-23T10:00:00.000+01:00"
    attendus = (
        (NUMERO.fullmatch(lu.numero), f"le numéro de télédossier « {lu.numero[:30]} » n'est pas de la forme A-1-ABCD2345."),
        (lu.demarche, "NumeroDemarche est vide."),
        (is_instant(lu.date), f"la date du télédossier « {lu.date[:40]} » n'est pas de la forme {instant}."),
        (_MOT_DE_PASSE.fullmatch(text(metier, "Teledemarche", "MotDePasse")), "MotDePasse n'a pas dix caractères visibles."),
        (not courriel or _COURRIEL.fullmatch(courriel), "Email n'est pas une adresse électronique."),
        (lu.territoires and all(lu.territoires), "Routage ne dit pas pour quel territoire."),
    )
    yield from (f"{fichier} : {phrase}" for is_right, phrase in attendus if not is_right)
    for sorte, paires in (("Document", lu.documents), ("PieceJointe", lu.pieces)):
        incomplets = (rang for rang, (code, nomme) in enumerate(paires, 1) if not code or not nomme)
        yield from (f"{fichier} : {sorte} n° {rang} n'a pas de code ou ne nomme pas de fichier." for rang in incomplets)


def notes(lu: Lu) -> Iterator[str]:
    """Yield what is no fault of the format and is worth knowing."""
    compact = lu.numero.replace("-", "")
    if NUMERO.fullmatch(lu.numero) and (len(compact) != 10 or reference.check_character(compact[1:-1]) != compact[-1]):
        yield f"La clé de contrôle de {lu.numero} n'est pas celle de cette plateforme : le numéro vient d'ailleurs, ou il est mal recopié."
    if not lu.documents:
        yield "Aucun Document : il n'y a ni formulaire ni récapitulatif."


def is_instant(texte: str) -> bool:
    """Say whether a text is a date with milliseconds and offset, and a date that exists."""
    if not _INSTANT.fullmatch(texte):
        return False
    try:
        datetime.fromisoformat(texte)
    except ValueError:
        return False
    return True


def _check_header(tete: etree._Element) -> Iterator[str]:
    if not text(tete, "Routing", "MessageId"):
        yield "message.xml : MessageId est vide ; il sert à reconnaître un message déjà reçu."
    if text(tete, "Routing", "AckRequired") not in ("true", "false"):
        yield "message.xml : AckRequired doit être true ou false."
    for accuse in within(tete, "Routing", "AckType"):
        if text(accuse) not in ACCUSES:
            yield f"message.xml : AckType « {text(accuse)[:20]} » est inconnu ; on connaît {', '.join(sorted(ACCUSES))}."
    if not is_instant(text(tete, "Security", "DateTime")):
        yield "message.xml : Security/DateTime n'est pas de la forme 2026-11-23T10:00:00.000+01:00."
    for nom in ("NbRejeu", "Delais"):
        if not re.fullmatch("[0-9]{1,4}", text(tete, "Security", "Rejeu", nom)):
            yield f"message.xml : Rejeu/{nom} doit être un nombre entier."


def _check_agreement(tete: etree._Element, lu: Lu) -> Iterator[str]:
    flux = text(tete, "Routing", "FlowType")
    services = {text(un, "Location", "Service") for un in within(tete, "Routing", "Recipients", "Recipient")}
    for nom, valeur in (("FlowType", flux), *(("le Service du destinataire", service) for service in sorted(services))):
        if valeur != lu.demarche:
            yield f"message.xml : {nom} (« {valeur[:40]} ») n'est pas la démarche (« {lu.demarche[:40]} »)."
    if not text(tete, "Routing", "MessageId").startswith(f"{lu.numero} "):
        yield "message.xml : MessageId ne commence pas par le numéro du télédossier."


def _pattern(grammaire: str) -> str:
    return "".join(f"(?:{mot.rstrip('?+*')} ){mot[-1] if mot[-1] in '?+*' else ''}" for mot in grammaire.split())
