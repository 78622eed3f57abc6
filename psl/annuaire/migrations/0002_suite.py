"""Names from their second letter on."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annuaire', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='appellation',
            index=models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Substr('cle_nue', 2), name='text_pattern_ops'), name='annuaire_appellation_suite'),
        ),
    ]
