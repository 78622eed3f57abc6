"""Run the simulators: `python -m psl.simulateurs [--http PORT] [--smtp PORT]`. For the demonstration only."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psl.settings")

from django.conf import settings

from psl.simulateurs.attrapeur import make_controller
from psl.simulateurs.boite import Boite
from psl.simulateurs.site import make_site


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT. Ports beside the platform's own (PORT) unless told."""
    port = int(os.environ.get("PORT") or 8000)
    parser = argparse.ArgumentParser(prog="psl.simulateurs", description=__doc__)
    parser.add_argument("--http", type=int, default=port + 1, help="port de la boîte aux lettres")
    parser.add_argument("--smtp", type=int, default=settings.SMTP_PORT, help="port où les courriels arrivent")
    args = parser.parse_args(arguments)
    if not settings.EST_DEMONSTRATION:
        print("Les simulateurs ne servent qu'à la démonstration.", file=sys.stderr)
        return 2
    serve(Path(settings.ETAT) / "boite", http=args.http, smtp=args.smtp)
    return 0


def serve(dossier: Path, *, http: int, smtp: int) -> None:
    """Run the SMTP server and the mailbox until asked to stop."""
    boite = Boite(dossier)
    attrapeur, site = make_controller(boite, smtp), make_site(boite, http)
    arret = threading.Event()
    for signe in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signe, lambda *_: arret.set())
    attrapeur.start()
    fil = threading.Thread(target=site.serve_forever, name="boite", daemon=True)
    fil.start()
    print(f"Boîte aux lettres : http://127.0.0.1:{http}/ ; courriels reçus sur 127.0.0.1:{smtp}", flush=True)
    while not arret.wait(1):  # a signal may reach another thread
        continue
    site.shutdown()
    site.server_close()
    attrapeur.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
