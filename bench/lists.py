"""Lists: through both walls, against SQL written by hand under no row security."""

from collections.abc import Iterator

from admissions.models import Assignment, Dossier
from admissions.models.dossier import DossierQuerySet
from admissions.models.review import AssignmentQuerySet
from bench.ground import Ground
from bench.hands import Hands
from bench.measure import Pair
from bench.people import People, acting_as
from bench.reading import Reading
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.keyset import CAP, PAGE, Order

DOSSIER = """
d.id, d.reference, d.state, d.given_names, d.family_name, d.latin_name, d.nationality,
       d.degree_institution, d.submitted_at, d.score"""
# Marks and ranks are not a reviewer's to see.
NAMED = DOSSIER.replace(", d.score", "")
ALL_OF_CALL = f"""
SELECT {DOSSIER}
  FROM admissions_dossier d
 WHERE d.consortium_id = %(consortium)s AND d.call_id = %(call)s AND d.state = 'ranked'
 ORDER BY d.score DESC, d.id DESC
 LIMIT {PAGE}
"""
RANKED = """
  FROM admissions_assignment a
  JOIN admissions_dossier d ON d.id = a.dossier_id AND d.consortium_id = a.consortium_id
 WHERE a.consortium_id = %(consortium)s AND a.reviewer_id = %(reader)s AND a.party_id = %(party)s
   AND a.state <> 'conflicted' AND d.call_id = %(call)s AND d.state = 'ranked'
"""
OF_READER = f"SELECT {NAMED} {RANKED} ORDER BY d.sort_name, d.id LIMIT {PAGE + 1}"
OWN = """
  FROM admissions_assignment
 WHERE consortium_id = %(consortium)s AND reviewer_id = %(reader)s AND state <> 'conflicted'
"""
QUEUE = f"""
SELECT a.id, a.dossier_id, a.reference, a.reviewer_name, a.due_at, a.state,
       d.id, d.reference, d.given_names, d.family_name, d.degree_institution
  FROM (SELECT id, state {OWN} ORDER BY state, id LIMIT {PAGE + 1}) AS k
  JOIN admissions_assignment a ON a.id = k.id
  JOIN admissions_dossier d ON d.id = a.dossier_id
 ORDER BY k.state, k.id
"""
COUNT = f"SELECT count(*) FROM (SELECT 1 {{rows}} LIMIT {CAP + 1}) AS k"


def pairs(hands: Hands, ground: Ground, people: People) -> Iterator[Pair]:
    yield _office(hands, ground, people)
    yield from reviewer_pairs(hands, ground, people)


def reviewer_pairs(
    hands: Hands, ground: Ground, people: People, prefix: str = ""
) -> Iterator[Pair]:
    """The reviewer of few and the one of many: their dossiers by name, and the latter's queue."""
    for who, user in (("few", people.sparse), ("many", people.dense)):
        reading = by_name(ground, acting_as(user, ground, Wall.REVIEWER))
        yield from reading.pairs(hands, f"{prefix}reviewer of {who}: page and count")
    reading = queue(ground, acting_as(people.dense, ground, Wall.REVIEWER))
    yield from reading.pairs(hands, f"{prefix}reviewer of many: queue and count")


def by_name(ground: Ground, actor: Actor) -> Reading:
    return Reading(
        actor,
        rows=lambda actor: ranked(ground, actor),
        order=Order("sort_name"),
        page=OF_READER,
        count=COUNT.format(rows=RANKED),
        keys={**_keys(ground), "party": ground.party.pk, "reader": actor.user_id},
    )


def queue(ground: Ground, actor: Actor) -> Reading:
    return Reading(
        actor,
        rows=own,
        order=Order("state"),
        page=QUEUE,
        count=COUNT.format(rows=OWN),
        keys={**_keys(ground), "reader": actor.user_id},
        dressed=lambda rows: rows.in_queue(actor),
    )


def ranked(ground: Ground, actor: Actor) -> DossierQuerySet:
    return Dossier.objects.for_actor(actor, "view").filter(call_id=ground.call.pk, state="ranked")


def own(actor: Actor) -> AssignmentQuerySet:
    """As the reviewer's page asks for them."""
    return Assignment.objects.for_actor(actor, "view").exclude(state="conflicted")


def plans(hands: Hands, ground: Ground, people: People) -> str:
    """How the database finds and counts a reviewer's ids, and then the rows, under both walls."""
    told = []
    for who, user in (("few", people.sparse), ("many", people.dense)):
        reading = by_name(ground, acting_as(user, ground, Wall.REVIEWER))
        ids, rows = reading.recording(hands.login).plans()
        told += [f"Reviewer of {who}, ids and count:\n{ids}", f"Reviewer of {who}, rows:\n{rows}"]
    *_, dossiers = (
        queue(ground, acting_as(people.dense, ground, Wall.REVIEWER)).recording(hands.login).plans()
    )
    told.append(f"Reviewer of many, dossiers of the queue:\n{dossiers}")
    return "\n\n".join(told)


def _office(hands: Hands, ground: Ground, people: People) -> Pair:
    actor = acting_as(people.coordinator, ground, Wall.STAFF)
    return Pair(
        "office: first 50 of a call by score",
        "one statement, no row security",
        lambda: [row.pk for row in first_page(ground, actor)],
        lambda: [row[0] for row in hands.bare.execute(ALL_OF_CALL, _keys(ground)).fetchall()],
    )


def first_page(ground: Ground, actor: Actor) -> list[Dossier]:
    """The office's list as models, within a context of its own."""
    with acting(actor):
        return list(ranked(ground, actor).for_listing().order_by("-score", "-pk")[:PAGE])


def _keys(ground: Ground) -> dict[str, object]:
    return {"consortium": ground.consortium.pk, "call": ground.call.pk}
