"""The head of the journal leaves the house once a day, to those who keep it, and names nobody."""

import re
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.core.management import call_command
from django.db import connection

from consortium import journal, outbox, tasks
from consortium.access import acting
from consortium.domain.heads import send_head
from consortium.models import JournalLink, OutboxMessage
from tests.world import NOON

KEEPERS = {"coordinator@emat.example", "partner-waw@emat.example", "partner-lju@emat.example"}


@pytest.fixture(autouse=True)
def clock(settings):
    settings.CLOCK = "tests.clock.now"


def posted(world, slug="emat"):
    with acting(world.system(slug)):
        rows = OutboxMessage.objects.filter(key__startswith="journal.head:")
        return {row.to: row for row in rows}


def head(world):
    with acting(world.system()):
        return JournalLink.objects.head()


def test_coordinators_and_partner_coordinators_get_it(world):
    assert send_head(world.consortia["emat"], at=NOON) == 3
    rows = posted(world)
    assert set(rows) == KEEPERS
    assert posted(world, "arts") == {}
    for row in rows.values():
        assert row.subject == "emat verdigris: head of the journal"
        assert str(head(world)) in row.body
        assert f"It vouches for {head(world).sequence} entries" in row.body
        assert "15 January 2027" in row.body
        for personal in ("coordinator", "partner ", "officer", "@"):
            assert personal not in row.body


def test_the_mail_is_sent_whole_and_what_it_says_can_be_typed(world, capsys):
    """The outbox blanks links that open doors; a head is none."""
    send_head(world.consortia["emat"], at=NOON)
    outbox.send_due(world.consortia["emat"])
    (command,) = {re.search(r"manage\.py (.+)", each.body)[1] for each in mail.outbox}
    call_command(*command.split())
    assert "no differences" in capsys.readouterr().out
    assert all(str(head(world)) in row.body for row in posted(world).values())


def test_a_day_without_entries_and_a_second_run_send_nothing(world):
    for day in range(3):
        send_head(world.consortia["emat"], at=NOON + timedelta(days=day))
    assert len(posted(world)) == 3
    with acting(world.system()):
        journal.record("test.act", world.partnership("WAW"), actor=world.system(), at=NOON)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    send_head(world.consortia["emat"], at=NOON + timedelta(days=3))
    with acting(world.system()):
        assert OutboxMessage.objects.filter(key__startswith="journal.head:").count() == 6


def test_a_job_for_each_consortium_that_may_run_twice(world):
    assert async_to_sync(tasks.mail_journal_heads.func)(0) == 2
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'consortium_id' FROM procrastinate_jobs"
            " WHERE task_name = 'consortium.tasks.mail_journal_head'"
        )
        tenants = {int(tenant) for (tenant,) in cursor.fetchall()}
    assert tenants == {consortium.pk for consortium in world.consortia.values()}
    for _ in range(2):
        assert tasks.mail_journal_head(consortium_id=world.consortia["emat"].pk) == 3
    assert len(posted(world)) == 3
    assert posted(world, "arts") == {}
