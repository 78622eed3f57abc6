"""The words of states, acts and clocks, in the reader's language."""

from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext, gettext_noop, ngettext

from psl.instruction.droits import Acte, Empechement
from psl.instruction.etats import Etat
from psl.instruction.horloge import Horloge, Sorte
from psl.socle.dates import date_in_words

FIL = {
    "enregistre_brouillon": gettext_noop("Brouillon enregistré"),
    "envoye_transmis": gettext_noop("Demande envoyée"),
    "en_cours_instruction": gettext_noop("En cours de traitement"),
    "demande_complementaire": gettext_noop("Complément demandé"),
    "demande_expiree": gettext_noop("Demande expirée"),
    "non_recevable": gettext_noop("Demande non recevable"),
    "termine": gettext_noop("Demande terminée"),
}
ETATS = {
    Etat.DEPOSE: gettext_noop("À prendre"),
    Etat.EN_INSTRUCTION: gettext_noop("En cours"),
    Etat.A_COMPLETER: gettext_noop("Complément attendu"),
    Etat.ACCEPTE: gettext_noop("Acceptée"),
    Etat.REFUSE: gettext_noop("Refusée"),
    Etat.NON_RECEVABLE: gettext_noop("Non recevable"),
    Etat.SANS_SUITE: gettext_noop("Sans suite"),
    Etat.RETIRE: gettext_noop("Retirée par l'usager"),
    Etat.REORIENTE: gettext_noop("Transmise à un autre service"),
}
# What was done, for whoever comes second: %(qui)s did it.
FAITS = {
    "instruction.prise": gettext_noop("%(qui)s a pris cette demande"),
    "instruction.attribuee": gettext_noop("%(qui)s a attribué cette demande à un agent du service"),
    "instruction.attribuee.soi": gettext_noop("%(qui)s a repris cette demande"),
    "instruction.liberee": gettext_noop("%(qui)s a remis cette demande à prendre"),
    "instruction.complement_demande": gettext_noop("%(qui)s a demandé un complément à l'usager"),
    "instruction.reprise": gettext_noop("L'usager a envoyé le complément demandé"),
    "instruction.acceptee": gettext_noop("%(qui)s a accepté cette demande"),
    "instruction.refusee": gettext_noop("%(qui)s a refusé cette demande"),
    "instruction.non_recevable": gettext_noop("%(qui)s a déclaré cette demande non recevable"),
    "instruction.sans_suite": gettext_noop("%(qui)s a classé cette demande sans suite"),
    "instruction.retiree": gettext_noop("L'usager a retiré sa demande"),
    "instruction.reorientee": gettext_noop("%(qui)s a transmis cette demande au service compétent"),
    "affectation.creee": gettext_noop("La demande est arrivée dans le service"),
    "message.envoye.service": gettext_noop("%(qui)s a écrit à l'usager"),
    "message.envoye.usager": gettext_noop("L'usager a écrit au service"),
    "service.entre": gettext_noop("%(qui)s a ouvert le dossier avec son mot de passe"),
    "document.joint": gettext_noop("%(qui)s a joint un document pour l'usager"),
    "consultation": gettext_noop("%(qui)s a consulté le dossier"),
    "fichier.consulte": gettext_noop("%(qui)s a ouvert un fichier"),
}
EMPECHEMENTS = {
    Empechement.FINAL: gettext_noop("Cette demande est terminée : son état ne change plus."),
    Empechement.PAS_PRIS: gettext_noop("Prenez d'abord cette demande."),
    Empechement.AUTRE_AGENT: gettext_noop("%(qui)s s'occupe de cette demande. Pour continuer, reprenez-la d'abord."),
    Empechement.DEJA_SIEN: gettext_noop("Vous vous occupez déjà de cette demande."),
    Empechement.RESPONSABLE: gettext_noop("Seul un responsable du service attribue une demande."),
}
MAUVAIS_ETAT = {
    Etat.DEPOSE: gettext_noop("Prenez d'abord cette demande."),
    Etat.EN_INSTRUCTION: gettext_noop("Cette demande est déjà en cours."),
    Etat.A_COMPLETER: gettext_noop("Un complément est demandé à l'usager. Attendez sa réponse, ou classez la demande sans suite."),
}


class FaitVu(Protocol):
    """What is read here of a fait."""

    sorte: str
    acteur_id: UUID | None
    corps: Any


def feed(statut: str) -> str:
    """Return what the usager reads for a status of the feed."""
    return gettext(FIL[statut])


def state(etat: Etat) -> str:
    """Return what agents read for a state."""
    return gettext(ETATS[etat])


def obstacle(empechement: Empechement, etat: Etat, *, qui: str) -> str:
    """Return why an act is not possible, and what to do; `qui` holds the dossier."""
    if empechement is Empechement.ETAT:
        return gettext(MAUVAIS_ETAT[etat])
    return gettext(EMPECHEMENTS[empechement]) % {"qui": qui}


def kind_of(fait: FaitVu) -> str:
    """Return the key of FAITS that tells a fait: a message is told by who wrote it, an attribution by whom it is for."""
    corps = fait.corps or {}
    if fait.sorte == "message.envoye":
        return f"{fait.sorte}.{corps.get('sens', 'usager')}"
    is_taken_over = fait.sorte == "instruction.attribuee" and corps.get("a") == str(fait.acteur_id)
    return f"{fait.sorte}.soi" if is_taken_over else fait.sorte


def deed(fait: FaitVu, *, qui: str) -> str:
    """Return what a fait says, with who did it."""
    return gettext(FAITS[kind_of(fait)]) % {"qui": qui}


def act(acte: Acte) -> str:
    """Return the words of an act's button."""
    return {
        Acte.TAKE: gettext("Prendre cette demande"),
        Acte.RELEASE: gettext("Remettre à prendre"),
        Acte.ASSIGN: gettext("Attribuer"),
        Acte.ASK: gettext("Demander un complément"),
        Acte.ACCEPT: gettext("Accepter"),
        Acte.REFUSE: gettext("Refuser"),
        Acte.REJECT: gettext("Déclarer non recevable"),
        Acte.CLOSE: gettext("Classer sans suite"),
        Acte.REDIRECT: gettext("Transmettre au service compétent"),
        Acte.WRITE: gettext("Écrire à l'usager"),
    }[acte]


def days_left(horloge: Horloge) -> str:
    """Return the clock in a few words: « reste 12 jours », « dépassé de 3 jours »."""
    if horloge.jours is None:
        return gettext("terminée") if horloge.sorte is Sorte.ARRETEE else gettext("sans délai fixé")
    if horloge.jours == 0:
        return gettext("dernier jour")
    n = abs(horloge.jours)
    words = (
        ngettext("dépassé de %(n)d jour", "dépassé de %(n)d jours", n)
        if horloge.jours < 0
        else ngettext("reste %(n)d jour", "reste %(n)d jours", n)
    )
    return words % {"n": n}


def explain_clock(horloge: Horloge, langue: str) -> str:
    """Return what the clock counts, in a sentence."""
    le = date_in_words(horloge.le, langue) if horloge.le else ""
    sentences = {
        Sorte.SILENCE: gettext("La règle du silence s'applique le %(le)s : répondez avant."),
        Sorte.COMPLEMENT: gettext("L'usager a jusqu'au %(le)s pour répondre. Le délai du service est suspendu."),
        Sorte.ARRETEE: gettext("Le service a répondu : plus aucun délai ne court."),
        Sorte.SANS_DELAI: gettext("Aucun délai de réponse n'est fixé pour cette démarche."),
    }
    return sentences[horloge.sorte] % {"le": le}


def source(provenance: str) -> str:
    """Return where an answer comes from when it was not typed."""
    return gettext("Donné par la page qui a mené à la démarche") if provenance == "adresse" else provenance


def age(jours: int) -> str:
    """Return how long ago, in days."""
    return gettext("aujourd'hui") if jours == 0 else ngettext("il y a %(n)d jour", "il y a %(n)d jours", jours) % {"n": jours}
