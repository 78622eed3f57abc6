"""The states of an instruction, as a table (pure): which follows which, which are final, what others call them."""

from dataclasses import dataclass
from enum import StrEnum


class Etat(StrEnum):
    """Where the instruction of an affectation stands. The values are those on the wire."""

    DEPOSE = "depose"
    EN_INSTRUCTION = "en_instruction"
    A_COMPLETER = "a_completer"
    ACCEPTE = "accepte"
    REFUSE = "refuse"
    NON_RECEVABLE = "non_recevable"
    SANS_SUITE = "sans_suite"
    RETIRE = "retire"
    REORIENTE = "reoriente"


TRANSITIONS: dict[Etat, frozenset[Etat]] = {
    Etat.DEPOSE: frozenset({Etat.EN_INSTRUCTION, Etat.NON_RECEVABLE, Etat.RETIRE, Etat.REORIENTE}),
    Etat.EN_INSTRUCTION: frozenset(
        {Etat.A_COMPLETER, Etat.ACCEPTE, Etat.REFUSE, Etat.NON_RECEVABLE, Etat.SANS_SUITE, Etat.RETIRE, Etat.REORIENTE}
    ),
    Etat.A_COMPLETER: frozenset({Etat.EN_INSTRUCTION, Etat.SANS_SUITE, Etat.RETIRE}),
}
FINAUX = frozenset(Etat) - TRANSITIONS.keys()
INITIAL = Etat.DEPOSE


def may_become(avant: Etat, apres: Etat) -> bool:
    """Say whether the table lets one state follow another."""
    return apres in TRANSITIONS.get(avant, frozenset())


@dataclass(frozen=True, slots=True)
class Correspondance:
    """What one moment of a télédossier is called elsewhere.

    `moment`: a state of an instruction, or a moment before, beside or after it. `fil`: the activity feed of the account (seven
    statuses). `hubee`: the case states of HubEE (twelve), the first being the one we send. `pec`: the `Etat` of the PEC's return
    message, as partners' software reads it (to be confirmed: known from software, not from its specification).
    """

    moment: str
    fil: str | None = None
    hubee: tuple[str, ...] = ()
    pec: int | None = None


CORRESPONDANCES: tuple[Correspondance, ...] = (
    Correspondance("brouillon", "enregistre_brouillon"),
    Correspondance("brouillon_expire", "demande_expiree"),
    Correspondance("a_transmettre", "envoye_transmis", ("HUBEE_RECEIVED", "HUBEE_COMPLETED", "HUBEE_NOTIFIED", "SENT")),
    Correspondance("en_echec", "envoye_transmis", ("SI_INTG_ERROR",)),
    Correspondance(Etat.DEPOSE, "envoye_transmis", ("SI_RECEIVED",), 14),
    Correspondance(Etat.EN_INSTRUCTION, "en_cours_instruction", ("IN_PROGRESS",), 16),
    Correspondance(Etat.A_COMPLETER, "demande_complementaire", ("ADD_AWAITING",), 17),
    Correspondance(Etat.ACCEPTE, "termine", ("DONE",), 19),
    Correspondance(Etat.REFUSE, "termine", ("REFUSED",), 20),
    Correspondance(Etat.NON_RECEVABLE, "non_recevable", ("REFUSED",), 15),
    Correspondance(Etat.SANS_SUITE, "termine", ("CLOSED",), 100),
    Correspondance(Etat.RETIRE, "termine", ("CLOSED",), 100),
    Correspondance(Etat.REORIENTE, "envoye_transmis", ("CLOSED",), 100),
    Correspondance("efface", None, ("ARCHIVED",)),
)
_PAR_MOMENT = {correspondance.moment: correspondance for correspondance in CORRESPONDANCES}


def elsewhere(etat: Etat) -> Correspondance:
    """Return what a state is called by the feed, by HubEE, by the PEC."""
    return _PAR_MOMENT[etat]


def feed_status(etat: Etat | None) -> str:
    """Return the feed's status of a state; None (not yet with a service of the platform): sent."""
    return (etat and _PAR_MOMENT[etat].fil) or "envoye_transmis"


def mermaid() -> str:
    """Return the state diagram of the table (Mermaid, stateDiagram-v2), in the order of the states."""
    lines = ["stateDiagram-v2", f"    [*] --> {INITIAL}"]
    lines += [f"    {avant} --> {apres}" for avant in Etat if avant in TRANSITIONS for apres in Etat if apres in TRANSITIONS[avant]]
    lines += [f"    {final} --> [*]" for final in Etat if final in FINAUX]
    return "\n".join(lines)


def table() -> str:
    """Return the table of correspondences, in Markdown."""
    lines = ["| Moment | Fil d'activité | HubEE | `Etat` de la PEC |", "| --- | --- | --- | --- |"]
    for ligne in CORRESPONDANCES:
        hubee = ", ".join(f"`{code}`" for code in ligne.hubee) or "—"
        fil = f"`{ligne.fil}`" if ligne.fil else "—"
        lines.append(f"| `{ligne.moment}` | {fil} | {hubee} | {'—' if ligne.pec is None else ligne.pec} |")
    return "\n".join(lines)
