"""Load the reference data (communes, countries) and publish the catalogue's démarches; what is there already is left alone."""

import argparse
import importlib
import sys

from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    """No option."""


def run(args: argparse.Namespace) -> int:
    now = clock.now()
    for module, name in (("psl.annuaire.operations.reference", "load_reference"), ("psl.demarches.operations", "publish_catalogue")):
        try:
            operation = getattr(importlib.import_module(module), name)
        except ImportError as error:
            print(f"{module} : {error}", file=sys.stderr)
            continue
        operation(now=now)
    return 0
