"""Logging in: a password, then a code of six digits or a recovery code. Every answer to a stranger is the same, in words and in time."""

import hmac
import secrets
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext

from psl.annuaire.agents import PAS, email, open_secret, recovery_hash, token_hash
from psl.annuaire.models import Agent, CodeSecours, Habilitation, SessionAgent
from psl.annuaire.operations.sessions import open_session
from psl.journal.operations import record
from psl.socle import limites
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus

FENETRE = timedelta(minutes=15)
ATTENTE = timedelta(minutes=10)
ESSAIS_COMPTE = 10
ESSAIS_ADRESSE = 100  # a whole town hall may come from one address
INCONNU = UUID("00000000-0000-7000-8000-00000000a6e2")  # the subject of refusals for accounts that do not exist


def login(courriel: str, mot_de_passe: str, *, ip: str, appareil: str = "", now: datetime) -> str:
    """Check a password and return the token of a session that still owes its second factor.

    Refuses: identifiants-errones (whatever was wrong), trop-de-tentatives.
    Records: agent.refuse.
    """
    address = email(courriel)
    limites.hit("agent.adresse", ip, limite=ESSAIS_ADRESSE, fenetre=FENETRE, now=now)
    limites.hit("agent.compte", address, limite=ESSAIS_COMPTE, fenetre=FENETRE, now=now)
    agent = Agent.objects.filter(courriel=address, revoque_at=None).first()
    # An unknown account costs the same hashing as a known one: time must not tell which addresses exist.
    lure = decoy()
    is_right = check_password(mot_de_passe, agent.mot_de_passe if agent else lure)
    if agent is None or not is_right:
        refuse(agent.id if agent else INCONNU, "mot de passe", now=now)
        raise Refus("identifiants-errones", gettext("L’adresse ou le mot de passe ne convient pas."), statut=422)
    limites.forget("agent.compte", address)
    return open_session(agent.id, appareil=appareil, verifiee=False, now=now)


def verify_totp(jeton: str, code: str, *, ip: str, now: datetime) -> str:
    """Check the second factor of a session and return the token of a new one, open; the former token is void.

    Refuses: connexion-expiree, code-errone, sans-service, trop-de-tentatives.
    Records: agent.connecte or agent.refuse.
    Locks: the agent, so that one code serves once.
    """
    limites.hit("agent.adresse", ip, limite=ESSAIS_ADRESSE, fenetre=FENETRE, now=now)
    waiting = SessionAgent.objects.filter(
        empreinte=token_hash(jeton), verifiee_at=None, debut_at__gt=now - ATTENTE, agent__revoque_at=None
    ).first()
    if waiting is None:
        raise Refus(
            "connexion-expiree", gettext("Votre connexion a expiré. Donnez de nouveau votre adresse et votre mot de passe."), statut=401
        )
    limites.hit("agent.code", str(waiting.agent_id), limite=ESSAIS_COMPTE, fenetre=FENETRE, now=now)
    with scope(SYSTEME):
        agent = Agent.objects.select_for_update().get(id=waiting.agent_id)
        if moyen := use_code(agent, code, now=now):
            require_service(agent)
            waiting.delete()
            opened = open_session(agent.id, appareil=waiting.appareil, verifiee=True, now=now)
            record("agent.connecte", agent.id, by=Acteur("agent", agent.id), at=now, corps={"moyen": moyen})
    if not moyen:
        refuse(agent.id, "code", now=now)
        raise wrong_code()
    limites.forget("agent.code", str(agent.id))
    return opened


def confirm(agent_id: UUID, code: str, *, now: datetime) -> None:
    """Check and spend a code of an agent already in, before what changes how they log in.

    Refuses: code-errone, trop-de-tentatives.
    Records: agent.refuse.
    """
    limites.hit("agent.code", str(agent_id), limite=ESSAIS_COMPTE, fenetre=FENETRE, now=now)
    with scope(SYSTEME):
        is_right = bool(use_code(Agent.objects.select_for_update().get(id=agent_id), code, now=now))
    if not is_right:
        refuse(agent_id, "code", now=now)
        raise wrong_code()


def wrong_code() -> Refus:
    sentence = gettext("Ce code ne convient pas. Attendez le code suivant de votre application, ou donnez un code de secours.")
    return Refus("code-errone", sentence, statut=422)


def require_service(agent: Agent) -> None:
    if not Habilitation.objects.filter(agent=agent).exists():
        sentence = gettext("Votre compte n’est rattaché à aucun service. Demandez au responsable de votre service de vous habiliter.")
        raise Refus("sans-service", sentence, statut=403)


def use_code(agent: Agent, code: str, *, now: datetime) -> str:
    """Return by what means a code is right, and spend it; nothing when it is wrong."""
    typed = "".join(code.split())
    if typed.isascii() and typed.isdigit() and len(typed) == 6:
        return "application" if use_totp(agent, typed, now=now) else ""
    unused = CodeSecours.objects.filter(agent=agent, empreinte=recovery_hash(agent.id, code), utilise_at=None)
    return "code de secours" if unused.update(utilise_at=now) else ""


def use_totp(agent: Agent, code: str, *, now: datetime) -> bool:
    """Spend a code of the time step of now or of its neighbours (RFC 6238 §5.2), later than the last one spent."""
    totp = pyotp.TOTP(open_secret(agent))
    step = int(now.timestamp()) // PAS
    right = [near for near in (step - 1, step, step + 1) if hmac.compare_digest(totp.generate_otp(near), code)]
    return bool(right) and Agent.objects.filter(id=agent.id, totp_pas__lt=right[0]).update(totp_pas=right[0]) == 1


def refuse(sujet: UUID, cause: str, *, now: datetime) -> None:
    with transaction.atomic():
        record("agent.refuse", sujet, by=SYSTEME, at=now, corps={"cause": cause})


@cache
def decoy() -> str:
    return make_password(secrets.token_urlsafe(16))
