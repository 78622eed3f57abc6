"""A Messager that is down: for the tests and the trials of the operator."""

from email.message import EmailMessage

from psl.courriers.messager import MessagerError

PANNE = "Le serveur de courrier est en panne (essai)."


class MessagerEnPanne:
    """Takes nothing, the way a server that is off does."""

    def send(self, message: EmailMessage, *, retour: str) -> None:
        raise MessagerError(PANNE)

    def check(self) -> list[str]:
        return [PANNE]
