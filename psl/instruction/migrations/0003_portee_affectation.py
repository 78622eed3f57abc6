"""Whoever stands for one affectation alone sees and writes its instruction, its requests, its thread and its answer; no other."""

from django.db import migrations

from psl.socle.postgresql.migrations_sql import SERVICES, SUJET, SYSTEM, replace_policy

SEES = f"{SYSTEM} OR service = ANY ({SERVICES}) OR teledossier = {SUJET}"
WRITES = f"{SYSTEM} OR service = ANY ({SERVICES})"
USAGER = f"(teledossier = {SUJET} AND sens = 'usager')"


def widen(table, colonne, plus=""):
    """Let the subject of the scope be an affectation; `plus`: who else writes."""
    mine = f"{colonne} = {SUJET}" if not plus else f"({colonne} = {SUJET} AND sens = 'service')"
    suite = f" OR {plus}" if plus else ""
    return replace_policy(
        table, f"{SEES} OR {colonne} = {SUJET}", SEES, check=f"{WRITES} OR {mine}{suite}", former_check=f"{WRITES}{suite}"
    )


class Migration(migrations.Migration):
    dependencies = [("instruction", "0002_garde"), ("socle", "0003_cles_par_affectation")]
    operations = [
        widen("instruction_instruction", "id"),
        widen("instruction_demande", "affectation"),
        widen("instruction_message", "affectation", USAGER),
        widen("instruction_decision", "id"),
    ]
