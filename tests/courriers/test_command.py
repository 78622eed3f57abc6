"""`bin/psl courriers rebonds`: notifications from a file, a folder, a maildir, an mbox, the standard input."""

import io
import mailbox
import sys
from argparse import ArgumentParser
from pathlib import Path
from uuid import UUID

import pytest

from psl.commandes import courriers as commande
from psl.courriers import operations, queries
from psl.courriers.models import Envoi
from psl.journal.models import Fait
from psl.socle.acteur import SYSTEME, scope
from tests.courriers.conftest import NOW, Courriels
from tests.courriers.exemples import notification
from tests.harnais import travaux

pytestmark = pytest.mark.django_db


@pytest.fixture
def envoi(sujet: UUID, courriels: Courriels) -> UUID:
    with scope(SYSTEME):
        id_ = operations.send("code", sujet, contexte={"code": "1"}, unique="1", now=NOW)
    travaux.drain(NOW)
    assert id_ is not None
    return id_


def run(source: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    parser = ArgumentParser()
    commande.configure(parser)
    code = commande.run(parser.parse_args(["rebonds", source]))
    return code, "".join(capsys.readouterr())


def test_a_notification_marks_the_envoi_and_the_contact_once(
    envoi: UUID, sujet: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = tmp_path / "rebond.eml"
    fichier.write_bytes(notification(envoi))
    assert run(str(fichier), capsys) == (0, "1 message(s) lu(s), 1 rebond(s) noté(s).\n")
    assert run(str(fichier), capsys) == (0, "1 message(s) lu(s), 0 rebond(s) noté(s).\n")
    ligne = Envoi.objects.get(id=envoi)
    assert (ligne.etat, ligne.cause) == ("rebond", "5.1.1")
    assert queries.bounced_at(sujet) is not None
    assert [fait.sorte for fait in Fait.objects.filter(sujet=sujet)] == ["courriel.rebond"]


def test_a_delay_is_not_a_bounce(envoi: UUID, sujet: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.eml").write_bytes(notification(envoi, action="delayed", statut="4.4.7"))
    assert run(str(tmp_path), capsys)[1] == "1 message(s) lu(s), 0 rebond(s) noté(s).\n"
    assert queries.bounced_at(sujet) is None


def test_a_maildir_and_an_mbox_are_read(envoi: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    maildir = mailbox.Maildir(tmp_path / "maildir")
    maildir.add(b"Subject: absence\n\nJe reviens lundi.\n")
    maildir.add(notification(envoi))
    assert run(str(tmp_path / "maildir"), capsys)[1] == "2 message(s) lu(s), 1 rebond(s) noté(s).\n"
    mbox = mailbox.mbox(tmp_path / "mbox")
    mbox.add(notification(envoi))
    mbox.close()
    assert run(str(tmp_path / "mbox"), capsys)[1] == "1 message(s) lu(s), 0 rebond(s) noté(s).\n"


def test_the_standard_input_is_one_message(envoi: UUID, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notification(envoi))))
    assert run("-", capsys)[1] == "1 message(s) lu(s), 1 rebond(s) noté(s).\n"


def test_a_source_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("/nulle/part", capsys) == (2, "/nulle/part n'existe pas.\n")
