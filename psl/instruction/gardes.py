"""Why an act is refused, in words: the same answer for the button that is not shown and for the operation that is guarded."""

from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from psl.annuaire import agents
from psl.annuaire.models import Habilitation
from psl.instruction import libelles
from psl.instruction.droits import Acte, Empechement, obstacle
from psl.instruction.etats import Etat
from psl.instruction.models import Instruction
from psl.journal import queries as journal
from psl.socle.acteur import Acteur
from psl.socle.dates import in_words
from psl.socle.errors import Refus

DEEDS = frozenset(sorte for sorte in libelles.FAITS if sorte.startswith("instruction."))


def stands_for(acteur: Acteur, affectation: UUID, service: UUID | None) -> bool:
    """Say whether an acteur answers for an affectation: an agent of its service, or the service itself, for this one alone."""
    return service in acteur.services or (acteur.sorte == "si" and acteur.sujet == affectation)


def is_lead(agent: UUID, service: UUID) -> bool:
    """Say whether an agent is a responsable of a service."""
    return Habilitation.objects.filter(agent=agent, service=service, role=Habilitation.Role.RESPONSABLE).exists()


def name_of(agent: UUID | None) -> str:
    """Return the name of who acts, as colleagues know it: an agent, or the service itself without an account."""
    return agents.names({agent}).get(agent, _("Le service, sans compte")) if agent else _("La plateforme")


def why_not_act(acte: Acte, instruction: Instruction, acteur: Acteur, *, est_responsable: bool, tenant: str = "") -> Refus | None:
    """Return why this agent may not do this act on an instruction as it stands, or None. `tenant`: its holder's name, when known."""
    if acteur.id is None:
        return Refus("acte-impossible", _("Seul un agent du service peut faire cela."), statut=403)
    etat = Etat(instruction.etat)
    empechement = obstacle(acte, etat, agent=acteur.id, tenant=instruction.agent, est_responsable=est_responsable)
    if empechement is None:
        return None
    qui = tenant or (name_of(instruction.agent) if empechement is Empechement.AUTRE_AGENT else "")
    return Refus("acte-impossible", libelles.obstacle(empechement, etat, qui=qui), detail={"empechement": empechement.value})


def changed(instruction: Instruction) -> Refus:
    """Return the refusal of an act made from an old page: who acted since, and when."""
    fait = next((fait for fait in reversed(journal.of(instruction.id)) if fait.sorte in DEEDS), None)
    if fait is None:
        phrase = _("Cette demande a changé depuis que vous l'avez ouverte.")
    else:
        phrase = f"{libelles.deed(fait, qui=name_of(fait.acteur_id))} ({in_words(fait.at, get_language() or 'fr')})."
    suite = _("Relisez le dossier avant de continuer : rien de ce que vous avez écrit n'a été envoyé.")
    return Refus("change-entretemps", f"{phrase} {suite}", statut=409)
