"""Agents for the tests: a service, an account whose secrets are known, a code of any moment."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp

from psl.annuaire.operations.agents import Enrolement, create_agent, habilitate
from psl.annuaire.operations.competences import give_competences, keep_administration, keep_service
from psl.annuaire.operations.connexion import login, verify_totp
from psl.journal import queries as journal

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COURRIEL = "camille@la-rochelle.example.org"
MOT_DE_PASSE = "un mot de passe long"
IP = "192.0.2.1"


@dataclass(frozen=True)
class UnAgent:
    """An agent of a service, and what they know."""

    enrolement: Enrolement
    service: UUID

    @property
    def id(self) -> UUID:
        return self.enrolement.agent

    def code(self, at: datetime = NOW) -> str:
        return pyotp.TOTP(self.enrolement.secret).at(at)


def make_service(cle: str = "la-rochelle-etat-civil", territoires: tuple[str, ...] = ("17300",)) -> UUID:
    administration = keep_administration("la-rochelle", "Mairie de La Rochelle")
    service = keep_service(
        cle,
        administration,
        nom="Service de l’état civil",
        adresse="3 place de l'Hôtel-de-Ville\n17000 La Rochelle",
        telephone="05 36 49 17 30",
        courriel="etat-civil@la-rochelle.example.org",
    )
    give_competences(service, "acte-etat-civil", territoires)
    return service


def make_agent(courriel: str = COURRIEL, *, service: UUID | None = None, role: str = "agent") -> UnAgent:
    service = service or make_service()
    enrolement = create_agent(courriel, "Camille Rivière", mot_de_passe=MOT_DE_PASSE, now=NOW)
    habilitate(courriel, [service], role=role, now=NOW)
    return UnAgent(enrolement, service)


def opened(agent: UnAgent, *, at: datetime = NOW, appareil: str = "Firefox · Linux") -> str:
    """Log an agent in; return the token of their session."""
    waiting = login(COURRIEL, MOT_DE_PASSE, ip=IP, appareil=appareil, now=at)
    return verify_totp(waiting, agent.code(at), ip=IP, now=at)


def kinds(sujet: UUID) -> list[str]:
    return [fait.sorte for fait in journal.of(sujet)]


def later(**delay: float) -> datetime:
    return NOW + timedelta(**delay)
