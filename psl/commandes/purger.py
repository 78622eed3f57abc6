"""Run the purge of the four lives now, and say what each removed. The workers do it every night."""

import argparse

from psl.journal import purges
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    """No option: what is due is purged."""


def run(args: argparse.Namespace) -> int:
    code = 0
    for operation, removed, error in purges.each(clock.now()):
        print(f"{operation} : {removed} effacé(s){' puis échec, voir le journal technique' if error else ''}")
        code = 1 if error else code
    return code
