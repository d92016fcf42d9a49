"""What the audiences' database roles may do with the journal, tried with raw statements."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import JournalEntry, Membership
from consortium.models.journal import LOOK
from tests.world import NOON

COLUMNS = ", ".join(LOOK)


@pytest.fixture
def looked(world):
    """Looks and acts for the reviewer of LJU, by others and in both consortia."""
    for slug in ("emat", "arts"):
        system = world.system(slug)
        with acting(system):
            own = Membership.objects.get(person_email=f"reviewer-lju@{slug}.example")
            other = Membership.objects.get(person_email=f"reviewer-waw@{slug}.example")
        for actor in (world.staff(slug=slug), world.reviewer("waw", slug)):
            with acting(actor):
                journal.read("membership", [own, other], actor=actor, at=NOON)
                journal.record("membership.greet", own, actor=actor, at=NOON)


def oneself(world, slug="emat") -> Actor:
    """The same person at the applicants' door."""
    return Actor(
        wall=Wall.APPLICANT,
        consortium_id=world.consortia[slug].pk,
        user_id=world.user(f"reviewer-lju@{slug}.example").pk,
    )


def ask(actor, columns=COLUMNS):
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM consortium_journalentry ORDER BY id")
        return cursor.fetchall()


def test_a_person_sees_looks_at_their_own_file_alone(world, looked):
    rows = ask(oneself(world), "act, told_name, wall, for_id, consortium_id")
    me, here = oneself(world).user_id, world.consortia["emat"].pk
    assert rows == [
        ("membership.read", "coordinator verdigris", "staff", me, here),
        ("membership.read", "", "reviewer", me, here),
    ]


def test_the_queryset_says_the_same_as_the_wall(world, looked):
    actor = oneself(world)
    with acting(actor):
        assert JournalEntry.objects.for_actor(actor).looks().count() == 2
    with acting(world.system()):
        assert JournalEntry.objects.for_actor(actor).count() == 2


@pytest.mark.parametrize("column", ["by_id", "by_name", "reason", "facts", "request_id", "*"])
def test_what_a_person_is_not_told_cannot_be_asked_for(world, looked, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(oneself(world), column)


@pytest.mark.parametrize("wall", [Wall.REVIEWER, Wall.PARTNER, Wall.REFEREE, Wall.PUBLIC])
def test_the_others_read_nothing_of_the_journal(world, looked, wall):
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(Actor(wall=wall, consortium_id=world.consortia["emat"].pk, user_id=1), "id")


def test_nobody_writes_by_another_name_or_door(world):
    reviewer = world.reviewer()
    officer = world.staff()
    with acting(reviewer):
        subject = world.partnership("WAW")
        journal.record("test.act", subject, actor=reviewer, at=NOON)
        for forged in (
            officer,
            Actor(wall=Wall.REVIEWER, consortium_id=reviewer.tenant, user_id=officer.user_id),
            Actor(wall=Wall.STAFF, consortium_id=reviewer.tenant, user_id=reviewer.user_id),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                journal.record("test.forged", subject, actor=forged, at=NOON)


def test_parties_are_told_where_somebody_comes_for_them(world):
    lju = world.partnership("LJU").pk
    for actor, parties in (
        (world.reviewer(), [lju]),
        (world.partner(), [lju]),
        (world.staff(), []),
    ):
        with acting(actor):
            entry = journal.record("test.act", world.partnership("WAW"), actor=actor, at=NOON)
        with acting(world.system()):
            assert JournalEntry.objects.get(pk=entry.pk).by_parties == parties


def test_raw_rows_without_parties_are_taken(world):
    with acting(world.system()), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consortium_journalentry (id, consortium_id, act, subject, subject_id,"
            " by_name, wall, at, reason, facts, request_id) VALUES"
            " (gen_random_uuid(), %s, 'a.read', 'x', '1', 'N', 'staff', now(), '', '{}', '')"
            " RETURNING by_parties, is_read, told_name",
            [world.consortia["emat"].pk],
        )
        assert cursor.fetchone() == ([], True, "N")


def observer(world) -> Actor:
    return Actor(
        wall=Wall.OBSERVER,
        consortium_id=world.consortia["emat"].pk,
        user_id=world.user("officer@emat.example").pk,
        name="Observer",
    )


def test_who_only_observes_writes_down_their_looks_and_nothing_else(world):
    actor, subject = observer(world), world.partnership("WAW")
    with acting(actor):
        journal.read("partnership", [subject], actor=actor, at=NOON)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            journal.record("test.act", subject, actor=actor, at=NOON)
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="partnership.read")
        assert (entry.by_id, entry.told_name) == (actor.user_id, "Observer")


@pytest.mark.parametrize("through", ["reviewer", "staff", "observer", "partner"])
def test_who_looks_through_anothers_eyes_is_who_looked(world, through):
    eyes = {"staff": world.staff, "observer": lambda: observer(world)}.get(
        through, getattr(world, through, None)
    )()
    chief = world.staff()
    actor = replace(eyes, viewer_id=chief.user_id, viewer_name=chief.name)
    with acting(actor):
        subject = world.partnership("WAW")
        journal.read("partnership", [subject], actor=actor, at=NOON)
        for forged in (eyes, chief):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                journal.record("test.act", subject, actor=forged, at=NOON)
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="partnership.read")
    assert (entry.by_id, entry.by_name, entry.wall) == (chief.user_id, chief.name, "staff")
    assert (entry.by_parties, entry.facts) == ([], {"as": eyes.user_id})
