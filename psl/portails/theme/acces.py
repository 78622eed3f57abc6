"""Who may reach a route. Each portal has its table `REGLES: dict[str, Acces]` in its acces.py, keyed by the route's name."""

from dataclasses import dataclass
from typing import Literal

Qui = Literal["public", "porteur", "suivi", "agent", "service", "exploitant"]


@dataclass(frozen=True, slots=True)
class Acces:
    """The rule of one route.

    public: anybody · porteur: whoever holds the brouillon's link · suivi: whoever proved the number, the code and the second fact ·
    agent: a habilitated agent, their services only · service: whoever proved the number and the password of one affectation ·
    exploitant: whoever runs the platform. Somebody else's is a 404, never an explanation.
    """

    qui: Qui
