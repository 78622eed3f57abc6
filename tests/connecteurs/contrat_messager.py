"""What every Messager must do: one class, inherited by the tests of each connecteur."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

from psl.courriers.message import Jointe, build, return_path
from psl.courriers.messager import Messager

ID = UUID("019ab000-0000-7000-8000-000000000001")
Recus = Callable[[], list[tuple[str, bytes]]]


def message(vers: str = "camille@example.org", *, jointe: bytes = b"%PDF-1.7\r\n.\r\n\x00") -> EmailMessage:
    return build(
        ID,
        vers=vers,
        objet="Votre demande n° 1 – reçue",
        corps="Bonjour,\n.\n..\nÉloïse\n",
        langue="fr",
        at=datetime(2026, 11, 23, tzinfo=UTC),
        jointes=[Jointe("accusé.pdf", "application/pdf", jointe)],
    )


class ContratMessager:
    """Give as fixtures `messager`, and `recus`: a function that returns (return path, bytes) of each message that arrived."""

    def test_a_message_arrives_whole(self, messager: Messager, recus: Recus) -> None:
        messager.send(message(), retour=return_path(ID))
        ((retour, octets),) = recus()
        assert retour == return_path(ID)
        lu = message_from_bytes(octets, policy=default)
        assert (lu["Subject"], lu["To"], lu["Message-ID"]) == (
            "Votre demande n° 1 – reçue",
            "camille@example.org",
            f"<{ID.hex}@psl.example.org>",
        )
        assert lu.get_body().get_content().splitlines() == ["Bonjour,", ".", "..", "Éloïse"]
        (piece,) = lu.iter_attachments()
        assert (piece.get_filename(), piece.get_content()) == ("accusé.pdf", b"%PDF-1.7\r\n.\r\n\x00")

    def test_several_messages_arrive(self, messager: Messager, recus: Recus) -> None:
        for rang in range(3):
            messager.send(message(f"a{rang}@example.org"), retour=return_path(ID))
        assert sorted(str(message_from_bytes(octets, policy=default)["To"]) for _, octets in recus()) == [
            f"a{n}@example.org" for n in range(3)
        ]

    def test_is_well(self, messager: Messager, recus: Recus) -> None:
        assert messager.check() == []
        assert recus() == []
