"""Pages by key: every row once, in order, forwards and backwards, whatever stands in the address."""

from datetime import UTC, date, datetime
from itertools import chain

import pytest

from admissions.models import Dossier
from consortium.access import acting
from consortium.keyset import Order, capped_count, window
from tests.admissions.selection_world import both

NAME = Order("sort_name")
SCORE = Order("score", descending=True, absent=-1.0)


@pytest.fixture
def rows(world):
    emat, _ = both(world)
    emat.submitted(*"abcdefg", sort_name="same")
    with acting(emat.system):
        for n, dossier in enumerate(Dossier.objects.order_by("pk")):
            Dossier.objects.filter(pk=dossier.pk).update(score=None if n % 3 else float(n))
        yield Dossier.objects.for_actor(emat.system)


def walk(rows, order, size):
    """Every page from the first to the last, and back again."""
    pages, cursor = [], ""
    while True:
        page = window(rows, order, after=cursor, size=size)
        pages.append([row.reference for row in page.rows])
        if not page.next:
            break
        cursor = page.next
    back, here = [], page
    while here.previous:
        here = window(rows, order, before=here.previous, size=size)
        back.insert(0, [row.reference for row in here.rows])
    return pages, [*back, pages[-1]]


@pytest.mark.parametrize("order", [NAME, SCORE, Order("submitted_at", descending=True)])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_row_once_forwards_and_backwards(rows, order, size):
    forwards, backwards = walk(rows, order, size)
    assert sorted(chain.from_iterable(forwards)) == list("ABCDEFG")
    assert forwards == backwards
    assert {len(page) for page in forwards[:-1]} <= {size}


def test_rows_without_a_value_come_last(rows):
    found = [row.score for row in window(rows, SCORE).rows]
    assert found == [6.0, 3.0, 0.0, None, None, None, None]


@pytest.mark.parametrize("cursor", ["nonsense", "W10:1", "é", "x" * 5000])
def test_a_cursor_that_is_not_ours_is_ignored(rows, cursor):
    assert len(window(rows, NAME, after=cursor).rows) == 7


def test_a_cursor_of_another_order_is_ignored(rows):
    cursor = window(rows, NAME, size=2).next
    assert len(window(rows, SCORE, after=cursor).rows) == 7


def test_the_count_stops_past_the_cap(rows):
    assert capped_count(rows, cap=3) == 4
    assert capped_count(rows, cap=30) == 7


@pytest.mark.parametrize(
    "order",
    [
        Order("submitted_at", absent=datetime(1, 1, 2, tzinfo=UTC)),
        Order("birth_date", descending=True, absent=date(9999, 12, 30)),
    ],
)
def test_times_and_dates_can_be_absent(rows, order):
    for n, row in enumerate(rows.order_by("reference")[:3]):
        row.submitted_at, row.birth_date = None, date(2000, 1, 1 + n)
        row.save()
    forwards, backwards = walk(rows, order, 2)
    assert sorted(chain.from_iterable(forwards)) == list("ABCDEFG")
    assert forwards == backwards
