"""Keep a contact, owe an e-mail, deliver it, learn that it came back, forget. Callers of the first two stand in a scope."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from psl.courriers import adresses, gabarits, message, queries
from psl.courriers.messager import MessagerError, messager
from psl.courriers.models import Contact, Envoi, Etat
from psl.journal import operations as journal
from psl.journal import travaux
from psl.socle import cles, crypto
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.socle.postgresql.rows import insert
from psl.socle.uuid7 import uuid7

DELIVER = "psl.courriers.operations.deliver"
OUVERTS = (Etat.A_ENVOYER, Etat.EN_ECHEC)


def add_contact(sujet: UUID, *, courriel: str, telephone: str, langue: str, now: datetime) -> None:
    """Keep how a new subject may be reached. Nothing given: nothing kept."""
    if courriel or telephone:
        id_ = uuid7(now)
        cle = cles.create("contact", id_, sujet=sujet, vie="contact", now=now)
        insert(Contact, id=id_, sujet=sujet, boite=_close(courriel, telephone, id_, cle), langue=langue)


def keep_contact(sujet: UUID, *, courriel: str, telephone: str, langue: str, now: datetime) -> None:
    """Keep, or replace, how a subject may be reached; a new e-mail forgets that the old one came back. Nothing given: nothing kept.

    Locks: the contact.
    """
    ligne = Contact.objects.select_for_update().filter(sujet=sujet).first()
    if ligne is None:
        return add_contact(sujet, courriel=courriel, telephone=telephone, langue=langue, now=now)
    cle = cles.open_key("contact", ligne.id)
    if queries.open_box(bytes(ligne.boite), ligne.id, cle)["courriel"] != courriel:
        ligne.rebond_at = None
    ligne.langue = langue
    ligne.boite = _close(courriel, telephone, ligne.id, cle)
    return ligne.save()


def _close(courriel: str, telephone: str, contact_id: UUID, cle: bytes) -> bytes:
    return queries.close_box({"courriel": courriel, "telephone": telephone}, contact_id, cle)


def send(
    gabarit: str,
    sujet: UUID,
    *,
    contexte: Mapping[str, object],
    unique: str,
    now: datetime,
    pieces: Sequence[tuple[str, str]] = (),
    vers: str | None = None,
    langue: str | None = None,
) -> UUID | None:
    """Owe an e-mail to the contact of a subject (or to `vers`), in the transaction under way; the same `unique` owes it once.

    Returns the envoi, or None when there is nobody to write to. `pieces`: for each attachment a dotted function and its argument,
    called at delivery, `source(argument, now=…) -> Jointe`: bytes are not kept here. `unique` is kept as a keyed hash: it may name
    an address. A `lien` in `contexte` is a path of the platform.
    Raises GabaritInconnu when the template lacks a value: a bug.
    """
    gabarits.check(gabarit, contexte)
    empreinte = crypto.keyed_hash(crypto.coffre().secret("envois"), unique)
    if deja := _known(empreinte):
        return deja
    adresse, langue = _recipient(sujet, vers, langue)
    if adresse is None:
        return None
    envoi = Envoi(id=uuid7(now), sujet=sujet, gabarit=gabarit, unique=empreinte, created_at=now)
    clair = {
        "vers": adresse,
        "propre": vers is None,
        "langue": langue,
        "contexte": dict(contexte),
        "pieces": [list(piece) for piece in pieces],
    }
    try:
        with transaction.atomic():
            cle = cles.create("envoi", envoi.id, sujet=sujet, vie="contact", now=now)
            envoi.boite = queries.close_box(clair, envoi.id, cle)
            envoi.save(force_insert=True)
            travaux.defer(DELIVER, envoi_id=envoi.id)
    except IntegrityError:
        return _known(empreinte)
    return envoi.id


def deliver(envoi_id: UUID, *, now: datetime) -> None:
    """Hand one e-mail over. May run twice: killed between the hand-over and its record, it sends the same Message-ID once more.

    Tried again with patience; then parked when the next server is at fault. Records: courriel.rebond.
    Locks: the envoi, while it is handed over; a second worker leaves.
    """
    with scope(SYSTEME):
        Envoi.objects.filter(id=envoi_id, etat__in=OUVERTS).update(essais=F("essais") + 1)
    with scope(SYSTEME):
        envoi = Envoi.objects.select_for_update(skip_locked=True).filter(id=envoi_id, etat__in=OUVERTS).first()
        if envoi is None:
            return
        clair = _open(envoi)
        if clair is None:
            _end(envoi, Etat.EN_ECHEC, cause="contact effacé")
            return
        try:
            messager().send(_build(envoi, clair, now=now), retour=message.return_path(envoi.id))
        except MessagerError as error:
            _fail(envoi, error, is_contact=clair["propre"], now=now)
        else:
            envoi.envoye_at = now
            _end(envoi, Etat.ENVOYE)


def record_bounce(envoi_id: UUID, *, statut: str, now: datetime) -> bool:
    """Learn from a notification that an e-mail taken by the next server will never arrive. Returns whether it was news.

    Records: courriel.rebond. Locks: the envoi.
    """
    with scope(SYSTEME):
        envoi = Envoi.objects.select_for_update().filter(id=envoi_id, etat=Etat.ENVOYE).first()
        if envoi is None:
            return False
        _bounce(envoi, cause=statut, is_contact=True, now=now)
    return True


def purge(sujets: Collection[UUID], *, using: str = "default") -> int:
    """Forget how some subjects may be reached, and what was sent to them. Returns how many contacts went. May run twice."""
    for modele, objet in ((Envoi, "envoi"), (Contact, "contact")):
        ids = list(modele.objects.using(using).filter(sujet__in=sujets).values_list("id", flat=True))
        cles.destroy(objet, ids, using=using)
        modele.objects.using(using).filter(id__in=ids).delete()
    return len(ids)


def _known(empreinte: bytes) -> UUID | None:
    return Envoi.objects.filter(unique=empreinte).values_list("id", flat=True).first()


def _recipient(sujet: UUID, vers: str | None, langue: str | None) -> tuple[str | None, str]:
    contact = queries.contact(sujet) if vers is None else None
    adresse = vers if contact is None else contact.courriel
    try:
        return adresses.normalise(adresse or ""), langue or (contact.langue if contact else "fr")
    except adresses.AdresseErronee:
        return None, "fr"


def _open(envoi: Envoi) -> dict[str, Any] | None:
    """Return what is to be sent, or None when its key went with the contact."""
    try:
        return queries.open_box(bytes(envoi.boite), envoi.id, cles.open_key("envoi", envoi.id))
    except Refus as refus:
        if refus.code == "detruit":
            return None
        raise


def _build(envoi: Envoi, clair: Mapping[str, Any], *, now: datetime) -> EmailMessage:
    jointes = [import_string(source)(argument, now=now) for source, argument in clair["pieces"]]
    objet, corps = gabarits.render(envoi.gabarit, {**clair["contexte"], "jointe": bool(jointes)}, clair["langue"])
    return message.build(
        envoi.id, vers=clair["vers"], objet=objet, corps=corps, langue=clair["langue"], at=envoi.created_at, jointes=jointes
    )


def _fail(envoi: Envoi, error: MessagerError, *, is_contact: bool, now: datetime) -> None:
    if error.permanent:
        _bounce(envoi, cause=error.public_message, is_contact=is_contact, now=now)
    elif wait := travaux.patience(envoi.essais):
        envoi.cause = error.public_message[:200]
        envoi.save(update_fields=["cause"])
        travaux.defer(DELIVER, delay=wait, envoi_id=envoi.id)
    else:
        envoi.etat, envoi.cause = Etat.EN_ECHEC, error.public_message[:200]
        envoi.save(update_fields=["etat", "cause"])
        travaux.park(error.public_message, handler=DELIVER, fait_id=None, ids={"envoi_id": str(envoi.id)}, essais=envoi.essais, now=now)


def _bounce(envoi: Envoi, *, cause: str, is_contact: bool, now: datetime) -> None:
    envoi.rebond_at = now
    _end(envoi, Etat.REBOND, cause=cause)
    if is_contact:
        Contact.objects.filter(sujet=envoi.sujet).update(rebond_at=now)
    journal.record(
        "courriel.rebond", envoi.sujet, by=SYSTEME, at=now, corps={"envoi": str(envoi.id), "gabarit": envoi.gabarit, "cause": cause[:200]}
    )


def _end(envoi: Envoi, etat: Etat, *, cause: str = "") -> None:
    """Close an envoi: its words and its address go with their key."""
    envoi.etat, envoi.cause, envoi.boite = etat, cause[:200], b""
    envoi.save()
    cles.destroy("envoi", [envoi.id])
