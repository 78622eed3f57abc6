"""Contacts and envois under the real roles and with real commits."""

import threading
from uuid import UUID

import pytest
from django.db import connections, transaction

from psl.courriers import codes, operations
from psl.courriers.models import Contact, Envoi
from psl.socle.acteur import SYSTEME, scope
from psl.socle.models import Cle
from psl.socle.uuid7 import uuid7
from tests.courriers.conftest import NOW, Courriels

pytestmark = pytest.mark.usefixtures("base_reelle")


def together(travail: object, nombre: int) -> None:
    def run() -> None:
        try:
            travail()  # type: ignore[operator]
        finally:
            connections["default"].close()

    fils = [threading.Thread(target=run) for _ in range(nombre)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()


def owe(sujet: UUID) -> UUID | None:
    with scope(SYSTEME):
        return operations.send("code", sujet, contexte={"code": "1"}, unique="le même", now=NOW)


def test_the_same_email_owed_at_once_is_owed_once(sujet: UUID) -> None:
    rendus: list[UUID | None] = []
    together(lambda: rendus.append(owe(sujet)), 6)
    (envoi,) = set(rendus)
    assert list(Envoi.objects.values_list("id", flat=True)) == [envoi]
    with scope(SYSTEME):
        assert Cle.objects.filter(objet="envoi").count() == 1


def test_two_workers_on_one_envoi_hand_it_over_once(sujet: UUID, courriels: Courriels) -> None:
    envoi = owe(sujet)
    assert envoi is not None
    together(lambda: operations.deliver(envoi, now=NOW), 6)
    assert len(courriels()) == 1


def test_a_code_used_at_once_by_many_opens_once() -> None:
    sujet = uuid7(NOW)
    code = codes.issue(sujet, "suivi", now=NOW)
    rendus: list[bool] = []
    together(lambda: rendus.append(codes.verify(sujet, "suivi", code, now=NOW)), 5)
    assert sorted(rendus) == [False] * 4 + [True]


def test_a_try_counts_even_when_what_follows_is_refused() -> None:
    sujet = uuid7(NOW)
    codes.issue(sujet, "suivi", now=NOW)
    with pytest.raises(RuntimeError), transaction.atomic():
        codes.verify(sujet, "suivi", "000000", now=NOW)


def test_the_purge_forgets_under_its_own_role(sujet: UUID) -> None:
    owe(sujet)
    with transaction.atomic(using="purge"):
        assert operations.purge([sujet], using="purge") == 1
    with scope(SYSTEME):
        assert (Contact.objects.count(), Envoi.objects.count(), Cle.objects.count()) == (0, 0, 0)
