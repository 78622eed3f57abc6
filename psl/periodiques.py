"""When: each operation and its schedule (cron, UTC), in one table. Operations take `now` and can run twice.

A schedule missed while no worker ran is caught up once. Stalled jobs are rescued by the workers themselves, every few seconds.
"""

PERIODIQUES: dict[str, str] = {
    "psl.journal.operations.seal": "* * * * *",
    "psl.journal.purges.run": "23 2 * * *",
    "psl.socle.limites.purge": "11 * * * *",
    "psl.journal.purges.purge_jobs": "41 3 * * *",
    "psl.saisie.operations.warn_expiring": "7 8 * * *",
    "psl.teledossiers.operations.forget_codes": "*/10 * * * *",
    "psl.pieces.operations.remove_stale": "*/20 * * * *",
    "psl.pieces.operations.purge_quarantine": "37 3 * * *",
    "psl.courriers.codes.forget_expired": "17 * * * *",
    "psl.annuaire.operations.sessions.purge_sessions": "17 * * * *",
    "psl.socle.cles.rotate": "53 4 * * *",
}

# The purge of each life, in this order; each runs under the purge role (psl/journal/purges.py says how to write one).
PURGES: tuple[str, ...] = (
    "psl.saisie.purges.forget_sealed",
    "psl.saisie.purges.purge_drafts",
    "psl.instruction.purges.purge_contents",
    "psl.suivi.purges.purge_contents",
    "psl.suivi.purges.purge_traces",
)
