import pytest

from tests.annuaire.agents import UnAgent, make_agent


@pytest.fixture
def agent(db: None) -> UnAgent:
    return make_agent()
