"""Fixtures of the base. Tests connect as psl_application: row-level security and grants are the real ones."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.harnais import bases


@dataclass(frozen=True)
class BaseReelle(bases.Base):
    """A base of one test, with real commits: for several connections, real processes, the purge role."""

    etat: str

    def environment(self) -> dict[str, str]:
        """Return the environment that points a process of the platform at this base and at this process's state folder."""
        return self.environ(self.etat)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this process its own copy of the template, for the tests that are rolled back."""
    base = bases.copy(etat=str(settings.ETAT))
    _point(base)
    yield
    _close()
    bases.drop(base)


@pytest.fixture
def base_reelle(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseReelle]:
    """Give one test a base of its own; Django's connections (`default` and `purge`) point at it, and commit."""
    before = _pointed()
    base = bases.copy(etat=str(settings.ETAT))
    _point(base)
    with django_db_blocker.unblock():
        yield BaseReelle(base.nom, base.prise, str(settings.ETAT))
        _close()
    connections.databases["default"]["NAME"], connections.databases["default"]["HOST"] = before
    connections.databases["purge"]["NAME"], connections.databases["purge"]["HOST"] = before
    bases.drop(base)


def _pointed() -> tuple[str, str]:
    return connections.databases["default"]["NAME"], connections.databases["default"]["HOST"]


def _point(base: bases.Base) -> None:
    _close()
    for alias in ("default", "purge"):
        connections.databases[alias] |= {"NAME": base.nom, "HOST": str(base.prise)}


def _close() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()
