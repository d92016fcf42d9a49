"""What every request pays: finding out who acts, and opening their context."""

from collections.abc import Iterator

import psycopg
from django.db import connection

from bench.ground import AT, Ground
from bench.measure import Pair
from bench.people import People, acting_as
from consortium.access import acting
from consortium.actor import Wall
from consortium.models import User

WHO = """
SELECT m.person_name, m.party_id,
       (SELECT array_agg(p.codename ORDER BY p.codename)
          FROM consortium_consortiumusergrant g JOIN auth_permission p ON p.id = g.permission_id
         WHERE g.user_id = m.user_id AND g.content_object_id = m.consortium_id),
       (SELECT array_agg(p.codename ORDER BY p.codename)
          FROM consortium_partyusergrant held
          JOIN consortium_partygroupgrant given
            ON given.content_object_id = held.content_object_id
           AND given.permission_id = held.permission_id
          JOIN auth_permission p ON p.id = held.permission_id
         WHERE held.user_id = m.user_id AND held.content_object_id = m.party_id)
  FROM consortium_membership m
 WHERE m.user_id = %(user)s AND m.consortium_id = %(consortium)s
   AND m.starts_at <= %(at)s AND (m.ends_at IS NULL OR m.ends_at > %(at)s)
"""


def pairs(bare: psycopg.Connection, ground: Ground, people: People) -> Iterator[Pair]:
    yield _actor(bare, ground, people.coordinator, Wall.STAFF, "coordinator")
    yield _actor(bare, ground, people.dense, Wall.REVIEWER, "reviewer")
    yield _context(ground, people)


def _actor(bare: psycopg.Connection, ground: Ground, user: User, wall: Wall, who: str) -> Pair:
    keys = {"user": user.pk, "consortium": ground.consortium.pk, "at": AT}

    def ours() -> object:
        actor = acting_as(user, ground, wall)
        parties = {party: sorted(rights) for party, rights in actor.party_rights.items()}
        return actor.name, sorted(actor.rights), parties

    def by_hand() -> object:
        ((name, party, rights, on_party),) = bare.execute(WHO, keys).fetchall()
        return name, rights or [], {party: on_party} if party else {}

    return Pair(f"who acts: {who}", "one statement, no row security", ours, by_hand)


def _context(ground: Ground, people: People) -> Pair:
    actor = acting_as(people.dense, ground, Wall.REVIEWER)

    def one() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone()

    def ours() -> object:
        with acting(actor):
            return one()

    return Pair("context: SELECT 1 as an actor", "SELECT 1 in autocommit", ours, one)
