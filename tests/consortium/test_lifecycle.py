"""Moving many rows by one event: as if one by one, in a fixed number of statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.models import Dossier
from consortium import lifecycle
from consortium.access import acting
from consortium.errors import WrongState
from consortium.models import JournalEntry, Transition
from tests.admissions.selection_world import AFTER, both


@pytest.fixture
def here(world, calls):
    return both(world, calls)[0]


def test_many_rows_move_as_one_would(here):
    rows = [*here.submitted("amina", state="ranked"), *here.submitted("bela", state="reserve")]
    here.submitted("cyra", state="ranked")
    with acting(here.officer):
        lifecycle.advance_all(
            rows, "select", actor=here.officer, at=AFTER, reason="Why.", facts={"run": "1"}
        )
        kept = list(Dossier.objects.order_by("reference").values_list("state", flat=True))
        moves = Transition.objects.filter(subject="dossier").order_by("source")
        moves = list(
            moves.values_list("subject_id", "source", "target", "event", "by_name", "at", "reason")
        )
        entries = list(JournalEntry.objects.filter(act="dossier.select"))
    assert kept == ["selected", "selected", "ranked"]
    assert [row.state for row in rows] == ["selected", "selected"]
    who = ("officer verdigris", AFTER, "Why.")
    assert moves == [
        (str(rows[0].pk), "ranked", "selected", "select", *who),
        (str(rows[1].pk), "reserve", "selected", "select", *who),
    ]
    assert {entry.subject_id for entry in entries} == {str(row.pk) for row in rows}
    assert [(entry.by_name, entry.at, entry.reason, entry.facts) for entry in entries] == [
        ("officer verdigris", AFTER, "Why.", {"run": "1"})
    ] * 2


def test_one_in_a_wrong_state_keeps_all_where_they_are(here):
    rows = [*here.submitted("amina", state="ranked"), *here.submitted("bela", state="draft")]
    with pytest.raises(WrongState), acting(here.officer):
        lifecycle.advance_all(rows, "select", actor=here.officer, at=AFTER)
    assert [row.state for row in rows] == ["ranked", "draft"]
    assert (here.dossier("amina").state, here.dossier("bela").state) == ("ranked", "draft")
    with acting(here.system):
        assert Transition.objects.filter(subject="dossier").count() == 0


@pytest.mark.parametrize(("many", "statements"), [(0, 0), (1, 3), (30, 3)])
def test_statements_do_not_grow_with_rows(here, many, statements):
    rows = here.submitted(*[f"n{n}" for n in range(many)], state="ranked")
    officer = here.officer
    with acting(officer), CaptureQueriesContext(connection) as seen:
        lifecycle.advance_all(rows, "select", actor=officer, at=AFTER)
    assert len([q for q in seen if "SAVEPOINT" not in q["sql"]]) == statements
