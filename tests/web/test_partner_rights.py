"""What a partner was granted, what it hands on and takes back."""

import pytest

from consortium.access import acting
from consortium.domain.memberships import Post, account_for, appoint, dismiss
from consortium.models import Delegation, JournalEntry, Membership, Party, PartyGroupGrant
from consortium.roles import Container, Role
from mobility_tracks.domain.delegation import What, hand_on
from mobility_tracks.models import Track
from partners.domain.departments import open_department
from tests.web.desks import PARTNER, plain, queries, text_of
from tests.world import NOON

RIGHTS = "/emat/partner/rights/"
DELEGATE = "delegate-lju@emat.example"
HOST = frozenset({"host_students"})


@pytest.fixture
def lju(call, browse):
    return browse(PARTNER)


@pytest.fixture
def party(world):
    with acting(world.system()):
        return Party.objects.get(code="LJU", consortium__slug="emat")


@pytest.fixture
def form(world, call, party):
    """Receiving students of s3-lju, to a new department."""
    lab = open_department(party.pk, actor=world.partner("lju"), at=NOON, name="Chemistry")
    return {
        "to": f"department:{lab.pk}",
        "rights": ["host_students"],
        "on": f"offering:{call.offerings['s3-lju']}",
        "until": "",
        "reason": "They run the semester",
    }


def handed(world):
    with acting(world.system()):
        return list(Delegation.objects.select_related("department", "membership"))


def test_what_the_partner_was_granted_in_words(world, lju):
    words = plain(lju.get(RIGHTS))
    assert "Review the dossiers assigned to it granted" in words
    assert "See and receive the students placed with it granted" in words
    with acting(world.system()):
        PartyGroupGrant.objects.filter(
            content_object__code="LJU", permission__codename="confirm_seats"
        ).delete()
    assert "Confirm its seats per period not granted" in plain(lju.get(RIGHTS))


def test_rights_about_people_rest_without_a_basis_for_their_data(world, lju, party):
    with acting(world.system()):
        Party.objects.filter(pk=party.pk).update(receives_personal=False)
    words = plain(lju.get(RIGHTS))
    assert "Review the dossiers assigned to it No legal basis is recorded" in words
    assert words.count("resting") == 2
    assert "Confirm its seats per period granted" in words


def test_hand_on_and_take_back(world, lju, form):
    assert lju.post(f"{RIGHTS}handing-on/", form).url == RIGHTS
    (row,) = handed(world)
    assert (row.container, row.rights, row.reason) == (
        "offering",
        ["host_students"],
        "They run the semester",
    )
    words = plain(lju.get(RIGHTS))
    told = "Chemistry See and receive the students of this offering Semester 3: s3 in LJU verdigris"
    assert f"{told} 15 Jan 2027 partner LJU verdigris They run the semester" in words
    address = f"{RIGHTS}{row.pk}/taking-back/"
    assert lju.post(address, {}).status_code == 422
    assert lju.post(address, {"reason": "Semester over"}).url == RIGHTS
    words = plain(lju.get(RIGHTS))
    assert "Nothing is handed on" in words
    assert "1 that has ended" in words
    assert lju.post(address, {"reason": "Again"}).status_code == 409
    with acting(world.system()):
        acts = JournalEntry.objects.filter(act__startswith="delegation").order_by("id")
        assert [(each.act, each.reason) for each in acts] == [
            ("delegation.hand_on", "They run the semester"),
            ("delegation.take_back", "Semester over"),
        ]


def test_to_a_person_on_everything_and_on_a_track(world, lju, form):
    with acting(world.system()):
        track = Track.objects.filter(consortium_id=world.system().tenant).first()
        member = Membership.objects.get(person_email=DELEGATE)
    to = {**form, "to": f"delegate:{member.pk}"}
    assert lju.post(f"{RIGHTS}handing-on/", {**to, "on": "party"}).url == RIGHTS
    assert lju.post(f"{RIGHTS}handing-on/", {**to, "on": f"track:{track.pk}"}).url == RIGHTS
    words = plain(lju.get(RIGHTS))
    assert "delegate LJU verdigris See and receive the students placed with it" in words
    assert "everything of this partner" in words
    assert f"See and receive the students of this track {track}" in words


def test_nobody_hands_on_what_they_do_not_hold(world, lju, form):
    with acting(world.system()):
        PartyGroupGrant.objects.filter(
            content_object__code="LJU", permission__codename="confirm_seats"
        ).delete()
    assert "Confirm its seats per period (not granted to this partner)" in plain(lju.get(RIGHTS))
    response = lju.post(f"{RIGHTS}handing-on/", {**form, "rights": ["confirm_seats"]})
    assert response.status_code == 403
    words = plain(response)
    assert "Nobody can grant what they do not hold." in words
    assert "Ask the consortium office what this partner was granted." in words
    text = text_of(response)
    assert 'value="They run the semester"' in text
    assert f'value="{form["on"]}" selected' in text
    assert handed(world) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"to": ""}, "This field is required."),
        ({"to": "department:0"}, "Select a valid choice."),
        ({"rights": []}, "This field is required."),
        ({"rights": ["review_dossiers"]}, "Select a valid choice."),
        ({"reason": ""}, "This field is required."),
        ({"until": "2027-01-14"}, "Choose a day to come."),
        ({"on": "call:0"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(world, lju, form, changed, told):
    response = lju.post(f"{RIGHTS}handing-on/", {**form, **changed})
    assert response.status_code == 422
    assert told in plain(response)
    assert handed(world) == []


def test_seats_are_not_confirmed_on_a_track(world, lju, form):
    with acting(world.system()):
        track = Track.objects.filter(consortium_id=world.system().tenant).first()
    sent = {**form, "on": f"track:{track.pk}", "rights": ["confirm_seats"]}
    response = lju.post(f"{RIGHTS}handing-on/", sent)
    assert response.status_code == 422
    assert "on a track, only hosting" in plain(response)


def test_offerings_of_others_are_no_choice(world, lju, form, call):
    other = {**form, "on": f"offering:{call.offerings['s1-waw']}"}
    assert lju.post(f"{RIGHTS}handing-on/", other).status_code == 422
    assert "s1 in WAW" not in plain(lju.get(RIGHTS))


def test_another_partner_sees_and_takes_back_nothing_of_it(world, lju, form, browse):
    lju.post(f"{RIGHTS}handing-on/", form)
    (row,) = handed(world)
    waw = browse("partner-waw@emat.example")
    assert "Chemistry" not in plain(waw.get(RIGHTS))
    assert waw.post(f"{RIGHTS}{row.pk}/taking-back/", {"reason": "x"}).status_code == 404
    assert handed(world)[0].ends_at is None


def test_what_opens_nothing_says_why(world, lju, call, party):
    what = What(HOST, Container.OFFERING, call.offerings["s3-lju"])
    row = world.hand_on(what)
    dismiss(row.membership_id, actor=world.partner("lju"), at=NOON, reason="Left")
    assert "delegate LJU verdigris has left" in plain(lju.get(RIGHTS))


def test_without_anybody_to_hand_on_to_the_page_says_whom_to_find(world, call, browse):
    with acting(world.system()):
        row = Membership.objects.get(person_email=DELEGATE)
    dismiss(row.pk, actor=world.partner("lju"), at=NOON, reason="Left")
    assert "Appoint a delegate or open a department first." in plain(browse(PARTNER).get(RIGHTS))


def test_an_associated_partner_has_a_coordinator_who_hands_nothing_on(world, call, browse):
    """LAB was granted hosting and seats alone: that is what its coordinator has pages for."""
    with acting(world.system()):
        lab = Party.objects.get(code="LAB", consortium__slug="emat")
    user = account_for("lab@emat.example")
    appoint(user, actor=world.system(), at=NOON, post=Post(Role.PARTNER, lab), name="Lab")
    client = browse("lab@emat.example")
    assert client.get("/emat/partner/").status_code == 200
    assert client.get(RIGHTS).status_code == 404
    assert client.get("/emat/partner/people/").status_code == 404
    assert RIGHTS not in text_of(client.get("/emat/partner/"))


def test_queries_do_not_grow(world, lju, call, party):
    partner = world.partner("lju")

    def more(many, start):
        for n in range(start, start + many):
            lab = open_department(party.pk, actor=partner, at=NOON, name=f"Lab {n}")
            what = What(HOST, Container.OFFERING, call.offerings["s3-lju"])
            hand_on(party.pk, actor=partner, at=NOON, what=what, to=lab, reason="So")

    more(1, 0)
    few = queries(lju, RIGHTS)
    more(20, 1)
    assert queries(lju, RIGHTS) == few
