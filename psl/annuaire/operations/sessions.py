"""The open sessions of agents: 256-bit tokens kept hashed, 30 minutes idle, 12 hours at most, closed by whoever owns them."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from psl.annuaire.agents import ABSOLUE, INACTIVE, AgentConnecte, open_session_of, token_hash
from psl.annuaire.models import SessionAgent
from psl.journal.operations import record
from psl.socle.acteur import Acteur
from psl.socle.errors import Refus

VUE = timedelta(minutes=1)


def open_session(agent_id: UUID, *, appareil: str, verifiee: bool, now: datetime) -> str:
    """Open a session and return its token, which is nowhere else."""
    token = secrets.token_urlsafe(32)
    SessionAgent.objects.create(
        empreinte=token_hash(token),
        agent_id=agent_id,
        debut_at=now,
        vue_at=now,
        verifiee_at=now if verifiee else None,
        appareil=appareil[:120],
    )
    return token


def session_acteur(jeton: str, *, now: datetime) -> AgentConnecte | None:
    """Return who holds an open session and note that it serves; None when it is closed, idle, too old, or its agent has no service left."""
    found = open_session_of(jeton, now)
    if found and now - found.vue_at >= VUE:
        # Once a minute is enough to tell an idle session, and spares a write to nearly every page.
        SessionAgent.objects.filter(id=found.session_id).update(vue_at=now)
    return found


def close_session(session_id: UUID, *, agent_id: UUID, now: datetime) -> None:
    """Close one of an agent's own sessions.

    Refuses: session-inconnue, also when it is another's.
    Records: agent.session_fermee.
    """
    with transaction.atomic():
        if not SessionAgent.objects.filter(id=session_id, agent=agent_id).delete()[0]:
            raise Refus("session-inconnue", _("Cette session n’est plus ouverte."), statut=404)
        record("agent.session_fermee", agent_id, by=Acteur("agent", agent_id), at=now)


def purge_sessions(*, now: datetime) -> int:
    """Delete the sessions that can serve no more."""
    idle = SessionAgent.objects.filter(vue_at__lt=now - INACTIVE)
    return (idle | SessionAgent.objects.filter(debut_at__lt=now - ABSOLUE)).delete()[0]
