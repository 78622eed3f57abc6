"""An affectation may be sent by e-mail."""

from django.db import migrations, models

CHOIX = [("portail", "Portail"), ("courriel", "Courriel"), ("hors_plateforme", "Hors Plateforme")]


class Migration(migrations.Migration):
    dependencies = [("routage", "0005_portee_affectation")]
    operations = [
        migrations.AlterField(model_name="affectation", name="livraison", field=models.CharField(choices=CHOIX, max_length=20)),
    ]
