"""Messager over SMTP (RFC 5321): one connection per message, with limits of time; STARTTLS or TLS when configured."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from django.conf import settings

from psl.courriers.messager import MessagerError

SECONDES = 20


class MessagerSMTP:
    """Tells a bad address (the recipient refused for good) from a server in trouble: only the first is permanent."""

    def __init__(self, hote: str = "", port: int = 0, *, chiffrement: str | None = None, contexte: ssl.SSLContext | None = None) -> None:
        self._hote = hote or settings.SMTP_HOTE
        self._port = port or settings.SMTP_PORT
        self._chiffrement = settings.SMTP_CHIFFREMENT if chiffrement is None else chiffrement
        self._contexte = contexte

    def send(self, message: EmailMessage, *, retour: str) -> None:
        try:
            with self._session() as smtp:
                smtp.send_message(message, from_addr=retour)
        except smtplib.SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            raise MessagerError(f"Le serveur refuse le destinataire ({code}).", permanent=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise MessagerError(f"Le serveur de courrier refuse le message ({error.smtp_code}).") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MessagerError(f"Le serveur de courrier ne répond pas ({type(error).__name__}).") from error

    def check(self) -> list[str]:
        if self._chiffrement not in {"", "starttls", "tls"}:
            return [f"PSL_SMTP_CHIFFREMENT vaut {self._chiffrement!r} : écrivez starttls, tls ou rien."]
        try:
            with self._session() as smtp:
                smtp.noop()
        except (OSError, smtplib.SMTPException) as error:
            return [f"Le serveur de courrier {self._hote}:{self._port} ne répond pas ({type(error).__name__})."]
        return []

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        with self._connect() as smtp:
            if self._chiffrement == "starttls":
                smtp.starttls(context=self._contexte or ssl.create_default_context())
            if settings.SMTP_UTILISATEUR:
                smtp.login(settings.SMTP_UTILISATEUR, settings.SMTP_MOT_DE_PASSE)
            yield smtp

    def _connect(self) -> smtplib.SMTP:
        if self._chiffrement == "tls":
            return smtplib.SMTP_SSL(self._hote, self._port, timeout=SECONDES, context=self._contexte or ssl.create_default_context())
        return smtplib.SMTP(self._hote, self._port, timeout=SECONDES)
