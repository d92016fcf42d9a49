"""Who looks at how much, against their own usual."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.domain.volume import Volume, looks_per_person
from consortium.models import JournalEntry
from tests.world import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def look(world, user, many, *, ago=HOUR, act="dossier.read", slug="emat"):
    system = world.system(slug)
    with acting(system):
        JournalEntry.objects.bulk_create(
            JournalEntry(
                consortium_id=system.tenant,
                act=act,
                subject="x",
                subject_id="1",
                by_id=user,
                by_name=f"Person {user}",
                wall="staff",
                at=NOON - ago,
            )
            for _ in range(many)
        )


def volumes(world):
    return looks_per_person(actor=world.staff(), at=NOON)


def test_the_last_day_against_a_usual_day(world):
    look(world, 1, 40)
    look(world, 1, 8, ago=3 * DAY)
    look(world, 1, 4, ago=9 * DAY)
    look(world, 2, 5)
    look(world, 2, 500, ago=2 * DAY)
    assert volumes(world) == [Volume(1, "Person 1", 40, 6.0), Volume(2, "Person 2", 5, 500.0)]
    assert [each.is_unusual for each in volumes(world)] == [True, False]


def test_acts_other_times_the_product_and_other_consortia_do_not_count(world):
    look(world, 1, 50, act="dossier.save")
    look(world, 1, 50, ago=-HOUR)
    look(world, 1, 50, slug="arts")
    look(world, None, 50)
    look(world, 1, 50, ago=40 * DAY)
    assert volumes(world) == []
    look(world, 1, 3)
    assert volumes(world) == [Volume(1, "Person 1", 3, None)]


def test_few_looks_are_never_unusual_and_much_is_not_where_it_is_usual():
    assert not Volume(1, "A", 29, 1.0).is_unusual
    assert Volume(1, "A", 30, 1.0).is_unusual
    assert Volume(1, "A", 30, None).is_unusual
    assert not Volume(1, "A", 60, 30.0).is_unusual


def test_ten_people_in_two_queries(world):
    for person in range(1, 16):
        look(world, person, person)
    actor = world.staff()
    with CaptureQueriesContext(connection) as asked:
        found = looks_per_person(actor=actor, at=NOON)
    assert [each.latest for each in found] == list(range(15, 5, -1))
    assert len([q for q in asked if "journalentry" in q["sql"]]) == 2
