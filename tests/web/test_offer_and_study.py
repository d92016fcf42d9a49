"""From the offer to the semesters: accept, decline, rank hosts, read why."""

from datetime import timedelta

import pytest

from admissions.domain import dossiers, offers
from admissions.models import Dossier, Offer
from consortium.access import acting
from mobility_tracks.models import Enrolment, Preference, Track
from tests.admissions.cases import complete
from tests.mobility_tracks.round_case import email, nine_students

SENT_FOR = timedelta(days=14)


@pytest.fixture
def offered(call, world, at):
    """Amina's dossier with an offer on the southern track, sent at noon."""
    dossier = complete(world, call, at)
    dossiers.submit(dossier.pk, actor=world.applicant(), at=at)
    with acting(world.system()):
        Dossier.objects.filter(pk=dossier.pk).update(state="selected")
    prepared = offers.prepare(
        dossier.pk,
        actor=world.staff(),
        at=at,
        track=call.tracks["south"],
        conditions="The diploma is due before you enrol.",
        expires_at=at + SENT_FOR,
    )
    offers.send([prepared.pk], actor=world.staff(), at=at)
    return f"/emat/apply/{dossier.reference}/offer/"


@pytest.fixture
def amina(offered, browse):
    return browse("amina@example.org")


def text_of(response):
    return response.content.decode()


def state_of(world):
    with acting(world.system()):
        return Offer.objects.get().state


# -- the offer


def test_a_prepared_offer_is_not_there_yet(call, world, at, browse):
    dossier = complete(world, call, at)
    dossiers.submit(dossier.pk, actor=world.applicant(), at=at)
    with acting(world.system()):
        Dossier.objects.filter(pk=dossier.pk).update(state="selected")
    offers.prepare(dossier.pk, actor=world.staff(), at=at)
    page = f"/emat/apply/{dossier.reference}/"
    assert browse("amina@example.org").get(f"{page}offer/").status_code == 404
    assert "Read the offer" not in text_of(browse("amina@example.org").get(page))


def test_the_offer_says_which_line_until_when_on_which_terms(offered, amina):
    text = text_of(amina.get(offered))
    for words in ("south verdigris", "WAW", "14 days", "The diploma is due", "Accept the place"):
        assert words in text
    assert "14 days" in text_of(amina.get("/emat/apply/"))


def test_somebody_elses_offer_is_not_there(offered, browse):
    bela = browse("bela@example.org")
    for page in ("", "acceptance/", "refusal/"):
        assert bela.get(f"{offered}{page}").status_code == 404
        assert bela.post(f"{offered}{page}").status_code in {404, 405}


def test_accepting_asks_once_more_and_twice_is_once(offered, amina, world):
    assert "Accept the place" in text_of(amina.get(f"{offered}acceptance/"))
    assert state_of(world) == "sent"
    assert amina.post(f"{offered}acceptance/").url == "/emat/study/"
    assert state_of(world) == "accepted"
    with acting(world.system()):
        assert Enrolment.objects.get().track == Track.objects.get(code="south", consortium_id=1)
    text = text_of(amina.get("/emat/study/"))
    assert "The place is yours." in text
    assert "My studies" in text
    assert "See your semesters" in text_of(amina.get(offered))


def test_declining_keeps_the_note_for_the_office(offered, amina, world):
    assert amina.get(f"{offered}refusal/").status_code == 200
    amina.post(f"{offered}refusal/", {"note": "Another master."})
    assert state_of(world) == "declined"
    with acting(world.system()):
        assert Offer.objects.get().answer_note == "Another master."
    assert "Accept the place" not in text_of(amina.get(offered))
    assert amina.post(f"{offered}acceptance/").status_code in {403, 409}


def test_at_the_minute_it_expires_nothing_can_be_answered(offered, amina, world, at, clock):
    clock(at + SENT_FOR)
    assert "The time to answer is over" in text_of(amina.get(offered))
    assert amina.post(f"{offered}acceptance/").status_code == 409
    assert amina.post(f"{offered}refusal/").status_code == 409
    assert state_of(world) == "sent"


# -- the semesters


@pytest.fixture
def class_one(world, at):
    """Nine students and an open round for the third semester."""
    case = nine_students(world, at)
    case.draft()
    case.act("open_round")
    return case


@pytest.fixture
def student(class_one, browse, clock):
    clock(class_one.opens)
    return browse(email(3))


def page_of(case):
    return f"/emat/study/rounds/{case.pk}/"


def wishes(world, case, number):
    with acting(world.system()):
        rows = Preference.objects.filter(enrolment=case.students[number - 1], round_id=case.pk)
        return list(rows.order_by("rank").values_list("offering__code", flat=True))


def test_without_an_enrolment_the_page_says_what_will_be_there(call, browse):
    text = text_of(browse("bela@example.org").get("/emat/study/"))
    assert "You are not enrolled here" in text
    assert "My studies" in text.split("<h1")[1]


def test_the_path_shows_hosts_days_and_what_is_open(student, class_one):
    text = text_of(student.get("/emat/study/"))
    assert "pic--wide" in text
    for words in ("University WAW verdigris", "15 Sep 2027 – 20 Jan 2028", "Not chosen yet"):
        assert words in text
    assert "Rank the hosts" in text


def test_hosts_are_ranked_by_buttons_and_only_the_own_ones(student, class_one, world):
    page = page_of(class_one)
    text = text_of(student.get(page))
    for words in ("Silence means", "3 seats", "As many students as possible get a first choice"):
        assert words in text
    student.post(page, {"move": "add:s3-lju"})
    student.post(page, {"order": ["s3-lju"], "move": "add:s3-bil"})
    student.post(page, {"order": ["s3-lju", "s3-bil"], "move": "up:s3-bil"})
    assert wishes(world, class_one, 3) == ["s3-bil", "s3-lju"]
    assert wishes(world, class_one, 4) == []


def test_a_host_of_another_semester_is_refused_and_nothing_lost(student, class_one, world):
    page = page_of(class_one)
    student.post(page, {"order": ["s3-bil"]})
    response = student.post(page, {"order": ["s3-bil", "s4-lab"]})
    assert response.status_code == 422
    assert "Only what this round offers can be ranked." in text_of(response)
    assert wishes(world, class_one, 3) == ["s3-bil"]


def test_at_the_deadline_of_the_round_wishes_stay_as_they_are(student, class_one, world, clock):
    page = page_of(class_one)
    student.post(page, {"order": ["s3-bil"]})
    clock(class_one.closes)
    assert "The time to give wishes is over" in text_of(student.get(page))
    assert student.post(page, {"order": ["s3-lju"]}).status_code == 409
    assert wishes(world, class_one, 3) == ["s3-bil"]


def test_a_round_is_for_its_students_alone(class_one, browse, clock):
    clock(class_one.opens)
    assert browse("bela@example.org").get(page_of(class_one)).status_code == 404


def test_the_plan_is_there_with_its_reason_once_published_and_not_before(
    student, class_one, world, clock
):
    page = page_of(class_one)
    after = class_one.closes + timedelta(hours=1)
    class_one.act("close_round", at=after)
    class_one.act("decide", at=after)
    clock(after)
    assert "Your place" not in text_of(student.get(page))
    class_one.act("publish", at=after)
    text = text_of(student.get(page))
    assert "Your place" in text
    assert "Why here" in text
    assert "Why here" in text_of(student.get("/emat/study/"))
