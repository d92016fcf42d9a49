"""Many rows from one: `INSERT .. SELECT` as the owner, copies of a row with some columns changed."""

from collections.abc import Mapping

import psycopg
from django.db.models import Model
from psycopg import sql

from admissions.models import (
    Call,
    Document,
    Dossier,
    ReferenceRequest,
    TrackPreference,
)
from bench.ground import Ground
from bench.sizes import APPLICANTS, FEW, POOL, REVIEWERS, SPARSE, Sizes
from consortium.models import Consortium, Party, User
from mobility_tracks.models import Intake, ProgrammeVersion

# What the rows `t` of a model are joined to: numbers, or a row of each of the other consortia.
MANY = "CROSS JOIN generate_series(1, %(many)s) AS n WHERE t.id = %(one)s"
OTHERS = "JOIN {table} o ON o.{tenant} <> t.consortium_id WHERE t.id = %(one)s"
NEW = {"id": "uuidv7()"}
ASSIGN = """
INSERT INTO admissions_assignment
       (id, consortium_id, dossier_id, reviewer_id, reviewer_name, party_id, due_at, assigned_at,
        conflict_reason, state)
SELECT uuidv7(), d.consortium_id, d.id, reader, 'Reviewer', party.id, NULL, d.saved_at, '',
       'in_progress'
  FROM admissions_dossier d
  JOIN (SELECT consortium_id, min(id) AS id FROM consortium_party GROUP BY 1) party
    ON party.consortium_id = d.consortium_id
 CROSS JOIN LATERAL unnest(d.visible_to) AS reader
"""
ASSIGN_FEW = """
INSERT INTO admissions_assignment
       (id, consortium_id, dossier_id, reviewer_id, reviewer_name, party_id, due_at, assigned_at,
        conflict_reason, state)
SELECT uuidv7(), d.consortium_id, d.id, %(reader)s, 'Reviewer', %(party)s, NULL, d.saved_at, '',
       'in_progress'
  FROM (SELECT *, row_number() OVER (ORDER BY score) AS place, count(*) OVER () AS everybody
          FROM admissions_dossier WHERE call_id = %(call)s AND state = 'ranked') d
 WHERE place %% greatest(everybody / %(few)s, 1) = 0
 ORDER BY place
 LIMIT %(few)s
"""


def fill(owner: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """Everything, in one transaction for each kind of row."""
    _consortia(owner, ground, sizes)
    _people(owner, ground, sizes)
    _dossiers(owner, ground, sizes)
    _drafts(owner, ground, sizes)
    _assignments(owner, ground)


def reviewer(ground: Ground, number: int) -> int:
    """The id of a consortium's reviewer by number."""
    return REVIEWERS + ground.consortium.pk * 100 + number


def _copies(
    owner: psycopg.Connection,
    model: type[Model],
    source: str,
    changed: Mapping[str, str],
    **values: object,
) -> None:
    """Insert what `source` joins to rows `t` of the model, `changed` columns computed by SQL."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    written = [
        sql.SQL(changed[name]) if name in changed else sql.Identifier("t", name) for name in columns
    ]
    statement = sql.SQL("INSERT INTO {table} ({columns}) SELECT {written} FROM {table} t {source}")
    owner.execute(
        statement.format(
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            written=sql.SQL(", ").join(written),
            source=sql.SQL(source),
        ),
        values,
    )


def _people(owner: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """Applicants, who apply in every consortium, and reviewers, who belong to one."""
    one, many = ground.draft.applicant_id, sizes.dossiers + sizes.drafts
    applicant = {"id": f"{APPLICANTS} + n", "email": "'applicant' || n || '@bench.example'"}
    _copies(owner, User, MANY, applicant, one=one, many=many)
    reader = {
        "id": f"{REVIEWERS} + c.id * 100 + n - 1",
        "email": "'reviewer' || n || '@' || c.slug || '.example'",
    }
    source = f"CROSS JOIN consortium_consortium c {MANY}"
    _copies(owner, User, source, reader, one=one, many=SPARSE + 1)


def _consortia(owner: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """The other consortia, with what a dossier of theirs hangs on."""
    one, many = ground.consortium.pk, sizes.consortia - 1
    changed = {"id": "t.id + n", "slug": "'bench-' || n"}
    _copies(owner, Consortium, MANY, changed, one=one, many=many)
    owner.execute(
        "INSERT INTO auth_group (id, name) SELECT id + 1000000, slug FROM consortium_consortium"
    )
    source = OTHERS.format(table="consortium_consortium", tenant="id")
    party = {"id": "o.id + 1000000", "consortium_id": "o.id", "group_id": "o.id + 1000000"}
    _copies(owner, Party, source, party, one=ground.party.pk)
    version = ground.call.intake.version_id
    _copies(owner, ProgrammeVersion, source, NEW | {"consortium_id": "o.id"}, one=version)
    _below(owner, Intake, ProgrammeVersion, "version_id", ground.call.intake_id)
    _below(owner, Call, Intake, "intake_id", ground.call.pk)


def _below(
    owner: psycopg.Connection, model: type[Model], parent: type[Model], link: str, one: object
) -> None:
    """One row of the model for each other consortium's row of its parent."""
    source = OTHERS.format(table=parent._meta.db_table, tenant="consortium_id")
    changed = NEW | {"consortium_id": "o.consortium_id", link: "o.id"}
    _copies(owner, model, source, changed, one=one)


def _dossiers(owner: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """Of ten in a call, one is a draft, one submitted, eight ranked and read by two reviewers."""
    source = f"CROSS JOIN admissions_call k {MANY} ORDER BY n, k.id"
    reader = f"{REVIEWERS} + k.consortium_id * 100"
    changed = NEW | {
        "consortium_id": "k.consortium_id",
        "call_id": "k.id",
        "applicant_id": f"{APPLICANTS} + n",
        "reference": "'B' || n",
        "sort_name": "md5(n::text)",
        "state": "CASE n % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'submitted' ELSE 'ranked' END",
        "submitted_at": "CASE WHEN n % 10 > 0 THEN t.saved_at END",
        "score": "CASE WHEN n % 10 > 1 THEN (n * 7919 % 10007) / 100.0 END",
        "visible_to": (
            f"CASE WHEN n % 10 > 1 THEN ARRAY[{reader} + n % {POOL}, {reader} + (n + 5) % {POOL}]"
            " ELSE '{}' END"
        ),
    }
    changed = {name: text.replace("%", "%%") for name, text in changed.items()}
    _copies(owner, Dossier, source, changed, one=ground.draft.pk, many=sizes.dossiers)


def _drafts(owner: psycopg.Connection, ground: Ground, sizes: Sizes) -> None:
    """Complete drafts in the measured call, with document, wish and references."""
    changed = NEW | {
        "applicant_id": f"{APPLICANTS} + %(before)s + n",
        "reference": "'D' || n",
    }
    one, before = ground.draft.pk, sizes.dossiers
    _copies(owner, Dossier, MANY, changed, one=one, many=sizes.drafts, before=before)
    part = NEW | {"dossier_id": "d.id"}
    source = (
        "JOIN admissions_dossier d ON d.call_id = %(call)s AND d.reference ~ '^D'"
        " WHERE t.dossier_id = %(one)s"
    )
    link = {"token_digest": "encode(sha256((t.id::text || d.id)::bytea), 'hex')"}
    _copies(owner, Document, source, part, one=one, call=ground.call.pk)
    _copies(owner, TrackPreference, source, part, one=one, call=ground.call.pk)
    _copies(owner, ReferenceRequest, source, part | link, one=one, call=ground.call.pk)


def _assignments(owner: psycopg.Connection, ground: Ground) -> None:
    """What the trigger would derive of the many stands there already; the few go through it."""
    with owner.transaction():
        owner.execute("ALTER TABLE admissions_assignment DISABLE TRIGGER USER")
        owner.execute(ASSIGN)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("ALTER TABLE admissions_assignment ENABLE TRIGGER USER")
    owner.execute(
        ASSIGN_FEW,
        {
            "reader": reviewer(ground, SPARSE),
            "party": ground.party.pk,
            "call": ground.call.pk,
            "few": FEW,
        },
    )
