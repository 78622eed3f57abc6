"""Port Antivirus: says whether bytes are sane. When it cannot say, the file is not accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from psl.socle.ports import connected


class Avis(StrEnum):
    """The three answers of an antivirus."""

    SAIN = "sain"
    INFECTE = "infecte"
    INDISPONIBLE = "indisponible"


@dataclass(frozen=True)
class Verdict:
    """An answer, and the name of the virus or the reason why there is no answer."""

    avis: Avis
    nom: str = ""


class Antivirus(Protocol):
    """Scan a stream. Never raises for a scan: what fails is a verdict `indisponible`."""

    def scan(self, chunks: Iterable[bytes]) -> Verdict: ...

    def check(self) -> list[str]:
        """Return what is wrong with the configuration, in words."""


def antivirus() -> Antivirus:
    """Return the antivirus that settings name."""
    connecteur: Antivirus = connected("ANTIVIRUS")
    return connecteur
