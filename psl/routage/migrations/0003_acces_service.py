"""The password of a service for one affectation; the same guard as the affectation's."""

from django.db import migrations, models

from psl.socle.postgresql.migrations_sql import SERVICES, SYSTEM, row_security


class Migration(migrations.Migration):
    dependencies = [("routage", "0002_garde")]
    operations = [
        migrations.CreateModel(
            name="AccesService",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("service", models.UUIDField(null=True)),
                ("boite", models.BinaryField()),
                ("cree_at", models.DateTimeField()),
            ],
            options={"db_table": "routage_acces_service"},
        ),
        row_security("routage_acces_service", f"{SYSTEM} OR service = ANY({SERVICES})"),
        migrations.RunSQL(
            "REVOKE UPDATE ON routage_acces_service FROM psl_application",
            "GRANT UPDATE ON routage_acces_service TO psl_application",
        ),
    ]
