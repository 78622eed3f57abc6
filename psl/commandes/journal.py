"""Verify the journal: every chain, body, lot, signature, and the anchors that were kept elsewhere."""

import argparse
from pathlib import Path

from psl.journal import queries, verification


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["verifier"])
    parser.add_argument(
        "--ancre", type=Path, metavar="FICHIER", help="ancres gardées hors de la base (lignes du journal technique, ou ancres.txt)"
    )


def run(args: argparse.Namespace) -> int:
    """Print each anomaly; return 1 when there is one."""
    ancres = args.ancre.read_text(encoding="utf-8").splitlines() if args.ancre else []
    anomalies = verification.verify(ancres)
    for anomalie in anomalies:
        print(f"{anomalie.lieu} : {anomalie.phrase} [{anomalie.nature}]")
    attente = queries.unsealed()
    suite = f" {attente} fait(s) attendent d’être scellés." if attente else ""
    horodatage = queries.unstamped()
    if horodatage.depuis:
        suite += f" {horodatage.lots} lot(s) attendent d’être horodatés depuis le {horodatage.depuis:%d/%m/%Y à %H:%M} UTC."
    print(f"{len(anomalies)} anomalie(s) dans le journal." if anomalies else f"Le journal est intact.{suite}")
    return 1 if anomalies else 0
