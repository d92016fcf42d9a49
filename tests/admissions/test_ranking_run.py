"""Computing, approving and replaying a ranking of a call."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.domain import assignments, dossiers, ranking, reviews
from admissions.models import Assignment, RankedDossier, RankingRun
from consortium.access import acting
from consortium.errors import (
    Conflict,
    Incomplete,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from consortium.models import JournalEntry, OutboxMessage
from tests.admission_world import CLOSES
from tests.admissions.selection_world import AFTER, both

# 3 places and 2 on the reserve list; the marks are on a scale of 5.
SEVEN = {
    "amina": (5, 5),
    "bela": (4, 5),
    "cyra": (4, 4),
    "dora": (3, 4),
    "emil": (2, 3),
    "fara": (1, 2),
    "gwen": (0, 0),
}


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    return pair[0]


def compute(here, **rest):
    return ranking.compute(here.call.call_id, **{"actor": here.officer, "at": AFTER, **rest})


def approve(here, run, **rest):
    return ranking.approve(run.pk, **{"actor": here.committee, "at": AFTER, **rest})


def places(here, run):
    with acting(here.system):
        rows = RankedDossier.objects.filter(run=run).order_by("position")
        return list(rows.values_list("dossier__reference", "position", "score", "list"))


def states(here, names=SEVEN):
    return {name: here.dossier(name).state for name in names}


def test_places_by_score_on_three_lists(here):
    here.reviewed(SEVEN)
    run = compute(here)
    assert places(here, run) == [
        ("AMINA", 1, 100.0, "main"),
        ("BELA", 2, 90.0, "main"),
        ("CYRA", 3, 80.0, "main"),
        ("DORA", 4, 70.0, "reserve"),
        ("EMIL", 5, 50.0, "reserve"),
        ("FARA", 6, 30.0, "not_selected"),
        ("GWEN", 7, 0.0, "not_selected"),
    ]
    assert (run.computed_at, run.computed_by, run.state) == (
        AFTER,
        "officer verdigris",
        "computed",
    )
    bela = here.dossier("bela")
    assert (bela.state, bela.score, bela.position) == ("ranked", 90.0, 2)


def test_reviews_are_locked(here):
    here.reviewed({"amina": (5, 4)})
    compute(here)
    with acting(here.system):
        assert set(Assignment.objects.values_list("state", flat=True)) == {"locked"}


def test_equal_scores_are_marked_as_tied_and_separated_by_what_was_published(here):
    here.reviewed({"amina": (4, 4), "bela": (3, 5), "cyra": (1, 1)})
    run = compute(here)
    with acting(here.system):
        tied = dict(run.places.values_list("dossier__reference", "tied"))
        texts = list(run.places.order_by("position").values_list("explanation", flat=True))
    assert tied == {"AMINA": True, "BELA": True, "CYRA": False}
    assert run.seed == here.call.call().frozen_hash[:40]
    assert "seed set the order" in texts[0]
    assert places(here, compute(here)) == places(here, run)


def test_another_call_s_dossiers_and_the_ineligible_play_no_part(pair):
    here, there = pair
    here.reviewed({"amina": (5, 5)})
    there.reviewed({"bela": (5, 5)})
    here.submitted("cyra", state="ineligible")
    here.submitted("dora", state="withdrawn")
    assert [row[0] for row in places(here, compute(here))] == ["AMINA"]
    assert there.dossier("bela").state == "under_review"


def test_dossiers_without_their_reviews_are_named_ten_at_most(here):
    here.reviewed({"amina": (5, 5)})
    here.eligible(*[f"n{n:02}" for n in range(12)])
    with pytest.raises(Incomplete) as refused:
        compute(here)
    named = ", ".join(f"N{n:02}" for n in range(10))
    assert refused.value.fact == f"Reviews are missing for 12 dossiers, among them {named}."
    assert here.dossier("amina").state == "under_review"
    with acting(here.system):
        assert RankingRun.objects.count() == 0


def test_one_missing_review_is_enough_to_refuse(here):
    (amina,) = here.eligible("amina")
    ids = [here.member("waw").pk, here.member("lju").pk]
    row, other = assignments.assign(amina.pk, actor=here.officer, at=AFTER, membership_ids=ids)
    here.review(row, here.person_of(row), 3)
    reviews.declare(other.pk, actor=here.person_of(other), at=AFTER)
    with pytest.raises(Incomplete) as refused:
        compute(here)
    assert refused.value.fact == "Reviews are missing for AMINA."
    here.review(other, here.person_of(other), 4)
    assert places(here, compute(here)) == [("AMINA", 1, 70.0, "main")]


def test_two_reviews_of_one_partner_are_not_enough(here):
    (amina,) = here.eligible("amina")
    members = [here.member("waw"), here.appoint("second", "WAW"), here.member("lju")]
    rows = assignments.assign(
        amina.pk, actor=here.officer, at=AFTER, membership_ids=[m.pk for m in members]
    )
    for row in rows:
        reviewer = here.person_of(row)
        if row.reviewer_id == members[2].user_id:
            reviews.recuse(row.pk, actor=reviewer, at=AFTER, reason="My neighbour.")
        else:
            here.review(row, reviewer, 3)
    with pytest.raises(Incomplete) as refused:
        compute(here)
    assert refused.value.fact == "Reviews are missing for AMINA."


def test_a_call_without_eligible_dossiers_has_no_ranking(here):
    here.submitted("amina")
    with pytest.raises(Incomplete) as refused:
        compute(here)
    assert refused.value.fact == "No dossier of this call is eligible."


def test_a_second_run_supersedes_one_that_nobody_approved(here):
    here.reviewed({"amina": (5, 5), "bela": (4, 4)})
    first = compute(here)
    applicant = here.applicant("amina")
    dossiers.withdraw(here.dossier("amina").pk, actor=applicant, at=AFTER)
    second = compute(here)
    assert (here.again(first).state, here.again(second).state) == ("superseded", "computed")
    assert places(here, second) == [("BELA", 1, 80.0, "main")]
    assert [row[0] for row in places(here, first)] == ["AMINA", "BELA"]
    with pytest.raises(WrongState):
        approve(here, first)


def test_a_seed_of_one_s_own_is_kept_and_must_fit(here):
    here.reviewed({"amina": (5, 5)})
    assert compute(here, seed="dice").seed == "dice"
    with pytest.raises(Invalid) as refused:
        compute(here, seed="x" * 41)
    assert list(refused.value.fields) == ["seed"]


def test_replay_gives_the_same_bytes(here):
    here.reviewed(SEVEN)
    run = compute(here)
    assert ranking.replay(run.pk, actor=here.committee) is True
    with acting(here.system):
        assert RankingRun.objects.get().fingerprint == run.fingerprint


@pytest.mark.parametrize("tampered", ["mark", "off the scale", "place", "score"])
def test_replay_tells_what_was_tampered_with(here, tampered):
    here.reviewed(SEVEN)
    run = here.again(compute(here))
    with acting(here.system):
        if tampered in {"mark", "off the scale"}:
            run.inputs["reviews"][0]["marks"]["record"] = 0 if tampered == "mark" else 9
            run.save(update_fields=["inputs"])
        elif tampered == "place":
            run.places.filter(position=4).update(list="main")
        else:
            run.places.filter(position=4).update(score=70.1)
    assert ranking.replay(run.pk, actor=here.committee) is False


def test_approval_moves_dossiers_is_signed_and_tells_everyone(here):
    here.reviewed(SEVEN)
    run = compute(here)
    with acting(here.system):
        before = set(OutboxMessage.objects.values_list("pk", flat=True))
    signed = approve(here, run)
    assert (signed.approved_by, signed.approved_at) == ("committee verdigris", AFTER)
    assert here.again(run).approved_by == "committee verdigris"
    assert states(here) == {
        "amina": "selected",
        "bela": "selected",
        "cyra": "selected",
        "dora": "reserve",
        "emil": "reserve",
        "fara": "not_selected",
        "gwen": "not_selected",
    }
    with acting(here.system):
        mails = OutboxMessage.objects.exclude(pk__in=before)
        assert sorted(mails.values_list("to", flat=True)) == [
            f"{name}@example.org" for name in SEVEN
        ]
        assert not any("selected" in mail.body or "reserve" in mail.body for mail in mails)
        entry = JournalEntry.objects.get(act="ranking.approve")
        assert JournalEntry.objects.filter(act="dossier.select").count() == 3
    assert entry.facts == {"fingerprint": run.fingerprint}


def test_an_approved_ranking_is_final(here):
    run = here.approved({"amina": (5, 5)})
    with pytest.raises(Conflict) as refused:
        compute(here)
    assert "committee verdigris" in refused.value.fact
    with pytest.raises(WrongState):
        approve(here, run)


def test_approval_waits_for_the_deadline_to_the_second(here):
    here.reviewed({"amina": (5, 5)})
    run = compute(here)
    with pytest.raises(WindowClosed):
        approve(here, run, at=CLOSES - timedelta(seconds=1))
    assert (here.again(run).state, here.again(run).approved_by) == ("computed", "")
    approve(here, run, at=CLOSES)
    assert here.dossier("amina").state == "selected"


def test_nobody_is_forgotten(here):
    here.reviewed({"amina": (5, 5)})
    run = compute(here)
    here.submitted("late")
    with pytest.raises(Conflict) as refused:
        approve(here, run)
    assert refused.value.fact == "Withdrawn or not ranked: LATE (1 in all)."
    assert states(here, ["amina", "late"]) == {"amina": "ranked", "late": "submitted"}


def test_no_place_is_given_to_who_withdrew(here):
    here.reviewed({"amina": (5, 5), "bela": (1, 1)})
    run = compute(here)
    dossiers.withdraw(here.dossier("amina").pk, actor=here.applicant("amina"), at=AFTER)
    with pytest.raises(Conflict) as refused:
        approve(here, run)
    assert refused.value.fact == "Withdrawn or not ranked: AMINA (1 in all)."
    approve(here, compute(here))
    assert here.dossier("bela").state == "selected"


def test_who_may(here):
    here.reviewed({"amina": (5, 5)})
    with pytest.raises(NotAllowed):
        compute(here, actor=here.committee)
    run = compute(here)
    with pytest.raises(NotAllowed):
        approve(here, run, actor=here.officer)
    for stranger in (here.reviewer("waw"), here.applicant("amina"), here.world.partner("waw")):
        with pytest.raises(NotFound):
            approve(here, run, actor=stranger)


def test_another_consortium_s_ids_are_not_found(pair):
    here, there = pair
    there.reviewed({"bela": (5, 5)})
    with pytest.raises(NotFound):
        compute(here, actor=there.officer)
    with pytest.raises(NotFound):
        ranking.compute(there.call.call_id, actor=here.officer, at=AFTER)
    run = compute(there)
    with pytest.raises(NotFound):
        approve(here, run)
    with pytest.raises(NotFound):
        ranking.replay(run.pk, actor=here.committee)
    assert there.dossier("bela").state == "ranked"


def test_computing_asks_the_same_number_of_queries_for_one_and_for_ten(here):
    here.reviewed({"zoe": (3, 3)})
    compute(here)
    with CaptureQueriesContext(connection) as one:
        compute(here)
    here.reviewed({f"n{n}": (n % 5, 5) for n in range(9)})
    compute(here)
    with CaptureQueriesContext(connection) as ten:
        compute(here)
    assert len(ten) == len(one)
