"""Read the notifications of e-mails that came back: a file, a maildir, an mbox, or `-` for the standard input."""

import argparse
import mailbox
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from psl.courriers import operations, rebonds
from psl.socle import clock


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["rebonds"])
    parser.add_argument("source", help="fichier, maildir, mbox, ou - pour l'entrée standard (un message)")


def run(args: argparse.Namespace) -> int:
    """Record each permanent failure; what is not a notification of ours is counted and left."""
    if args.source != "-" and not Path(args.source).exists():
        print(f"{args.source} n'existe pas.", file=sys.stderr)
        return 2
    lus = nouveaux = 0
    for octets in _messages(args.source):
        lus += 1
        rebond = rebonds.read(octets)
        if rebond is not None and rebond.permanent:
            nouveaux += operations.record_bounce(rebond.envoi, statut=rebond.statut, now=clock.now())
    print(f"{lus} message(s) lu(s), {nouveaux} rebond(s) noté(s).")
    return 0


def _messages(source: str) -> Iterator[bytes]:
    chemin = Path(source)
    if source == "-":
        yield sys.stdin.buffer.read()
    elif chemin.is_dir() and (chemin / "new").is_dir():
        maildir = mailbox.Maildir(chemin, create=False)
        yield from (maildir.get_bytes(cle) for cle in sorted(maildir.keys()))
    elif chemin.is_dir():
        yield from (fichier.read_bytes() for fichier in sorted(chemin.iterdir()) if fichier.is_file())
    elif chemin.read_bytes()[:5] == b"From ":
        with closing(mailbox.mbox(chemin, create=False)) as mbox:
            yield from (mbox.get_bytes(cle) for cle in mbox.iterkeys())
    else:
        yield chemin.read_bytes()
