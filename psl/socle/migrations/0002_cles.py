"""Wrapped keys under row-level security, and rate counters."""

from django.db import migrations, models

from psl.socle.postgresql.migrations_sql import SERVICES, SUJET, SYSTEM, purge_rights, row_security


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cle',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('objet', models.CharField(max_length=20)),
                ('objet_id', models.UUIDField()),
                ('sujet', models.UUIDField(null=True)),
                ('service', models.UUIDField(null=True)),
                ('vie', models.CharField(default='contenu', max_length=10)),
                ('periode', models.CharField(max_length=7)),
                ('boite', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['periode'], name='cle_periode_idx')],
                'constraints': [models.UniqueConstraint(fields=('objet', 'objet_id'), name='cle_objet'), models.CheckConstraint(condition=models.Q(('vie__in', ['contenu', 'contact'])), name='cle_vie'), models.CheckConstraint(condition=models.Q(('periode__regex', '^\\d{4}-\\d{2}$')), name='cle_periode')],
            },
        ),
        migrations.CreateModel(
            name='Compteur',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=40)),
                ('cle', models.BinaryField()),
                ('debut_at', models.DateTimeField()),
                ('fin_at', models.DateTimeField()),
                ('compte', models.PositiveIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['fin_at'], name='compteur_fin_idx')],
                'constraints': [models.UniqueConstraint(fields=('nom', 'cle'), name='compteur_nom_cle')],
            },
        ),
        row_security("socle_cle", f"{SYSTEM} OR sujet = {SUJET} OR service = ANY ({SERVICES})"),
        purge_rights("socle_cle", "UPDATE (sujet, service, periode, boite)"),
    ]
