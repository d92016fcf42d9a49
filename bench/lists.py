"""Lists of dossiers: through both walls, against SQL written by hand under no row security."""

from collections.abc import Iterator
from typing import Any, cast

import psycopg
from django.db.models import QuerySet

from admissions.models import Dossier
from admissions.models.dossier import DossierQuerySet
from bench.ground import Ground
from bench.measure import Pair
from bench.people import People, acting_as
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.keyset import CAP, PAGE, Order, capped_count, window

BY_SCORE = Order("score", descending=True)
PLAN: dict[str, Any] = {
    "analyze": True,
    "costs": False,
    "timing": False,
    "summary": False,
    "buffers": False,
}
COLUMNS = "d.id, d.reference, d.state, d.given_names, d.family_name, d.nationality, d.score"
ALL_OF_CALL = f"""
SELECT {COLUMNS}, d.submitted_at, c.title
  FROM admissions_dossier d JOIN admissions_call c ON c.id = d.call_id
 WHERE d.consortium_id = %(consortium)s AND d.call_id = %(call)s AND d.state = 'ranked'
 ORDER BY d.score DESC, d.id DESC
 LIMIT {PAGE}
"""
OF_READER = f"""
SELECT {COLUMNS}, d.submitted_at, c.title
  FROM (SELECT id, score FROM admissions_dossier
         WHERE consortium_id = %(consortium)s AND call_id = %(call)s AND state = 'ranked'
           AND visible_to && %(readers)s::bigint[]
         ORDER BY score DESC, id DESC LIMIT {PAGE + 1}) AS k
  JOIN admissions_dossier d ON d.id = k.id
  JOIN admissions_call c ON c.id = d.call_id
 ORDER BY k.score DESC, k.id DESC
"""
COUNT_OF_READER = f"""
SELECT count(*) FROM (
  SELECT 1 FROM admissions_dossier
   WHERE consortium_id = %(consortium)s AND call_id = %(call)s AND state = 'ranked'
     AND visible_to && %(readers)s::bigint[]
   LIMIT {CAP + 1}) AS k
"""


def pairs(bare: psycopg.Connection, ground: Ground, people: People) -> Iterator[Pair]:
    yield _office(bare, ground, people)
    for who, user in (("few", people.sparse), ("many", people.dense)):
        yield _reviewer(bare, ground, acting_as(user, ground, Wall.REVIEWER), who)


def ranked(ground: Ground, actor: Actor) -> DossierQuerySet:
    return Dossier.objects.for_actor(actor, "view").filter(call_id=ground.call.pk, state="ranked")


def _office(bare: psycopg.Connection, ground: Ground, people: People) -> Pair:
    actor = acting_as(people.coordinator, ground, Wall.STAFF)
    return Pair(
        "office: first 50 of a call by score",
        "one statement, no row security",
        lambda: [row.pk for row in first_page(ground, actor)],
        lambda: [row[0] for row in bare.execute(ALL_OF_CALL, _keys(ground)).fetchall()],
    )


def first_page(ground: Ground, actor: Actor) -> list[Dossier]:
    """The office's list as models, within a context of its own."""
    with acting(actor):
        return list(ranked(ground, actor).for_listing().order_by("-score", "-pk")[:PAGE])


def _dressed(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return cast("DossierQuerySet", rows).for_listing()


def _reviewer(bare: psycopg.Connection, ground: Ground, actor: Actor, who: str) -> Pair:
    keys = {**_keys(ground), "readers": actor.principals}

    def ours() -> object:
        with acting(actor):
            rows = ranked(ground, actor)
            page = window(rows, BY_SCORE, dressed=_dressed)
            return [row.pk for row in page.rows], capped_count(rows)

    def by_hand() -> object:
        found = bare.execute(OF_READER, keys).fetchall()
        count = bare.execute(COUNT_OF_READER, keys).fetchone()
        return [row[0] for row in found[:PAGE]], count[0] if count else 0

    return Pair(
        f"reviewer of {who}: page of 50 and count", "two statements, no row security", ours, by_hand
    )


def plans(ground: Ground, people: People) -> str:
    """How the database finds a reviewer's ids, and counts them, under row security."""
    told = []
    for who, user in (("few", people.sparse), ("many", people.dense)):
        actor = acting_as(user, ground, Wall.REVIEWER)
        with acting(actor):
            rows = ranked(ground, actor)
            page = rows.order_by("-score", "-pk").values_list("pk", "score")[: PAGE + 1]
            told.append(f"Reviewer of {who}, the ids of a page:\n{page.explain(**PLAN)}")
            counted = rows.values_list("pk")[: CAP + 1]
            told.append(f"Reviewer of {who}, what is counted:\n{counted.explain(**PLAN)}")
    return "\n\n".join(told)


def _keys(ground: Ground) -> dict[str, object]:
    return {"consortium": ground.consortium.pk, "call": ground.call.pk}
