"""Who may do which act, as a table (pure): from which states, and holding the dossier or not."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from psl.instruction.etats import FINAUX, Etat


class Acte(StrEnum):
    """What an agent may do to the instruction of an affectation of their service."""

    TAKE = "take"
    RELEASE = "release"
    ASSIGN = "assign"
    ASK = "ask"
    ACCEPT = "accept"
    REFUSE = "refuse"
    REJECT = "reject"
    CLOSE = "close"
    REDIRECT = "redirect"
    WRITE = "write"


class Place(StrEnum):
    """Where an agent must stand to a dossier: any of the service, its holder, not its holder, its holder or a responsable."""

    SERVICE = "service"
    TENANT = "tenant"
    AUTRE = "autre"
    TENANT_OU_RESPONSABLE = "tenant_ou_responsable"
    RESPONSABLE = "responsable"


class Empechement(StrEnum):
    """Why an act is not possible: the state, somebody else holds it, nobody does, it is theirs already, it takes a responsable."""

    FINAL = "final"
    ETAT = "etat"
    PAS_PRIS = "pas_pris"
    AUTRE_AGENT = "autre_agent"
    DEJA_SIEN = "deja_sien"
    RESPONSABLE = "responsable"


@dataclass(frozen=True, slots=True)
class Regle:
    """From which states, from which place, towards which state (None: the state stays)."""

    etats: frozenset[Etat]
    place: Place
    vers: Etat | None = None


OUVERTS = frozenset(Etat) - FINAUX
EN_COURS = frozenset({Etat.EN_INSTRUCTION})

# Whoever decides has taken the dossier first, so that two agents never answer the same usager; a colleague's dossier can be taken
# over (they may be away). A request that is not for the service at all is put aside at once.
REGLES: dict[Acte, Regle] = {
    Acte.TAKE: Regle(OUVERTS, Place.AUTRE, Etat.EN_INSTRUCTION),
    Acte.RELEASE: Regle(OUVERTS, Place.TENANT_OU_RESPONSABLE),
    Acte.ASSIGN: Regle(OUVERTS, Place.RESPONSABLE),
    Acte.ASK: Regle(EN_COURS, Place.TENANT, Etat.A_COMPLETER),
    Acte.ACCEPT: Regle(EN_COURS, Place.TENANT, Etat.ACCEPTE),
    Acte.REFUSE: Regle(EN_COURS, Place.TENANT, Etat.REFUSE),
    Acte.REJECT: Regle(frozenset({Etat.DEPOSE, Etat.EN_INSTRUCTION}), Place.TENANT, Etat.NON_RECEVABLE),
    Acte.CLOSE: Regle(frozenset({Etat.EN_INSTRUCTION, Etat.A_COMPLETER}), Place.TENANT, Etat.SANS_SUITE),
    Acte.REDIRECT: Regle(frozenset({Etat.DEPOSE, Etat.EN_INSTRUCTION}), Place.TENANT, Etat.REORIENTE),
    Acte.WRITE: Regle(frozenset(Etat), Place.SERVICE),
}


def obstacle(acte: Acte, etat: Etat, *, agent: UUID, tenant: UUID | None, est_responsable: bool = False) -> Empechement | None:
    """Return why this agent may not do this act now, or None.

    `tenant` holds the dossier (None: nobody). What is only `depose` and held by nobody belongs to whoever acts first.
    """
    regle = REGLES[acte]
    if etat not in regle.etats:
        return Empechement.FINAL if etat in FINAUX else Empechement.ETAT
    is_first = tenant is None and etat is Etat.DEPOSE
    is_over = est_responsable and tenant is not None
    not_held = None if tenant == agent else Empechement.PAS_PRIS if tenant is None else Empechement.AUTRE_AGENT
    return {
        Place.SERVICE: None,
        Place.AUTRE: Empechement.DEJA_SIEN if tenant == agent and etat is not Etat.DEPOSE else None,
        Place.TENANT: None if is_first else not_held,
        Place.TENANT_OU_RESPONSABLE: None if is_over else not_held,
        Place.RESPONSABLE: None if est_responsable else Empechement.RESPONSABLE,
    }[regle.place]


def state_after(acte: Acte, etat: Etat) -> Etat:
    """Return the state an act leads to: taking over what is already begun does not begin it again."""
    if acte is Acte.TAKE and etat is not Etat.DEPOSE:
        return etat
    return REGLES[acte].vers or etat
