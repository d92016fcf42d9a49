"""A lock on a row keeps nobody from referring to it.

References are checked when a transaction commits, and by then it may hold the lock of the journal's
chain: if whoever waits for that lock had locked the referred row, both would wait for ever.
"""

import pytest
from django.db import OperationalError, connection, connections, transaction

from consortium.access import acting
from consortium.models import Party

REFER = """
INSERT INTO consortium_membership
SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'role', 'delegate'))).*
  FROM consortium_membership AS m WHERE party_id = %s LIMIT 1
"""


def refer(party_id):
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
        cursor.execute(REFER, [party_id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True, using="owner")


def test_a_locked_row_can_be_referred_to(apart):
    party, actor = apart.partnership("WAW").pk, apart.staff()
    with acting(actor):
        Party.objects.locked(actor, "manage", party)
        refer(party)


def test_control_under_a_full_lock_the_reference_waits(apart):
    party = apart.partnership("WAW").pk
    with acting(apart.system()), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM consortium_party WHERE id = %s FOR UPDATE", [party])
        with pytest.raises(OperationalError, match="lock timeout"):
            refer(party)
