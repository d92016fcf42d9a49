"""A reviewer's own acts, and what a declared conflict closes."""

import pytest
from django.db import connection

from admissions.domain import assignments, ranking, reviews
from admissions.models import (
    Assignment,
    Document,
    DocumentRequirement,
    Dossier,
    ReferenceLetter,
    ReferenceRequest,
    Review,
    Score,
    TrackPreference,
)
from consortium.access import acting
from consortium.errors import Incomplete, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry, Transition
from tests.admissions.selection_world import AFTER, both

FULL = {"record": 5, "motivation": 0, "references": 3}


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    return pair[0]


@pytest.fixture
def row(here):
    return given(here, "amina")


def given(here, name):
    """The assignment of WAW's reviewer to a new dossier that LJU's has too."""
    (dossier,) = here.eligible(name)
    ids = [here.member("waw").pk, here.member("lju").pk]
    made = assignments.assign(dossier.pk, actor=here.officer, at=AFTER, membership_ids=ids)
    return next(each for each in made if each.reviewer_id == here.member("waw").user_id)


def act(here, name, row, code="waw", **rest):
    return getattr(reviews, name)(row.pk, actor=here.reviewer(code), at=AFTER, **rest)


def declared(here, row):
    return act(here, "declare", row)


def stored(here):
    with acting(here.system):
        return dict(Score.objects.values_list("criterion__code", "points"))


def test_declaring_opens_the_form_and_twice_is_once(here, row):
    assert declared(here, row).state == "in_progress"
    assert declared(here, row).state == "in_progress"
    with acting(here.system):
        moves = Transition.objects.filter(subject="assignment")
        assert list(moves.values_list("event", "by_name")) == [
            ("declare", "reviewer WAW verdigris")
        ]


def test_nothing_is_marked_before_the_declaration(here, row):
    for name in ("save", "submit"):
        with pytest.raises(WrongState) as refused:
            act(here, name, row, scores=FULL, comment="")
        assert refused.value.fact == "You have not declared yet."
    assert stored(here) == {}


def test_a_draft_keeps_what_there_is_and_replaces_what_was(here, row):
    declared(here, row)
    review = act(here, "save", row, scores={"record": 4, "motivation": None}, comment=" hm ")
    assert (review.comment, review.submitted_at, stored(here)) == ("hm", None, {"record": 4})
    act(here, "save", row, scores={"motivation": 0}, comment="")
    assert stored(here) == {"motivation": 0}
    assert here.again(row).state == "in_progress"


def test_a_private_draft_is_its_author_s_alone(here, row):
    declared(here, row)
    act(here, "save", row, scores={"record": 4}, comment="private")

    def seen(actor):
        with acting(actor):
            return (
                Review.objects.for_actor(actor, "view").count(),
                Score.objects.for_actor(actor, "view").count(),
            )

    assert seen(here.reviewer("waw")) == (1, 1)
    for actor in (here.officer, here.coordinator, here.committee, here.reviewer("lju")):
        assert seen(actor) == (0, 0)
    with acting(here.reviewer("lju")):
        assert (Review.objects.count(), Score.objects.count()) == (0, 0)


def test_a_submitted_review_is_read_by_the_office_and_not_by_the_other_reviewer(here, row):
    declared(here, row)
    review = act(here, "submit", row, scores=FULL, comment="good")
    assert (review.submitted_at, review.comment) == (AFTER, "good")
    assert (here.again(row).state, stored(here)) == ("submitted", FULL)
    with acting(here.officer):
        assert Review.objects.for_actor(here.officer, "view").get() == review
    with acting(here.reviewer("lju")):
        assert (Review.objects.count(), Score.objects.count()) == (0, 0)


def test_a_double_click_submits_once(here, row):
    declared(here, row)
    first = act(here, "submit", row, scores=FULL, comment="good")
    assert act(here, "submit", row, scores=FULL, comment="good ") == first
    with acting(here.system):
        assert JournalEntry.objects.filter(act="assignment.submit").count() == 1


def test_a_submitted_review_is_final(here, row):
    declared(here, row)
    act(here, "submit", row, scores=FULL, comment="good")
    for name, scores in (("submit", FULL | {"record": 4}), ("save", FULL)):
        with pytest.raises(WrongState) as refused:
            act(here, name, row, scores=scores, comment="good")
        assert refused.value.rule == "A submitted review is final."
    with pytest.raises(WrongState):
        act(here, "recuse", row, reason="Too late.")
    assert stored(here) == FULL


def test_a_review_without_every_mark_is_refused_and_the_draft_kept(here, row):
    declared(here, row)
    act(here, "save", row, scores={"record": 4}, comment="kept")
    with pytest.raises(Incomplete) as refused:
        act(here, "submit", row, scores={"record": 5, "motivation": None}, comment="")
    assert refused.value.fact == "Still open: Motivation, References."
    assert refused.value.fields == {"motivation": "Give a mark.", "references": "Give a mark."}
    assert (here.again(row).state, stored(here)) == ("in_progress", {"record": 4})


@pytest.mark.parametrize("mark", [-1, 6, 2.5, True, "3"])
@pytest.mark.parametrize("name", ["save", "submit"])
def test_a_mark_off_its_scale_is_refused(here, row, name, mark):
    declared(here, row)
    with pytest.raises(Invalid) as refused:
        act(here, name, row, scores=FULL | {"record": mark}, comment="")
    assert refused.value.fields == {"record": "Give a whole number from 0 to 5."}
    assert stored(here) == {}


def test_an_unknown_criterion_is_refused(here, row):
    declared(here, row)
    with pytest.raises(Invalid) as refused:
        act(here, "save", row, scores=FULL | {"charm": 3}, comment="")
    assert refused.value.fields == {"charm": "The call has no such criterion."}


def test_a_review_comes_too_late_once_the_dossier_left_review(here, row):
    declared(here, row)
    with acting(here.system):
        Dossier.objects.filter(reference="AMINA").update(state="withdrawn")
    with pytest.raises(WrongState) as refused:
        act(here, "submit", row, scores=FULL, comment="")
    assert refused.value.fact == "It is closed to you by now."


def test_a_locked_review_sent_again_is_the_same_review(here):
    here.reviewed({"amina": (3, 4)})
    ranking.compute(here.call.call_id, actor=here.officer, at=AFTER)
    with acting(here.system):
        row = Assignment.objects.get(reviewer_id=here.member("waw").user_id)
    scores = dict.fromkeys(here.call.criteria, 3)
    review = act(here, "submit", row, scores=scores, comment="fine")
    assert (here.again(row).state, review.assignment_id) == ("locked", row.pk)


@pytest.fixture
def filled(here, row):
    """A part of every kind in the dossier, so that a leak has something to leak."""
    tenant = {"consortium_id": here.system.tenant}
    with acting(here.system):
        requirement = DocumentRequirement.objects.get(call_id=here.call.call_id, code="transcript")
        mine = tenant | {"dossier": row.dossier}
        Document.objects.create(
            **mine, requirement=requirement, name="verdigris.pdf", size=1, uploaded_at=AFTER
        )
        request = ReferenceRequest.objects.create(
            **mine,
            referee_name="Prof. Verdigris",
            referee_email="prof@example.org",
            applicant_name="Amina",
            due_at=AFTER,
            zone="UTC",
            token_digest="0" * 64,
            state="received",
            created_at=AFTER,
        )
        ReferenceLetter.objects.create(**mine, request=request, text="kind", received_at=AFTER)
        track = here.call.tracks["north"]
        TrackPreference.objects.create(**mine, track_id=track, rank=1)
    return row


def raw(actor):
    """How many rows of the dossier the database itself gives, whatever the code asks for."""
    tables = {
        "admissions_dossier": "id",
        "admissions_document": "dossier_id",
        "admissions_referencerequest": "dossier_id",
        "admissions_referenceletter": "dossier_id",
        "admissions_trackpreference": "dossier_id",
    }
    found = {}
    with acting(actor), connection.cursor() as cursor:
        for table, key in tables.items():
            cursor.execute(f"SELECT count({key}) FROM {table}")
            found[table.removeprefix("admissions_")] = cursor.fetchone()[0]
    return found


def asked(actor):
    with acting(actor):
        return [
            model.objects.for_actor(actor, "view").count()
            for model in (Dossier, Document, ReferenceRequest, ReferenceLetter, TrackPreference)
        ]


def test_a_declared_conflict_closes_the_dossier_at_both_walls_at_once(here, filled):
    waw, lju = here.reviewer("waw"), here.reviewer("lju")
    every = dict.fromkeys(raw(waw), 1)
    assert (raw(waw), raw(lju)) == (every, every)
    assert (asked(waw), asked(lju)) == ([1] * 5, [1] * 5)
    act(here, "recuse", filled, reason="Amina is my student.")
    assert raw(waw) == dict.fromkeys(every, 0)
    assert asked(waw) == [0] * 5
    assert (raw(lju), asked(lju)) == (every, [1] * 5)


def test_a_conflict_is_kept_with_its_reason_and_journalled(here, filled):
    declared(here, filled)
    act(here, "recuse", filled, reason=" Amina is my student. ")
    row = here.again(filled)
    assert (row.state, row.conflict_reason) == ("conflicted", "Amina is my student.")
    with acting(here.system):
        entry = JournalEntry.objects.get(act="assignment.recuse")
    assert (entry.by_name, entry.wall, entry.reason) == (
        "reviewer WAW verdigris",
        "reviewer",
        "Amina is my student.",
    )


def test_after_a_conflict_nothing_can_be_written(here, filled):
    act(here, "recuse", filled, reason="Amina is my student.")
    for name in ("save", "submit"):
        with pytest.raises(NotAllowed):
            act(here, name, filled, scores=FULL, comment="")
    for name, rest in (("declare", {}), ("recuse", {"reason": "Again."})):
        with pytest.raises(WrongState):
            act(here, name, filled, **rest)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_conflict_needs_a_reason_that_fits(here, row, reason):
    with pytest.raises(Invalid) as refused:
        act(here, "recuse", row, reason=reason)
    assert list(refused.value.fields) == ["reason"]
    assert here.again(row).state == "proposed"


ACTS = (
    ("declare", {}),
    ("recuse", {"reason": "x"}),
    ("save", {"scores": FULL, "comment": ""}),
    ("submit", {"scores": FULL, "comment": ""}),
)


@pytest.mark.parametrize(("name", "rest"), ACTS)
def test_only_the_reviewer_acts_on_an_assignment(pair, row, name, rest):
    here, there = pair
    foreign = given(there, "bela")
    with pytest.raises(NotFound):
        act(here, name, row, code="lju", **rest)
    with pytest.raises(NotFound):
        act(here, name, foreign, **rest)
    with pytest.raises(NotAllowed):
        getattr(reviews, name)(row.pk, actor=here.officer, at=AFTER, **rest)
    assert (here.again(row).state, there.again(foreign).state) == ("proposed", "proposed")
