"""The three roles, what each is given by default, and the function that keeps tables append-only. Before every other table."""

from django.db import migrations

from psl.socle.errors import Refus

ROLES = ("psl_application", "psl_purge")

MISSING = """Il manque des rôles dans PostgreSQL : {missing}.
Le rôle {user} n’a pas le droit de les créer. Demandez à l’administrateur du serveur de lancer, une fois :
{sql}
puis relancez les migrations. Si un seul compte sert les trois rôles, donnez-les-lui : GRANT psl_application, psl_purge TO <compte>;
"""


def ensure_roles(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        user, may_create = cursor.fetchone()
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        there = {name for (name,) in cursor.fetchall()}
        missing = [name for name in ROLES if name not in there]
        statements = [f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS" for name in missing]
        if missing and not may_create:
            sql = "\n".join(f"    {statement};" for statement in statements)
            raise Refus("roles-manquants", MISSING.format(missing=", ".join(missing), user=user, sql=sql), statut=500)
        for statement in statements:
            cursor.execute(statement)


RIGHTS = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO psl_application, psl_purge;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO psl_application;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, DELETE ON TABLES TO psl_purge;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO psl_application, psl_purge;
-- A room whose first migration ran before this one gets the same.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO psl_application;
GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA public TO psl_purge;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO psl_application, psl_purge;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM psl_application, psl_purge;

CREATE FUNCTION psl_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
-- TG_ARGV: 'DELETE' or '-', then the columns that the purge may set to NULL.
BEGIN
    IF current_user = 'psl_purge' THEN
        IF TG_OP = 'DELETE' AND TG_ARGV[0] = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND TG_NARGS > 1
            AND to_jsonb(NEW) = to_jsonb(OLD) || (SELECT jsonb_object_agg(nom, NULL::text) FROM unnest(TG_ARGV[1:]) AS nom) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% refuse %: table en ajout seul', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END;
$$;
"""

UNDO = """
DROP FUNCTION psl_append_only();
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM psl_application, psl_purge;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM psl_application, psl_purge;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    # So that the queue's tables too are born with the default rights.
    run_before = [("procrastinate", "0001_initial")]
    operations = [
        migrations.RunPython(ensure_roles, migrations.RunPython.noop),
        migrations.RunSQL(RIGHTS, UNDO),
    ]
