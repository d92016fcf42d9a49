"""Pages by key: every row once, in order, forwards and backwards, whatever stands in the address."""

from datetime import UTC, date, datetime
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.models import Dossier
from consortium.access import acting
from consortium.keyset import Order, capped_count, window
from tests.admissions.selection_world import both

NAME = Order("sort_name")
SCORE = Order("score", descending=True, absent=-1.0)


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def rows(pair):
    emat, _ = pair
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


def test_the_count_stops_past_the_cap(rows, monkeypatch):
    assert capped_count(rows, cap=3) == 4
    assert capped_count(rows, cap=30) == 7
    for cap, counted in ((3, 4), (7, 7), (30, 7)):
        monkeypatch.setattr("consortium.keyset.CAP", cap)
        assert window(rows, SCORE, size=2).count == counted


@pytest.mark.parametrize("order", [NAME, SCORE])
def test_every_page_tells_the_same_count(rows, order):
    page, counts = window(rows, order, size=3), []
    while page.next:
        counts.append(page.count)
        page = window(rows, order, after=page.next, size=3)
    assert [*counts, page.count] == [7, 7, 7]


def test_of_nothing_there_is_an_empty_page(rows):
    for nothing in (rows.none(), rows.filter(reference="Z")):
        page = window(nothing, SCORE)
        assert (page.rows, page.count, page.previous, page.next) == ([], 0, "", "")


@pytest.mark.parametrize(("first", "statements"), [(True, 2), (False, 3)])
def test_ids_and_count_are_one_statement_and_rows_another(rows, first, statements):
    cursor = "" if first else window(rows, SCORE, size=2).next
    with CaptureQueriesContext(connection) as asked:
        window(rows, SCORE, after=cursor, size=2)
    assert len(asked) == statements


def test_rows_are_fetched_by_their_ids_within_the_scope_and_by_nothing_else(rows):
    narrowed = rows.filter(score__gte=0, state="submitted", sort_name="same")
    with CaptureQueriesContext(connection) as asked:
        window(narrowed, SCORE)
    where = asked[-1]["sql"].partition(" WHERE ")[2]
    assert "= ANY(" in where
    assert '"consortium_id" = ' in where
    assert "state" not in where
    assert "sort_name" not in where


def test_rows_that_no_actor_was_named_for_have_no_window(rows):
    with pytest.raises(LookupError):
        window(Dossier.objects.all(), SCORE)


def test_asked_anew_the_scope_stays_and_the_narrowing_falls_away(pair):
    here, there = pair
    (amina, bela), (cyra,) = here.submitted("amina", "bela"), there.submitted("cyra")
    with acting(here.system):
        anew = Dossier.objects.for_actor(here.system).filter(pk=amina.pk).anew()
        assert set(anew) == {amina, bela}
    with acting(here.reviewer("waw")):
        hidden = Dossier.objects.for_actor(here.reviewer("waw")).filter(pk=amina.pk).anew()
        assert list(hidden.filter(pk__in=[amina.pk, cyra.pk])) == []


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
