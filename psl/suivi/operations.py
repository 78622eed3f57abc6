"""Opening the follow-up of a télédossier without an account, giving a lost code again, starting a complément."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from psl.courriers import codes
from psl.courriers import operations as courriers
from psl.demarches import queries as demarches
from psl.instruction import operations as instructions
from psl.instruction import queries as instruction
from psl.journal import operations as journal
from psl.routage import queries as routage
from psl.saisie import operations as saisie
from psl.saisie import queries as brouillons
from psl.saisie.document import Document
from psl.socle import limites, reference
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.suivi import queries
from psl.teledossiers import operations as teledossiers
from psl.teledossiers import queries as dossiers
from psl.teledossiers.operations import Depose

FENETRE = timedelta(hours=1)


def porteur(teledossier_id: UUID) -> Acteur:
    """Return who follows a télédossier without an account."""
    return Acteur("porteur", teledossier_id, sujet=teledossier_id)


def _refused() -> Refus:
    return Refus(
        "suivi-refuse",
        _("Ce numéro et ce code ne vont pas ensemble. Vérifiez-les sur votre accusé de réception. Code perdu ? Demandez-en un nouveau."),
        statut=403,
    )


def prove_code(numero: str, code: str, *, ip: str, now: datetime) -> UUID:
    """Return the télédossier of a number and its code: the first half of the proof.

    Refuses: trop-de-tentatives, suivi-refuse (one answer, in one time, whatever is wrong).
    """
    limites.hit("suivi-ip", ip, limite=60, fenetre=FENETRE, now=now)
    normal = dossiers.read_number(numero)
    limites.hit("suivi-numero", normal, limite=10, fenetre=FENETRE, now=now)
    found = dossiers.find_by_code(normal, reference.normalise_code(code))
    if found is None:
        raise _refused()
    return found.id


def send_second_fact(teledossier_id: UUID, *, now: datetime) -> None:
    """Send a one-time code to the e-mail given in the request. Refuses: trop-de-tentatives."""
    limites.hit("suivi-envoi", teledossier_id.hex, limite=5, fenetre=FENETRE, now=now)
    with scope(SYSTEME):
        code = codes.issue(teledossier_id, "suivi", now=now)
        courriers.send("code", teledossier_id, contexte={"code": code}, unique=f"code:{uuid4().hex}", now=now)


def prove_second_fact(teledossier_id: UUID, *, code: str = "", naissance: str = "", now: datetime) -> None:
    """Check the second half of the proof: the one-time code, or the birth date given in the request.

    Refuses: trop-de-tentatives, second-fait-refuse. Records: suivi.ouvert.
    """
    limites.hit("suivi-second", teledossier_id.hex, limite=10, fenetre=FENETRE, now=now)
    prouve = (
        codes.verify(teledossier_id, "suivi", code, now=now) if code else dossiers.is_second_fact(teledossier_id, "naissance", naissance)
    )
    if not prouve:
        raise Refus(
            "second-fait-refuse",
            _("Cette réponse ne va pas avec ce dossier. Vérifiez-la, ou demandez un nouveau code."),
            statut=403,
        )
    with scope(porteur(teledossier_id)):
        journal.record("suivi.ouvert", teledossier_id, by=porteur(teledossier_id), at=now)


def ask_new_code(numero: str, courriel: str, *, ip: str, now: datetime) -> UUID:
    """Send a one-time code when a number and an e-mail go together; say nothing of whether they do.

    Returns the télédossier, or an id that nothing will open. Refuses: trop-de-tentatives.
    """
    limites.hit("perdu-ip", ip, limite=20, fenetre=FENETRE, now=now)
    normal = dossiers.read_number(numero)
    limites.hit("perdu-numero", normal, limite=5, fenetre=FENETRE, now=now)
    found = dossiers.find_by_numero(normal)
    if found is None or not dossiers.is_second_fact(found.id, "courriel", courriel):
        return uuid4()
    with scope(SYSTEME):
        code = codes.issue(found.id, "perdu", now=now)
        courriers.send("code", found.id, contexte={"code": code}, unique=f"code:{uuid4().hex}", now=now)
    return found.id


def renew_code(teledossier_id: UUID, code: str, *, now: datetime) -> tuple[str, str]:
    """Return (number, new tracking code) to whoever brings the one-time code just sent; a notice is sent too.

    Refuses: trop-de-tentatives, second-fait-refuse. Records: suivi.code_renouvele.
    """
    limites.hit("suivi-second", teledossier_id.hex, limite=10, fenetre=FENETRE, now=now)
    if not codes.verify(teledossier_id, "perdu", code, now=now):
        raise Refus("second-fait-refuse", _("Ce code n'est pas, ou n'est plus, le bon. Demandez-en un nouveau."), statut=403)
    nouveau = teledossiers.renew_code(teledossier_id, now=now)
    with scope(SYSTEME):
        courriers.send("code_perdu", teledossier_id, contexte={}, unique=f"code-perdu:{uuid4().hex}", now=now)
        numero = dossiers.get_teledossier(teledossier_id).numero
    return numero, nouveau


def start_complement(teledossier_id: UUID, affectation_id: UUID, *, now: datetime) -> UUID:
    """Open (or find again) the brouillon that answers what a service asked: only what it ticked is open.

    Refuses: affectation-inconnue, rien-a-completer.
    """
    with scope(porteur(teledossier_id)):
        routage.get_affectation(affectation_id)
    with scope(SYSTEME):
        demande = instruction.open_request(affectation_id)
        if demande is None:
            raise Refus("rien-a-completer", _("Le service ne vous demande rien pour le moment."), statut=409)
        contenu = queries.merged(teledossier_id)
        vu = dossiers.get_teledossier(teledossier_id)
    masque = {"champs": sorted(demande.champs), "pieces": sorted(demande.pieces), "affectations": [str(affectation_id)]}
    document = Document(reponses=contenu.valeurs, provenance=contenu.provenance)
    demarche = demarches.compiled(vu.digest, vu.langue)
    return saisie.reopen(demarche, document, teledossier=teledossier_id, masque=masque, langue=vu.langue, now=now)


def submit(brouillon_id: UUID, *, declarations: Sequence[str] = (), acteur: Acteur, now: datetime) -> Depose:
    """Seal a brouillon; a complément only while the service that asked it still awaits it: nobody would read it afterwards.

    Refuses: rien-a-completer, and what psl.teledossiers.submit refuses. Records: what it records.
    """
    with scope(SYSTEME):
        brouillon = brouillons.get_brouillon(brouillon_id)
        attendues = brouillon.masque["affectations"] if brouillon.masque and brouillon.cle else None
        if attendues and not any(instruction.open_request(UUID(affectation)) for affectation in attendues):
            raise Refus(
                "rien-a-completer", _("Le service n'attend plus ce complément. Ouvrez votre dossier pour voir où il en est."), statut=409
            )
    return teledossiers.submit(brouillon_id, declarations=declarations, acteur=acteur, now=now)


def withdraw(teledossier_id: UUID, *, now: datetime) -> None:
    """Withdraw a télédossier from every service that still has it open. Refuses: rien-a-retirer. Records: instruction.retiree."""
    with scope(porteur(teledossier_id)):
        dossiers.get_teledossier(teledossier_id)
    instructions.withdraw(teledossier_id, acteur=porteur(teledossier_id), now=now)


def write(teledossier_id: UUID, affectation_id: UUID, texte: str, *, now: datetime) -> None:
    """Write to a service that holds the télédossier.

    Refuses: trop-de-tentatives, message-incomplet, affectation-inconnue. Records: message.envoye.
    """
    limites.hit("message", teledossier_id.hex, limite=20, fenetre=FENETRE, now=now)
    with scope(porteur(teledossier_id)):
        instructions.send_message(affectation_id, texte=texte, acteur=porteur(teledossier_id), now=now)
