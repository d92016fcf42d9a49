"""Looking as somebody else: reasoned, read-only, bannered, logged, told, and never at what is theirs."""

from datetime import timedelta

import pytest

from admissions.domain import assignments
from admissions.models import Assignment, Review
from consortium import journal
from consortium.access import acting
from consortium.domain import viewing
from consortium.domain.actors import actor_for
from consortium.errors import NotAllowed
from consortium.models import JournalEntry, Membership, Viewing
from tests.admissions.selection_world import AFTER
from tests.web.desks import COORDINATOR, OFFICER, REVIEWER, plain
from tests.world import NOON

PEOPLE = "/emat/office/people/"
STOP = f"{PEOPLE}look/end/"
WHY = "She cannot find a dossier."


@pytest.fixture
def look(world, browse):
    """A coordinator's client that looks as the member with this address."""

    def begin(email, reason=WHY):
        client = browse(COORDINATOR)
        with acting(world.system()):
            member = Membership.objects.get(person_email=email)
        return client, client.post(f"{PEOPLE}{member.pk}/look/", {"reason": reason})

    return begin


def test_a_look_needs_a_reason_and_the_right(world, browse, look):
    _, response = look(REVIEWER, reason=" ")
    assert response.status_code == 422
    with acting(world.system()):
        member = Membership.objects.get(person_email=REVIEWER)
        assert not Viewing.objects.exists()
    assert browse(OFFICER).get(f"{PEOPLE}{member.pk}/look/").status_code == 404


def test_pages_are_the_others_and_say_so_and_change_nothing(emat, look):
    emat.reviewed({"anna": (4, 4)})
    client, response = look(REVIEWER)
    assert response.url == "/emat/review/"
    page = plain(client.get("/emat/review/"))
    assert "You look as reviewer LJU" in page
    assert WHY in page
    with acting(emat.system):
        task = Assignment.objects.filter(reviewer_name__startswith="reviewer LJU").first()
    for address in (f"/emat/review/{task.pk}/", f"/emat/review/{task.pk}/recusal/"):
        assert client.post(address, {"reason": "x"}).status_code == 403
    answer = client.post(
        f"/api/v1/emat/review/assignments/{task.pk}/recusal/",
        {"reason": "related"},
        content_type="application/json",
    )
    assert answer.status_code == 403
    with acting(emat.system):
        assert Assignment.objects.get(pk=task.pk).state == task.state
    assert client.get("/emat/office/").status_code == 404


def test_it_is_logged_and_the_person_reads_it(world, browse, look):
    look(REVIEWER)
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="viewing.begin")
    assert (entry.reason, entry.facts["role"]) == (WHY, "reviewer")
    page = plain(browse(REVIEWER).get("/account/"))
    assert "coordinator verdigris" in page
    assert WHY in page
    assert WHY not in plain(browse("reviewer-waw@emat.example").get("/account/"))


def test_it_ends_by_itself_by_hand_and_with_the_right(world, clock, look):
    client, _ = look(REVIEWER)
    clock(NOON + viewing.LONGEST)
    assert "You look as" not in plain(client.get("/emat/office/"))
    clock(NOON)
    client, _ = look(OFFICER)
    assert "You look as officer" in plain(client.get("/emat/office/"))
    assert client.post(STOP).url == PEOPLE
    assert "You look as" not in plain(client.get(PEOPLE))
    client, _ = look(OFFICER)
    with acting(world.system()):
        Membership.objects.filter(person_email=COORDINATOR).update(ends_at=NOON)
    assert client.get("/emat/office/").status_code == 404


def test_a_private_draft_stays_private_at_both_walls(emat, world, look):
    (anna,) = emat.eligible("anna")
    member = emat.member("lju")
    assignments.assign(anna.pk, actor=emat.officer, at=AFTER, membership_ids=[member.pk])
    lju = world.reviewer("lju")
    with acting(lju):
        task = Assignment.objects.for_actor(lju).first()
        Review.objects.create(
            consortium_id=lju.tenant, assignment=task, comment="vermilion", saved_at=NOON
        )
    client, _ = look(REVIEWER)
    assert "vermilion" not in client.get(f"/emat/review/{task.pk}/").content.decode()
    coordinator = world.user(COORDINATOR)
    row = viewing.Viewing(user_id=lju.user_id, viewer_id=coordinator.pk, viewer_name="C")
    through = viewing.seen_as(row, world.consortia["emat"], lju.wall, at=NOON)
    for actor, count in ((lju, 1), (through, 0)):
        with acting(actor):
            assert Review.objects.for_actor(actor).count() == count
            assert Review.objects.count() == count


def test_no_act_runs_through_somebody_elses_eyes(world):
    officer = world.user(OFFICER)
    row = viewing.Viewing(user_id=officer.pk, viewer_id=1, viewer_name="C")
    through = viewing.seen_as(row, world.consortia["emat"], world.staff().wall, at=NOON)
    with pytest.raises(NotAllowed, match="changes nothing"), acting(through):
        journal.note("test", "test.act", actor=through, at=NOON)


def test_nobody_looks_as_themselves_or_as_who_left(world):
    chief = world.staff()
    with acting(world.system()):
        own = Membership.objects.get(user_id=chief.user_id, consortium_id=chief.tenant)
        gone = Membership.objects.get(person_email=OFFICER)
        gone.ends_at = NOON - timedelta(seconds=1)
        gone.save()
    for member in (own, gone):
        with pytest.raises(NotAllowed):
            viewing.begin(member.pk, actor=chief, at=NOON, reason=WHY)
    assert (
        actor_for(world.user(OFFICER), world.consortia["emat"], chief.wall, at=NOON).rights == set()
    )
