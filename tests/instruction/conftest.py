"""Fixtures of instruction: the small world, and a request filed in it."""

from uuid import UUID

import pytest

from tests.instruction import monde as mondes
from tests.instruction.monde import Monde


@pytest.fixture
def monde(db: None) -> Monde:
    return mondes.make()


@pytest.fixture
def affectation(monde: Monde) -> UUID:
    return monde.file()
