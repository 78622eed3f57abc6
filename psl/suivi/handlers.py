"""What following owes to the faits: the accusé as PDF, an e-mail at each change. Each may run twice; each runs under the system's scope."""

from datetime import datetime
from uuid import UUID

from psl.annuaire import queries as annuaire
from psl.courriers import operations as courriers
from psl.instruction import operations as instructions
from psl.instruction import queries as instruction
from psl.journal.models import Fait
from psl.langage import texte
from psl.langage.charger import Demarche
from psl.routage import queries as routage
from psl.socle.dates import date_in_words
from psl.suivi import accuse, queries, rappels
from psl.teledossiers import operations as teledossiers
from psl.teledossiers import queries as dossiers


def acknowledge(fait: Fait, *, now: datetime) -> None:
    """Make the accusé as PDF, without the code, and send it to the e-mail given: to the first filing, then to each complément."""
    rang = (fait.corps or {})["rang"]
    vu = dossiers.get_teledossier(fait.sujet)
    vue = accuse.of_depot(vu.id, vu.numero, rang, None)
    document = teledossiers.keep_document(
        vu.id, "accuse", accuse.pdf_of(vue, is_timestamped=True), nom=accuse.file_name(vue), rang=rang, now=now
    )
    if vue.courriel:
        connus = {"numero": vu.numero, "titre": vue.titre, "service": ", ".join(r.nom for r in vue.repondants)}
        gabarit, contexte = _words("accuse" if rang == 1 else "complete", vue.demarche, connus)
        courriers.send(
            gabarit,
            vu.id,
            contexte=contexte,
            unique=f"accuse:{vu.id}:{rang}",
            pieces=[("psl.suivi.queries.accuse_bytes", str(document))],
            now=now,
        )


def write_foreseen(fait: Fait, *, now: datetime) -> None:
    """Make the documents that the filing gives the usager, as the définition foresees them, and plan its reminders."""
    vu = dossiers.get_teledossier(fait.sujet)
    vue = accuse.of_depot(vu.id, vu.numero, 1, None)
    services = ", ".join(repondant.nom for repondant in vue.repondants)
    instructions.make_filed(vu.id, vue.situation, numero=vu.numero, services=services, now=now)
    rappels.plan(vu.id, vue.situation, now=now)


def tell_prise(fait: Fait, *, now: datetime) -> None:
    """Tell the usager that a service has begun to examine their request."""
    _tell("prise", fait, now=now)


def tell_complement(fait: Fait, *, now: datetime) -> None:
    """Tell the usager that something is asked of them, and until when; what it is stands behind their code."""
    demande = instruction.open_request(fait.sujet)
    if demande is not None:
        langue = dossiers.get_teledossier(demande.teledossier).langue
        _tell("complement", fait, now=now, le=date_in_words(demande.echeance_on, langue))


def tell_decision(fait: Fait, *, now: datetime) -> None:
    """Tell the usager that the service has answered; the answer itself stands behind their code."""
    _tell(fait.sorte.removeprefix("instruction."), fait, gabarit="decision", now=now)


def tell_retrait(fait: Fait, *, now: datetime) -> None:
    """Tell the usager that their request is withdrawn: somebody else may have asked it."""
    _tell("retrait", fait, now=now)


def tell_reorientation(fait: Fait, *, now: datetime) -> None:
    """Tell the usager which service has their request from now on."""
    nouveau = annuaire.service(UUID((fait.corps or {})["service"]))
    _tell("reorientation", fait, now=now, nouveau=f"{nouveau.administration}, {nouveau.nom}")


def tell_message(fait: Fait, *, now: datetime) -> None:
    """Tell the usager that a service wrote to them; what they write themselves is not told to them."""
    if (fait.corps or {}).get("sens") == "service":
        _tell("message", fait, now=now)


def _tell(message: str, fait: Fait, *, now: datetime, gabarit: str = "", **plus: str) -> None:
    affectation = routage.get_affectation(fait.sujet)
    service = annuaire.service(affectation.service) if affectation.service else None
    titre, demarche = queries.title(affectation.teledossier)
    connus = {"numero": affectation.numero, "titre": titre, "service": f"{service.administration}, {service.nom}" if service else ""}
    choisi, contexte = _words(message, demarche, connus, gabarit)
    courriers.send(choisi, affectation.teledossier, contexte={**contexte, **plus}, unique=f"{message}:{fait.id}", now=now)


def _words(message: str, demarche: Demarche, connus: dict[str, str], gabarit: str = "") -> tuple[str, dict[str, str]]:
    """Return the template and its values: the démarche's own words when it has some, else the platform's.

    Nothing of what was answered goes by e-mail: the number, the title and the service alone are known to these words.
    """
    prevu = demarche.messages.get(message)
    if prevu is None:
        return gabarit or message, connus
    return "demarche", {"objet": texte.plain(prevu.objet, connus), "corps": texte.plain(prevu.corps, connus)}
