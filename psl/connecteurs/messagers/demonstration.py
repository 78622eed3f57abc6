"""Messager that writes to a maildir, settings.ETAT/courriels: for a demonstration without any mail server."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from psl.courriers.messager import MessagerError


class MessagerDemonstration:
    """One file per message, complete or absent; the return path is its first line, as a delivering server writes it (RFC 5321 4.4)."""

    def __init__(self, dossier: Path | None = None) -> None:
        self._dossier = dossier or Path(settings.ETAT) / "courriels"

    def send(self, message: EmailMessage, *, retour: str) -> None:
        try:
            self._dossier.parent.mkdir(parents=True, exist_ok=True)
            boite = mailbox.Maildir(self._dossier, create=True)
            boite.add(f"Return-Path: <{retour}>\n".encode() + message.as_bytes(policy=message.policy.clone(linesep="\n")))
        except OSError as error:
            raise MessagerError(f"Le dossier des courriels ne garde rien ({error.strerror}).") from error

    def check(self) -> list[str]:
        try:
            self._dossier.parent.mkdir(parents=True, exist_ok=True)
            mailbox.Maildir(self._dossier, create=True)
            (self._dossier / "tmp" / "essai").write_bytes(b"")
            (self._dossier / "tmp" / "essai").unlink()
        except OSError as error:
            return [f"Le dossier {self._dossier} ne garde pas les courriels ({error.strerror})."]
        return []
