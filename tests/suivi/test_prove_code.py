"""Number and code: the first half of the proof. One answer for every failure; few tries."""

import pytest

from psl.socle.reference import draw, draw_code
from psl.suivi.operations import prove_code
from tests.suivi.gestes import HEURE, IP, refused
from tests.teledossiers.gestes import NOW, file

pytestmark = pytest.mark.django_db


def test_number_and_code_open_however_they_are_typed() -> None:
    depose = file()
    code = str(depose.code)
    typed = [
        (depose.numero, code),
        (depose.numero.lower(), code.lower()),
        (f" {depose.numero.replace('-', ' ')} ", code.replace("-", " ")),
        (depose.numero.replace("-", "–"), code.replace("-", "")),
        (depose.numero, code.replace("0", "O").replace("1", "l")),
    ]
    assert {prove_code(numero, tape, ip=IP, now=NOW) for numero, tape in typed} == {depose.teledossier}


def test_every_failure_has_the_same_answer() -> None:
    un, autre = file(), file()
    tried = [(draw(), draw_code()), (draw(), str(un.code)), (un.numero, draw_code()), (un.numero, str(autre.code)), (autre.numero, "")]
    tried += [(un.numero, "\x00"), (un.numero, "é" * 5000), (un.numero, str(un.code)[:-1])]
    answers = {refused(prove_code, numero, code, ip=IP, now=NOW) for numero, code in tried}
    assert [(code, statut) for code, statut, _ in answers] == [("suivi-refuse", 403)]


@pytest.mark.parametrize(
    "tampered", [lambda n: n[:-1] + ("0" if n[-1] != "0" else "1"), lambda n: n[:4] + n[5] + n[4] + n[6:], str.swapcase]
)
def test_a_tampered_number_is_said_to_be_none_before_any_search(tampered: object) -> None:
    depose = file()
    numero = tampered(depose.numero)
    if numero.upper() == depose.numero:  # two equal neighbours, or only the case
        assert prove_code(numero, str(depose.code), ip=IP, now=NOW) == depose.teledossier
    else:
        assert refused(prove_code, numero, str(depose.code), ip=IP, now=NOW)[:2] == ("numero-errone", 404)


@pytest.mark.parametrize(
    "numero", ["", "A", "A-1-", "A-1-ABCD123", "B-1-ABCD1234", "A-1-ÀBCD1234", "' OR 1=1 --", "A" * 5000, "A-1-ABCD123\x00"]
)
def test_what_is_no_number(numero: str) -> None:
    assert refused(prove_code, numero, "x", ip=IP, now=NOW)[:2] == ("numero-errone", 404)


def test_a6_ten_tries_an_hour_on_a_number_known_or_not() -> None:
    depose, inconnu = file(), draw()
    for numero in (depose.numero, inconnu):
        for rang in range(10):
            assert refused(prove_code, numero, draw_code(), ip=f"192.0.2.{rang}", now=NOW)[1] == 403
    answers = {refused(prove_code, numero, str(depose.code), ip="198.51.100.1", now=NOW) for numero in (depose.numero, inconnu)}
    assert [(code, statut) for code, statut, _ in answers] == [("trop-de-tentatives", 429)]
    assert prove_code(depose.numero, str(depose.code), ip=IP, now=NOW + HEURE) == depose.teledossier


def test_sixty_tries_an_hour_from_one_place() -> None:
    depose = file()
    for _ in range(60):
        refused(prove_code, "A", "x", ip=IP, now=NOW)
    assert refused(prove_code, depose.numero, str(depose.code), ip=IP, now=NOW)[1] == 429
    assert prove_code(depose.numero, str(depose.code), ip="198.51.100.1", now=NOW) == depose.teledossier
