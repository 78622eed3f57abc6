"""Reading agents: their account, what opens it, their open sessions, the services they serve."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.utils.translation import gettext

from psl.annuaire.models import Agent, CodeSecours, SessionAgent
from psl.socle import cles, crypto, reference
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus

INACTIVE = timedelta(minutes=30)
ABSOLUE = timedelta(hours=12)
PAS = 30  # seconds of a code (RFC 6238)


@dataclass(frozen=True, slots=True)
class AgentConnecte:
    """An agent in an open session: who acts (`acteur` holds the services), and their role in each service."""

    id: UUID
    session_id: UUID
    vue_at: datetime
    nom: str
    courriel: str
    acteur: Acteur
    roles: Mapping[UUID, str]

    @property
    def is_responsable(self) -> bool:
        """Whether the agent is a responsable somewhere."""
        return "responsable" in self.roles.values()

    @property
    def is_exploitant(self) -> bool:
        """Whether the agent runs the platform."""
        return "exploitant" in self.roles.values()


@dataclass(frozen=True, slots=True)
class SessionVue:
    """An open session as its agent sees it."""

    id: UUID
    appareil: str
    debut_at: datetime
    vue_at: datetime


def open_session_of(jeton: str, now: datetime) -> AgentConnecte | None:
    """Return who holds an open session, in one query; habilitations are read each time, so that a withdrawal is immediate."""
    row = (
        SessionAgent.objects.filter(
            empreinte=token_hash(jeton),
            verifiee_at__isnull=False,
            vue_at__gt=now - INACTIVE,
            debut_at__gt=now - ABSOLUE,
            agent__revoque_at=None,
            agent__habilitations__isnull=False,
        )
        .values_list("id", "vue_at", "agent_id", "agent__nom", "agent__courriel")
        .annotate(services=ArrayAgg("agent__habilitations__service_id"), roles=ArrayAgg("agent__habilitations__role"))
        .first()
    )
    if row is None:
        return None
    session_id, seen, agent_id, name, address, services, roles = row
    acteur = Acteur("agent", agent_id, services=frozenset(services))
    return AgentConnecte(agent_id, session_id, seen, name, address, acteur, dict(zip(services, roles, strict=True)))


def sessions(agent_id: UUID, *, now: datetime) -> list[SessionVue]:
    """Return an agent's open sessions, the last used first."""
    rows = SessionAgent.objects.filter(
        agent=agent_id, verifiee_at__isnull=False, vue_at__gt=now - INACTIVE, debut_at__gt=now - ABSOLUE
    ).order_by("-vue_at")
    return [SessionVue(*row) for row in rows.values_list("id", "appareil", "debut_at", "vue_at")]


def names(ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of some agents."""
    return dict(Agent.objects.filter(id__in=ids).values_list("id", "nom"))


def of_services(services: frozenset[UUID]) -> dict[UUID, str]:
    """Return the names of the agents who serve any of these services, in their order."""
    rows = Agent.objects.filter(habilitations__service__in=services, revoque_at=None).distinct().order_by("nom")
    return dict(rows.values_list("id", "nom"))


def codes_left(agent_id: UUID) -> int:
    """Return how many recovery codes are unused."""
    return CodeSecours.objects.filter(agent=agent_id, utilise_at=None).count()


def email(text: str) -> str:
    """Return an e-mail address as accounts keep it."""
    return "".join(char for char in text if char.isprintable()).strip().lower()[:254]


def agent_of(courriel: str) -> Agent:
    """Return an account to change, locked.

    Refuses: agent-inconnu.
    """
    agent = Agent.objects.select_for_update().filter(courriel=email(courriel)).first()
    if agent is None:
        raise Refus("agent-inconnu", gettext("Aucun compte d’agent n’a l’adresse %(courriel)s.") % {"courriel": courriel}, statut=404)
    return agent


def token_hash(jeton: str) -> bytes:
    """Return what is kept of a session's token: 256 random bits need neither salt nor key."""
    return hashlib.sha256(jeton.encode("utf-8", "surrogatepass")).digest()


def recovery_hash(agent_id: UUID, code: str) -> bytes:
    """Return what is kept of a recovery code."""
    return crypto.keyed_hash(crypto.coffre().secret("agents"), f"{agent_id}:{reference.normalise_code(code)}")


def open_secret(agent: Agent) -> str:
    """Return the secret that an agent's application holds. Under the system's scope only."""
    return crypto.decrypt(cles.open_key("agent", agent.id), bytes(agent.totp), agent.id.bytes).decode()


def current_code(courriel: str, *, now: datetime) -> str:
    """Return a code of six digits that serves now: in the demonstration, where nobody has the agents' telephones.

    Refuses: pas-en-demonstration, agent-inconnu.
    """
    if not settings.EST_DEMONSTRATION:
        raise Refus(
            "pas-en-demonstration", gettext("Le code d’un agent est dans son application : la plateforme ne le donne pas."), statut=403
        )
    with scope(SYSTEME):
        agent = agent_of(courriel)
        # After a code was spent, the next step's is accepted too: nobody waits thirty seconds between two demonstrations.
        step = max(int(now.timestamp()) // PAS, agent.totp_pas + 1)
        return pyotp.TOTP(open_secret(agent)).generate_otp(step)
