from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('socle', '0001_roles')]

    operations = [
        migrations.CreateModel(
            name='Avis',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('page', models.CharField(max_length=120)),
                ('jour_on', models.DateField()),
                ('oui', models.PositiveIntegerField(default=0)),
                ('non', models.PositiveIntegerField(default=0)),
            ],
            options={
                'db_table': 'mesures_avis',
                'constraints': [models.UniqueConstraint(fields=('page', 'jour_on'), name='mesures_avis_page_jour')],
            },
        ),
    ]
