"""Row-level security: a service's agents see what was assigned to their service, a usager what came of their télédossier."""

from django.db import migrations

from psl.socle.postgresql.migrations_sql import SERVICES, SUJET, SYSTEM, row_security


class Migration(migrations.Migration):
    dependencies = [("routage", "0001_initial"), ("socle", "0001_roles")]
    operations = [
        row_security("routage_affectation", f"{SYSTEM} OR service = ANY({SERVICES}) OR teledossier = {SUJET}"),
        row_security("routage_copie", f"{SYSTEM} OR service = ANY({SERVICES})"),
        row_security("routage_mot", f"{SYSTEM} OR service = ANY({SERVICES})"),
    ]
