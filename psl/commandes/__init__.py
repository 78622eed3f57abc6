"""bin/psl: one file per command.

A command is a module with `configure(parser)` and `run(args) -> int`; its docstring's first line is its help. It is found by its
presence here. Django is set up before it is imported, unless it stands in PURES.
"""

import json
import os
from pathlib import Path

import django
from django.apps import apps

# Commands that read files only: no Django, no base, quick.
PURES = frozenset({"demarche", "essais"})

# Commands that do not live under the application's role.
ROLES = {"migrer": "proprietaire"}


def set_up(role: str = "application") -> None:
    """Make Django ready under a role, at the addresses of the running platform unless the environment gives others."""
    etat = Path(os.environ.get("PSL_ETAT") or Path(__file__).parents[2] / ".psl")
    environnement = etat / "environnement.json"
    if "DATABASE_URL" not in os.environ and "DATABASE_URL_FILE" not in os.environ and environnement.exists():
        os.environ |= json.loads(environnement.read_text(encoding="utf-8"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psl.settings")
    os.environ.setdefault("PSL_ROLE", role)
    if not apps.ready:
        django.setup()
