"""The timestamp tokens of the lots: append-only, as the lots are."""

import django.db.models.deletion
from django.db import migrations, models

from psl.socle.postgresql.migrations_sql import append_only


class Migration(migrations.Migration):

    dependencies = [('journal', '0001_journal')]

    operations = [
        migrations.CreateModel(
            name='Horodatage',
            fields=[
                ('lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='horodatage', serialize=False, to='journal.lot')),
                ('jeton', models.BinaryField()),
                ('signature', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
        ),
        append_only("journal_horodatage"),
    ]
