"""Cookies, links and codes of brouillons: nothing forged opens anything."""

import base64
from datetime import timedelta
from string import ascii_letters, digits
from uuid import UUID, uuid4

from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from psl.saisie import acces
from psl.socle import clock
from psl.suivi import acces as suivi

BROUILLON, AUTRE = UUID(int=1), UUID(int=2)
uuids = st.uuids()


@given(uuids)
def test_a_cookie_proves_its_own_brouillon_only(id_: UUID) -> None:
    valeur = acces.sign(id_)
    assert (acces.check_cookie(valeur, id_), acces.check_cookie(valeur, uuid4())) == (True, False)


def test_a_cookie_dies() -> None:
    valeur = acces.sign(BROUILLON)
    assert acces.check_cookie(valeur, BROUILLON, duree=timedelta(0)) is False


def test_a_cookie_is_renewed_after_a_while() -> None:
    valeur, now = acces.sign(BROUILLON), clock.now()
    assert [acces.is_recent(valeur, now + timedelta(minutes=minutes)) for minutes in (0, 9, 11)] == [True, True, False]


@given(st.text(max_size=120))
def test_a_cookie_made_up_proves_nothing(valeur: str) -> None:
    assert acces.check_cookie(valeur, BROUILLON) is False


def test_a_cookie_altered_or_of_another_door_proves_nothing() -> None:
    valeur = acces.sign(BROUILLON)
    forged = [valeur[:rang] + ("x" if valeur[rang] != "x" else "y") + valeur[rang + 1 :] for rang in range(len(valeur))]
    forged += [
        valeur.replace(BROUILLON.hex, AUTRE.hex),
        signing.TimestampSigner(salt="psl.suivi.ouvert").sign(BROUILLON.hex),
        signing.TimestampSigner(key="autre cle", salt="psl.saisie").sign(BROUILLON.hex),
        signing.TimestampSigner(salt="psl.saisie").sign(f"{BROUILLON.hex}.0"),
    ]
    assert {acces.check_cookie(un, BROUILLON) for un in forged} == {False}


@given(uuids)
def test_a_link_names_its_brouillon(id_: UUID) -> None:
    chemin = acces.resume_path(id_)
    assert acces.read_link(chemin.removeprefix("/reprendre/")) == id_
    assert (len(chemin), chemin == acces.resume_path(id_)) == (len("/reprendre/") + 51, True)


@given(st.text(max_size=120) | st.binary(min_size=38, max_size=38).map(lambda octets: base64.urlsafe_b64encode(octets).decode()))
def test_a_link_made_up_names_nothing(jeton: str) -> None:
    assert acces.read_link(jeton) is None


def test_a5_a_link_altered_names_nothing() -> None:
    brut = base64.urlsafe_b64decode(acces.resume_path(BROUILLON).removeprefix("/reprendre/") + "=")
    altered = [bytes([*brut[:rang], brut[rang] ^ 1, *brut[rang + 1 :]]) for rang in range(len(brut))]
    assert {acces.read_link(base64.urlsafe_b64encode(octets).decode()) for octets in altered} == {None}


def test_a5_a_link_has_one_writing() -> None:
    jeton = acces.resume_path(BROUILLON).removeprefix("/reprendre/")
    last = [jeton[:-1] + signe for signe in ascii_letters + digits + "-_" if signe != jeton[-1]]
    others = [f"{jeton[:rang]}{signe}{jeton[rang:]}" for rang in range(len(jeton) + 1) for signe in ("=", "!", "\n", ".")]
    assert {acces.read_link(un) for un in (*last, *others)} == {None}
    assert acces.read_link(jeton) == BROUILLON


@given(uuids, uuids)
def test_codes_are_easy_to_copy_and_say_nothing_of_the_link(id_: UUID, autre: UUID) -> None:
    code = acces.resume_code(id_)
    assert (len(code), code[4], set(code) - {"-"} - set(acces.ALPHABET)) == (9, "-", set())
    assert (code == acces.resume_code(autre)) == (id_ == autre)


@given(st.sampled_from(sorted(suivi.ETAPES)), uuids)
def test_a_step_of_following_is_proven_for_itself_only(etape: str, sujet: UUID) -> None:
    valeur = suivi.sign(etape, sujet, "a1b2")
    assert {une: suivi.check(une, valeur) for une in suivi.ETAPES} == {
        une: (sujet, "a1b2") if une == etape else None for une in suivi.ETAPES
    }


@given(st.sampled_from(sorted(suivi.ETAPES)), st.text(max_size=120))
def test_a_step_made_up_is_not_proven(etape: str, valeur: str) -> None:
    assert suivi.check(etape, valeur) is None


def test_a_brouillons_cookie_follows_nothing() -> None:
    assert suivi.check("ouvert", acces.sign(BROUILLON)) is None
    assert suivi.check("ouvert", signing.TimestampSigner(salt="psl.suivi.ouvert").sign("pas un identifiant")) is None


def test_a5_no_letter_of_a_cookie_can_be_another() -> None:
    """Every place, every sign, the parts of the date and of the signature included: a cookie has one writing too."""
    valeur, suivie = acces.sign(BROUILLON), suivi.sign("ouvert", BROUILLON)
    signes = ascii_letters + digits + "-_:.=+/ "
    altered = [valeur[:rang] + signe + valeur[rang + 1 :] for rang in range(len(valeur)) for signe in signes if signe != valeur[rang]]
    autres = [suivie[:rang] + signe + suivie[rang + 1 :] for rang in range(len(suivie)) for signe in signes if signe != suivie[rang]]
    assert [un for un in altered if acces.check_cookie(un, BROUILLON)] == []
    assert [un for un in autres if suivi.check("ouvert", un) is not None] == []
    assert (acces.check_cookie(valeur, BROUILLON), suivi.check("ouvert", suivie)) == (True, (BROUILLON, ""))
