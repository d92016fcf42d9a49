"""Mail leaves once, later again when it failed, and keeps no key behind."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium import outbox
from consortium.access import acting
from consortium.models import OutboxMessage

LINK = "https://example.org/emat/reference/abcdefghijklmnopqrstuvwxyz0123456789_-ABCD/"


@pytest.fixture
def clock(monkeypatch, at):
    moment = [at]
    monkeypatch.setattr("consortium.clock.now", lambda: moment[0])
    return moment


def _post(world, at, key="k", slug="emat"):
    with acting(world.system(slug)):
        outbox.post(
            consortium_id=world.consortia[slug].pk,
            to="ito@example.net",
            subject="A request",
            body=f"Please open\n{LINK}\nThank you.",
            key=key,
            at=at,
        )


def _row(world):
    with acting(world.system()):
        return OutboxMessage.objects.get(key="k")


def test_one_cause_sends_one_mail_and_the_link_stays_with_its_receiver(world, at, clock):
    _post(world, at)
    _post(world, at)
    assert outbox.send_due(world.consortia["emat"]) == 1
    assert outbox.send_due(world.consortia["emat"]) == 0
    assert [LINK in message.body for message in mail.outbox] == [True]
    assert LINK not in _row(world).body
    assert "Please open" in _row(world).body


def test_a_failure_keeps_the_row_and_tries_again_later(world, at, clock, monkeypatch):
    _post(world, at)

    def refuse(self, **kwargs):
        raise ConnectionRefusedError("no server")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert outbox.send_due(world.consortia["emat"]) == 0
    row = _row(world)
    assert (row.sent_at, row.attempts) == (None, 1)
    assert "no server" in row.last_error
    assert outbox.send_due(world.consortia["emat"]) == 0
    clock[0] = at + timedelta(seconds=outbox.BACKOFF_SECONDS[0])
    assert outbox.send_due(world.consortia["emat"]) == 1


def test_a_sender_of_one_consortium_leaves_the_others_mail(world, at, clock):
    _post(world, at, slug="arts")
    assert outbox.send_due(world.consortia["emat"]) == 0
    assert outbox.send_due(world.consortia["arts"]) == 1


def test_many_letters_are_one_statement_and_wake_the_sender_once(
    world, at, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr("consortium.tasks.send_outbox.defer", lambda **job: woken.append(job))
    consortium = world.consortia["emat"].pk
    letters = [outbox.Letter(f"{n}@example.net", "News", "There is news.", f"k{n}") for n in "aab"]
    with django_capture_on_commit_callbacks(execute=True), acting(world.system()):
        with CaptureQueriesContext(connection) as asked:
            outbox.post_all(letters, consortium_id=consortium, at=at)
            outbox.post_all([], consortium_id=consortium, at=at)
        assert OutboxMessage.objects.filter(key__startswith="k").count() == 2
    assert len(asked) == 1
    assert woken == [{"consortium_id": consortium}]
