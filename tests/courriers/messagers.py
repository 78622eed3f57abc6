"""Messagers that behave as told, named by settings like any other."""

from email.message import EmailMessage

from psl.courriers.messager import MessagerError


class RefuseDestinataire:
    """Says that the address does not exist."""

    def send(self, message: EmailMessage, *, retour: str) -> None:
        raise MessagerError("Le serveur refuse le destinataire (550).", permanent=True)

    def check(self) -> list[str]:
        return []


class MeurtApresEnvoi:
    """Hands over, then dies before it can say so: what a kill -9 does."""

    partis: list[bytes] = []
    meurt = True

    def send(self, message: EmailMessage, *, retour: str) -> None:
        self.partis.append(message.as_bytes())
        if MeurtApresEnvoi.meurt:
            MeurtApresEnvoi.meurt = False
            raise SystemExit

    def check(self) -> list[str]:
        return []
