"""Three reviewers on each dossier of a call: by the act, against `INSERT .. SELECT`.

The triggers and foreign keys are the same for both ways. The bare ways take reviewers in turn and
ask for no right, no conflict and no load. Every turn has a call of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

import psycopg

from admissions.domain.distributing import Given, distribute, grant
from admissions.models import Call, Dossier
from bench.copies import MANY, NEW, copies, unhindered
from bench.ground import AT, Ground
from bench.hands import Hands
from bench.measure import Differs, Pair
from bench.people import acting_as, coordinator_of, neighbour
from bench.sizes import APPLICANTS, Sizes
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Membership, Party, User

EACH = 3  # reviewers of a dossier
PARTNERS, READERS = 4, 24
FIRST = 3_000_000  # ids of the reviewers and, from there on, of the partners
ONE_IN, WARM = 12, 1
PAIRS = 3
ASSIGN = f"""
INSERT INTO admissions_assignment
       (id, consortium_id, dossier_id, reference, reviewer_id, reviewer_name, party_id, due_at,
        assigned_at, conflict_reason, state)
SELECT uuidv7(), d.consortium_id, d.id, d.reference, m.user_id, m.person_name, m.party_id, NULL,
       %(at)s, '', 'proposed'
  FROM (SELECT id, consortium_id, reference, row_number() OVER (ORDER BY id) AS n FROM admissions_dossier
         WHERE consortium_id = %(consortium)s AND call_id = %(call)s AND state = 'eligible') d
 CROSS JOIN generate_series(0, {EACH - 1}) AS k
  JOIN (SELECT user_id, person_name, party_id, row_number() OVER (ORDER BY user_id) - 1 AS place
          FROM consortium_membership
         WHERE consortium_id = %(consortium)s AND role = 'reviewer') m
    ON m.place = (d.n * {EACH} + k) %% {READERS}
"""
ADVANCE = """
UPDATE admissions_dossier SET state = 'under_review'
 WHERE consortium_id = %(consortium)s AND call_id = %(call)s AND state = 'eligible'
"""
TRANSITIONS = """
INSERT INTO consortium_transition
       (id, consortium_id, subject, subject_id, event, source, target, by_id, by_name, at, reason)
SELECT uuidv7(), consortium_id, 'dossier', id::text, 'assign', 'eligible', 'under_review',
       %(person)s, 'Coordinator', %(at)s, ''
  FROM admissions_dossier WHERE consortium_id = %(consortium)s AND call_id = %(call)s
"""
JOURNAL = """
INSERT INTO consortium_journalentry
       (id, consortium_id, act, subject, subject_id, by_id, by_name, wall, at, reason, facts,
        request_id)
SELECT uuidv7(), %(consortium)s, act, subject, id::text, %(person)s, 'Coordinator', 'staff', %(at)s,
       '', '{"seed": "bench"}', ''
  FROM (SELECT 'call.distribute' AS act, 'admissions.call' AS subject, %(call)s::uuid AS id
         UNION ALL
        SELECT 'dossier.assign', 'admissions.dossier', id FROM admissions_dossier
         WHERE consortium_id = %(consortium)s AND call_id = %(call)s) AS those
"""
MESSAGES = """
INSERT INTO consortium_outboxmessage
       (id, consortium_id, key, "to", subject, body, created_at, due_at, attempts, last_error)
SELECT uuidv7(), %(consortium)s, 'assignment:' || reviewer_id || ':' || %(call)s, 'r@bench.example',
       'Bench: new dossiers to review', 'New dossiers wait for your review. Sign in to see them.',
       %(at)s, %(at)s, 0, ''
  FROM (SELECT DISTINCT reviewer_id FROM admissions_assignment a
          JOIN admissions_dossier d ON d.id = a.dossier_id WHERE d.call_id = %(call)s) AS those
"""
WRITTEN = """
SELECT (SELECT count(*) FROM admissions_assignment a WHERE a.dossier_id = ANY (those)),
       (SELECT sum(cardinality(visible_to)) FROM admissions_dossier WHERE id = ANY (those)),
       (SELECT count(*) FROM admissions_dossier
         WHERE id = ANY (those) AND state = 'under_review'),
       (SELECT count(*) FROM consortium_transition WHERE subject_id = ANY (those::text[])),
       (SELECT count(*) FROM consortium_journalentry
         WHERE subject_id = ANY (array_append(those::text[], %(call)s::text)))
  FROM (SELECT array_agg(id) AS those FROM admissions_dossier WHERE call_id = %(call)s) AS found
"""


@dataclass
class Rush:
    """The calls of one run, one after another; `call` is the one that the next turn takes.

    given: who gets what of that call, for the way that is told.
    """

    bare: psycopg.Connection
    actor: Actor
    calls: Iterator[UUID]
    members: list[Membership]
    call: UUID = field(init=False)
    given: list[Given] = field(init=False, default_factory=list)

    def next_call(self) -> None:
        self.call = next(self.calls)

    def next_given(self) -> None:
        """Before the clock runs: the same as the bare way does, reviewers in turn."""
        self.next_call()
        turn = count()
        with acting(self.actor):
            rows = Dossier.objects.for_actor(self.actor, "assign").filter(call=self.call)
            self.given = [
                Given(dossier, self.members[next(turn) % READERS])
                for dossier in rows.only("consortium", "reference", "state").order_by("pk")
                for _ in range(EACH)
            ]

    def rights(self) -> object:
        with acting(self.actor):
            grant(self.given, at=AT, due_at=None)
        return len(self.given)

    def act(self) -> object:
        return len(distribute(self.call, actor=self.actor, at=AT, seed="bench").assigned)

    def insert(self) -> object:
        return self.bare.execute(ASSIGN, self._keys()).rowcount

    def insert_all(self) -> object:
        with self.bare.transaction():
            made = self.bare.execute(ASSIGN, self._keys()).rowcount
            for statement in (ADVANCE, TRANSITIONS, JOURNAL, MESSAGES):
                self.bare.execute(statement, self._keys())
        return made

    def written(self) -> object:
        """What stands in the tables of this call's dossiers."""
        return self.bare.execute(WRITTEN, self._keys()).fetchone()

    def _keys(self) -> dict[str, object]:
        consortium, person = self.actor.tenant, self.actor.user_id
        return {"consortium": consortium, "call": self.call, "person": person, "at": AT}


def pairs(rush: Rush, sizes: Sizes) -> Iterator[Pair]:
    _require_equal_work(rush)
    what = f"grant {EACH} reviewers on {sizes.granted:,} dossiers"
    one, several = "one INSERT .. SELECT", "its rows, INSERT .. SELECT"
    for name, against, ours, bare, before in (
        ("rights", one, rush.rights, rush.insert, rush.next_given),
        ("act", one, rush.act, rush.insert, rush.next_call),
        ("act and all it writes", several, rush.act, rush.insert_all, rush.next_call),
    ):
        yield Pair(f"{what}: {name}", against, ours, bare, warm=WARM, one_in=ONE_IN, before=before)


def prepared(hands: Hands, ground: Ground, sizes: Sizes) -> Rush:
    """A consortium of four partners with 24 reviewers, and a call of eligible dossiers per turn."""
    there = neighbour(ground, sizes.consortia - 1)
    coordinator = coordinator_of(there)
    _reviewers(hands.fill, there, coordinator)
    turns = 2 + PAIRS * 2 * (WARM + max(1, sizes.repeat // ONE_IN))
    _calls(hands.fill, there, turns, sizes.granted)
    actor = acting_as(coordinator, there, Wall.STAFF)
    with acting(there.system):
        calls = Call.objects.for_actor(there.system).filter(slug__startswith="grant-")
        ids = list(calls.order_by("pk").values_list("pk", flat=True))
        members = Membership.objects.for_actor(there.system).filter(role="reviewer")
        return Rush(hands.bare, actor, iter(ids), list(members.order_by("user_id")))


def _reviewers(hand: psycopg.Connection, there: Ground, coordinator: User) -> None:
    """Neighbours in the order of ids belong to different partners."""
    several = {
        "id": f"{FIRST} + n",
        "group_id": f"{FIRST} + n",
        "code": "'P' || lpad(n::text, 2, '0')",
    }
    hand.execute(
        "INSERT INTO auth_group (id, name)"
        f" SELECT {FIRST} + n, 'partner ' || n FROM generate_series(0, {PARTNERS - 1}) AS n"
    )
    copies(hand, Party, MANY, several, one=there.party.pk, first=0, last=PARTNERS - 1)
    person = {"id": f"{FIRST} + n", "email": "'grantee' || n || '@bench.example'"}
    copies(hand, User, MANY, person, one=coordinator.pk, first=0, last=READERS - 1)
    with acting(there.system):
        own = Membership.objects.get(user=coordinator, consortium=there.consortium)
    post = NEW | {
        "user_id": f"{FIRST} + n",
        "person_name": "'Reviewer ' || n",
        "role": "'reviewer'",
        "party_id": f"{FIRST} + n % {PARTNERS}",
    }
    post = {name: text.replace("%", "%%") for name, text in post.items()}
    copies(hand, Membership, MANY, post, one=own.pk, first=0, last=READERS - 1)


def _calls(hand: psycopg.Connection, there: Ground, turns: int, granted: int) -> None:
    call = NEW | {"slug": "'grant-' || n", "reviews_needed": str(EACH)}
    copies(hand, Call, MANY, call, one=there.call.pk, first=1, last=turns)
    dossier = NEW | {
        "consortium_id": "k.consortium_id",
        "call_id": "k.id",
        "applicant_id": f"{APPLICANTS} + n",
        "reference": "k.slug || '-' || n",
        "sort_name": "md5(n::text)",
        "state": "'eligible'",
        "submitted_at": "t.saved_at",
    }
    source = f"CROSS JOIN admissions_call k {MANY} AND k.slug LIKE 'grant-%%'"
    with unhindered(hand, Dossier):
        copies(hand, Dossier, source, dossier, one=there.draft.pk, first=1, last=granted)


def _require_equal_work(rush: Rush) -> None:
    """Each way once, and compare what stands in the tables."""
    found = []
    for way in (rush.act, rush.insert_all):
        rush.next_call()
        way()
        found.append(rush.written())
    if found[0] != found[1]:
        raise Differs(f"The act wrote {found[0]}, the bare way {found[1]}.")
