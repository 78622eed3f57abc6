"""SQL that the rooms' migrations share: append-only tables, row-level security, the rights of the purge.

A migration writes `operations = [..., append_only("teledossiers_depot", purge_delete=True), row_security("routage_affectation", ...)]`.
Table names and conditions are constants of ours: nothing here comes from outside.
"""

from collections.abc import Sequence

from django.db.migrations import RunSQL

# What the scope of an acteur says, as SQL. Nothing set: NULL, so no row.
SYSTEM = "current_setting('psl.portee', true) = 'systeme'"
SUJET = "NULLIF(current_setting('psl.sujet', true), '')::uuid"
SERVICES = "NULLIF(current_setting('psl.services', true), '')::uuid[]"


def append_only(table: str, *, purge_delete: bool = False, purge_null: Sequence[str] = ()) -> RunSQL:
    """Refuse every UPDATE, DELETE and TRUNCATE of a table, to its owner too.

    The purge role alone may delete whole rows (`purge_delete`) or set to NULL, all at once, the columns of `purge_null`; nothing else.
    A test harness that empties tables does it as superuser with `session_replication_role = replica`.
    """
    may = [*(["DELETE"] if purge_delete else []), *([f"UPDATE ({', '.join(purge_null)})"] if purge_null else [])]
    arguments = ", ".join(f"'{word}'" for word in (["DELETE"] if purge_delete else ["-"]) + list(purge_null))
    return RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, psl_application, psl_purge;
        {f"GRANT {', '.join(may)} ON {table} TO psl_purge;" if may else ""}
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION psl_append_only({arguments});
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION psl_append_only('-');
        """,
        f"""
        DROP TRIGGER {table}_no_truncate ON {table};
        DROP TRIGGER {table}_append_only ON {table};
        GRANT UPDATE, DELETE ON {table} TO psl_application;
        """,
    )


def row_security(table: str, policy: str, *, check: str | None = None) -> RunSQL:
    """Show a row only where `policy` (SQL over SYSTEM, SUJET, SERVICES) is true; the purge role sees them all.

    `check` says which rows may be written when it differs from which may be seen.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY portee ON {table} TO psl_application USING ({policy}) WITH CHECK ({check or policy});
        CREATE POLICY purge ON {table} TO psl_purge USING (true) WITH CHECK (true);
        """,
        f"""
        DROP POLICY purge ON {table};
        DROP POLICY portee ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def replace_policy(table: str, policy: str, former: str, *, check: str | None = None, former_check: str | None = None) -> RunSQL:
    """Change what `row_security` said of a table; `former` is what it said before."""
    change = "ALTER POLICY portee ON {} USING ({}) WITH CHECK ({})".format
    return RunSQL(change(table, policy, check or policy), change(table, former, former_check or former))


def purge_rights(table: str, rights: str) -> RunSQL:
    """Give the purge role more than SELECT and DELETE, which it has on every table that is not append-only: `"UPDATE (boite)"`."""
    return RunSQL(f"GRANT {rights} ON {table} TO psl_purge", f"REVOKE {rights} ON {table} FROM psl_purge")
