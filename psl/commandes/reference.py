"""Load the reference data (communes, countries, fiches) and publish the catalogue's démarches; what is there already is left alone."""

import argparse

from psl.annuaire.operations.reference import load_reference
from psl.demarches.operations import publish_catalogue
from psl.fiches.operations import load_shipped
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    """Take no option."""


def run(args: argparse.Namespace) -> int:
    now = clock.now()
    load_reference(now=now)
    publish_catalogue(now=now)
    load_shipped(now=now)
    return 0
