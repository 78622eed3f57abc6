"""The settings of the workers that these tests start: psl's, with the tests' table."""

from psl.settings import *  # noqa: F403

ENCHAINEMENTS = "tests.journal.enchainements.TABLE"
PERIODIQUES = "tests.journal.enchainements.PERIODIQUES"
