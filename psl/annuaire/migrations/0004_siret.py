"""A service may have its SIRET: the PEC names recipients by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annuaire", "0003_exploitant")]
    operations = [
        migrations.AddField(
            model_name="serviceinstructeur", name="siret", field=models.CharField(blank=True, default="", max_length=14)
        ),
        migrations.AddConstraint(
            model_name="serviceinstructeur",
            constraint=models.CheckConstraint(condition=models.Q(siret__regex="^([0-9]{14})?$"), name="annuaire_service_siret"),
        ),
    ]
