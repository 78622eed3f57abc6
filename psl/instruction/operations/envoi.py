"""What a service without our portal receives by e-mail: the PEC zip of each dépôt, or the way to follow it when the zip is too heavy."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from psl.annuaire import queries as annuaire
from psl.annuaire.queries import ServiceVu
from psl.courriers import operations as courriers
from psl.courriers import queries as envois
from psl.courriers.message import Jointe
from psl.instruction.operations.pec import make_pec
from psl.instruction.queries import contenu
from psl.instruction.queries.contenu import Lu
from psl.journal import operations as journal
from psl.journal import travaux
from psl.routage import operations as routages
from psl.routage import queries as routage
from psl.routage.queries import AffectationVue
from psl.socle.acteur import SYSTEME, scope

POIDS_MAX = 20_000_000  # octets of a zip: most services' mailboxes take it once it is written for e-mail (a third more)
ADRESSE = "/agent/gestionnaire-de-suivi"
MAIL = "psl.instruction.operations.envoi.mail_again"
PREFIXE = "service_"


def mail_depots(affectation_id: UUID, *, rang: int | None = None, now: datetime) -> None:
    """Owe a service that works by e-mail what it received: one dépôt, or all; nothing to others. Runs under the system's scope.

    Refuses: affectation-inconnue, detruit.
    Records: affectation.transmise, for each dépôt.
    """
    affectation = routage.get_affectation(affectation_id)
    if affectation.livraison != "courriel" or affectation.service is None:
        return
    service, lu = annuaire.service(affectation.service), contenu.read(affectation)
    for copie in lu.contenu.copies:
        if rang in {None, copie["rang"]}:
            _mail(affectation, service, lu, copie["rang"], now=now)


def mail_again(affectation_id: UUID, *, now: datetime) -> None:
    """Owe the same again, after what was sent came back and the address was corrected. Records: affectation.transmise."""
    with scope(SYSTEME):
        mail_depots(affectation_id, now=now)


def _mail(affectation: AffectationVue, service: ServiceVu, lu: Lu, rang: int, *, now: datetime) -> None:
    mot_de_passe = routages.mot_de_passe(affectation.id, now=now)
    paquet = make_pec(affectation.id, rang, now=now)
    digest, poids = _weigh(paquet.chunks())
    est_jointe = poids <= POIDS_MAX
    connus = {
        "numero": affectation.numero,
        "code": lu.demarche.codes.psl,
        "titre": lu.demarche.titre_of(lu.contenu.valeurs),
        "service": contenu.service_name(service),
        "lien": f"{ADRESSE}?numero={affectation.numero}",
        "fichier": f"{paquet.message.racine}-ent-{rang}.xml",
    }
    if est_jointe:
        _owe("service_dossier", affectation.id, service, connus, rang, joindre=True, now=now)
    else:
        _owe("service_lien", affectation.id, service, connus, rang, now=now)
        # The password never travels with the number and the address that it opens.
        secret = {"mot_de_passe": mot_de_passe, "fin": affectation.numero[-3:]}
        _owe("service_acces", affectation.id, service, secret, rang, now=now)
    corps = {"rang": rang, "nom": paquet.nom, "taille": poids, "sha256": digest, "jointe": est_jointe}
    journal.record("affectation.transmise", affectation.id, by=SYSTEME, at=now, corps=corps)


def _owe(
    gabarit: str, affectation_id: UUID, service: ServiceVu, contexte: dict[str, str], rang: int, *, now: datetime, joindre: bool = False
) -> None:
    """Owe one e-mail, once for each dépôt; once more each time one came back."""
    essai = envois.bounces(affectation_id)
    courriers.send(
        gabarit,
        affectation_id,
        contexte=contexte,
        unique=f"{gabarit}:{affectation_id}:{rang}:{essai}",
        pieces=[("psl.instruction.operations.envoi.zip_of", f"{affectation_id}:{rang}")] if joindre else [],
        vers=service.courriel,
        langue="fr",
        now=now,
    )


def _weigh(chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, poids = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        poids += len(chunk)
    return digest.hexdigest(), poids


def zip_of(argument: str, *, now: datetime) -> Jointe:
    """Return the zip to attach, made at the last moment. Runs under the system's scope. Refuses: detruit."""
    affectation, _, rang = argument.partition(":")
    paquet = make_pec(UUID(affectation), int(rang), now=now)
    return Jointe(paquet.nom, "application/zip", b"".join(paquet.chunks()))


def park_bounce(affectation_id: UUID, *, gabarit: str, cause: str, now: datetime) -> None:
    """Put aside, for who runs the platform, an e-mail to a service that came back: replaying it writes to the address of that day."""
    if gabarit.startswith(PREFIXE):
        ids = {"affectation_id": str(affectation_id)}
        travaux.park(f"le courriel au service est revenu : {cause}", handler=MAIL, fait_id=None, ids=ids, essais=1, now=now)
