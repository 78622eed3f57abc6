"""The small world of instruction, and a request in it."""

from tests.instruction.conftest import affectation, monde

__all__ = ["affectation", "monde"]
