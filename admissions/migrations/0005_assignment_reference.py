"""A reviewer keeps the number of a dossier that has closed: assignments get a copy of it."""

from django.db import migrations, models

COPY = """
UPDATE admissions_assignment AS assignment
   SET reference = dossier.reference
  FROM admissions_dossier AS dossier
 WHERE dossier.id = assignment.dossier_id AND assignment.reference = ''
"""


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0004_indexes_begin_with_the_tenant'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='reference',
            field=models.CharField(default='', max_length=16, verbose_name='reference'),
            preserve_default=False,
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
