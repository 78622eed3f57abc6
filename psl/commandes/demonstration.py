"""Load the reference data, publish the catalogue, make the demonstration's services and agents; say who one may be."""

import argparse

from psl.annuaire.demonstration import MOT_DE_PASSE, demonstration_identities, load_demonstration
from psl.commandes import reference
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    """Take no option."""


def run(args: argparse.Namespace) -> int:
    reference.run(args)
    load_demonstration(now=clock.now())
    for line in identities():
        print(line)
    return 0


def identities() -> list[str]:
    """Return the demonstration's identities, as the screen of `make run` shows them."""
    lines = [f"  {un.courriel:<40} {un.nom}{', responsable' if un.role == 'responsable' else ''}" for un in demonstration_identities()]
    return [
        "Agents de démonstration, mot de passe « " + MOT_DE_PASSE + " » :",
        *lines,
        "  Leur code à six chiffres du moment : bin/psl agent code <courriel>",
    ]
