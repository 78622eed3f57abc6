"""A request sent on to another service has one affectation for each: the same recipient, the same territory, another service."""

from django.db import migrations, models

NOUVELLE = models.UniqueConstraint(
    fields=["teledossier", "destinataire", "territoire", "service"], name="routage_affectation_unique", nulls_distinct=False
)


class Migration(migrations.Migration):
    """Count the service in what is unique."""

    dependencies = [("routage", "0003_acces_service")]

    operations = [
        migrations.RemoveConstraint("affectation", "routage_affectation_unique"),
        migrations.AddConstraint("affectation", NOUVELLE),
    ]
