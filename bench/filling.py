"""Consortia, people, dossiers and assignments in numbers, all made from the measured consortium."""

from uuid import UUID

import psycopg
from django.db.models import Model

from admissions.models import (
    Assignment,
    Call,
    Document,
    Dossier,
    ReferenceRequest,
    TrackPreference,
)
from admissions.visible_to import reader
from bench.copies import MANY, NEW, OTHERS, copies, unhindered
from bench.ground import Ground
from bench.sizes import APPLICANTS, FEW, POOL, REVIEWERS, SPARSE, Sizes
from consortium.models import Consortium, Party, User
from mobility_tracks.models import Intake, ProgrammeVersion

# The party that those of a consortium review for.
PARTY = """
  JOIN (SELECT consortium_id, min(id) AS id FROM consortium_party GROUP BY 1) party
    ON party.consortium_id = k.consortium_id
"""
# The first id that comes after those there are: version 7 sorts by time.
ASSIGN = """
INSERT INTO admissions_assignment
       (id, consortium_id, dossier_id, reference, reviewer_id, reviewer_name, party_id, due_at,
        assigned_at, conflict_reason, state)
SELECT uuidv7(), d.consortium_id, d.id, d.reference, reader & 4294967295, 'Reviewer', reader >> 32,
       NULL, d.saved_at, '', 'in_progress'
  FROM admissions_dossier d
 CROSS JOIN LATERAL unnest(d.visible_to) AS reader
 WHERE d.id > %(after)s
"""
GRANT = """
INSERT INTO consortium_partygroupgrant (content_object_id, group_id, permission_id)
SELECT party.id, party.group_id, held.permission_id
  FROM consortium_partygroupgrant held CROSS JOIN consortium_party party
 WHERE held.content_object_id = %(one)s AND party.id <> %(one)s
"""
UNASSIGN_FEW = "DELETE FROM admissions_assignment WHERE reviewer_id = %(reader)s"
ASSIGN_FEW = """
INSERT INTO admissions_assignment
       (id, consortium_id, dossier_id, reference, reviewer_id, reviewer_name, party_id, due_at,
        assigned_at, conflict_reason, state)
SELECT uuidv7(), d.consortium_id, d.id, d.reference, %(reader)s, 'Reviewer', %(party)s, NULL,
       d.saved_at, '', 'in_progress'
  FROM (SELECT *, row_number() OVER (ORDER BY score) AS place, count(*) OVER () AS everybody
          FROM admissions_dossier WHERE call_id = %(call)s AND state = 'ranked') d
 WHERE place %% greatest(everybody / %(few)s, 1) = 0
 ORDER BY place
 LIMIT %(few)s
"""


def establish(hand: psycopg.Connection, ground: Ground, consortia: int, applicants: int) -> None:
    """The other consortia, with what a dossier of theirs hangs on, and everybody's accounts."""
    _consortia(hand, ground, consortia)
    _people(hand, ground, applicants)


def fill(hand: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """What `make bench` measures on."""
    establish(hand, ground, sizes.consortia, sizes.applicants)
    dossiers(hand, ground, 1, sizes.dossiers)
    _drafts(hand, ground, sizes)
    spread_few(hand, ground)


def dossiers(
    hand: psycopg.Connection,
    ground: Ground,
    first: int,
    last: int,
    *,
    only: UUID | None = None,
    but: UUID | None = None,
) -> None:
    """Numbers `first` to `last` of every call (`only` one; all `but` one), with assignments.

    Of ten in a call, one is a draft, one submitted, eight ranked and read by two reviewers.
    """
    (after,) = hand.execute("SELECT uuidv7()").fetchone() or ()
    with unhindered(hand, Dossier, Assignment):
        copies(
            hand,
            Dossier,
            f"CROSS JOIN admissions_call k {PARTY} {MANY} AND (%(only)s::uuid IS NULL OR k.id = %(only)s)"
            " AND k.id IS DISTINCT FROM %(but)s::uuid ORDER BY n, k.id",
            _numbered(),
            one=ground.draft.pk,
            first=first,
            last=last,
            only=only,
            but=but,
        )
        hand.execute(ASSIGN, {"after": after})


def spread_few(hand: psycopg.Connection, ground: Ground) -> None:
    """The few dossiers of the reviewer of few, anew and spread over the call; by the trigger."""
    values = {
        "reader": reviewer(ground, SPARSE),
        "party": ground.party.pk,
        "call": ground.call.pk,
        "few": FEW,
    }
    hand.execute(UNASSIGN_FEW, values)
    hand.execute(ASSIGN_FEW, values)


def reviewer(ground: Ground, number: int) -> int:
    """The id of a consortium's reviewer by number."""
    return REVIEWERS + ground.consortium.pk * 100 + number


def _numbered() -> dict[str, str]:
    one, other = (
        reader("party.id", f"({REVIEWERS} + k.consortium_id * 100 + {number})")
        for number in (f"n % {POOL}", f"(n + 5) % {POOL}")
    )
    changed = NEW | {
        "consortium_id": "k.consortium_id",
        "call_id": "k.id",
        "applicant_id": f"{APPLICANTS} + n",
        "reference": "'B' || n",
        "sort_name": "md5(n::text)",
        "state": "CASE n % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' ELSE 'ranked' END",
        "submitted_at": "CASE WHEN n % 10 > 0 THEN t.saved_at END",
        "score": "CASE WHEN n % 10 > 1 THEN (n * 7919 % 10007) / 100.0 END",
        "visible_to": f"CASE WHEN n % 10 > 1 THEN ARRAY[{one}, {other}] ELSE '{{}}' END",
    }
    return {name: text.replace("%", "%%") for name, text in changed.items()}


def _people(hand: psycopg.Connection, ground: Ground, applicants: int) -> None:
    """Applicants, who apply in every consortium, and reviewers, who belong to one."""
    one = ground.draft.applicant_id
    applicant = {"id": f"{APPLICANTS} + n", "email": "'applicant' || n || '@bench.example'"}
    copies(hand, User, MANY, applicant, one=one, first=1, last=applicants)
    reader = {
        "id": f"{REVIEWERS} + c.id * 100 + n",
        "email": "'reviewer' || n || '@' || c.slug || '.example'",
    }
    source = f"CROSS JOIN consortium_consortium c {MANY}"
    copies(hand, User, source, reader, one=one, first=0, last=SPARSE)


def _consortia(hand: psycopg.Connection, ground: Ground, many: int) -> None:
    changed = {"id": "t.id + n", "slug": "'bench-' || n"}
    copies(hand, Consortium, MANY, changed, one=ground.consortium.pk, first=1, last=many - 1)
    hand.execute(
        "INSERT INTO auth_group (id, name) SELECT id + 1000000, slug FROM consortium_consortium"
    )
    source = OTHERS.format(table="consortium_consortium", tenant="id")
    party = {"id": "o.id + 1000000", "consortium_id": "o.id", "group_id": "o.id + 1000000"}
    copies(hand, Party, source, party, one=ground.party.pk)
    hand.execute(GRANT, {"one": ground.party.pk})
    version = ground.call.intake.version_id
    copies(hand, ProgrammeVersion, source, NEW | {"consortium_id": "o.id"}, one=version)
    _below(hand, Intake, ProgrammeVersion, "version_id", ground.call.intake_id)
    _below(hand, Call, Intake, "intake_id", ground.call.pk)


def _below(
    hand: psycopg.Connection, model: type[Model], parent: type[Model], link: str, one: object
) -> None:
    """One row of the model for each other consortium's row of its parent."""
    source = OTHERS.format(table=parent._meta.db_table, tenant="consortium_id")
    changed = NEW | {"consortium_id": "o.consortium_id", link: "o.id"}
    copies(hand, model, source, changed, one=one)


def _drafts(hand: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """Complete drafts in the measured call, with document, wish and references."""
    changed = NEW | {"applicant_id": f"{APPLICANTS} + n", "reference": "'D' || n"}
    one, before = ground.draft.pk, sizes.dossiers
    copies(hand, Dossier, MANY, changed, one=one, first=before + 1, last=before + sizes.drafts)
    part = NEW | {"dossier_id": "d.id"}
    source = (
        "JOIN admissions_dossier d ON d.call_id = %(call)s AND d.reference ~ '^D'"
        " WHERE t.dossier_id = %(one)s"
    )
    link = {"token_digest": "encode(sha256((t.id::text || d.id)::bytea), 'hex')"}
    copies(hand, Document, source, part, one=one, call=ground.call.pk)
    copies(hand, TrackPreference, source, part, one=one, call=ground.call.pk)
    copies(hand, ReferenceRequest, source, part | link, one=one, call=ground.call.pk)
