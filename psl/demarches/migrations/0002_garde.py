"""A published version never changes."""

from django.db import migrations

from psl.socle.postgresql.migrations_sql import append_only


class Migration(migrations.Migration):
    dependencies = [("demarches", "0001_initial"), ("socle", "0001_roles")]
    operations = [append_only("demarches_version")]
