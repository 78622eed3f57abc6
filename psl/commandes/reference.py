"""Load the reference data (communes, countries) and publish the catalogue's démarches; what is there already is left alone."""

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(args: argparse.Namespace) -> int:
    return 0
