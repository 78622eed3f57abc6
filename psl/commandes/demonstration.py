"""Load the reference data, publish the catalogue, make the demonstration's services and agents; say who one may be."""

import argparse

from psl.annuaire.demonstration import demonstration_identities, load_demonstration
from psl.commandes import reference
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(args: argparse.Namespace) -> int:
    code = reference.run(args)
    load_demonstration(now=clock.now())
    identites = demonstration_identities()
    print(f"Agents (mot de passe : {identites[0].mot_de_passe} ; code à six chiffres : bin/psl agent code <adresse>)")
    for identite in identites:
        print(f"  {identite.courriel:<38} {identite.nom:<20} secret {identite.secret}")
    return code
