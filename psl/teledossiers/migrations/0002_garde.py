"""A dépôt never changes: only the purge may empty its bytes, then remove it with its trace."""

from django.db import migrations

from psl.socle.postgresql.migrations_sql import append_only


class Migration(migrations.Migration):
    dependencies = [("teledossiers", "0001_initial"), ("socle", "0001_roles")]
    operations = [append_only("teledossiers_depot", purge_delete=True, purge_null=["octets"])]
