"""Reading instructions under the current scope: one, its thread and requests; a service's list; a dossier as its agent reads it."""

from psl.instruction.queries.contenu import complement_due
from psl.instruction.queries.dossier import DossierLu, dossier, number
from psl.instruction.queries.echanges import (
    DecisionVue,
    DemandeVue,
    InstructionVue,
    MessageVu,
    decision,
    get_instruction,
    messages,
    open_request,
    requests,
    state,
)
from psl.instruction.queries.liste import Filtres, LigneVue, ListeVue, listing

__all__ = [
    "DecisionVue",
    "DemandeVue",
    "DossierLu",
    "Filtres",
    "InstructionVue",
    "LigneVue",
    "ListeVue",
    "MessageVu",
    "complement_due",
    "decision",
    "dossier",
    "get_instruction",
    "listing",
    "messages",
    "number",
    "open_request",
    "requests",
    "state",
]
