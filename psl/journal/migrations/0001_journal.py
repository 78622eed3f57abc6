"""The journal: append-only faits, what is to be sealed, signed lots; what was handled, what is parked."""

import django.db.models.deletion
from django.db import migrations, models

from psl.socle.postgresql.migrations_sql import append_only, purge_rights

# The trigger writes as the owner: the application may take faits off the sealer's list (it seals), never put one on it.
TO_SEAL = """
CREATE FUNCTION journal_to_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO journal_a_sceller (fait_id) VALUES (NEW.id);
    RETURN NULL;
END;
$$;
REVOKE INSERT, UPDATE ON journal_a_sceller FROM psl_application;
REVOKE DELETE ON journal_a_sceller FROM psl_purge;
CREATE TRIGGER journal_fait_to_seal AFTER INSERT ON journal_fait FOR EACH ROW EXECUTE FUNCTION journal_to_seal();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('socle', '0001_roles'),
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [
        migrations.CreateModel(
            name='ASceller',
            fields=[
                ('fait_id', models.UUIDField(primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'journal_a_sceller',
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('rang', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('taille', models.PositiveIntegerField()),
                ('racine', models.BinaryField()),
                ('precedent', models.BinaryField()),
                ('empreinte', models.BinaryField()),
                ('signature', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Fait',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sorte', models.CharField(max_length=60)),
                ('sujet', models.UUIDField()),
                ('rang', models.PositiveIntegerField()),
                ('acteur_sorte', models.CharField(max_length=10)),
                ('acteur_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('corps', models.JSONField(null=True)),
                ('sel', models.BinaryField(null=True)),
                ('digest', models.BinaryField()),
                ('precedent', models.BinaryField()),
                ('empreinte', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sujet', 'rang'), name='fait_sujet_rang'), models.CheckConstraint(condition=models.Q(('rang__gte', 1)), name='fait_rang'), models.CheckConstraint(condition=models.Q(models.Q(('corps__isnull', True), ('sel__isnull', True)), models.Q(('corps__isnull', False), ('sel__isnull', False)), _connector='OR'), name='fait_sel')],
            },
        ),
        migrations.CreateModel(
            name='Panne',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('fait_id', models.UUIDField(null=True)),
                ('handler', models.CharField(max_length=120)),
                ('ids', models.JSONField(default=dict)),
                ('cause', models.TextField()),
                ('essais', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('rejouee_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('rejouee_at__isnull', True)), fields=('fait_id', 'handler', 'ids'), name='panne_en_attente', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Traitement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('fait_id', models.UUIDField()),
                ('handler', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='traitement_at')],
                'constraints': [models.UniqueConstraint(fields=('fait_id', 'handler'), name='traitement_fait_handler')],
            },
        ),
        migrations.CreateModel(
            name='Feuille',
            fields=[
                ('fait_id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('empreinte', models.BinaryField()),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feuilles', to='journal.lot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lot', 'position'), name='feuille_lot_position')],
            },
        ),
        append_only("journal_fait", purge_null=("corps", "sel")),
        append_only("journal_lot"),
        append_only("journal_feuille"),
        migrations.RunSQL(TO_SEAL, "DROP TRIGGER journal_fait_to_seal ON journal_fait; DROP FUNCTION journal_to_seal()"),
        # A purge records its fait, with the jobs it owes, in its own transaction.
        purge_rights("journal_fait", "INSERT"),
        purge_rights("procrastinate_jobs", "INSERT"),
        purge_rights("procrastinate_events", "INSERT"),
    ]
