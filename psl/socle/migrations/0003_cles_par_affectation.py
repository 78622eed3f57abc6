"""Whoever stands for one affectation alone (the subject of their scope) sees the key of its instruction."""

from django.db import migrations

from psl.socle.postgresql.migrations_sql import SERVICES, SUJET, SYSTEM, replace_policy

AVANT = f"{SYSTEM} OR sujet = {SUJET} OR service = ANY ({SERVICES})"


class Migration(migrations.Migration):
    dependencies = [("socle", "0002_cles")]
    operations = [replace_policy("socle_cle", f"{AVANT} OR (objet = 'instruction' AND objet_id = {SUJET})", AVANT)]
