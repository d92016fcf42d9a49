"""Handing in a complete dossier: the act, against its rows written by hand in one transaction."""

import json
from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg

from admissions.domain.dossiers import submit
from bench.ground import AT, Ground
from bench.measure import Differs, Pair
from consortium.actor import Actor, Wall

DRAFTS = """
SELECT id, applicant_id FROM admissions_dossier
 WHERE call_id = %(call)s AND reference ~ '^D' ORDER BY applicant_id
"""
HAND_IN = """
UPDATE admissions_dossier SET state = 'submitted', submitted_at = %(at)s WHERE id = %(dossier)s
"""
TRANSITION = """
INSERT INTO consortium_transition
       (id, consortium_id, subject, subject_id, event, source, target, by_id, by_name, at, reason)
VALUES (uuidv7(), %(consortium)s, 'dossier', %(dossier)s, 'submit', 'draft', 'submitted',
        %(person)s, 'Applicant', %(at)s, '')
"""
JOURNAL = """
INSERT INTO consortium_journalentry
       (id, consortium_id, act, subject, subject_id, by_id, by_name, wall, at, reason, facts,
        request_id)
VALUES (uuidv7(), %(consortium)s, 'dossier.submit', 'admissions.dossier', %(dossier)s, %(person)s,
        'Applicant', 'applicant', %(at)s, '', '{}', '')
"""
MESSAGE = """
INSERT INTO consortium_outboxmessage
       (id, consortium_id, key, "to", subject, body, created_at, due_at, attempts, last_error)
VALUES (uuidv7(), %(consortium)s, 'dossier.receipt:' || %(dossier)s::text, 'first@bench.example',
        'Bench: your dossier has arrived', %(body)s, %(at)s, %(at)s, 0, '')
"""
WAKE = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES ('mail', 'consortium.tasks.send_outbox', %(arguments)s)
"""
WRITTEN = """
SELECT (SELECT state FROM admissions_dossier WHERE id = %(dossier)s),
       (SELECT count(*) FROM consortium_transition WHERE subject_id = %(dossier)s::text),
       (SELECT count(*) FROM consortium_journalentry WHERE subject_id = %(dossier)s::text),
       (SELECT count(*) FROM consortium_outboxmessage
         WHERE key LIKE 'dossier.receipt:' || %(dossier)s::text || '%%')
"""
BODY = "Your dossier arrived. You can reopen it and submit it again until the deadline. " * 3


def pairs(bare: psycopg.Connection, ground: Ground) -> Iterator[Pair]:
    drafts: list[tuple[UUID, int]] = list(bare.execute(DRAFTS, {"call": ground.call.pk}).fetchall())
    waiting = iter(drafts)

    def ours() -> object:
        dossier, person = next(waiting)
        actor = Actor(
            wall=Wall.APPLICANT,
            consortium_id=ground.consortium.pk,
            user_id=person,
            name="Applicant",
        )
        return submit(dossier, actor=actor, at=AT).state

    def by_hand() -> object:
        dossier, person = next(waiting)
        _hand_in(bare, ground.consortium.pk, dossier, person)
        return "submitted"

    _require_equal_work(bare, ours, by_hand, drafts)
    yield Pair("submit a complete dossier", "its five rows, one transaction", ours, by_hand)


def _hand_in(bare: psycopg.Connection, consortium: int, dossier: UUID, person: int) -> None:
    values = {
        "consortium": consortium,
        "dossier": dossier,
        "person": person,
        "at": AT,
        "body": BODY,
        "arguments": json.dumps({"consortium_id": consortium}),
    }
    with bare.transaction():
        for statement in (HAND_IN, TRANSITION, JOURNAL, MESSAGE, WAKE):
            bare.execute(statement, values)


def _require_equal_work(
    bare: psycopg.Connection,
    ours: Callable[[], object],
    by_hand: Callable[[], object],
    drafts: list[tuple[UUID, int]],
) -> None:
    """Hand in the first two drafts, one each way, and compare what stands in the tables."""
    ours()
    by_hand()
    first, second = (
        bare.execute(WRITTEN, {"dossier": dossier}).fetchone() for dossier, _ in drafts[:2]
    )
    if first != second:
        raise Differs(f"The act wrote {first}, the bare way {second}.")
