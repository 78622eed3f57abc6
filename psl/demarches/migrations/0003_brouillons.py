"""A publication says what becomes of the brouillons begun before it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demarches", "0002_garde")]
    operations = [migrations.AddField("versiondemarche", "brouillons", models.CharField(max_length=6, default="finir"))]
