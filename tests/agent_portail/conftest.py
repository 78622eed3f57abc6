"""Fixtures of the agent portal: the small world of instruction, a request filed in it."""

from tests.instruction.conftest import affectation, monde

__all__ = ["affectation", "monde"]
