"""Load the reference data, publish the catalogue, make the demonstration's services and agents; say who one may be."""

import argparse

from psl.commandes import reference


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(args: argparse.Namespace) -> int:
    return reference.run(args)
