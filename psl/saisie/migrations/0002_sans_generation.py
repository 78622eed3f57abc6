"""A brouillon keeps no generation: nothing ever raised it, and the browser's proof dies by itself."""

from django.db import migrations


class Migration(migrations.Migration):
    """Drop the column."""

    dependencies = [("saisie", "0001_initial")]

    operations = [migrations.RemoveField("brouillon", "generation")]
