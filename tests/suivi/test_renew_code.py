"""A lost code: proof by the address of the request, a new code, a notice. Nothing says whether a number exists."""

from datetime import timedelta

import pytest

from psl.courriers.models import Envoi
from psl.socle.reference import draw
from psl.suivi.operations import ask_new_code, prove_code, prove_second_fact, renew_code, send_second_fact
from tests.saisie.gestes import kinds
from tests.suivi.gestes import COURRIEL, HEURE, IP, codes, refused, sent
from tests.teledossiers.gestes import NOW, file

pytestmark = pytest.mark.django_db


def test_a_new_code_for_the_old_one_and_a_notice() -> None:
    depose = file()
    sujet = ask_new_code(depose.numero.lower(), f" {COURRIEL.upper()} ", ip=IP, now=NOW)
    assert sujet == depose.teledossier
    numero, nouveau = renew_code(sujet, codes(sujet)[0], now=NOW)
    assert (numero, prove_code(numero, nouveau, ip=IP, now=NOW)) == (depose.numero, sujet)
    assert refused(prove_code, numero, str(depose.code), ip=IP, now=NOW)[:2] == ("suivi-refuse", 403)
    assert sorted(gabarit for gabarit, _ in sent(sujet)) == ["code", "code_perdu"]
    assert nouveau not in str(sent(sujet))
    assert kinds(sujet) == ["teledossier.depose", "suivi.code_renouvele"]


def test_what_does_not_go_together_looks_the_same() -> None:
    depose = file()
    rien = [ask_new_code(n, c, ip=IP, now=NOW) for n, c in ((draw(), COURRIEL), (depose.numero, "autre@exemple.fr"), (depose.numero, ""))]
    assert (len({*rien, depose.teledossier}), Envoi.objects.count()) == (4, 0)
    refusals = {refused(renew_code, sujet, "000000", now=NOW) for sujet in (*rien, depose.teledossier)}
    assert [(code, statut) for code, statut, _ in refusals] == [("second-fait-refuse", 403)]


def test_a_code_sent_to_open_renews_nothing_and_the_other_way_round() -> None:
    sujet = file().teledossier
    send_second_fact(sujet, now=NOW)
    assert refused(renew_code, sujet, codes(sujet)[0], now=NOW)[0] == "second-fait-refuse"
    autre = file()
    ask_new_code(autre.numero, COURRIEL, ip=IP, now=NOW)
    assert refused(prove_second_fact, autre.teledossier, code=codes(autre.teledossier)[0], now=NOW)[0] == "second-fait-refuse"


def test_it_serves_once_and_ten_minutes() -> None:
    depose = file()
    sujet = ask_new_code(depose.numero, COURRIEL, ip=IP, now=NOW)
    [code] = codes(sujet)
    assert refused(renew_code, sujet, code, now=NOW + timedelta(minutes=11))[0] == "second-fait-refuse"
    renew_code(sujet, code, now=NOW)
    assert refused(renew_code, sujet, code, now=NOW)[0] == "second-fait-refuse"


def test_e5_few_askings_on_a_number_and_from_a_place() -> None:
    depose, inconnu = file(), draw()
    for numero in (depose.numero, inconnu):
        for rang in range(5):
            ask_new_code(numero, "faux@exemple.fr", ip=f"192.0.2.{rang}", now=NOW)
        assert refused(ask_new_code, numero, COURRIEL, ip="198.51.100.1", now=NOW)[:2] == ("trop-de-tentatives", 429)
    for _ in range(20):
        ask_new_code(draw(), COURRIEL, ip=IP, now=NOW + HEURE)
    assert refused(ask_new_code, depose.numero, COURRIEL, ip=IP, now=NOW + HEURE)[:2] == ("trop-de-tentatives", 429)
