"""The second half of the proof: a code sent to the address given, or the birth date given."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from psl.suivi.operations import prove_second_fact, send_second_fact
from tests.saisie.gestes import kinds
from tests.suivi.gestes import HEURE, codes, refused
from tests.teledossiers.gestes import NOW, file

pytestmark = pytest.mark.django_db
REFUSE = ("second-fait-refuse", 403)


@pytest.fixture
def sujet(db: None) -> UUID:
    return file(qualiteDemandeur="PersonneConcernee", identite1_dateNaissance="1970-02-14").teledossier


def test_the_code_sent_opens_once(sujet: UUID) -> None:
    send_second_fact(sujet, now=NOW)
    [code] = codes(sujet)
    assert (len(code), code.isdecimal()) == (6, True)
    prove_second_fact(sujet, code=f" {code[:3]} {code[3:]} ", now=NOW)
    assert refused(prove_second_fact, sujet, code=code, now=NOW)[:2] == REFUSE
    assert kinds(sujet) == ["teledossier.depose", "suivi.ouvert"]


def test_only_the_last_code_for_ten_minutes(sujet: UUID) -> None:
    send_second_fact(sujet, now=NOW)
    send_second_fact(sujet, now=NOW + timedelta(seconds=1))
    premier, dernier = codes(sujet)
    if premier != dernier:
        assert refused(prove_second_fact, sujet, code=premier, now=NOW)[:2] == REFUSE
    assert refused(prove_second_fact, sujet, code=dernier, now=NOW + timedelta(minutes=11))[:2] == REFUSE


def test_a_code_is_of_its_teledossier_and_of_its_use(sujet: UUID) -> None:
    autre = file().teledossier
    send_second_fact(sujet, now=NOW)
    assert refused(prove_second_fact, autre, code=codes(sujet)[0], now=NOW)[:2] == REFUSE


def test_the_birth_date_opens(sujet: UUID) -> None:
    prove_second_fact(sujet, naissance="1970-02-14", now=NOW)
    tried = ["1970-02-15", "", "--", "1970-2-14", "0000-00-00", "\x00", "x" * 9000]
    answers = {refused(prove_second_fact, sujet, naissance=jour, now=NOW) for jour in tried}
    assert [(code, statut) for code, statut, _ in answers] == [REFUSE]


def test_a_birth_date_not_asked_opens_nothing() -> None:
    sujet = file(identite1_dateNaissance="1970-02-14").teledossier
    assert refused(prove_second_fact, sujet, naissance="1970-02-14", now=NOW)[:2] == REFUSE


def test_ten_tries_then_even_the_right_one_waits(sujet: UUID) -> None:
    for _ in range(10):
        refused(prove_second_fact, sujet, code="000000", now=NOW)
    assert refused(prove_second_fact, sujet, naissance="1970-02-14", now=NOW)[:2] == ("trop-de-tentatives", 429)
    prove_second_fact(sujet, naissance="1970-02-14", now=NOW + HEURE)


def test_five_sendings_an_hour(sujet: UUID) -> None:
    for rang in range(5):
        send_second_fact(sujet, now=NOW + timedelta(seconds=rang))
    assert refused(send_second_fact, sujet, now=NOW)[:2] == ("trop-de-tentatives", 429)
    assert len(codes(sujet)) == 5


def test_nobody_to_write_to() -> None:
    send_second_fact(uuid4(), now=NOW)
    sans = file(contact_email="")
    send_second_fact(sans.teledossier, now=NOW)
    assert codes(sans.teledossier) == []
