"""Giving dossiers to reviewers."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.domain import assignments, reviews
from admissions.models import Assignment, Dossier
from consortium.access import acting
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry, OutboxMessage
from tests.admissions.selection_world import AFTER, both


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    return pair[0]


def assign(here, dossier, *members, **rest):
    ids = [getattr(member, "pk", member) for member in members]
    facts = {"actor": here.officer, "at": AFTER, "membership_ids": ids, **rest}
    return assignments.assign(dossier.pk, **facts)


def distribute(here, **rest):
    return assignments.distribute(
        here.call.call_id, **{"actor": here.officer, "at": AFTER, "seed": "blue", **rest}
    )


def held(here):
    """Reviewers' partners by reference of the dossier, without conflicts."""
    found = {}
    with acting(here.system):
        rows = Assignment.objects.filter(dossier__call_id=here.call.call_id)
        for row in rows.exclude(state="conflicted").select_related("dossier", "party"):
            found.setdefault(row.dossier.reference, []).append(row.party.code)
    return {reference: sorted(codes) for reference, codes in found.items()}


def test_reviewers_of_two_partners_get_a_dossier_and_see_it(here):
    amina, bela = here.eligible("amina", "bela")
    due = AFTER + timedelta(days=14)
    made = assign(here, amina, here.member("waw"), here.member("lju"), due_at=due)
    assert [(row.reviewer_name, row.state, row.due_at) for row in made] == [
        ("reviewer LJU verdigris", "proposed", due),
        ("reviewer WAW verdigris", "proposed", due),
    ]
    assert here.again(amina).state == "under_review"
    for code in ("waw", "lju"):
        reviewer = here.reviewer(code)
        with acting(reviewer):
            seen = Dossier.objects.for_actor(reviewer, "view").values_list("reference", flat=True)
            assert list(seen) == ["AMINA"]
    assert here.again(bela).visible_to == []


def test_each_reviewer_is_told_and_the_act_is_journalled(here):
    (amina,) = here.eligible("amina")
    with acting(here.system):
        before = OutboxMessage.objects.count()
    made = assign(here, amina, here.member("waw"), here.member("lju"))
    with acting(here.system):
        mails = OutboxMessage.objects.order_by("-created_at", "to")
        entry = JournalEntry.objects.get(act="dossier.assign")
        assert mails.count() == before + 2
    assert entry.facts == {"assignments": [str(row.pk) for row in made]}
    assert entry.by_name == "officer verdigris"


def test_reviewers_of_one_partner_only_are_refused_once_the_number_is_reached(here):
    (amina,) = here.eligible("amina")
    second = here.appoint("second", "WAW")
    with pytest.raises(Conflict) as refused:
        assign(here, amina, here.member("waw"), second)
    assert "two partners" in refused.value.rule
    assert held(here) == {}
    assign(here, amina, here.member("waw"))
    with pytest.raises(Conflict):
        assign(here, amina, second)
    assign(here, amina, second, here.member("lju"))
    assert held(here) == {"AMINA": ["LJU", "WAW", "WAW"]}


def test_a_call_with_one_review_takes_one_partner(here):
    (amina,) = here.eligible("amina")
    call = here.call.call()
    call.reviews_needed = 1
    with acting(here.system):
        call.save()
    assign(here, amina, here.member("waw"))
    assert held(here) == {"AMINA": ["WAW"]}


def test_nobody_gets_a_dossier_twice_not_even_after_a_conflict(here):
    (amina,) = here.eligible("amina")
    waw, lju = here.member("waw"), here.member("lju")
    row, _other = sorted(assign(here, amina, waw, lju), key=lambda r: r.reviewer_id != waw.user_id)
    with pytest.raises(Conflict) as refused:
        assign(here, amina, waw)
    assert refused.value.fact == "Already assigned: reviewer WAW verdigris."
    reviews.recuse(row.pk, actor=here.reviewer("waw"), at=AFTER, reason="My student.")
    with pytest.raises(Conflict):
        assign(here, amina, waw)


def test_one_person_through_two_memberships_is_refused(here):
    (amina,) = here.eligible("amina")
    one, two = here.appoint("both", "WAW"), here.appoint("both", "LJU")
    with pytest.raises(Conflict):
        assign(here, amina, one, two)


def test_only_reviewers_in_office(here, world):
    (amina,) = here.eligible("amina")
    gone = here.appoint("gone", "WAW", until=AFTER)
    with acting(here.system):
        partner = type(gone).objects.get(person_email="partner-lju@emat.example")
    for other in (gone, partner):
        with pytest.raises(Invalid) as refused:
            assign(here, amina, here.member("lju"), other)
        assert list(refused.value.fields) == ["membership_ids"]
    with pytest.raises(Invalid):
        assign(here, amina)
    assert held(here) == {}
    assign(here, amina, gone, at=AFTER - timedelta(seconds=1))
    assert held(here) == {"AMINA": ["WAW"]}


@pytest.mark.parametrize("state", ["submitted", "ineligible", "ranked", "withdrawn", "selected"])
def test_only_eligible_dossiers(here, state):
    (amina,) = here.submitted("amina", state=state)
    with pytest.raises(WrongState):
        assign(here, amina, here.member("waw"))


def test_strangers_and_other_rights(here):
    (amina,) = here.eligible("amina")
    with pytest.raises(NotAllowed):
        assign(here, amina, here.member("waw"), actor=here.committee)
    with pytest.raises(NotFound):
        assign(here, amina, here.member("waw"), actor=here.reviewer("waw"))
    with pytest.raises(NotAllowed):
        distribute(here, actor=here.committee)


def test_another_consortium_s_ids_are_not_found(pair):
    here, there = pair
    (amina,), (foreign,) = here.eligible("amina"), there.eligible("bela")
    theirs = there.member("waw")
    row = assign(there, foreign, theirs)[0]
    with pytest.raises(NotFound):
        assign(here, foreign, here.member("waw"))
    with pytest.raises(NotFound):
        assign(here, amina, here.member("waw"), theirs)
    with pytest.raises(NotFound):
        assign(here, amina, uuid4())
    with pytest.raises(NotFound):
        assignments.distribute(there.call.call_id, actor=here.officer, at=AFTER, seed="x")
    with pytest.raises(NotFound):
        assignments.withdraw_assignment(row.pk, actor=here.officer, at=AFTER, reason="")
    with pytest.raises(NotFound), acting(here.officer):
        assignments.replacements_needed(there.call.call_id, actor=here.officer)
    assert (held(here), held(there)) == ({}, {"BELA": ["WAW"]})


def test_distribution_is_balanced_by_different_partners_and_leaves_the_rest_alone(pair):
    here, there = pair
    here.appoint("third", "AMI")
    here.appoint("fourth", "WAW")
    names = [f"n{n:02}" for n in range(10)]
    here.eligible(*names)
    here.submitted("late")
    there.eligible("bela")
    result = distribute(here)
    assert len(result.assigned) == 20
    assert result.unassignable == ()
    assert all(len(codes) == len(set(codes)) == 2 for codes in held(here).values())
    assert sorted(held(here)) == [name.upper() for name in names]
    load = Counter(row.reviewer_id for row in result.assigned)
    assert sorted(load.values()) == [5, 5, 5, 5]
    assert held(there) == {}
    with acting(here.system):
        states = Counter(Dossier.objects.values_list("state", flat=True))
        entry = JournalEntry.objects.get(act="call.distribute")
        mailed = OutboxMessage.objects.filter(key__startswith="assignment:").count()
    assert states == {"under_review": 10, "submitted": 1}
    assert entry.facts == {"seed": "blue", "assigned": 20}
    assert mailed == 4


def test_a_second_run_adds_only_what_is_missing(here):
    here.appoint("third", "AMI")
    here.eligible("amina", "bela")
    first = distribute(here)
    again = distribute(here)
    assert (len(first.assigned), again.assigned, again.unassignable) == (4, (), ())
    here.eligible("cyra")
    row = first.assigned[0]
    reviews.recuse(row.pk, actor=here.person_of(row), at=AFTER, reason="We wrote a paper.")
    with acting(here.officer):
        short = assignments.replacements_needed(here.call.call_id, actor=here.officer)
    assert [(s.reference, s.missing, s.conflicted) for s in short] == [
        (row.dossier.reference, 1, 1)
    ]
    third = distribute(here)
    new = Counter(each.dossier.reference for each in third.assigned)
    assert new == {"CYRA": 2, row.dossier.reference: 1}
    assert row.reviewer_id not in {
        each.reviewer_id for each in third.assigned if each.dossier_id == row.dossier_id
    }
    with acting(here.officer):
        assert assignments.replacements_needed(here.call.call_id, actor=here.officer) == []


def test_a_lone_partner_after_a_conflict_gets_a_companion(here):
    (amina,) = here.eligible("amina")
    second = here.appoint("second", "WAW")
    rows = assign(here, amina, here.member("waw"), second, here.member("lju"))
    lju = next(row for row in rows if row.reviewer_id == here.member("lju").user_id)
    reviews.recuse(lju.pk, actor=here.reviewer("lju"), at=AFTER, reason="My niece.")
    with acting(here.officer):
        (short,) = assignments.replacements_needed(here.call.call_id, actor=here.officer)
    assert (short.missing, short.conflicted) == (1, 1)
    here.appoint("third", "AMI")
    distribute(here)
    assert held(here) == {"AMINA": ["AMI", "WAW", "WAW"]}


def test_who_cannot_be_served_is_named(here):
    here.eligible("amina")
    call = here.call.call()
    call.reviews_needed = 3
    with acting(here.system):
        call.save()
    result = distribute(here)
    assert held(here) == {"AMINA": ["LJU", "WAW"]}
    assert [(s.reference, s.missing) for s in result.unassignable] == [("AMINA", 1)]


def test_an_assignment_taken_back_closes_the_dossier_and_is_journalled(here):
    (amina,) = here.eligible("amina")
    waw = here.member("waw")
    row = assign(here, amina, waw)[0]
    reviews.declare(row.pk, actor=here.reviewer("waw"), at=AFTER)
    reviews.save(row.pk, actor=here.reviewer("waw"), at=AFTER, scores={"record": 3}, comment="")
    assignments.withdraw_assignment(row.pk, actor=here.officer, at=AFTER, reason="On leave.")
    assert here.again(amina).visible_to == []
    with acting(here.system):
        entry = JournalEntry.objects.get(act="assignment.withdraw")
        assert Assignment.objects.count() == 0
    assert entry.facts == {"dossier": str(amina.pk), "reviewer": waw.user_id}
    assert entry.reason == "On leave."
    assign(here, amina, waw)
    assert held(here) == {"AMINA": ["WAW"]}


def test_history_is_not_taken_back(here):
    here.reviewed({"amina": (3, 4)})
    with acting(here.system):
        row = Assignment.objects.first()
    with pytest.raises(WrongState):
        assignments.withdraw_assignment(row.pk, actor=here.officer, at=AFTER, reason="")
    with pytest.raises(NotAllowed):
        assignments.withdraw_assignment(row.pk, actor=here.person_of(row), at=AFTER, reason="")


def test_distribution_asks_the_same_number_of_queries_for_one_and_for_thirty(here):
    here.eligible("zero")
    with CaptureQueriesContext(connection) as one:
        distribute(here)
    here.eligible(*[f"n{n:02}" for n in range(30)])
    with CaptureQueriesContext(connection) as thirty:
        distribute(here)
    assert len(thirty) == len(one)
