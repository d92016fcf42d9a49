"""Every row of every table as every actor: with both walls, with either alone, and with none."""

import pytest
from django.db import models
from django.db.utils import ProgrammingError

from consortium.access import acting
from consortium.scoping import ScopedQuerySet
from tests.contracts.canaries.people import PEOPLE
from tests.contracts.canaries.planting import walled

WALLS = {
    "both walls": (True, True),
    "the choke point alone": (True, False),
    "row security alone": (False, True),
    "no wall": (False, False),
}


def texts(model: type[models.Model], actor) -> str:
    """All that the actor's role reads of a table, one column at a time; what is refused is nothing."""
    rows = model._default_manager.all()
    if isinstance(rows, ScopedQuerySet) and actor.consortium_id is not None:
        rows = rows.for_actor(actor)
    read = []
    for column in model._meta.local_concrete_fields:
        if isinstance(column, models.CharField | models.TextField | models.JSONField):
            read += _values(rows, column.name, actor)
    return " ".join(map(str, read))


def _values(rows, name: str, actor) -> list[object]:
    try:
        with acting(actor):
            return list(rows.order_by().values_list(name, flat=True))
    except ProgrammingError as refused:
        if "permission denied" not in str(refused):
            raise
        return []


# Behind the operator's door lies no page of tenant rows, so their first wall is another: the crawl.
WALKS = [
    (persona, walls)
    for persona, who in PEOPLE.items()
    for walls, (first, second) in WALLS.items()
    if (first or second) and (second or not who.operator)
]


@pytest.mark.parametrize(("persona", "walls"), WALKS)
def test_no_row_of_anybody_elses(standing, ground, persona, walls):
    first, second = WALLS[walls]
    who = PEOPLE[persona]
    with standing(first=first, second=second) as world:
        actor = who.actor(world)
        seen = {m._meta.object_name: ground.field.found(texts(m, actor)) for m in walled()}
    foreign = {
        marker: ground.field.homes[marker]
        for markers in seen.values()
        for marker in markers
        if not who.may_read(ground.field.homes[marker])
    }
    assert foreign == {}


@pytest.mark.parametrize("persona", PEOPLE)
def test_what_is_theirs_is_there_and_without_walls_the_rest_is_too(standing, ground, persona):
    who = PEOPLE[persona]
    found = {}
    for name in ("both walls", "no wall"):
        first, second = WALLS[name]
        with standing(first=first, second=second) as world:
            actor = who.actor(world)
            found[name] = {
                marker for m in walled() for marker in ground.field.found(texts(m, actor))
            }
    homes = ground.field.homes
    mine = {marker for marker, home in homes.items() if who.mine(home)}
    foreign = {marker for marker, home in homes.items() if not who.may_read(home)}
    assert not mine or mine & found["both walls"]
    assert len(found["no wall"] & foreign) > 50
