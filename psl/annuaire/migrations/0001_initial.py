"""Territories, administrations, services, agents and their sessions."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import psl.socle.uuid7
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_roles'),
    ]

    operations = [
        # levenshtein(), for misspelt names; a trusted extension: the owner of the database may create it.
        django.contrib.postgres.operations.CreateExtension('fuzzystrmatch'),
        migrations.CreateModel(
            name='Administration',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('cle', models.SlugField(max_length=80, unique=True)),
                ('nom', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Chargement',
            fields=[
                ('nom', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('empreinte', models.CharField(max_length=64)),
                ('charge_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Departement',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=60)),
                ('region', models.CharField(max_length=3)),
            ],
        ),
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('courriel', models.EmailField(max_length=254, unique=True)),
                ('nom', models.CharField(max_length=120)),
                ('mot_de_passe', models.CharField(max_length=200)),
                ('totp', models.BinaryField()),
                ('totp_pas', models.BigIntegerField(default=0)),
                ('revoque_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('courriel', django.db.models.functions.text.Lower('courriel'))), name='annuaire_agent_courriel')],
            },
        ),
        migrations.CreateModel(
            name='Appellation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('commune', models.CharField(max_length=5)),
                ('nom', models.CharField(max_length=80)),
                ('sorte', models.CharField(choices=[('actuelle', 'Actuelle'), ('deleguee', 'Deleguee'), ('associee', 'Associee'), ('ancienne', 'Ancienne'), ('ancien_nom', 'Ancien Nom')], max_length=10)),
                ('cle', models.CharField(max_length=80)),
                ('cle_nue', models.CharField(max_length=80)),
                ('population', models.PositiveIntegerField()),
                ('mots', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['mots'], name='annuaire_appellation_mots'), models.Index(fields=['cle_nue'], name='annuaire_appellation_nue', opclasses=['text_pattern_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=80)),
                ('nom_tri', models.CharField(max_length=80)),
                ('type', models.CharField(choices=[('commune', 'Commune'), ('arrondissement', 'Arrondissement'), ('deleguee', 'Deleguee'), ('associee', 'Associee'), ('ancienne', 'Ancienne')], max_length=14)),
                ('registres', models.CharField(max_length=5)),
                ('departement', models.CharField(max_length=3)),
                ('codes_postaux', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list)),
                ('population', models.PositiveIntegerField(null=True)),
                ('siren', models.CharField(max_length=9)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('mairie_adresse', models.TextField()),
                ('mairie_horaires', models.JSONField(default=list)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9][0-9AB][0-9]{3}$')), name='annuaire_commune_code'), models.CheckConstraint(condition=models.Q(models.Q(('type__in', ['commune', 'arrondissement']), _negated=True), ('registres', models.F('code')), _connector='OR'), name='annuaire_commune_registres')],
            },
        ),
        migrations.CreateModel(
            name='Pays',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('nom', models.CharField(max_length=80)),
                ('nom_tri', models.CharField(max_length=80)),
                ('autres_noms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list)),
                ('est_historique', models.BooleanField(default=False)),
                ('iso', models.CharField(max_length=2)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^99[0-9]{3}$')), name='annuaire_pays_code')],
            },
        ),
        migrations.CreateModel(
            name='ServiceInstructeur',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('cle', models.SlugField(max_length=80, unique=True)),
                ('nom', models.CharField(max_length=120)),
                ('adresse', models.TextField()),
                ('telephone', models.CharField(max_length=20)),
                ('courriel', models.EmailField(max_length=254)),
                ('fuseau', models.CharField(default='Europe/Paris', max_length=40)),
                ('portail', models.BooleanField(default=True)),
                ('administration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annuaire.administration')),
            ],
        ),
        migrations.CreateModel(
            name='SessionAgent',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('empreinte', models.BinaryField(unique=True)),
                ('debut_at', models.DateTimeField()),
                ('vue_at', models.DateTimeField()),
                ('verifiee_at', models.DateTimeField(null=True)),
                ('appareil', models.CharField(max_length=120)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='annuaire.agent')),
            ],
        ),
        migrations.CreateModel(
            name='CodeSecours',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('empreinte', models.BinaryField()),
                ('utilise_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes_secours', to='annuaire.agent')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agent', 'empreinte'), name='annuaire_code_secours_unique')],
            },
        ),
        migrations.CreateModel(
            name='Habilitation',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('agent', 'Agent'), ('responsable', 'Responsable')], default='agent', max_length=11)),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='habilitations', to='annuaire.agent')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annuaire.serviceinstructeur')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agent', 'service'), name='annuaire_habilitation_unique')],
            },
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.UUIDField(default=psl.socle.uuid7.uuid7, primary_key=True, serialize=False)),
                ('demarche', models.SlugField(max_length=80)),
                ('territoire', models.CharField(max_length=20)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annuaire.serviceinstructeur')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('demarche', 'territoire'), name='annuaire_competence_unique')],
            },
        ),
    ]
