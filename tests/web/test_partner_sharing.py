"""Agreements on a partner's desk: proposed, answered and revoked, and what that shows of students."""

from datetime import timedelta

import pytest

from consortium.access import acting
from consortium.models import JournalEntry
from mobility_tracks.models import Placement
from partners.models import SharingAgreement
from tests.sharing_world import EVERYTHING, Sharing, sharing_world
from tests.web.desks import COORDINATOR, OFFICER, PARTNER, REVIEWER, plain, queries, text_of
from tests.world import NOON

BASE = "/emat/partner/"
LIST, PROPOSE, SENT = f"{BASE}agreements/", f"{BASE}agreements/proposal/", f"{BASE}sent/"
WAW = "partner-waw@emat.example"


@pytest.fixture
def here(world, calls) -> Sharing:
    return sharing_world(world, calls)


def page(reference="ANNA"):
    return f"{BASE}students/{reference}/"


def act(agreement, name):
    return f"{LIST}{agreement.pk}/{name}/"


def state(world):
    with acting(world.system()):
        return list(SharingAgreement.objects.order_by("version").values_list("state", flat=True))


def filled(here, **changed):
    return {
        "ours": here.pair().giver_id,
        "partner": here.pair().receiver_id,
        "way": "give",
        "items": ["transcripts", "path"],
        "starts_at": "",
        "ends_at": "2028-08-31",
        "note": "",
        **changed,
    }


def test_nothing_is_agreed_yet(here, browse):
    words = plain(browse(PARTNER).get(LIST))
    assert "Nothing beyond what every host sees" in words
    assert "Waits for your answer" not in words
    assert "History" not in words


def test_a_proposal_is_read_before_it_is_sent(here, world, browse):
    client = browse(WAW)
    assert "Reference letters" in plain(client.get(PROPOSE))
    told = plain(client.post(PROPOSE, filled(here)))
    assert (
        "University WAW verdigris lets University LJU see the transcripts of records and stays"
        " elsewhere of the students it sends there, from its acceptance until 31 Aug 2028." in told
    )
    assert state(world) == []
    sent = client.post(PROPOSE, {**filled(here), "step": "do"})
    assert (sent.status_code, sent.url) == (302, LIST)
    with acting(world.system()):
        made = SharingAgreement.objects.get()
    # Until the end of that day where the consortium is at home: Paris, in summer.
    assert made.ends_at.isoformat() == "2028-08-31T22:00:00+00:00"
    assert (made.proposer_id, made.state) == (here.pair().giver_id, "proposed")
    assert "You wait for the other side" in plain(client.get(LIST))


def test_a_request_names_the_sides_the_other_way_round(here, world, browse):
    pair = here.pair()
    asked = filled(here, way="ask", ours=pair.receiver_id, partner=pair.giver_id)
    told = plain(browse(PARTNER).post(PROPOSE, asked))
    assert "University WAW verdigris lets University LJU see" in told
    browse(PARTNER).post(PROPOSE, {**asked, "step": "do"})
    with acting(world.system()):
        made = SharingAgreement.objects.get()
    assert (made.giver_id, made.proposer_id) == (pair.giver_id, pair.receiver_id)


@pytest.mark.parametrize("step", ["read", "do"])
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"items": []}, "Choose at least one thing."),
        ({"items": ["medical"]}, "not one of the available choices"),
        ({"ends_at": "2020-01-01"}, "Choose a day to come"),
        ({"partner": ""}, "This field is required."),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(here, world, browse, step, changed, said):
    response = browse(WAW).post(PROPOSE, {**filled(here, note="Keep me", **changed), "step": step})
    if step == "read" and "ends_at" in changed:
        assert response.status_code == 200  # read as it stands; the act judges the day
        return
    assert response.status_code == 422
    assert said in plain(response)
    assert "Keep me" in text_of(response)
    assert state(world) == []


def test_partners_that_do_not_negotiate_are_not_offered(here, browse):
    words = text_of(browse(WAW).get(PROPOSE))
    assert "University AMI" in words
    assert "University LAB" not in words


def test_accepting_opens_the_students_page(here, world, browse):
    offered = here.proposed()
    client = browse(PARTNER)
    assert "1 proposal of another partner waits for your answer." in plain(client.get(BASE))
    assert "Waits for your answer" in plain(client.get(LIST))
    before = plain(client.get(page()))
    assert "Nothing beyond what every host sees" in before
    assert "transcript-ANNA.pdf" not in before
    assert client.post(act(offered, "acceptance")).url == LIST
    assert state(world) == ["accepted"]
    words = plain(client.get(page()))
    assert "What University WAW verdigris lets us see" in words
    assert "Agreement, version 1" in words
    for shown in (
        "transcript-ANNA.pdf",
        "diploma-ANNA.pdf",
        "english-ANNA.pdf",
        "Letter of Professor Ito",
        "WAW on ANNA",
        "4 of 5",
        "A reviewer of WAW",
        "Semester 1",
    ):
        assert shown in words
    for hidden in ("passport", "cv-ANNA", "LJU on ANNA", "reviewer WAW", "Semester 2"):
        assert hidden not in words


def test_what_is_not_the_senders_to_give_is_said(here, browse):
    here.agreed()
    words = plain(browse(PARTNER).get(page("DARIA")))
    assert "transcript-DARIA.pdf" in words
    assert words.count("None that is theirs to give.") == 2
    assert "WAW on DARIA" not in words


def test_a_student_of_another_sender_shows_nothing_of_it(here, browse):
    here.agreed()
    words = plain(browse(PARTNER).get(page("CLARA")))
    assert "Ask University AMI for more" in words
    assert "transcript-CLARA.pdf" not in words


def test_a_student_who_is_nobody_of_ours_is_not_found(here, browse):
    here.agreed()
    assert browse(PARTNER).get(page("EMMA")).status_code == 404
    assert browse(PARTNER).get(page("NOBODY")).status_code == 404


def document(here, code="transcript", reference="ANNA"):
    from admissions.models import Document

    with acting(here.world.system()):
        rows = Document.objects.filter(dossier__reference=reference, requirement__code=code)
        return f"{BASE}documents/{rows.get(replaced_at=None).pk}/"


def letter(here, reference="ANNA"):
    from admissions.models import ReferenceLetter

    with acting(here.world.system()):
        return f"{BASE}letters/{ReferenceLetter.objects.get(dossier__reference=reference).pk}/"


def test_revoking_takes_effect_at_the_others_next_click(here, browse):
    agreed = here.agreed()
    lju, waw = browse(PARTNER), browse(WAW)
    files = [document(here), letter(here)]
    assert [lju.get(file).status_code for file in files] == [200, 200]
    assert "transcript-ANNA.pdf" in plain(lju.get(page()))
    assert waw.post(act(agreed, "revocation"), {"reason": "It was a mistake"}).status_code == 302
    assert [lju.get(file).status_code for file in files] == [404, 404]
    words = plain(lju.get(page()))
    assert "transcript-ANNA.pdf" not in words
    assert "Letter of" not in words
    history = plain(lju.get(LIST))
    assert "revoked" in history
    assert "It was a mistake ( partner WAW verdigris )" in history


def test_an_end_that_passes_takes_effect_too(here, browse, clock):
    here.agreed(ends_at=NOON + timedelta(days=2))
    lju = browse(PARTNER)
    assert lju.get(document(here)).status_code == 200
    clock(NOON + timedelta(days=2))
    assert lju.get(document(here)).status_code == 404
    assert "expired" in plain(lju.get(LIST))


def test_only_papers_on_the_list_can_be_opened(here, browse):
    here.agreed()
    lju = browse(PARTNER)
    codes = ("passport", "photo", "cv")
    assert [lju.get(document(here, code)).status_code for code in codes] == [404] * 3
    others = [document(here, reference="CLARA"), document(here, reference="BORIS")]
    assert [lju.get(each).status_code for each in others] == [404, 404]
    assert lju.get(letter(here, "DARIA")).status_code == 404


def test_looks_are_written_down_with_the_agreement_and_told_to_the_student(here, world, browse):
    agreed = here.agreed()
    lju = browse(PARTNER)
    lju.get(document(here))
    lju.get(letter(here))
    lju.get(page())
    lju.get(page("CLARA"))  # shows no review
    browse(WAW).get(document(here))
    with acting(world.system()):
        entries = JournalEntry.objects.filter(is_read=True).order_by("id")
        told = [(entry.act, entry.facts, entry.by_name) for entry in entries]
        assert {entry.for_id for entry in entries} == {world.user("anna@example.org").pk}
    under = {"agreement": str(agreed.pk), "version": 1}
    assert told == [
        ("document.read", under, "partner LJU verdigris"),
        ("letter.read", under, "partner LJU verdigris"),
        ("review.read", under, "partner LJU verdigris"),
        ("document.read", {"as": "sender"}, "partner WAW verdigris"),
    ]
    answer = browse("anna@example.org").get("/api/v1/emat/apply/dossiers/ANNA/access/")
    told = {(look["name"], look["kind"], look["title"]) for look in answer.json()["results"]}
    assert ("partner LJU verdigris", "review", "") in told
    assert ("partner WAW verdigris", "document", "Transcript of records") in told


def test_a_page_with_looks_is_not_fetched_ahead(here, browse):
    here.agreed()
    lju = browse(PARTNER)
    for address in (page(), document(here), letter(here)):
        assert lju.get(address, headers={"Sec-Purpose": "prefetch"}).status_code == 503
        assert lju.head(address).status_code == 405


def test_who_sends_sees_the_papers_and_what_the_host_sees(here, browse):
    here.agreed()
    waw = browse(WAW)
    listed = plain(waw.get(SENT))
    assert "ANNA" in listed
    assert "EMMA" in listed
    assert "CLARA" not in listed
    assert "BORIS" not in listed  # cancelled: not sent any more
    words = plain(waw.get(page()))
    assert "We send the student" in words
    assert "transcript-ANNA.pdf" in words
    assert "University WAW verdigris lets University LJU see" in words
    assert "Letter of" not in words
    assert "on ANNA" not in words


def test_answers_and_acts_are_the_sides_own(here, world, browse):
    offered = here.proposed()
    waw, lju = browse(WAW), browse(PARTNER)
    assert waw.post(act(offered, "acceptance")).status_code == 403
    assert lju.post(act(offered, "withdrawal")).status_code == 403
    assert lju.post(act(offered, "refusal"), {}).status_code == 422
    assert lju.get(act(offered, "refusal")).url == LIST
    for stranger in (OFFICER, REVIEWER, "anna@example.org", "partner-lju@arts.example"):
        client = browse(stranger)
        assert client.get(LIST).status_code == 404
        assert client.post(act(offered, "acceptance")).status_code == 404
    assert waw.post(act(offered, "withdrawal")).status_code == 302
    again = lju.post(act(offered, "acceptance"))
    assert again.status_code == 409
    assert "This was not done" in plain(again)
    assert state(world) == ["withdrawn"]


def test_a_third_partner_does_not_know(here, world, browse):
    offered = here.proposed()
    from consortium.domain.memberships import Post, account_for, appoint
    from consortium.models import Party
    from consortium.roles import Role

    with acting(world.system()):
        ami = Party.objects.get(code="AMI", consortium__slug="emat")
    user = account_for("partner-ami@emat.example")
    appoint(user, actor=world.system(), at=NOON, post=Post(Role.PARTNER, ami), name="partner AMI")
    client = browse("partner-ami@emat.example")
    assert "WAW" not in plain(client.get(LIST))
    for name in ("acceptance", "refusal", "withdrawal", "revocation"):
        assert client.post(act(offered, name), {"reason": "x"}).status_code == 404
        assert client.get(act(offered, name)).status_code == 404


def test_a_change_begins_with_what_is_agreed_and_says_what_differs(here, world, browse):
    agreed = here.agreed(frozenset({"transcripts", "letters"}))
    client = browse(WAW)
    form = text_of(client.get(f"{PROPOSE}?change={agreed.pk}"))
    assert "Version 1 stays in force until the other side accepts the new one." in form
    assert form.count("checked") == 3  # two items, one way
    client.post(f"{PROPOSE}?change={agreed.pk}", {**filled(here), "step": "do"})
    words = plain(browse(PARTNER).get(LIST))
    assert "Instead of version 1: adds the stays elsewhere and leaves out the reference" in words
    foreign = text_of(browse("partner-waw@arts.example").get(PROPOSE.replace("emat", "arts")))
    assert "checked" in foreign
    assert "Version 1 stays" not in foreign


def test_people_who_only_host_have_no_agreements_and_see_what_is_shared(here, world, browse, at):
    """A delegate of the whole partner: hosting was handed on, negotiating never is."""
    from consortium.domain.memberships import Post, account_for, appoint
    from consortium.models import Party
    from consortium.roles import Container, Role
    from mobility_tracks.domain.delegation import What, hand_on

    here.agreed()
    with acting(world.system()):
        party = Party.objects.get(pk=here.pair().receiver_id)
    user = account_for("dora@example.org", "Dora")
    member = appoint(user, actor=here.receiver, at=at, post=Post(Role.DELEGATE, party), name="Dora")
    what = What(frozenset({"host_students"}), Container.PARTY)
    hand_on(party.pk, actor=here.receiver, at=at, what=what, to=member, reason="Runs the office")
    client = browse("dora@example.org")
    assert client.get(LIST).status_code == 404
    assert client.get(PROPOSE).status_code == 404
    assert "Agreements" not in plain(client.get(BASE))
    assert "transcript-ANNA.pdf" in plain(client.get(page()))


def test_the_office_reads_along_and_has_no_button(here, browse):
    here.agreed(frozenset({"transcripts", "path"}), note="For the second semester")
    client = browse(COORDINATOR)
    found = client.get("/emat/office/agreements/")
    words = plain(found)
    assert "transcripts other stays version 1" in words
    assert "For the second semester" in words
    assert "in force" in words
    assert 'method="post" action="/emat/office/agreements' not in text_of(found)
    assert "heliotrope" not in words
    elsewhere = browse("coordinator@arts.example").get("/arts/office/agreements/")
    assert "Nothing is agreed yet" in plain(elsewhere)


def test_queries_do_not_grow(here, world, browse):
    here.agreed()
    pages = (LIST, PROPOSE, SENT, page())
    lju, waw, office = browse(PARTNER), browse(WAW), browse(COORDINATOR)

    def read():
        asked = [queries(client, each) for client in (lju, waw) for each in pages]
        return [*asked, queries(office, "/emat/office/agreements/")]

    few = read()
    for number in range(12):
        items = EVERYTHING if number % 2 else frozenset({"path"})
        here.agreed(items)
    with acting(world.system()):
        for stay in Placement.objects.filter(enrolment__reference="CLARA", host__code="LJU"):
            stay.sending_id = here.pair().giver_id
            stay.save(update_fields=["sending"])
    assert read() == few
