"""Collect the texts of the code and the templates into the English catalogue; `--verifier` says what is not translated."""

import argparse

from psl.portails.theme import traductions


def configure(parser: argparse.ArgumentParser) -> None:
    """`--verifier` changes nothing and fails when a text has no translation."""
    parser.add_argument("--verifier", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Update the catalogue, or check it."""
    if args.verifier:
        missing = traductions.untranslated()
        print("\n".join(missing) or "Tout est traduit.")
        return 1 if missing else 0
    traductions.collect()
    print(f"{len(traductions.untranslated())} textes à traduire dans {traductions.CATALOGUE}.")
    return 0
