"""Run a worker: it does what the pages owe, and the periodic operations. Any number of them may run."""

import argparse
import asyncio
import contextlib
import threading

from django.conf import settings
from django.utils.module_loading import import_string

from psl.journal import ouvrier
from psl.socle import clock
from psl.socle.crypto import CoffreError
from psl.teledossiers.rendus import pdf, sceau
from psl.teledossiers.rendus.pdf import Piece


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--simultanes", type=int, default=settings.OUVRIER_SIMULTANES, help="travaux menés à la fois")


def run(args: argparse.Namespace) -> int:
    threading.Thread(target=warm, daemon=True).start()
    asyncio.run(ouvrier.serve(args.simultanes))
    return 0


def warm() -> None:
    """Take at once the memory that work takes: the code of every handler, the fonts of PDF, what seals. The first accusé waits less."""
    handlers = {handler for owed in import_string(settings.ENCHAINEMENTS).values() for handler in owed}
    for chemin in sorted({*handlers, *import_string(settings.PERIODIQUES)}):
        import_string(chemin)
    now = clock.now()
    octets = pdf.render(Piece(titre="Prêt", entete="PSL", pied="PSL"), at=now)
    with contextlib.suppress(CoffreError):
        sceau.seal(octets, motif="Prêt", at=now, is_timestamped=False)
