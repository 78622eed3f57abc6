"""One-time codes: six digits, ten minutes, five tries, once."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from psl.courriers import codes
from psl.courriers.models import CodeUnique
from psl.socle.uuid7 import uuid7
from tests.courriers.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def sujet() -> UUID:
    return uuid7(NOW)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_opens_once(sujet: UUID) -> None:
    code = codes.issue(sujet, "suivi", now=NOW)
    assert re.fullmatch(r"\d{6}", code)
    assert codes.verify(sujet, "suivi", f" {code[:3]} {code[3:]}", now=NOW) is True
    assert codes.verify(sujet, "suivi", code, now=NOW) is False


def test_a_code_is_of_one_subject_and_one_purpose(sujet: UUID) -> None:
    code = codes.issue(sujet, "suivi", now=NOW)
    codes.issue(sujet, "perdu", now=NOW)
    assert codes.verify(uuid7(NOW), "suivi", code, now=NOW) is False
    assert codes.verify(sujet, "autre", code, now=NOW) is False
    assert codes.verify(sujet, "suivi", code, now=NOW) is True


def test_five_tries_and_no_more(sujet: UUID) -> None:
    code = codes.issue(sujet, "suivi", now=NOW)
    assert [codes.verify(sujet, "suivi", wrong(code), now=NOW) for _ in range(5)] == [False] * 5
    assert codes.verify(sujet, "suivi", code, now=NOW) is False


def test_the_fifth_try_may_be_right(sujet: UUID) -> None:
    code = codes.issue(sujet, "suivi", now=NOW)
    for _ in range(4):
        codes.verify(sujet, "suivi", wrong(code), now=NOW)
    assert codes.verify(sujet, "suivi", code, now=NOW) is True


@pytest.mark.parametrize(("age", "ouvre"), [(timedelta(minutes=9, seconds=59), True), (timedelta(minutes=10), False)])
def test_a_code_lasts_ten_minutes(sujet: UUID, age: timedelta, ouvre: bool) -> None:
    assert codes.verify(sujet, "suivi", codes.issue(sujet, "suivi", now=NOW), now=NOW + age) is ouvre


def test_a_new_code_kills_the_one_before(sujet: UUID) -> None:
    premier = codes.issue(sujet, "suivi", now=NOW)
    second = next(code for code in iter(lambda: codes.issue(sujet, "suivi", now=NOW), "") if code != premier)
    assert codes.verify(sujet, "suivi", premier, now=NOW) is False
    assert codes.verify(sujet, "suivi", second, now=NOW) is True


@pytest.mark.parametrize("code", ["", "0", "abcdef", "0" * 1000, "\x00", "١٢٣٤٥٦"])
def test_what_is_no_code_opens_nothing(sujet: UUID, code: str) -> None:
    codes.issue(sujet, "suivi", now=NOW)
    assert codes.verify(sujet, "suivi", code, now=NOW) is False


def test_only_a_keyed_hash_is_kept(sujet: UUID) -> None:
    code = codes.issue(sujet, "suivi", now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(empreinte, 'hex') FROM courriers_code_unique")
        (empreinte,) = cursor.fetchone()
    assert len(empreinte) == 64
    assert code.encode().hex() not in empreinte


def test_expired_codes_are_forgotten(sujet: UUID) -> None:
    codes.issue(sujet, "suivi", now=NOW)
    codes.issue(sujet, "perdu", now=NOW + timedelta(minutes=5))
    assert [codes.forget_expired(now=NOW + timedelta(minutes=10)) for _ in range(2)] == [1, 0]
    assert list(CodeUnique.objects.values_list("usage", flat=True)) == ["perdu"]
