"""Owing an e-mail and delivering it: once for the usager, whatever dies on the way."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import override_settings

from psl.courriers import operations, queries
from psl.courriers.message import Jointe
from psl.courriers.models import Envoi
from psl.journal.models import Fait, Panne
from psl.socle import ports
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.uuid7 import uuid7
from tests.courriers.conftest import NOW, Courriels
from tests.courriers.messagers import MeurtApresEnvoi
from tests.harnais import travaux

pytestmark = pytest.mark.django_db
PANNE = "psl.connecteurs.messagers.en_panne.MessagerEnPanne"
CONTEXTE = {"numero": "A-6-K3F9ZQ1B", "titre": "Acte de naissance", "service": "Mairie de La Rochelle"}


def send(sujet: UUID, **autres: object) -> UUID | None:
    with scope(SYSTEME):
        return operations.send(**{"gabarit": "message", "sujet": sujet, "contexte": CONTEXTE, "unique": "un", "now": NOW} | autres)  # type: ignore[arg-type]


def etat(envoi: UUID | None) -> tuple[str, int, str]:
    ligne = Envoi.objects.get(id=envoi)
    return ligne.etat, ligne.essais, ligne.cause


def accuse(argument: str, *, now: object) -> Jointe:
    return Jointe("accuse.pdf", "application/pdf", argument.encode())


def test_an_email_leaves_once_and_its_words_go_with_it(sujet: UUID, courriels: Courriels) -> None:
    envoi = send(sujet)
    assert travaux.drain(NOW) == 1
    (courriel,) = courriels()
    assert courriel["To"] == "camille@example.org"
    assert courriel["Subject"] == "Votre demande A-6-K3F9ZQ1B : vous avez un message"
    assert courriel["Return-Path"] == f"<bounces+{envoi.hex}@psl.example.org>"
    assert etat(envoi) == ("envoye", 1, "")
    operations.deliver(envoi, now=NOW)
    assert len(courriels()) == 1
    ligne = Envoi.objects.get(id=envoi)
    assert (bytes(ligne.boite), ligne.envoye_at) == (b"", NOW)
    with connection.cursor() as cursor, scope(SYSTEME):
        cursor.execute("SELECT count(*) FROM socle_cle WHERE objet = 'envoi'")
        assert cursor.fetchone() == (0,)


def test_the_same_reason_writes_once(sujet: UUID, courriels: Courriels) -> None:
    assert send(sujet) == send(sujet)
    autre = send(sujet, unique="deux")
    assert travaux.drain(NOW) == 2
    assert len(courriels()) == 2
    assert [vu.id for vu in queries.envois(sujet)] == sorted(Envoi.objects.values_list("id", flat=True))
    assert autre is not None


def test_nothing_of_an_envoi_that_waits_is_in_clear(sujet: UUID) -> None:
    send(sujet, unique="reprise:camille@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT e::text || coalesce((SELECT string_agg(args::text, '') FROM procrastinate_jobs), '') FROM courriers_envoi e")
        (ligne,) = cursor.fetchone()
    for mot in ("camille", "K3F9ZQ1B", "naissance"):
        assert mot not in ligne
        assert mot.encode().hex() not in ligne


def test_a_subject_without_address_is_owed_nothing(courriels: Courriels) -> None:
    muet = uuid7(NOW)
    assert send(muet) is None
    with scope(SYSTEME):
        operations.keep_contact(muet, courriel="", telephone="+33612345678", langue="fr", now=NOW)
        operations.keep_contact(uuid7(NOW), courriel="cassé@", telephone="", langue="fr", now=NOW)
    assert send(muet) is None
    assert (Envoi.objects.count(), travaux.drain(NOW)) == (0, 0)


def test_the_bearer_of_a_subject_may_owe_an_email(sujet: UUID, courriels: Courriels) -> None:
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        operations.send("code", sujet, contexte={"code": "048213"}, unique="c", now=NOW)
    travaux.drain(NOW)
    assert "048213" in courriels()[0].get_content()


def test_an_address_and_a_language_may_be_given(courriels: Courriels) -> None:
    send(uuid7(NOW), vers="Agent@Example.ORG", langue="en")
    travaux.drain(NOW)
    (courriel,) = courriels()
    assert (courriel["To"], courriel["Content-Language"]) == ("Agent@example.org", "en")


def test_attachments_are_asked_for_at_the_last_moment(sujet: UUID, courriels: Courriels) -> None:
    send(sujet, gabarit="accuse", pieces=[("tests.courriers.test_deliver.accuse", "%PDF du dossier")])
    travaux.drain(NOW)
    (courriel,) = courriels()
    (piece,) = courriel.iter_attachments()
    assert (piece.get_filename(), piece.get_content()) == ("accuse.pdf", b"%PDF du dossier")
    assert "est joint à ce message" in courriel.get_body().get_content()


def test_a_server_that_is_down_is_tried_again_with_patience_then_parked(sujet: UUID, courriels: Courriels) -> None:
    with override_settings(MESSAGER=PANNE):
        envoi = send(sujet)
        assert travaux.drain(NOW) == 1
        assert etat(envoi) == ("a_envoyer", 1, "Le serveur de courrier est en panne (essai).")
        assert travaux.drain(NOW, later=True) == 5
        assert etat(envoi) == ("en_echec", 6, "Le serveur de courrier est en panne (essai).")
        (panne,) = Panne.objects.all()
        assert (panne.handler, panne.ids, panne.essais) == (operations.DELIVER, {"envoi_id": str(envoi)}, 6)
    operations.deliver(envoi, now=NOW + timedelta(days=2))  # what replaying the parked work does
    assert etat(envoi) == ("envoye", 7, "")
    assert len(courriels()) == 1


def test_an_address_that_does_not_exist_is_told_to_the_service(sujet: UUID, courriels: Courriels) -> None:
    ports.forget()
    with override_settings(MESSAGER="tests.courriers.messagers.RefuseDestinataire"):
        envoi = send(sujet)
        assert travaux.drain(NOW) == 2  # the e-mail, then what follows from its return
    assert etat(envoi) == ("rebond", 1, "Le serveur refuse le destinataire (550).")
    assert queries.bounced_at(sujet) == NOW
    (fait,) = Fait.objects.filter(sujet=sujet)
    assert (fait.sorte, fait.acteur_sorte) == ("courriel.rebond", "systeme")
    assert fait.corps == {"envoi": str(envoi), "gabarit": "message", "cause": "Le serveur refuse le destinataire (550)."}
    operations.deliver(envoi, now=NOW)
    assert courriels() == []


def test_an_address_given_apart_does_not_condemn_the_contact(sujet: UUID) -> None:
    ports.forget()
    with override_settings(MESSAGER="tests.courriers.messagers.RefuseDestinataire"):
        send(sujet, vers="autre@example.org")
        travaux.drain(NOW)
    assert queries.bounced_at(sujet) is None


@pytest.mark.django_db(transaction=False)
def test_a_death_after_the_hand_over_sends_the_same_message_again(sujet: UUID) -> None:
    ports.forget()
    with override_settings(MESSAGER="tests.courriers.messagers.MeurtApresEnvoi"):
        envoi = send(sujet)
        assert envoi is not None
        with pytest.raises(SystemExit):
            operations.deliver(envoi, now=NOW)
        assert etat(envoi) == ("a_envoyer", 1, "")
        operations.deliver(envoi, now=NOW + timedelta(minutes=5))
    un, deux = MeurtApresEnvoi.partis
    assert un == deux
    assert f"<{envoi.hex}@psl.example.org>".encode() in un
    assert etat(envoi) == ("envoye", 2, "")


def test_an_envoi_whose_contact_is_gone_is_closed(sujet: UUID, courriels: Courriels) -> None:
    envoi = send(sujet)
    with scope(SYSTEME), connection.cursor() as cursor:
        cursor.execute("DELETE FROM socle_cle WHERE objet = 'envoi'")
    travaux.drain(NOW)
    assert (etat(envoi), courriels()) == (("en_echec", 1, "contact effacé"), [])


def test_an_unknown_envoi_is_nobody_s() -> None:
    operations.deliver(uuid7(NOW), now=NOW)


def test_a_template_without_its_values_is_seen_where_it_is_owed(sujet: UUID) -> None:
    with pytest.raises(LookupError, match="numero"):
        send(sujet, contexte={"titre": "x", "service": "y"})
