"""The thread between a service and a usager."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psl.instruction import gardes, textes
from psl.instruction.models import Instruction, Message
from psl.instruction.queries.echanges import close_box, key_of
from psl.journal import operations as journal
from psl.routage import queries as routage
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7


def send_message(affectation_id: UUID, *, texte: str, acteur: Acteur, now: datetime) -> UUID:
    """Add a message to the thread, from an agent of the service or from the usager. Returns the message.

    Refuses: affectation-inconnue, message-incomplet (by field), detruit.
    Records: message.envoye.
    """
    with scope(acteur):
        is_agent = acteur.sorte in {"agent", "si"}
        instruction = Instruction.objects.filter(id=affectation_id).first()
        if instruction is None or not _may_write(acteur, instruction):
            raise routage.unknown()
        sens = Message.Sens.SERVICE if is_agent else Message.Sens.USAGER
        propre = _check(texte)
        message = Message(id=uuid7(now), affectation=affectation_id, teledossier=instruction.teledossier, service=instruction.service)
        message.sens, message.agent, message.envoye_at = sens.value, acteur.id if is_agent else None, now
        message.boite = close_box(propre, message.id, key_of(affectation_id))
        message.save(force_insert=True)
        journal.record("message.envoye", affectation_id, by=acteur, at=now, corps={"message": str(message.id), "sens": sens.value})
    return message.id


def _may_write(acteur: Acteur, instruction: Instruction) -> bool:
    is_usager = acteur.sorte == "porteur" and instruction.teledossier == acteur.sujet
    return is_usager or gardes.stands_for(acteur, instruction.id, instruction.service)


def _check(texte: str) -> str:
    erreurs: dict[str, str] = {}
    absent = _("Écrivez votre message avant de l'envoyer.")
    propre = textes.read_text(texte, limite=textes.MESSAGE_MAX, absent=absent, erreurs=erreurs, champ="texte")
    if erreurs:
        raise Refus("message-incomplet", erreurs["texte"], statut=422, champs=erreurs)
    return propre
