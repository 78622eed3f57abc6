from datetime import UTC, datetime

import pytest


@pytest.fixture(autouse=True)
def sortes_des_essais(settings):
    """Put the tests' kinds of faits in place of the house's."""
    settings.ENCHAINEMENTS = "tests.journal.enchainements.TABLE"


@pytest.fixture
def now():
    return datetime(2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC)
