"""Notifications of failure, read without trust."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.courriers.rebonds import Rebond, read
from tests.courriers.exemples import notification

ID = UUID("019ab000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [
        (notification(ID), Rebond(ID, permanent=True, statut="5.1.1")),
        (notification(ID, statut="4.2.2"), Rebond(ID, permanent=False, statut="4.2.2")),
        (notification(ID, action="delayed", statut="4.4.7"), Rebond(ID, permanent=False, statut="4.4.7")),
        (notification(ID, retour="postmaster@psl.example.org"), Rebond(ID, permanent=True, statut="5.1.1")),
        (notification(ID, action="delivered", statut="2.0.0"), None),
        (notification(ID, statut="cassé"), None),
        (notification(ID).replace(ID.hex.encode(), b"abc"), None),
        (b"Subject: Bonjour\r\n\r\nJe suis absent.\r\n", None),
        (b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\r\n--B--\r\n", None),
        (b"", None),
    ],
)
def test_a_notification_says_which_envoi_and_why(octets: bytes, attendu: Rebond | None) -> None:
    assert read(octets) == attendu


@given(st.binary(max_size=400), st.integers(0, 1_200))
def test_no_notification_breaks_the_reader(bruit: bytes, place: int) -> None:
    octets = notification(ID)
    for lu in (read(bruit), read(octets[:place] + bruit + octets[place:])):
        assert lu is None or isinstance(lu.envoi, UUID)
