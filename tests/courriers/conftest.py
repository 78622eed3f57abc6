"""The mail of a test: a maildir of its own, read back parsed."""

import mailbox
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.test import override_settings

from psl.courriers import operations
from psl.socle import ports
from psl.socle.acteur import SYSTEME, scope
from psl.socle.uuid7 import uuid7

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Courriels = Callable[[], list[EmailMessage]]


@pytest.fixture
def courriels() -> Iterator[Courriels]:
    dossier = Path(settings.ETAT) / "courriels"
    shutil.rmtree(dossier, ignore_errors=True)
    ports.forget()
    with override_settings(MESSAGER="psl.connecteurs.messagers.demonstration.MessagerDemonstration"):
        yield lambda: _read(dossier)
    ports.forget()


def _read(dossier: Path) -> list[EmailMessage]:
    if not dossier.exists():
        return []
    boite = mailbox.Maildir(dossier, create=False)
    return [message_from_bytes(boite.get_bytes(cle), policy=default) for cle in sorted(boite.keys())]  # type: ignore[misc]


@pytest.fixture
def sujet() -> UUID:
    """A subject that can be written to."""
    id_ = uuid7(NOW)
    with scope(SYSTEME):
        operations.keep_contact(id_, courriel="camille@example.org", telephone="+33612345678", langue="fr", now=NOW)
    return id_
