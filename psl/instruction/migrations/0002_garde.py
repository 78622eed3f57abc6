"""Who sees and who writes an instruction; a state only becomes what the table allows; threads and answers never change.

A service's agents see theirs and write it; a usager sees what came of their télédossier, and writes to the thread only.
"""

from django.db import migrations

from psl.socle.postgresql.migrations_sql import SERVICES, SUJET, SYSTEM, append_only, purge_rights, row_security

SEES = f"{SYSTEM} OR service = ANY ({SERVICES}) OR teledossier = {SUJET}"
WRITES = f"{SYSTEM} OR service = ANY ({SERVICES})"

# The table of psl/instruction/etats.py on the day of this migration: a test compares the database with the table of today.
TRANSITIONS = """
    ('depose', 'en_instruction'), ('depose', 'non_recevable'), ('depose', 'retire'), ('depose', 'reoriente'),
    ('en_instruction', 'a_completer'), ('en_instruction', 'accepte'), ('en_instruction', 'refuse'), ('en_instruction', 'non_recevable'),
    ('en_instruction', 'sans_suite'), ('en_instruction', 'retire'), ('en_instruction', 'reoriente'),
    ('a_completer', 'en_instruction'), ('a_completer', 'sans_suite'), ('a_completer', 'retire')
"""

GUARD = f"""
CREATE FUNCTION psl_instruction_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.etat, NEW.etat) NOT IN (VALUES {TRANSITIONS}) THEN
        RAISE EXCEPTION 'une instruction ne passe pas de % à %', OLD.etat, NEW.etat USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER instruction_transition BEFORE UPDATE OF etat ON instruction_instruction
    FOR EACH ROW WHEN (OLD.etat IS DISTINCT FROM NEW.etat) EXECUTE FUNCTION psl_instruction_transition();
"""
UNGUARD = "DROP TRIGGER instruction_transition ON instruction_instruction; DROP FUNCTION psl_instruction_transition();"


def keep(table):
    """Let the purge alone remove rows."""
    return migrations.RunSQL(f"REVOKE DELETE ON {table} FROM psl_application", f"GRANT DELETE ON {table} TO psl_application")


class Migration(migrations.Migration):
    dependencies = [("instruction", "0001_initial"), ("socle", "0001_roles")]
    operations = [
        row_security("instruction_instruction", SEES, check=WRITES),
        row_security("instruction_demande", SEES, check=WRITES),
        row_security("instruction_message", SEES, check=f"{WRITES} OR (teledossier = {SUJET} AND sens = 'usager')"),
        row_security("instruction_decision", SEES, check=WRITES),
        append_only("instruction_message", purge_delete=True),
        append_only("instruction_decision", purge_delete=True),
        keep("instruction_instruction"),
        keep("instruction_demande"),
        migrations.RunSQL(GUARD, UNGUARD),
        purge_rights("instruction_instruction", "UPDATE (apercu, efface_at)"),
        purge_rights("instruction_demande", "UPDATE (repondue_at)"),
    ]
