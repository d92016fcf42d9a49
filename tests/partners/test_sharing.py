"""Agreeing on what passes: who may propose, answer and revoke, and what each leaves behind."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from consortium.access import acting
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WindowClosed, WrongState
from consortium.models import JournalEntry, OutboxMessage, Party, Transition
from partners.domain.sharing import Pair, Terms, accept, decline, propose, revoke, withdraw
from partners.items import ITEMS, Item
from partners.models import Partnership, SharingAgreement
from tests.sharing_world import Sharing
from tests.world import NOON

DAY = timedelta(days=1)
SOME = frozenset({"transcripts", "path"})


@pytest.fixture
def pact(world) -> Sharing:
    return Sharing(world)


def again(world, agreement) -> SharingAgreement:
    with acting(world.system()):
        return SharingAgreement.objects.get(pk=agreement.pk)


def states(world) -> dict[int, str]:
    with acting(world.system()):
        return dict(SharingAgreement.objects.order_by("version").values_list("version", "state"))


def test_every_item_says_what_it_is_and_whose_and_asks_a_right_of_partners():
    from consortium.roles import PARTY_RIGHTS

    assert set(ITEMS) == set(Item)
    for told in ITEMS.values():
        assert told.right in PARTY_RIGHTS
        assert all(str(words) for words in (told.short, told.what, told.whose))


def test_an_offer_is_accepted_by_who_receives(world, pact):
    offered = pact.proposed(SOME, note="  For the second semester ")
    assert (offered.state, offered.version, offered.items) == (
        "proposed",
        1,
        ["transcripts", "path"],
    )
    assert offered.note == "For the second semester"
    accept(offered.pk, actor=pact.receiver, at=NOON + DAY)
    found = again(world, offered)
    assert (found.state, found.starts_at, found.answered_at) == ("accepted", NOON + DAY, NOON + DAY)
    assert found.answered_by_name == "partner LJU verdigris"
    assert found.standing(NOON + DAY) == "in_force"


def test_a_request_is_accepted_by_who_gives(world, pact):
    pair = pact.pair()
    asked = propose(
        pair, actor=pact.receiver, at=NOON, proposer_id=pair.receiver_id, terms=Terms(SOME)
    )
    with pytest.raises(NotAllowed):
        accept(asked.pk, actor=pact.receiver, at=NOON)
    accept(asked.pk, actor=pact.giver, at=NOON)
    assert again(world, asked).state == "accepted"


def test_who_proposed_does_not_answer_and_a_third_does_not_know(world, pact):
    offered = pact.proposed()
    for act in (accept, decline):
        with pytest.raises(NotAllowed):
            act(offered.pk, actor=pact.giver, at=NOON)
        with pytest.raises(NotFound):
            act(offered.pk, actor=pact.third(), at=NOON)
        with pytest.raises(NotFound):
            act(offered.pk, actor=world.partner("lju", "arts"), at=NOON)
    with pytest.raises(NotAllowed):
        withdraw(offered.pk, actor=pact.receiver, at=NOON)
    for stranger in (pact.third(), world.partner("lju", "arts")):
        with pytest.raises(NotFound):
            revoke(offered.pk, actor=stranger, at=NOON, reason="x")
    assert states(world) == {1: "proposed"}


def test_who_works_for_both_sides_answers_for_neither(world, pact):
    from dataclasses import replace

    offered = pact.proposed()
    rights = {**pact.giver.party_rights, **pact.receiver.party_rights}
    both = replace(pact.receiver, party_rights=rights)
    with pytest.raises(NotAllowed):
        accept(offered.pk, actor=both, at=NOON)


def test_the_office_reads_and_does_not_act(world, pact):
    offered = pact.proposed()
    with acting(world.staff()):
        assert SharingAgreement.objects.for_actor(world.staff()).count() == 1
    for act in (accept, decline, withdraw):
        with pytest.raises(NotAllowed):
            act(offered.pk, actor=world.staff(), at=NOON)
    with pytest.raises(NotAllowed):
        pair = pact.pair("LJU", "WAW")
        propose(pair, actor=world.staff(), at=NOON, proposer_id=pair.giver_id, terms=Terms(SOME))


def test_an_answer_is_given_once(pact):
    offered = pact.proposed()
    decline(offered.pk, actor=pact.receiver, at=NOON, reason="Too much")
    with pytest.raises(WrongState):
        accept(offered.pk, actor=pact.receiver, at=NOON)
    with pytest.raises(WrongState):
        withdraw(offered.pk, actor=pact.giver, at=NOON)
    with pytest.raises(WrongState):
        revoke(offered.pk, actor=pact.giver, at=NOON, reason="x")


@pytest.mark.parametrize("side", ["giver", "receiver"])
def test_either_side_revokes_with_a_reason(world, pact, side):
    agreed = pact.agreed()
    with pytest.raises(Invalid) as refused:
        revoke(agreed.pk, actor=getattr(pact, side), at=NOON, reason="  ")
    assert "reason" in refused.value.fields
    revoke(agreed.pk, actor=getattr(pact, side), at=NOON + DAY, reason=" No longer needed ")
    found = again(world, agreed)
    assert (found.state, found.reason, found.ended_at) == (
        "revoked",
        "No longer needed",
        NOON + DAY,
    )
    assert found.ended_by_name == getattr(pact, side).name


def test_a_change_is_a_version_and_the_old_one_holds_until_it_is_accepted(world, pact):
    first = pact.agreed(SOME)
    second = pact.proposed(frozenset({"diplomas"}))
    assert (second.version, second.replaces_id) == (2, first.pk)
    assert states(world) == {1: "accepted", 2: "proposed"}
    accept(second.pk, actor=pact.receiver, at=NOON + DAY)
    assert states(world) == {1: "superseded", 2: "accepted"}
    assert again(world, first).ended_at == NOON + DAY


def test_declining_or_withdrawing_a_change_leaves_what_holds(world, pact):
    pact.agreed(SOME)
    decline(pact.proposed(frozenset({"path"})).pk, actor=pact.receiver, at=NOON, reason="Why?")
    withdraw(pact.proposed(frozenset({"letters"})).pk, actor=pact.giver, at=NOON)
    assert states(world) == {1: "accepted", 2: "declined", 3: "withdrawn"}


def test_a_version_that_has_run_out_is_marked_expired_by_the_next(world, pact):
    first = pact.agreed(SOME, ends_at=NOON + DAY)
    assert first.standing(NOON + DAY) == "expired"
    later = NOON + 2 * DAY
    again_ = propose(
        pact.pair(), actor=pact.giver, at=later, proposer_id=pact.pair().giver_id, terms=Terms(SOME)
    )
    accept(again_.pk, actor=pact.receiver, at=later)
    assert states(world) == {1: "expired", 2: "accepted"}


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(frozenset()), "items"),
        (Terms(frozenset({"medical"})), "items"),
        (Terms(SOME, ends_at=NOON), "ends_at"),
        (Terms(SOME, starts_at=NOON + 2 * DAY, ends_at=NOON + DAY), "ends_at"),
        (Terms(SOME, note="x" * 501), "note"),
    ],
)
def test_terms_that_cannot_be(world, pact, terms, field):
    with pytest.raises(Invalid) as refused:
        propose(
            pact.pair(), actor=pact.giver, at=NOON, proposer_id=pact.pair().giver_id, terms=terms
        )
    assert set(refused.value.fields) == {field}
    assert states(world) == {}


def test_a_change_of_what_holds_begins_when_it_is_accepted(world, pact):
    pact.agreed(SOME)
    with pytest.raises(Invalid) as refused:
        pact.proposed(frozenset({"path"}), starts_at=NOON + DAY)
    assert "starts_at" in refused.value.fields


def test_nothing_new_is_no_new_version(world, pact):
    pact.agreed(SOME)
    with pytest.raises(Conflict):
        pact.proposed(SOME)
    assert pact.proposed(SOME, note="Said more clearly").version == 2


def test_one_proposal_at_a_time(world, pact):
    pact.proposed()
    with pytest.raises(Conflict, match="one proposal at a time"):
        pact.proposed(SOME)
    assert states(world) == {1: "proposed"}


def test_a_proposal_that_has_run_out_is_not_accepted(pact):
    offered = pact.proposed(ends_at=NOON + DAY)
    with pytest.raises(WindowClosed):
        accept(offered.pk, actor=pact.receiver, at=NOON + DAY)


def test_between_whom(world, pact):
    def proposed(pair, proposer):
        return propose(pair, actor=pact.giver, at=NOON, proposer_id=proposer, terms=Terms(SOME))

    waw = pact.pair().giver_id
    with pytest.raises(Invalid):
        proposed(Pair(waw, waw), waw)
    with pytest.raises(Invalid):  # about two others
        proposed(pact.pair("LJU", "AMI"), waw)
    with pytest.raises(NotAllowed):  # on behalf of another
        proposed(pact.pair("LJU", "WAW"), pact.pair().receiver_id)
    with pytest.raises(Invalid, match="associated"):
        proposed(pact.pair("WAW", "LAB"), waw)
    foreign = world.partnership("LJU", "arts").pk
    with pytest.raises(NotFound):
        proposed(Pair(waw, foreign), waw)
    with acting(world.system()):
        Party.objects.filter(pk=pact.pair().receiver_id).update(receives_personal=False)
    with pytest.raises(Conflict, match="legal basis"):
        proposed(pact.pair(), waw)
    assert states(world) == {}


def test_the_other_side_is_told_that_there_is_news_and_no_more(world, pact):
    agreed = pact.agreed(SOME, note="verdant secret")
    revoke(agreed.pk, actor=pact.giver, at=NOON, reason="verdant reason")
    with acting(world.system()):
        mails = list(OutboxMessage.objects.filter(key__startswith="sharing:").order_by("pk"))
    assert [mail.to for mail in mails] == [
        "partner-lju@emat.example",
        "partner-waw@emat.example",
        "partner-lju@emat.example",
    ]
    for mail in mails:
        said = mail.subject + mail.body
        assert "/emat/partner/agreements/" in said
        assert "verdant" not in said
        assert "transcripts" not in said


def test_what_happened_is_kept(world, pact):
    agreed = pact.agreed(SOME)
    revoke(agreed.pk, actor=pact.receiver, at=NOON, reason="Done")
    with acting(world.system()):
        entries = JournalEntry.objects.filter(subject_id=str(agreed.pk)).order_by("at", "id")
        acts = [(entry.act, entry.facts.get("version"), entry.by_name) for entry in entries]
        moves = Transition.objects.filter(subject_id=str(agreed.pk)).order_by("at", "id")
        assert [(move.event, move.reason) for move in moves] == [("accept", ""), ("revoke", "Done")]
    assert acts == [
        ("sharing agreement.propose", 1, "partner WAW verdigris"),
        ("sharing agreement.accept", 1, "partner LJU verdigris"),
        ("sharing agreement.revoke", 1, "partner LJU verdigris"),
    ]


def refused(actor, **changes) -> bool:
    """Whether the database itself refuses, asked without any policy."""
    try:
        with acting(actor), transaction.atomic():
            return SharingAgreement.objects.update(**changes) == 0
    except (ProgrammingError, IntegrityError):
        return True


def test_the_second_wall_keeps_sides_and_terms_apart(world, pact):
    pact.proposed(SOME)
    assert refused(pact.giver, state="accepted", starts_at=NOON)  # one's own proposal
    assert refused(pact.receiver, items=["reviews"])  # terms never change
    assert refused(pact.third(), state="declined")
    assert refused(world.partner("lju", "arts"), state="declined")
    with acting(pact.third()):
        assert not SharingAgreement.objects.exists()
    assert not refused(pact.receiver, state="accepted", starts_at=NOON)
    assert refused(pact.giver, state="proposed")
    assert not refused(pact.giver, state="revoked")
    assert refused(pact.receiver, state="accepted")  # what has ended stays ended
    assert refused(pact.receiver, state="superseded")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "accepted", "starts_at": NOON},  # agreed to by nobody
        {"proposer": "LJU"},  # in the other's name
        {"giver": "AMI", "proposer": "AMI"},  # about others
        {"receiver": "WAW"},
    ],
)
def test_the_second_wall_takes_proposals_alone(world, pact, changes):
    ours = {code: world.partnership(code) for code in ("WAW", "LJU", "AMI")}
    facts = {"giver": "WAW", "receiver": "LJU", "proposer": "WAW", **changes}
    values = {name: ours.get(value, value) for name, value in facts.items()}
    row = SharingAgreement(
        consortium_id=pact.giver.tenant, items=["path"], version=1, proposed_at=NOON, **values
    )
    with pytest.raises((ProgrammingError, IntegrityError)), acting(pact.giver):
        row.save(force_insert=True)
    assert states(world) == {}


def test_the_database_keeps_one_of_each_and_the_list_closed(world, pact):
    pact.agreed(SOME)
    pact.proposed(frozenset({"path"}))
    with acting(world.system()):
        rows = SharingAgreement.objects.filter(version=2)
        for changes in (
            {"state": "accepted", "starts_at": NOON},
            {"items": ["medical"]},
            {"items": []},
            {"receiver_id": pact.pair().giver_id},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**changes)


def test_only_partners_that_negotiate_are_asked(world):
    from partners.domain.partnerships import RIGHTS
    from partners.policies import NEGOTIATE

    kinds = {kind for kind, rights in RIGHTS.items() if NEGOTIATE in rights}
    assert kinds == {Partnership.Kind.COORDINATOR, Partnership.Kind.FULL}
