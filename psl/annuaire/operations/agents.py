"""The accounts of agents: made, enrolled, habilitated, revoked; their password and their recovery codes."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from psl.annuaire.agents import agent_of, email, recovery_hash
from psl.annuaire.models import Agent, CodeSecours, Habilitation, SessionAgent
from psl.journal.operations import record
from psl.socle import cles, crypto, limites, reference
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus

NOMBRE_DE_CODES = 10
LONGUEUR_MIN = 12


@dataclass(frozen=True, slots=True)
class Enrolement:
    """What an agent is given once, in person or on paper: never shown again. `adresse` is what the QR code of an application holds."""

    agent: UUID
    mot_de_passe: str
    secret: str
    adresse: str
    codes: tuple[str, ...]


def create_agent(courriel: str, nom: str, *, mot_de_passe: str = "", secret: str = "", now: datetime) -> Enrolement:
    """Open an account and enrol it; without a password or a secret, they are drawn.

    Refuses: agent-existe.
    Records: agent.cree.
    """
    agent = Agent(courriel=email(courriel), nom=nom.strip(), totp=b"", mot_de_passe="")
    password, drawn = mot_de_passe or secrets.token_urlsafe(15), secret or pyotp.random_base32()
    with scope(SYSTEME):
        try:
            with transaction.atomic():
                agent.save(force_insert=True)
        except IntegrityError as error:
            raise Refus("agent-existe", gettext("%(courriel)s a déjà un compte.") % {"courriel": agent.courriel}) from error
        cles.create("agent", agent.id, now=now)
        codes = set_secrets(agent, password, drawn)
        record("agent.cree", agent.id, by=SYSTEME, at=now)
    return enrolement(agent, password, drawn, codes)


def enrol(courriel: str, *, now: datetime) -> Enrolement:
    """Give an agent a new password, secret and codes, and close their sessions; a revoked agent is back.

    Refuses: agent-inconnu.
    Records: agent.enrole.
    """
    password, drawn = secrets.token_urlsafe(15), pyotp.random_base32()
    with scope(SYSTEME):
        agent = agent_of(courriel)
        if agent.revoque_at:
            cles.create("agent", agent.id, now=now)
        agent.revoque_at = None
        codes = set_secrets(agent, password, drawn)
        SessionAgent.objects.filter(agent=agent).delete()
        record("agent.enrole", agent.id, by=SYSTEME, at=now)
    return enrolement(agent, password, drawn, codes)


def set_secrets(agent: Agent, password: str, secret: str) -> tuple[str, ...]:
    agent.mot_de_passe = make_password(password)
    agent.totp = crypto.encrypt(cles.open_key("agent", agent.id), secret.encode(), agent.id.bytes)
    agent.totp_pas = 0
    agent.save(update_fields=["mot_de_passe", "totp", "totp_pas", "revoque_at"])
    return draw_codes(agent)


def draw_codes(agent: Agent) -> tuple[str, ...]:
    codes = tuple(reference.draw_code() for _ in range(NOMBRE_DE_CODES))
    CodeSecours.objects.filter(agent=agent).delete()
    CodeSecours.objects.bulk_create([CodeSecours(agent=agent, empreinte=recovery_hash(agent.id, code)) for code in codes])
    return codes


def enrolement(agent: Agent, password: str, secret: str, codes: tuple[str, ...]) -> Enrolement:
    address = pyotp.TOTP(secret).provisioning_uri(name=agent.courriel, issuer_name="PSL")
    return Enrolement(agent.id, password, secret, address, codes)


def habilitate(courriel: str, services: Collection[UUID], *, role: str = "agent", now: datetime) -> None:
    """Give an agent a role in these services; what they had in others stays.

    Refuses: agent-inconnu.
    Records: agent.habilite, for what changes.
    """
    with transaction.atomic():
        agent = agent_of(courriel)
        already = set(Habilitation.objects.filter(agent=agent, service__in=services, role=role).values_list("service_id", flat=True))
        for service in sorted(set(services) - already):
            Habilitation.objects.update_or_create(agent=agent, service_id=service, defaults={"role": role})
            record("agent.habilite", agent.id, by=SYSTEME, at=now, corps={"service": str(service), "role": role})


def withdraw(courriel: str, service: UUID, *, now: datetime) -> None:
    """Take an agent out of a service: at once, in their open sessions too.

    Refuses: agent-inconnu.
    Records: agent.habilitation_retiree.
    """
    with transaction.atomic():
        agent = agent_of(courriel)
        if Habilitation.objects.filter(agent=agent, service=service).delete()[0]:
            record("agent.habilitation_retiree", agent.id, by=SYSTEME, at=now, corps={"service": str(service)})


def revoke(courriel: str, *, now: datetime) -> None:
    """Close an account: sessions, secret and codes end at once; the row stays, as faits name it.

    Refuses: agent-inconnu.
    Records: agent.revoque.
    """
    with scope(SYSTEME):
        agent = agent_of(courriel)
        if agent.revoque_at:
            return
        agent.revoque_at, agent.totp, agent.mot_de_passe = now, b"", ""
        agent.save(update_fields=["revoque_at", "totp", "mot_de_passe"])
        cles.destroy("agent", [agent.id])
        CodeSecours.objects.filter(agent=agent).delete()
        SessionAgent.objects.filter(agent=agent).delete()
        record("agent.revoque", agent.id, by=SYSTEME, at=now)


def change_password(agent_id: UUID, actuel: str, nouveau: str, *, session_id: UUID, now: datetime) -> None:
    """Change the password of an agent who knows the present one; their other sessions are closed.

    Refuses: mot-de-passe-errone, mot-de-passe-faible, trop-de-tentatives.
    Records: agent.mot_de_passe_change.
    """
    limites.hit("agent.mot_de_passe", str(agent_id), limite=10, fenetre=timedelta(minutes=15), now=now)
    agent = Agent.objects.get(id=agent_id)
    if not check_password(actuel, agent.mot_de_passe):
        sentence = gettext("Ce n’est pas votre mot de passe actuel.")
        raise Refus("mot-de-passe-errone", sentence, statut=422, champs={"actuel": sentence})
    if len(nouveau) < LONGUEUR_MIN or agent.courriel.partition("@")[0] in nouveau.lower() or nouveau == actuel:
        sentence = gettext("Choisissez au moins %(n)d caractères, sans votre adresse, différents de l’ancien mot de passe.") % {
            "n": LONGUEUR_MIN
        }
        raise Refus("mot-de-passe-faible", sentence, statut=422, champs={"nouveau": sentence})
    with transaction.atomic():
        Agent.objects.filter(id=agent_id).update(mot_de_passe=make_password(nouveau))
        SessionAgent.objects.filter(agent=agent_id).exclude(id=session_id).delete()
        record("agent.mot_de_passe_change", agent_id, by=Acteur("agent", agent_id), at=now)


def renew_codes(agent_id: UUID, *, now: datetime) -> tuple[str, ...]:
    """Draw ten new recovery codes; the former ones are void. Returns them: they are never shown again.

    Records: agent.codes_renouveles.
    """
    with transaction.atomic():
        codes = draw_codes(Agent.objects.select_for_update().get(id=agent_id))
        record("agent.codes_renouveles", agent_id, by=Acteur("agent", agent_id), at=now)
    return codes
