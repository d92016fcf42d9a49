"""Counts and short lists of a call: right, of this consortium alone, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.domain import assignments, figures, reviews
from admissions.domain.figures import Funnel, Places, Progress
from admissions.models import ReferenceRequest
from consortium.access import acting
from consortium.errors import NotAllowed, NotFound
from tests.admissions.selection_world import AFTER, both

STATES = [
    "submitted",
    "eligible",
    "ineligible",
    "under_review",
    "ranked",
    "selected",
    "reserve",
    "not_selected",
    "offered",
    "accepted",
    "declined",
    "enrolled",
]
DUE = AFTER + timedelta(days=7)


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    return pair[0]


def figure(here, name, *args, actor=None, **rest):
    actor = actor or here.officer
    with acting(actor):
        return getattr(figures, name)(*args, actor=actor, **rest)


def of_call(here, name, **rest):
    return figure(here, name, here.call.call_id, **rest)


def one_of_each(here):
    for state in STATES:
        here.submitted(state.replace("_", "-"), state=state)
    unsent = {"state": "draft", "submitted_at": None}
    here.submitted("declared", **unsent)
    here.submitted("draft", **unsent, declared_true=False)
    here.submitted("lapsed", state="lapsed", submitted_at=None, declared_true=False)
    here.submitted("withdrawn", state="withdrawn")


def refer(here, dossier, number, state):
    with acting(here.system):
        return ReferenceRequest.objects.create(
            consortium_id=here.system.tenant,
            dossier=dossier,
            referee_name="Prof. Verdigris",
            referee_email=f"prof{number}@example.org",
            applicant_name="Amina",
            due_at=AFTER,
            zone="UTC",
            token_digest=f"{dossier.reference}{number}",
            state=state,
            created_at=AFTER,
        )


def test_the_funnel_counts_how_far_everybody_got(pair):
    here, there = pair
    one_of_each(here)
    there.submitted("bela", state="enrolled")
    assert of_call(here, "funnel") == Funnel(
        started=16,
        complete=14,
        submitted=13,
        eligible=10,
        ranked=8,
        offered=4,
        accepted=2,
        enrolled=1,
    )


def test_several_funnels_and_an_empty_one(pair):
    here, there = pair
    there.submitted("bela")
    ids = [here.call.call_id, there.call.call_id]
    assert figure(here, "funnels", ids) == {pk: Funnel() for pk in ids}
    assert figure(there, "funnels", ids) == {
        ids[0]: Funnel(),
        ids[1]: Funnel(started=1, complete=1, submitted=1),
    }


def test_places_and_vacancies(pair):
    here, there = pair
    there.submitted("bela", state="declined")
    here.submitted("cyra", state="ranked")
    assert of_call(here, "places") == Places(places=3, taken=0, vacant=0, awaited=0, reserve=0)
    for state in ("selected", "offered", "declined", "reserve"):
        here.submitted(state, state=state)
    assert of_call(here, "places") == Places(places=3, taken=2, vacant=1, awaited=1, reserve=1)


def test_bounced_referees_and_missing_letters(pair):
    here, there = pair
    amina, bela = here.submitted("amina", "bela")
    (draft,) = here.submitted("draft", state="draft")
    (gone,) = here.submitted("gone", state="withdrawn")
    (foreign,) = there.submitted("cyra")
    first = refer(here, amina, 1, "bounced")
    refer(here, draft, 1, "bounced")  # the applicant's alone to mend
    refer(here, gone, 1, "bounced")
    refer(there, foreign, 1, "bounced")
    refer(here, amina, 2, "received")
    for number in (1, 2):
        refer(here, bela, number, "received")
    found = of_call(here, "exceptions", at=AFTER)
    assert (found.bounced.count, set(found.bounced.rows)) == (1, {first})
    assert (found.missing_letters.count, found.missing_letters.rows) == (1, (amina,))
    assert (found.overdue.count, found.overdue.rows) == (0, ())


def test_overdue_reviews_from_their_instant_on_and_not_when_done(here):
    (amina,) = here.eligible("amina")
    ids = [here.member("waw").pk, here.member("lju").pk]
    row, other = assignments.assign(
        amina.pk, actor=here.officer, at=AFTER, membership_ids=ids, due_at=DUE
    )
    here.review(other, here.person_of(other), 3)
    assert of_call(here, "exceptions", at=DUE - timedelta(seconds=1)).overdue.count == 0
    assert of_call(here, "exceptions", at=DUE).overdue.rows == (row,)


def test_lists_are_cut_and_counted_whole(here):
    here.submitted(*[f"n{n}" for n in range(5)])
    found = of_call(here, "exceptions", at=AFTER, most=2).missing_letters
    assert (found.count, [row.reference for row in found.rows]) == (5, ["N0", "N1"])


def test_a_reviewer_s_own_progress(pair):
    here, there = pair
    _some_reviews(here)
    _some_reviews(there)
    assert figure(here, "my_progress", actor=here.reviewer("waw"), at=DUE) == Progress(
        assigned=3, to_declare=1, in_progress=1, done=1, conflicted=1, overdue=2, next_due_at=DUE
    )
    assert figure(here, "my_progress", actor=here.reviewer("lju"), at=AFTER) == Progress(
        assigned=4, to_declare=4, in_progress=0, done=0, conflicted=0, overdue=0, next_due_at=DUE
    )


def test_every_reviewer_s_progress_for_the_office(pair):
    here, there = pair
    _some_reviews(here)
    _some_reviews(there)
    lju, waw = of_call(here, "reviewers_progress", at=AFTER)
    assert (lju.name, lju.party, lju.progress.to_declare) == ("reviewer LJU verdigris", "LJU", 4)
    assert (waw.name, waw.party, waw.progress.assigned) == ("reviewer WAW verdigris", "WAW", 3)
    assert waw.reviewer_id == here.member("waw").user_id


def _some_reviews(here):
    """WAW's reviewer: one submitted, one in conflict, one begun, one untouched."""
    reviewer = here.reviewer("waw")
    rows = []
    for dossier in here.eligible("amina", "bela", "cyra", "dora"):
        made = assignments.assign(
            dossier.pk,
            actor=here.officer,
            at=AFTER,
            membership_ids=[here.member("waw").pk, here.member("lju").pk],
            due_at=DUE,
        )
        rows += [row for row in made if row.reviewer_id == reviewer.user_id]
    here.review(rows[0], reviewer, 3)
    reviews.recuse(rows[1].pk, actor=reviewer, at=AFTER, reason="My cousin.")
    reviews.declare(rows[2].pk, actor=reviewer, at=AFTER)


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("funnel", {}),
        ("places", {}),
        ("exceptions", {"at": AFTER}),
        ("reviewers_progress", {"at": AFTER}),
    ],
)
def test_another_consortium_s_call_is_not_found(pair, name, rest):
    here, there = pair
    with pytest.raises(NotFound):
        figure(here, name, there.call.call_id, **rest)


def test_who_does_not_assign_sees_no_reviewer_s_progress(here):
    with pytest.raises(NotAllowed):
        of_call(here, "reviewers_progress", actor=here.committee, at=AFTER)


def test_queries_are_as_many_for_one_row_as_for_thirty(here):
    officer, reviewer = here.officer, here.reviewer("waw")

    def counted(read, *args, actor=officer, **rest):
        with acting(actor), CaptureQueriesContext(connection) as seen:
            _touch(read(*args, actor=actor, **rest))
        return len(seen)

    def asked():
        call = here.call.call_id
        counts = {name: counted(getattr(figures, name), call, **rest) for name, rest in CALLS}
        counts["replacements_needed"] = counted(assignments.replacements_needed, call)
        counts["my_progress"] = counted(figures.my_progress, actor=reviewer, at=DUE)
        return counts

    _rows(here, "one")
    one = asked()
    _rows(here, *[f"n{n}" for n in range(29)])
    assert asked() == one
    assert one == {
        "funnel": 6,  # four of them put on and take off the house's own context
        "places": 2,
        "exceptions": 4,
        "reviewers_progress": 2,
        "replacements_needed": 2,
        "my_progress": 1,
    }


CALLS = (
    ("funnel", {}),
    ("places", {}),
    ("exceptions", {"at": DUE, "most": 50}),
    ("reviewers_progress", {"at": DUE}),
)


def _touch(found):
    """What a page shows of the rows must not ask again."""
    if isinstance(found, figures.Exceptions):
        for row in found.bounced.rows:
            assert row.dossier.reference
        for row in found.overdue.rows:
            assert row.dossier.name
            assert row.reviewer_name
        for row in found.missing_letters.rows:
            assert row.reference
            assert row.name


def _rows(here, *names):
    for name in names:
        (dossier,) = here.submitted(name, state="eligible")
        refer(here, dossier, 1, "bounced")
        assignments.assign(
            dossier.pk,
            actor=here.officer,
            at=AFTER,
            membership_ids=[here.member("waw").pk],
            due_at=DUE,
        )
