"""Run a worker: it does what the pages owe, and the periodic operations. Any number of them may run."""

import argparse
import asyncio

from django.conf import settings

from psl.journal import ouvrier


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--simultanes", type=int, default=settings.OUVRIER_SIMULTANES, help="travaux menés à la fois")


def run(args: argparse.Namespace) -> int:
    asyncio.run(ouvrier.serve(args.simultanes))
    return 0
