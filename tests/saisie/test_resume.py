"""Coming back: a private link and the code shown on screen, together; one answer for every failure."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from psl.saisie import acces
from psl.saisie.operations import porteur, resume
from psl.socle.errors import Refus
from psl.teledossiers.operations import submit
from tests.saisie import gestes

pytestmark = pytest.mark.django_db
IP = "192.0.2.1"


def link(brouillon: UUID) -> str:
    return acces.resume_path(brouillon).removeprefix("/reprendre/")


def refused(jeton: str, code: str, *, ip: str = IP, after: timedelta = timedelta()) -> tuple[str, int, str]:
    with pytest.raises(Refus) as refus:
        resume(jeton, code, ip=ip, now=gestes.NOW + after)
    return refus.value.code, refus.value.statut, refus.value.phrase


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code} "])
def test_link_and_code_give_it_back(brouillon: UUID, write: object) -> None:
    ouvert = resume(link(brouillon), write(acces.resume_code(brouillon)), ip=IP, now=gestes.NOW)
    assert (ouvert.id, ouvert.document.reponses) == (brouillon, {"action": "MARIAGE"})
    assert gestes.kinds(brouillon) == ["brouillon.commence", "brouillon.repris"]


def test_every_failure_has_the_same_answer(brouillon: UUID) -> None:
    autre = gestes.start()
    code = acces.resume_code(brouillon)
    tried = [
        (link(brouillon), ""),
        (link(brouillon), acces.resume_code(autre)),
        (link(autre), code),
        (link(brouillon)[:-1] + ("A" if link(brouillon)[-1] != "A" else "E"), code),
        ("é" * 51, code),
        ("", code),
        ("A" * 10_000, code),
    ]
    answers = {refused(jeton, tape) for jeton, tape in tried}
    assert [(code, statut) for code, statut, _ in answers] == [("reprise-refusee", 403)]


def test_a_link_well_made_to_nothing_is_unknown() -> None:
    rien = uuid4()
    assert refused(link(rien), acces.resume_code(rien))[:2] == ("brouillon-inconnu", 404)


def test_once_sent_it_says_so() -> None:
    brouillon = gestes.ready()
    submit(brouillon, declarations=["exactitude"], acteur=porteur(brouillon), now=gestes.NOW)
    assert refused(link(brouillon), acces.resume_code(brouillon))[:2] == ("deja-envoyee", 409)


def test_ten_tries_an_hour_then_even_the_right_code_waits(brouillon: UUID) -> None:
    for rang in range(10):
        refused(link(brouillon), "0000-0000", ip=f"192.0.2.{rang}")
    code, statut, phrase = refused(link(brouillon), acces.resume_code(brouillon), ip="192.0.2.99")
    assert (code, statut, "1 heure" in phrase) == ("trop-de-tentatives", 429, True)
    later = gestes.NOW + timedelta(hours=1)
    assert resume(link(brouillon), acces.resume_code(brouillon), ip=IP, now=later).id == brouillon


def test_thirty_tries_an_hour_from_one_place(brouillon: UUID) -> None:
    for _ in range(30):
        refused("A" * 51, "0000-0000")
    assert refused(link(brouillon), acces.resume_code(brouillon))[:2] == ("trop-de-tentatives", 429)
