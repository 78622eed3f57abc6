"""A service without an account: it proves one affectation by number and password, then acts on that one alone, as itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.instruction import gardes, lettres
from psl.instruction.droits import Acte, state_after
from psl.instruction.etats import FINAUX, Etat
from psl.instruction.models import Instruction
from psl.instruction.operations import decision, prise
from psl.instruction.operations.documents import make_recap
from psl.instruction.operations.messages import send_message
from psl.instruction.queries import contenu
from psl.journal import operations as journal
from psl.pieces import controle
from psl.routage import mot_de_passe
from psl.routage import queries as routage
from psl.socle import cles, limites
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from psl.teledossiers import operations as teledossiers
from psl.teledossiers import queries as dossiers

FENETRE = timedelta(hours=1)
JOINT = "joint"
JOINTS_MAX = 10
OCTETS_MAX = 10_000_000


def acteur_of(affectation_id: UUID) -> Acteur:
    """Return who acts for an affectation without an account: its service, for this affectation and no other."""
    return Acteur("si", affectation_id, sujet=affectation_id)


def prove_service(numero: str, tape: str, *, ip: str, now: datetime) -> UUID:
    """Return the affectation that a number and the password of its service open. The answer never says which of the two is wrong.

    Refuses: trop-de-tentatives, acces-refuse (also once the dossier is over for long).
    Records: service.entre.
    """
    limites.hit("service-ip", ip, limite=60, fenetre=FENETRE, now=now)
    normal = dossiers.read_number(numero)
    limites.hit("service-numero", normal, limite=10, fenetre=FENETRE, now=now)
    with scope(SYSTEME):
        candidates = _passwords(normal, now=now)
        trouvee = next((id_ for id_, attendu in candidates.items() if attendu and mot_de_passe.same(tape, attendu)), None)
        if trouvee is None:
            phrase = _("Ce numéro et ce mot de passe n'ouvrent aucun dossier. Vérifiez-les dans le message reçu.")
            raise Refus("acces-refuse", phrase, statut=403)
        journal.record("service.entre", trouvee, by=acteur_of(trouvee), at=now)
    return trouvee


def _passwords(numero: str, *, now: datetime) -> dict[UUID, str | None]:
    """Return the password of each affectation of a number that can still be followed.

    A number that opens nothing costs the same readings as one that does: the time of the answer says nothing either.
    """
    found = {vue.id: routage.password(vue.id) for vue in routage.of_numero(numero) if is_open(vue.id, now=now)}
    if not found:
        personne = uuid7(now)
        if not is_open(personne, now=now) and routage.password(personne) is None:
            cles.open_keys("acces", [personne])
    return found


def is_open(affectation_id: UUID, *, now: datetime) -> bool:
    """Say whether an affectation can still be followed without an account. Runs under the system's scope."""
    row = Instruction.objects.filter(id=affectation_id, efface_at=None).values_list("etat", "decide_at").first()
    if row is None:
        return False
    etat, decide_at = row
    return etat not in FINAUX or decide_at is None or now <= decide_at + timedelta(days=settings.SUIVI_SERVICE_JOURS)


def check_open(affectation_id: UUID, *, now: datetime) -> Acteur | None:
    """Return who acts for an affectation opened before, while it still is; None otherwise."""
    with scope(SYSTEME):
        return acteur_of(affectation_id) if is_open(affectation_id, now=now) else None


def set_state(affectation_id: UUID, acte: Acte, *, commentaire: str, acteur: Acteur, version: int, now: datetime) -> None:
    """Bring an affectation to the state an act leads to, with the comment of its service: the reason, or what goes with the answer.

    The letter is the one that the démarche proposes; an acceptance without a comment needs none.
    Refuses: affectation-inconnue, change-entretemps, acte-impossible, reponse-incomplete (by field), message-incomplet, detruit.
    Records: what the act records; message.envoye when the dossier is taken with a comment.
    Locks: the instruction.
    """
    with scope(acteur):
        affectation = routage.get_affectation(affectation_id)
        if acte is Acte.TAKE:
            prise.take(affectation_id, acteur=acteur, version=version, now=now)
            if commentaire:
                send_message(affectation_id, texte=commentaire, acteur=acteur, now=now)
            return
        lu = contenu.read(affectation)
        service = annuaire.service(affectation.service) if affectation.service else None
        lettre = lettres.proposal(lu, state_after(acte, Etat.EN_INSTRUCTION), service)
        if acte is Acte.ACCEPT:
            decision.accept(affectation_id, lettre=commentaire or lettre, acteur=acteur, version=version, now=now)
        else:
            decide = {Acte.REFUSE: decision.refuse, Acte.REJECT: decision.reject, Acte.CLOSE: decision.close}[acte]
            decide(affectation_id, motif=commentaire, lettre=lettre, acteur=acteur, version=version, now=now)


def join_document(affectation_id: UUID, *, nom: str, chunks: Iterable[bytes], acteur: Acteur, now: datetime) -> UUID:
    """Join a PDF for the usager, who finds it in their dossier. The same one again is the same one.

    Refuses: affectation-inconnue, documents-trop-nombreux, what psl.pieces refuses of a file, antivirus-absent.
    Records: document.joint, document.produit.
    """
    octets, propre = controle.sane_pdf(nom, chunks, OCTETS_MAX)
    with scope(acteur):
        affectation = routage.get_affectation(affectation_id)
        if not gardes.stands_for(acteur, affectation_id, affectation.service):
            raise routage.unknown()
        deja = [d for d in dossiers.documents(affectation.teledossier) if d.affectation == affectation_id and d.nature == JOINT]
        if len(deja) >= JOINTS_MAX:
            phrase = _("Dix documents sont déjà joints à ce dossier, le maximum. Écrivez plutôt un message à l'usager.")
            raise Refus("documents-trop-nombreux", phrase)
        with scope(SYSTEME):  # the key of a document is its usager's: the service gives it, and holds none
            document = teledossiers.keep_document(
                affectation.teledossier,
                JOINT,
                octets,
                nom=propre,
                affectation=affectation_id,
                service=affectation.service,
                rang=len(deja) + 1,
                now=now,
            )
        journal.record("document.joint", affectation_id, by=acteur, at=now, corps={"document": str(document), "sens": "service"})
    return document


def read_recap(affectation_id: UUID, *, acteur: Acteur, now: datetime) -> bytes:
    """Return the recap of what the service received. Refuses: affectation-inconnue, detruit."""
    with scope(acteur):
        affectation = routage.get_affectation(affectation_id)
        if not gardes.stands_for(acteur, affectation_id, affectation.service):
            raise routage.unknown()
        with scope(SYSTEME):
            return dossiers.read_document(make_recap(affectation_id, now=now))
