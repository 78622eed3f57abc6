"""Whoever stands for one affectation alone sees it and its copies: the subject of their scope is its id. Their keys say it too."""

from django.db import migrations, models

from psl.socle.postgresql.migrations_sql import SERVICES, SUJET, SYSTEM, replace_policy

AFFECTATION = f"{SYSTEM} OR service = ANY({SERVICES}) OR teledossier = {SUJET}"
COPIE = f"{SYSTEM} OR service = ANY({SERVICES})"
GIVE = """
UPDATE socle_cle SET sujet = routage_copie.affectation_id FROM routage_copie
WHERE socle_cle.objet = 'copie' AND socle_cle.objet_id = routage_copie.id
"""


class Migration(migrations.Migration):
    dependencies = [("routage", "0004_reorientation"), ("socle", "0003_cles_par_affectation")]
    operations = [
        replace_policy("routage_affectation", f"{AFFECTATION} OR id = {SUJET}", AFFECTATION),
        replace_policy("routage_copie", f"{COPIE} OR affectation_id = {SUJET}", COPIE),
        migrations.AddIndex(model_name="affectation", index=models.Index(fields=["numero"], name="routage_affectation_numero")),
        migrations.RunSQL(GIVE, migrations.RunSQL.noop),
    ]
