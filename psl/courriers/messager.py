"""Port Messager: hands an e-mail to the next server."""

from email.message import EmailMessage
from typing import Protocol

from psl.socle.ports import connected


class MessagerError(Exception):
    """The message was not taken. `permanent`: this address will never take it. The message quotes nobody's address."""

    def __init__(self, public_message: str, *, permanent: bool = False) -> None:
        super().__init__(public_message)
        self.public_message = public_message
        self.permanent = permanent


class Messager(Protocol):
    """Send one message to its one recipient. Sending the same Message-ID twice must be harmless to the recipient."""

    def send(self, message: EmailMessage, *, retour: str) -> None:
        """Hand over; bounces go to the address `retour`. Raises MessagerError."""

    def check(self) -> list[str]:
        """Return what is wrong with the configuration, in words."""


def messager() -> Messager:
    """Return the messager that settings name."""
    connecteur: Messager = connected("MESSAGER")
    return connecteur
