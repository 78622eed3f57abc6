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
    """Return the demonstration's identities, as the screen of `make run` shows them: the first service in full, the others by address."""
    tous = demonstration_identities()
    premiers = [un for un in tous if un.services == tous[0].services]
    exploitants = [un for un in tous if un.role == "exploitant"]
    autres = [un.courriel for un in tous if un not in premiers and un not in exploitants]
    return [
        f"Agents, mot de passe « {MOT_DE_PASSE} », code à six chiffres du moment par « bin/psl agent code <courriel> » :",
        *(f"  {un.courriel:<38} {un.nom}{', responsable' if un.role == 'responsable' else ''}" for un in premiers),
        *(f"  {'   '.join(autres[rang : rang + 3])}" for rang in range(0, len(autres), 3)),
        *(f"  {un.courriel:<38} {un.nom}, exploitant : {un.portail}" for un in exploitants),
    ]
