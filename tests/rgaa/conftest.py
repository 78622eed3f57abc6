"""The pages, met once by each test process, in a thread of its own: where a browser runs, Django refuses the base."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.rgaa import visites
from tests.rgaa.carnet import Carnet


@pytest.fixture(scope="session")
def carnet(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Carnet:
    """Give every page of the platform; the base forgets what made them."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as ailleurs:
        return ailleurs.submit(_meet).result()


def _meet() -> Carnet:
    essai = transaction.atomic()
    essai._from_testcase = True  # as Django's own tests: what must commit by itself may stand inside
    try:
        with translation.override("fr"), essai:
            carnet = visites.meet()
            carnet.fichiers = {fichier.name: fichier.read_bytes() for fichier in Path(settings.ASSETS).iterdir() if fichier.is_file()}
            transaction.set_rollback(True)
        return carnet
    finally:
        connections.close_all()
