"""Offers: prepared, sent, answered, run out; and the vacancy that a refusal leaves."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from admissions.domain import figures, offers
from admissions.models import Offer
from consortium.access import acting
from consortium.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from consortium.models import JournalEntry, OutboxMessage
from mobility_tracks.models import Enrolment, Track
from tests.admissions.selection_world import AFTER, both

EXPIRES = AFTER + timedelta(days=3)
SECOND = timedelta(seconds=1)


@pytest.fixture
def pair(world, calls):
    return both(world, calls)


@pytest.fixture
def here(pair):
    return pair[0].decided()


def prepare(here, name, **rest):
    facts = {"actor": here.coordinator, "at": AFTER, "expires_at": EXPIRES, **rest}
    return offers.prepare(here.dossier(name).pk, **facts)


def send(here, *made, **rest):
    return offers.send([o.pk for o in made], **{"actor": here.coordinator, "at": AFTER, **rest})


def offered(here, name, **rest):
    return send(here, prepare(here, name, **rest))[0]


def accept(here, offer, name="amina", at=AFTER):
    return offers.accept(offer.pk, actor=here.applicant(name), at=at)


def decline(here, offer, name="amina", at=AFTER, **rest):
    return offers.decline(offer.pk, actor=here.applicant(name), at=at, **rest)


def state(here, name):
    return here.offer(name).state, here.dossier(name).state


def journal(here, act):
    with acting(here.system):
        return JournalEntry.objects.get(act=act)


def track(here, code="north"):
    with acting(here.system):
        return Track.objects.get(pk=here.call.tracks[code])


# Preparing.


def test_a_prepared_offer_is_the_office_s_alone(here):
    offer = prepare(
        here, "amina", track=track(here), route="self-funded", conditions=" Show the diploma. "
    )
    assert (offer.track, offer.route, offer.conditions) == (
        track(here),
        "self-funded",
        "Show the diploma.",
    )
    assert (offer.expires_at, offer.zone, offer.prepared_at) == (EXPIRES, "Europe/Paris", AFTER)
    assert state(here, "amina") == ("prepared", "selected")
    with acting(here.officer):
        assert Offer.objects.for_actor(here.officer, "view").count() == 1
    applicant = here.applicant("amina")
    with acting(applicant):
        assert (Offer.objects.count(), Offer.objects.for_actor(applicant, "view").count()) == (0, 0)
    with pytest.raises(NotFound):
        accept(here, offer)


def test_by_default_the_end_of_the_day_where_the_call_was_announced(here):
    offer = prepare(here, "amina", expires_at=None)
    # 10 March 22:59 UTC is 23:59 in Paris; 14 days later it is still winter there.
    assert offer.expires_at == datetime(2027, 3, 24, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "expires"),
    [
        (datetime(2027, 3, 15, 12, tzinfo=UTC), datetime(2027, 3, 29, 21, 59, tzinfo=UTC)),
        (datetime(2027, 3, 15, 23, 30, tzinfo=UTC), datetime(2027, 3, 30, 21, 59, tzinfo=UTC)),
    ],
)
def test_the_day_is_counted_there_too_and_summer_comes_between(here, at, expires):
    assert offers.reply_by(here.call.call(), at) == expires


@pytest.mark.parametrize(
    ("rest", "field"),
    [({"route": "loan"}, "route"), ({"expires_at": AFTER}, "expires_at")],
)
def test_terms_that_cannot_be(here, rest, field):
    with pytest.raises(Invalid) as refused:
        prepare(here, "amina", **rest)
    assert list(refused.value.fields) == [field]
    assert here.dossier("amina").state == "selected"


def test_from_the_committee_s_approval_to_the_offer(pair):
    here = pair[0]
    here.approved({"amina": (5, 5)})
    assert offered(here, "amina").state == "sent"


def test_a_track_of_another_version_is_refused(here):
    other = track(here)
    with acting(here.system):
        version = other.version
        version.pk, version.code = uuid4(), "second"
        version.save(force_insert=True)
        other.pk, other.version = uuid4(), version
        other.save(force_insert=True)
    with pytest.raises(Invalid) as refused:
        prepare(here, "amina", track=other)
    assert list(refused.value.fields) == ["track"]


@pytest.mark.parametrize("name", ["dora", "late"])
def test_only_the_selected_get_an_offer(here, name):
    here.submitted("late")
    with pytest.raises(WrongState):
        prepare(here, name)


def test_one_live_offer_at_a_time(here):
    first = prepare(here, "amina")
    with pytest.raises(Conflict):
        prepare(here, "amina")
    offers.withdraw(first.pk, actor=here.coordinator, at=AFTER, reason="Wrong track.")
    assert here.again(first).state == "withdrawn"
    second = prepare(here, "amina")
    send(here, second)
    with pytest.raises(WrongState):
        offers.withdraw(second.pk, actor=here.coordinator, at=AFTER, reason="")
    assert here.dossier("amina").state == "offered"


# Sending.


def test_several_are_sent_together_and_each_applicant_is_told(here):
    made = [prepare(here, "amina"), prepare(here, "bela")]
    sent = send(here, *made)
    assert {offer.pk for offer in sent} == {offer.pk for offer in made}
    assert (state(here, "amina"), state(here, "bela")) == (("sent", "offered"),) * 2
    assert {here.offer(name).sent_at for name in ("amina", "bela")} == {AFTER}
    with acting(here.system):
        mails = OutboxMessage.objects.filter(key__startswith="offer:")
        assert sorted(mails.values_list("to", flat=True)) == [
            "amina@example.org",
            "bela@example.org",
        ]
        assert not any("place" in mail.body for mail in mails)


def test_all_or_none(here):
    made = [prepare(here, "amina"), prepare(here, "bela")]
    with pytest.raises(NotFound):
        offers.send([*(o.pk for o in made), uuid4()], actor=here.coordinator, at=AFTER)
    send(here, made[0])
    with pytest.raises(WrongState):
        send(here, *made)
    with pytest.raises(WindowClosed):
        send(here, made[1], at=EXPIRES)
    with pytest.raises(Invalid):
        send(here)
    assert (state(here, "amina"), state(here, "bela")) == (
        ("sent", "offered"),
        ("prepared", "selected"),
    )


# Answering.


def test_accepting_makes_a_student(here):
    offer = offered(here, "amina", track=track(here))
    offered(here, "bela")
    answered = accept(here, offer)
    assert (answered.state, answered.answered_at) == ("accepted", AFTER)
    assert (state(here, "amina"), state(here, "bela")) == (
        ("accepted", "enrolled"),
        ("sent", "offered"),
    )
    with acting(here.system):
        student = Enrolment.objects.get()
    assert (student.reference, student.person_name, student.person_email) == (
        "AMINA",
        "Amina verdigris",
        "amina@example.org",
    )
    assert (student.nationality, student.residence_country) == ("NO", "SE")
    assert (student.intake_id, student.track_id, student.state) == (
        here.call.intake_id,
        here.call.tracks["north"],
        "enrolled",
    )
    assert student.student_id == here.dossier("amina").applicant_id


def test_the_journal_says_who_answered_and_on_whose_behalf_the_rest_happened(here):
    accept(here, offered(here, "amina"))
    amina = here.applicant("amina")
    answer = journal(here, "offer.accept")
    assert (answer.by_id, answer.wall) == (amina.user_id, "applicant")
    for act in ("dossier.accept", "dossier.enrol"):
        entry = journal(here, act)
        assert (entry.by_id, entry.wall) == (None, "staff")
        assert entry.facts["on_behalf_of"] == amina.user_id
        assert entry.by_name == f"Itinera ({amina.name})"


def test_a_double_click_accepts_once(here):
    offer = offered(here, "amina")
    assert accept(here, offer) == accept(here, offer, at=AFTER + SECOND)
    assert accept(here, offer, at=EXPIRES + SECOND).answered_at == AFTER
    with acting(here.system):
        assert Enrolment.objects.count() == 1
        assert JournalEntry.objects.filter(act="offer.accept").count() == 1


def test_a_place_can_be_taken_until_the_last_second_and_not_at_the_expiry(here):
    first, second = offered(here, "amina"), offered(here, "bela")
    for answer in (accept, decline):
        with pytest.raises(WindowClosed):
            answer(here, first, at=EXPIRES)
    assert state(here, "amina") == ("sent", "offered")
    accept(here, first, at=EXPIRES - SECOND)
    decline(here, second, "bela", at=EXPIRES - SECOND)
    assert (state(here, "amina"), state(here, "bela")) == (
        ("accepted", "enrolled"),
        ("declined", "declined"),
    )


def test_nothing_is_half_accepted(here):
    offer = offered(here, "amina")
    with acting(here.system):
        dossier = here.dossier("amina")
        dossier.nationality = ""
        dossier.save(update_fields=["nationality"])
    with pytest.raises(Invalid):
        accept(here, offer)
    assert state(here, "amina") == ("sent", "offered")


def test_declining_keeps_the_note_and_leaves_a_vacancy(here):
    offer = offered(here, "amina")
    answered = decline(here, offer, note=" Another programme. ")
    assert (answered.state, answered.answer_note) == ("declined", "Another programme.")
    assert here.again(offer).answer_note == "Another programme."
    assert decline(here, offer, at=AFTER + SECOND).answered_at == AFTER
    assert state(here, "amina") == ("declined", "declined")
    with acting(here.officer):
        places = figures.places(here.call.call_id, actor=here.officer)
    assert places == figures.Places(places=3, taken=2, vacant=1, awaited=0, reserve=2)
    assert here.dossier("dora").state == "reserve"


def test_one_answer_is_the_answer(here):
    first, second = offered(here, "amina"), offered(here, "bela")
    accept(here, first)
    decline(here, second, "bela")
    with pytest.raises(WrongState):
        decline(here, first)
    with pytest.raises(WrongState):
        accept(here, second, "bela")
    assert (state(here, "amina"), state(here, "bela")) == (
        ("accepted", "enrolled"),
        ("declined", "declined"),
    )


def test_only_the_applicant_answers(here):
    offer = offered(here, "amina")
    with pytest.raises(NotFound):
        accept(here, offer, "bela")
    with pytest.raises(NotFound):
        offers.decline(offer.pk, actor=here.reviewer("waw"), at=AFTER)
    for answer in (offers.accept, offers.decline):
        with pytest.raises(NotAllowed):
            answer(offer.pk, actor=here.coordinator, at=AFTER)
    assert state(here, "amina") == ("sent", "offered")


# Running out.


def test_what_nobody_answered_expires_at_its_time_and_not_before(here):
    first, second = offered(here, "amina"), offered(here, "bela", expires_at=EXPIRES + SECOND)
    prepare(here, "cyra")
    tenant = here.world.consortia["emat"]
    assert offers.expire_due(tenant, actor=here.system, at=EXPIRES - SECOND) == []
    assert offers.expire_due(tenant, actor=here.system, at=EXPIRES) == [first]
    assert offers.expire_due(tenant, actor=here.system, at=EXPIRES) == []
    assert [state(here, name) for name in ("amina", "bela", "cyra")] == [
        ("expired", "declined"),
        ("sent", "offered"),
        ("prepared", "selected"),
    ]
    with acting(here.system):
        keys = OutboxMessage.objects.filter(key__startswith=f"offer:{first.pk}").count()
    assert keys == 2
    for answer in (accept, decline):
        with pytest.raises(WindowClosed):
            answer(here, first, at=EXPIRES)
    assert accept(here, second, "bela", at=EXPIRES).state == "accepted"


# Rights and tenants.


def test_who_may_not_make_offers(here):
    offer = prepare(here, "amina")
    for actor in (here.officer, here.committee):
        with pytest.raises(NotAllowed):
            prepare(here, "bela", actor=actor)
        with pytest.raises(NotAllowed):
            send(here, offer, actor=actor)
        with pytest.raises(NotAllowed):
            offers.withdraw(offer.pk, actor=actor, at=AFTER, reason="")
    with pytest.raises(NotFound):
        prepare(here, "bela", actor=here.world.partner("waw"))


def test_another_consortium_s_ids_are_not_found(pair, here):
    there = pair[1].decided()
    mine, theirs = prepare(here, "bela"), prepare(there, "amina")
    with pytest.raises(NotFound):
        prepare(here, "amina", actor=there.coordinator)
    with pytest.raises(NotFound):
        prepare(here, "amina", track=track(there))
    with pytest.raises(NotFound):
        prepare(here, "amina", track=there.call.tracks["north"])
    with pytest.raises(NotFound):
        send(here, mine, theirs)
    with pytest.raises(NotFound):
        offers.withdraw(theirs.pk, actor=here.coordinator, at=AFTER, reason="")
    send(there, theirs)
    for answer in (offers.accept, offers.decline):
        with pytest.raises(NotFound):
            answer(theirs.pk, actor=here.applicant("amina"), at=AFTER)
    with pytest.raises(NotFound):
        offers.expire_due(here.world.consortia["arts"], actor=here.system, at=EXPIRES)
    assert (state(here, "bela"), state(there, "amina")) == (
        ("prepared", "selected"),
        ("sent", "offered"),
    )
