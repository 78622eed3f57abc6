"""Files set aside because they carry a virus, and the previews of files; previews go with their file."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pieces", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="fichier", name="pieces_fichier_etat"),
        migrations.AlterField(
            model_name="fichier",
            name="etat",
            field=models.CharField(
                choices=[("recu", "reçu"), ("sain", "sain"), ("quarantaine", "en quarantaine")], default="recu", max_length=12
            ),
        ),
        migrations.AddField(model_name="fichier", name="virus", field=models.CharField(default="", max_length=120)),
        migrations.AddField(model_name="fichier", name="ecarte_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="fichier",
            constraint=models.CheckConstraint(
                condition=models.Q(etat="quarantaine", ecarte_at__isnull=False) | models.Q(etat__in=["recu", "sain"], ecarte_at__isnull=True),
                name="pieces_fichier_etat",
            ),
        ),
        migrations.AddIndex(
            model_name="fichier",
            index=models.Index(fields=["ecarte_at"], name="pieces_fichier_ecarte", condition=models.Q(etat="quarantaine")),
        ),
        migrations.CreateModel(
            name="Apercu",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "fichier",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="apercus", to="pieces.fichier"),
                ),
                ("rang", models.PositiveSmallIntegerField()),
                ("pages", models.PositiveSmallIntegerField()),
                ("cause", models.CharField(default="", max_length=12)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "pieces_apercu",
                "constraints": [models.UniqueConstraint(fields=("fichier", "rang"), name="pieces_apercu_rang")],
            },
        ),
    ]
