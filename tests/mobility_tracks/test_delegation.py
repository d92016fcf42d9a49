"""What a partner hands on: to whom, on what, for how long, and that it is gone when taken back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from consortium.access import acting
from consortium.actor import Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import Post, account_for, appoint, dismiss
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound
from consortium.models import Delegation, Membership, Party, PartyGroupGrant, PartyUserGrant
from consortium.roles import Container, Role
from mobility_tracks.domain.delegation import What, hand_on, take_back
from mobility_tracks.domain.placements import place
from mobility_tracks.models import Enrolment, Offering, OfferingUserGrant, Placement, Track
from partners.domain.departments import open_department
from tests.mobility_tracks.curricula import enrolled, loaded

HOST = frozenset({"host_students"})
LATER = timedelta(days=30)
LINE = "s4-ami: {period: s4, host: ami}"
S4 = (LINE, f"{LINE}\n      s4-lju: {{period: s4, host: lju}}")


@pytest.fixture
def partner(world):
    return world.partner("lju")


@pytest.fixture
def party(world):
    with acting(world.system()):
        return Party.objects.get(code="LJU", consortium__slug="emat")


@pytest.fixture
def lab(partner, party, at):
    return open_department(party.pk, actor=partner, at=at, name="Chemistry")


@pytest.fixture
def students(world, at):
    """Student 1 at LJU for the third semester, student 2 for the fourth."""
    loaded(at, S4)
    made = [
        enrolled(world, at, email=email, number=n)
        for n, email in enumerate(("amina@example.org", "bela@example.org"), 1)
    ]
    for row, code in zip(made, ("s3-lju", "s4-lju"), strict=True):
        with acting(world.system()):
            there = Offering.objects.get(code=code).pk
        place(row.pk, actor=world.staff(), at=at, offering_id=there, reason="By hand")
    return made


def delegate(world, partner, party, at, department=None, name="dora"):
    user = account_for(f"{name}@example.org", name)
    post = Post(Role.DELEGATE, party, department)
    return user, appoint(user, actor=partner, at=at, post=post, name=name)


def seen(user, world, at):
    """(their actor at the partner's door, references of the students they see)."""
    actor = actor_for(user, world.consortia["emat"], Wall.PARTNER, at=at)
    if actor.wall is Wall.PERSON:
        return actor, set()
    with acting(actor):
        rows = Enrolment.objects.for_actor(actor).values_list("reference", flat=True)
        return actor, set(rows)


def third(world):
    with acting(world.system()):
        return Offering.objects.get(code="s3-lju")


def test_a_delegate_holds_nothing_until_something_is_handed_on(world, partner, party, at):
    user, _ = delegate(world, partner, party, at)
    actor, rows = seen(user, world, at)
    assert (actor.wall, rows) == (Wall.PERSON, set())


def test_one_offering_opens_its_students_alone_at_both_walls(world, partner, party, at, students):
    user, member = delegate(world, partner, party, at)
    what = What(HOST, Container.OFFERING, third(world).pk)
    hand_on(party.pk, actor=partner, at=at, what=what, to=member, reason="Runs the semester")
    actor, rows = seen(user, world, at)
    assert (actor.wall, rows) == (Wall.DELEGATE, {"STU-0001"})
    with acting(actor):
        assert set(Enrolment.objects.values_list("reference", flat=True)) == {"STU-0001"}
        codes = Placement.objects.values_list("offering__code", flat=True)
        assert set(codes) == {"s3-lju"}


def test_a_track_opens_its_students_at_the_partner_alone(world, partner, party, at, students):
    with acting(world.system()):
        track = Track.objects.first()
        Enrolment.objects.filter(reference="STU-0002").update(track=track)
    user, member = delegate(world, partner, party, at)
    what = What(HOST, Container.TRACK, track.pk)
    hand_on(party.pk, actor=partner, at=at, what=what, to=member, reason="Advises the track")
    actor, rows = seen(user, world, at)
    assert (actor.wall, rows) == (Wall.DELEGATE, {"STU-0002"})
    with acting(actor):
        assert set(Placement.objects.values_list("host__code", flat=True)) == {"LJU"}


def test_a_department_holds_for_its_people(world, partner, party, lab, at, students):
    user, _ = delegate(world, partner, party, at, lab)
    stranger, _ = delegate(world, partner, party, at, name="emil")
    what = What(HOST, Container.OFFERING, third(world).pk)
    row = hand_on(party.pk, actor=partner, at=at, what=what, to=lab, reason="Hosts them")
    assert seen(user, world, at)[1] == {"STU-0001"}
    assert seen(stranger, world, at)[1] == set()
    take_back(row.pk, actor=partner, at=at, reason="Moved")
    assert seen(user, world, at)[1] == set()
    with pytest.raises(Conflict):
        take_back(row.pk, actor=partner, at=at)


def test_it_ends_by_its_date_without_anybody_doing_anything(world, partner, party, at, students):
    user, member = delegate(world, partner, party, at)
    what = What(HOST, Container.OFFERING, third(world).pk)
    hand_on(
        party.pk, actor=partner, at=at, what=what, to=member, until=at + LATER, reason="A month"
    )
    assert seen(user, world, at + LATER - timedelta(seconds=1))[1] == {"STU-0001"}
    assert seen(user, world, at + LATER)[1] == set()


def test_it_ends_when_the_partner_loses_it_or_the_person_leaves(
    world, partner, party, at, students
):
    user, member = delegate(world, partner, party, at)
    what = What(HOST, Container.OFFERING, third(world).pk)
    hand_on(party.pk, actor=partner, at=at, what=what, to=member, reason="Runs it")
    with acting(world.system()):
        kept = list(PartyGroupGrant.objects.filter(content_object=party))
        PartyGroupGrant.objects.filter(
            content_object=party, permission__codename="host_students"
        ).delete()
    assert seen(user, world, at)[1] == set()
    with acting(world.system()):
        PartyGroupGrant.objects.bulk_create(kept, ignore_conflicts=True)
    assert seen(user, world, at)[1] == {"STU-0001"}
    dismiss(member.pk, actor=partner, at=at, reason="Left")
    assert seen(user, world, at)[1] == set()
    with acting(world.system()):
        assert not OfferingUserGrant.objects.filter(user_id=user.pk).exists()


def test_no_basis_for_the_transfer_no_people(world, partner, party, at, students):
    with acting(world.system()):
        Party.objects.filter(pk=party.pk).update(receives_personal=False)
    again = world.partner("lju")
    assert again.party_rights[party.pk] == {
        "confirm_seats",
        "delegate_rights",
        "negotiate_sharing",
    }


def test_nobody_hands_on_what_is_not_theirs(world, partner, party, at, students):
    _user, member = delegate(world, partner, party, at)
    hers = {"actor": partner, "at": at, "reason": "Why not"}
    with acting(world.system()):
        waw = Offering.objects.get(code="s1-waw").pk
        foreign = Party.objects.get(code="WAW", consortium__slug="emat")
    with pytest.raises(Invalid, match="own offerings"):
        hand_on(party.pk, **hers, what=What(HOST, Container.OFFERING, waw), to=member)
    with pytest.raises(Invalid, match="handed on"):
        hand_on(party.pk, **hers, what=What(frozenset({"review_dossiers"})), to=member)
    with pytest.raises(NotAllowed):
        hand_on(foreign.pk, **hers, what=What(HOST), to=member)
    with pytest.raises(NotFound):
        with acting(world.system("arts")):
            arts = Party.objects.get(code="LJU", consortium__slug="arts")
        hand_on(arts.pk, **hers, what=What(HOST), to=member)
    with acting(world.system()):
        coordinator = Membership.objects.get(user_id=partner.user_id)
        assert not Delegation.objects.exists()
    with pytest.raises(Invalid, match="delegates in office"):
        hand_on(party.pk, **hers, what=What(HOST), to=coordinator)


def test_a_partner_appoints_reviewers_and_delegates_and_nobody_else(world, partner, party, at):
    user = account_for("new@example.org")
    with pytest.raises(NotAllowed):
        appoint(user, actor=partner, at=at, post=Post(Role.PARTNER, party), name="New")
    with pytest.raises(NotAllowed):
        appoint(user, actor=partner, at=at, post=Post(Role.OFFICER), name="New")
    made = appoint(user, actor=partner, at=at, post=Post(Role.REVIEWER, party), name="New")
    assert actor_for(user, world.consortia["emat"], Wall.REVIEWER, at=at).wall is Wall.REVIEWER
    dismiss(made.pk, actor=partner, at=at, reason="Left")
    assert actor_for(user, world.consortia["emat"], Wall.REVIEWER, at=at).wall is Wall.PERSON


def test_drift_is_found_named_and_repaired(world, partner, party, at, students, capsys):
    user, member = delegate(world, partner, party, at)
    what = What(HOST, Container.OFFERING, third(world).pk)
    hand_on(party.pk, actor=partner, at=at, what=what, to=member, reason="Runs it")
    call_command("check_grants")
    with acting(world.system()):
        OfferingUserGrant.objects.filter(user_id=user.pk).delete()
        stray = PartyUserGrant.objects.filter(permission__codename="review_dossiers").first()
        PartyUserGrant.objects.create(
            user_id=user.pk, permission=stray.permission, content_object_id=party.pk
        )
    assert seen(user, world, at)[1] == set()
    with pytest.raises(CommandError, match="2 differences"):
        call_command("check_grants", "--consortium", "emat")
    said = capsys.readouterr().out
    assert f"user {user.pk} lacks host_students on offering {what.container_id}" in said
    assert f"user {user.pk} should not hold review_dossiers on party {party.pk}" in said
    call_command("check_grants", "--repair")
    call_command("check_grants")
    assert seen(user, world, at)[1] == {"STU-0001"}
