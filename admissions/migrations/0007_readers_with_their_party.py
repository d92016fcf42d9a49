"""Who may read a dossier is one person reviewing for one party: `visible_to` computed anew."""

from django.db import migrations

ANEW = """
UPDATE admissions_dossier AS dossier
   SET visible_to = coalesce(
         (SELECT array_agg(DISTINCT {reader} ORDER BY {reader})
            FROM admissions_assignment AS assignment
            JOIN consortium_party AS party ON party.id = assignment.party_id
           WHERE assignment.consortium_id = dossier.consortium_id
             AND assignment.dossier_id = dossier.id
             AND assignment.state <> 'conflicted'
             AND party.receives_personal),
         '{{}}')
 WHERE visible_to <> '{{}}'
"""
PAIRS = ANEW.format(reader="((assignment.party_id::int::bigint << 32) | reviewer_id::int)")
PEOPLE = ANEW.format(reader="reviewer_id")


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0006_vault'),
        ('consortium', '0006_party_receives_until'),
    ]

    operations = [migrations.RunSQL(PAIRS, PEOPLE)]
