"""Reading instructions under the current scope: one, its thread and requests; a service's list; a dossier as its agent reads it."""

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

__all__ = [
    "DecisionVue",
    "DemandeVue",
    "InstructionVue",
    "MessageVu",
    "decision",
    "get_instruction",
    "messages",
    "open_request",
    "requests",
    "state",
]
