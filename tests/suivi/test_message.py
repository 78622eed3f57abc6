"""Writing to the service from the follow-up page: what is refused comes back as it was typed."""

from uuid import UUID

from django.test import Client

from psl.suivi import acces
from tests.instruction.monde import Monde
from tests.suivi.gestes import signed


def test_a_message_refused_keeps_its_words(client: Client, monde: Monde, affectation: UUID) -> None:
    client.cookies[acces.cookie_name("ouvert")] = signed("ouvert", monde.see(affectation).teledossier)
    adresse = f"/suivi/dossier/{affectation}/message"
    trop_long = "Bonjour, voici ma question. " * 300
    reponse = client.post(adresse, {"texte": trop_long})
    assert (reponse.status_code, trop_long.strip() in reponse.content.decode()) == (422, True)
    assert client.post(adresse, {"texte": "Où en est ma demande ?"})["Location"] == "/suivi/dossier"
    assert "Où en est ma demande ?" in client.get("/suivi/dossier").content.decode()
