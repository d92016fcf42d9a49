"""Pages that need no account: what a consortium publishes, and nothing more."""

from datetime import timedelta

import pytest

from admissions.domain.calls import draft_call
from consortium.access import acting
from mobility_tracks.models import Intake, ProgrammeVersion
from tests.admission_world import CLOSES, OPENS, call_spec

PAGES = ["/", "/emat/", "/emat/calls/class-1/", "/privacy/", "/accessibility/", "/status/"]


@pytest.mark.parametrize("address", [*PAGES, "/emat/privacy/", "/emat/accessibility/"])
def test_every_page_opens_for_a_visitor(calls, browse, address):
    response = browse().get(address)
    assert response.status_code == 200
    assert b"<h1" in response.content


def test_the_first_page_names_every_consortium(calls, browse):
    text = browse().get("/").content.decode()
    assert "emat verdigris" in text
    assert "arts heliotrope" in text
    assert "Where you work" not in text


def test_the_first_page_shows_the_doors_of_a_coordinator(calls, browse):
    text = browse("coordinator@emat.example").get("/").content.decode()
    assert "/emat/office/" in text
    assert "/arts/office/" not in text


def test_an_invented_consortium_says_so(calls, browse, world):
    from consortium.actor import Actor, Wall

    with acting(Actor(wall=Wall.OPERATOR)):
        consortium = world.consortia["arts"]
        consortium.invented = True
        consortium.save()
    assert "invented" not in browse().get("/emat/").content.decode().lower()
    assert "is invented" in browse().get("/arts/").content.decode()


def test_a_programme_shows_its_own_stations_and_lines(calls, browse):
    text = browse().get("/emat/").content.decode()
    assert "verdigris" in text
    assert "heliotrope" not in text
    assert "north verdigris" in text
    assert "pic--wide" in text


def test_a_programme_without_a_published_version_is_not_there(world, browse):
    assert browse().get("/emat/").status_code == 404
    assert browse().get("/nobody/").status_code == 404


def test_a_signed_in_visitor_sees_their_name_not_their_rights(calls, browse):
    text = browse("amina@example.org").get("/emat/").content.decode()
    assert "Sign out" in text
    assert "Sign in" not in text


@pytest.mark.parametrize(
    ("at", "word"),
    [
        (OPENS - timedelta(seconds=1), "Not open yet"),
        (OPENS, "Start an application"),
        (CLOSES - timedelta(seconds=1), "Start an application"),
        (CLOSES, "Dossiers sent after that minute do not take part."),
    ],
)
def test_a_call_says_where_it_stands(calls, browse, clock, at, word):
    clock(at)
    assert word in browse().get("/emat/calls/class-1/").content.decode()


def test_a_draft_call_is_not_there(calls, browse, world, at):
    with acting(world.system()):
        intake = Intake.objects.get(consortium=world.consortia["emat"])
    spec = call_spec("verdigris", slug="class-2")
    draft_call(intake, actor=world.staff(), at=at, spec=spec)
    assert browse().get("/emat/calls/class-2/").status_code == 404


def test_a_call_lists_documents_limits_criteria_and_weights(calls, browse):
    text = browse().get("/emat/calls/class-1/").content.decode()
    for words in (
        "Passport",
        "PDF or JPEG, at most 10 MB",
        "Academic record",
        "50 %",
        "(optional)",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("answers", "status", "words"),
    [
        ({"degree": "yes", "english": "yes"}, 200, "Nothing speaks against it."),
        ({"degree": "no", "english": "yes"}, 200, "This speaks against it:"),
        ({"degree": "yes", "english": "unsure"}, 200, "but look again at:"),
        ({"degree": "yes"}, 422, "Choose one of the three."),
    ],
)
def test_the_self_check_answers_and_keeps_nothing(calls, browse, answers, status, words):
    client = browse()
    response = client.post("/emat/calls/class-1/", answers)
    assert response.status_code == status
    assert words in response.content.decode()
    assert "session" not in client.cookies


def test_queries_do_not_grow_with_calls(calls, browse, world, at, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        browse().get("/emat/")
    with acting(world.system()):
        intake = Intake.objects.get(consortium=world.consortia["emat"])
    for number in range(2, 6):
        spec = call_spec("verdigris", slug=f"class-{number}")
        from admissions.domain.calls import open_call

        made = draft_call(intake, actor=world.staff(), at=at, spec=spec)
        open_call(made.pk, actor=world.staff(), at=at)
    with django_assert_num_queries(len(one)):
        browse().get("/emat/")


def test_a_file_in_two_languages_is_told_in_the_readers(calls, browse, world):
    with acting(world.system()):
        version = ProgrammeVersion.objects.get(consortium=world.consortia["emat"])
        version.texts = {"en": {"tagline": "One line"}, "fr": {"tagline": "Une ligne"}}
        version.save()
    assert "Une ligne" in browse().get("/emat/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert "One line" in browse().get("/emat/", HTTP_ACCEPT_LANGUAGE="de").content.decode()


def test_no_inline_style_or_script(calls, browse):
    for address in PAGES:
        text = browse().get(address).content.decode()
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text
