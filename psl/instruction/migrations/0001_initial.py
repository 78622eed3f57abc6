"""What a service does of an affectation: state, requests, thread, answer."""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [('socle', '0001_roles')]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('teledossier', models.UUIDField()),
                ('service', models.UUIDField()),
                ('etat', models.CharField(max_length=20)),
                ('agent', models.UUIDField()),
                ('boite', models.BinaryField()),
                ('decide_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'instruction_decision',
                'constraints': [models.CheckConstraint(condition=models.Q(('etat__in', ['accepte', 'non_recevable', 'refuse', 'reoriente', 'retire', 'sans_suite'])), name='instruction_decision_etat')],
            },
        ),
        migrations.CreateModel(
            name='Demande',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('affectation', models.UUIDField(db_index=True)),
                ('teledossier', models.UUIDField()),
                ('service', models.UUIDField()),
                ('agent', models.UUIDField()),
                ('champs', models.JSONField(default=list)),
                ('pieces', models.JSONField(default=list)),
                ('boite', models.BinaryField()),
                ('echeance_on', models.DateField()),
                ('demandee_at', models.DateTimeField()),
                ('repondue_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'instruction_demande',
                'constraints': [models.UniqueConstraint(condition=models.Q(('repondue_at__isnull', True)), fields=('affectation',), name='instruction_demande_ouverte'), models.CheckConstraint(condition=models.Q(('champs', []), ('pieces', []), _negated=True), name='instruction_demande_non_vide')],
            },
        ),
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('teledossier', models.UUIDField()),
                ('service', models.UUIDField()),
                ('etat', models.CharField(default='depose', max_length=20)),
                ('agent', models.UUIDField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('apercu', models.BinaryField(null=True)),
                ('recu_at', models.DateTimeField()),
                ('prise_at', models.DateTimeField(null=True)),
                ('silence_on', models.DateField(null=True)),
                ('echeance_on', models.DateField(null=True)),
                ('decide_at', models.DateTimeField(null=True)),
                ('contenu_jusqu_on', models.DateField(null=True)),
                ('trace_jusqu_on', models.DateField(null=True)),
                ('efface_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'instruction_instruction',
                'indexes': [models.Index(fields=['service', 'etat', 'recu_at'], name='instruction_liste'), models.Index(condition=models.Q(('agent__isnull', False)), fields=['agent', 'etat'], name='instruction_agent'), models.Index(fields=['teledossier'], name='instruction_teledossier'), models.Index(condition=models.Q(('efface_at__isnull', True)), fields=['contenu_jusqu_on'], name='instruction_purge')],
                'constraints': [models.CheckConstraint(condition=models.Q(('etat__in', ['depose', 'en_instruction', 'a_completer', 'accepte', 'refuse', 'non_recevable', 'sans_suite', 'retire', 'reoriente'])), name='instruction_etat'), models.CheckConstraint(condition=models.Q(models.Q(('echeance_on__isnull', False), ('etat', 'a_completer')), models.Q(models.Q(('etat', 'a_completer'), _negated=True), ('echeance_on__isnull', True)), _connector='OR'), name='instruction_echeance'), models.CheckConstraint(condition=models.Q(models.Q(('contenu_jusqu_on__isnull', False), ('decide_at__isnull', False), ('etat__in', ['accepte', 'non_recevable', 'refuse', 'reoriente', 'retire', 'sans_suite']), ('trace_jusqu_on__isnull', False)), models.Q(models.Q(('etat__in', ['accepte', 'non_recevable', 'refuse', 'reoriente', 'retire', 'sans_suite']), _negated=True), ('contenu_jusqu_on__isnull', True), ('decide_at__isnull', True), ('trace_jusqu_on__isnull', True)), _connector='OR'), name='instruction_fin'), models.CheckConstraint(condition=models.Q(('efface_at__isnull', True), ('apercu__isnull', True), _connector='OR'), name='instruction_effacee')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('affectation', models.UUIDField(db_index=True)),
                ('teledossier', models.UUIDField()),
                ('service', models.UUIDField()),
                ('sens', models.CharField(choices=[('service', 'service'), ('usager', 'usager')], max_length=10)),
                ('agent', models.UUIDField(null=True)),
                ('boite', models.BinaryField()),
                ('envoye_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'instruction_message',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agent__isnull', False), ('sens', 'service')), models.Q(('agent__isnull', True), ('sens', 'usager')), _connector='OR'), name='instruction_message_auteur')],
            },
        ),
    ]
