"""Bring the base's tables up to date, under the owner's role."""

import argparse

from django.core.management import call_command


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--detail", action="store_true", help="dit chaque migration")


def run(args: argparse.Namespace) -> int:
    call_command("migrate", interactive=False, verbosity=1 if args.detail else 0)
    return 0
