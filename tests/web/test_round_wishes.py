"""Wishes on the student's page of a round, by its form alone: no script runs here."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from mobility_tracks.models import Preference
from tests.mobility_tracks.curricula import S3
from tests.mobility_tracks.round_case import email, nine_students
from tests.web.desks import OFFICER, plain, text_of

WHY = "My lease ends in June."


@pytest.fixture
def nine(world, at, clock):
    case = nine_students(world, at)
    case.draft()
    case.act("open_round")
    clock(case.opens)
    return case


def page_of(case):
    return f"/emat/study/rounds/{case.pk}/"


def saved(case, number=3):
    with acting(case.world.system()):
        rows = Preference.objects.filter(enrolment=case.students[number - 1])
        return set(rows.values_list("offering__code", "rank", "because"))


def fields(response):
    """What the form would send: order, equals and reasons, as a browser reads them."""
    found = re.findall(r'<input [^>]*name="([^"]+)" value="([^"]*)"', text_of(response))
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]


def test_equals_by_buttons(nine, browse):
    student, page = browse(email(3)), page_of(nine)
    for code in ("s3-lju", "s3-bil", "s3-ami"):
        order = [value for name, value in fields(student.get(page)) if name == "order"]
        student.post(page, {"order": order, "move": f"add:{code}"})
    order = ["s3-lju", "s3-bil", "s3-ami"]
    assert 'value="tie:s3-bil"' in text_of(student.get(page))
    assert 'value="tie:s3-lju"' not in text_of(student.get(page))
    student.post(page, {"order": order, "move": "tie:s3-bil"})
    assert saved(nine) == {("s3-bil", 1, ""), ("s3-lju", 1, ""), ("s3-ami", 2, "")}
    sent = fields(student.get(page))
    assert ("tied", "s3-bil") in sent
    assert [value for name, value in sent if name == "order"] == order
    words = plain(student.get(page))
    assert "as good as the one above" in words
    student.post(page, {"order": ["s3-bil", "s3-lju", "s3-ami"], "tied": ["s3-lju"]})
    assert ("s3-lju", 1, "") in saved(nine)
    tied = {"order": ["s3-bil", "s3-lju", "s3-ami"], "tied": ["s3-lju"], "move": "part:s3-lju"}
    student.post(page, tied)
    assert saved(nine) == {("s3-bil", 1, ""), ("s3-lju", 2, ""), ("s3-ami", 3, "")}


def test_a_host_is_ruled_out_for_a_reason_and_taken_back(nine, browse):
    student, page = browse(email(3)), page_of(nine)
    ruled_out = {"order": ["s3-bil", "s3-lju"], "because-s3-bil": WHY, "move": "close:s3-bil"}
    assert student.post(page, ruled_out).status_code == 302
    assert saved(nine) == {("s3-lju", 1, ""), ("s3-bil", None, WHY)}
    response = student.get(page)
    assert "Not possible for you" in plain(response)
    assert ("because-s3-bil", WHY) in fields(response)
    back = {"order": ["s3-lju"], "because-s3-bil": WHY, "move": "open:s3-bil"}
    student.post(page, back)
    assert saved(nine) == {("s3-lju", 1, "")}


@pytest.mark.parametrize("reason", ["", "no", "x" * 301])
def test_a_reason_too_short_or_long_is_refused_at_its_field_and_kept(nine, browse, reason):
    student, page = browse(email(3)), page_of(nine)
    typed = {"order": ["s3-lju"], "because-s3-bil": reason, "move": "close:s3-bil"}
    response = student.post(page, typed)
    assert response.status_code == 422
    assert "is said in 5 to 300 characters" in plain(response)
    assert 'aria-invalid="true"' in text_of(response)
    assert ("order", "s3-lju") in fields(response)
    assert ("because-s3-bil", reason) in fields(response)
    assert saved(nine) == set()


def test_a_refused_order_keeps_equals_and_every_reason_typed(nine, browse):
    student, page = browse(email(3)), page_of(nine)
    response = student.post(
        page,
        {
            "order": ["s3-lju", "s3-bil"],
            "tied": ["s3-bil"],
            "because-s3-bil": WHY,
            "because-s3-ami": "I have been there.",
        },
    )
    assert response.status_code == 422
    assert "A choice is ranked or not possible, never both. University BIL is both." in plain(
        response
    )
    sent = fields(response)
    for field in (("tied", "s3-bil"), ("because-s3-bil", WHY), ("order", "s3-lju")):
        assert field in sent
    assert ("because-s3-ami", "I have been there.") in sent


def test_a_closed_host_shows_rule_fact_source_and_remedy_and_no_button(nine, browse):
    """Student 2 lives in France, where Amiens is."""
    text = text_of(browse(email(2)).get(page_of(nine)))
    assert 'value="add:s3-ami"' not in text
    assert 'value="add:s3-lju"' in text
    words = plain(browse(email(2)).get(page_of(nine)))
    assert "Not open to you" in words
    assert (
        "Study periods in two countries other than that of residence. The counting periods are in"
        " France and Poland, and France is the country of residence at enrolment."
    ) in words
    assert "Source: the guide." in words
    assert "What would change it: 1 more period, in a new country." in words
    assert "Not open to you" not in plain(browse(email(3)).get(page_of(nine)))


def test_ranking_a_closed_host_is_refused_and_what_was_typed_is_kept(nine, browse):
    student, page = browse(email(2)), page_of(nine)
    student.post(page, {"order": ["s3-lju"]})
    typed = {"order": ["s3-bil", "s3-ami"], "because-s3-lju": WHY}
    response = student.post(page, typed)
    assert response.status_code == 422
    assert "University AMI is not open to you: the counting periods are in" in plain(response)
    sent = fields(response)
    assert [value for name, value in sent if name == "order"] == ["s3-bil", "s3-ami"]
    assert ("because-s3-lju", WHY) in sent
    assert saved(nine, 2) == {("s3-lju", 1, "")}


def test_the_last_possible_host_cannot_be_ruled_out(nine, browse):
    student, page = browse(email(3)), page_of(nine)
    two = {"because-s3-ami": WHY, "because-s3-lju": WHY}
    assert student.post(page, two).status_code == 302
    words = plain(student.get(page))
    assert "It is the last one that is possible for you" in words
    response = student.post(page, {**two, "because-s3-bil": WHY})
    assert response.status_code == 409
    assert "it can place you by hand" in plain(response)
    assert {name for name, value in fields(response) if value == WHY} == {
        f"because-{code}" for code in S3
    }
    assert len(saved(nine)) == 2


def test_what_silence_means_is_said_to_students_and_office(nine, browse):
    nine.wish(3, "s3-lju")
    told = "Silence means Whoever ranks nothing finds every host equally good"
    assert told in plain(browse(email(4)).get(page_of(nine)))
    words = plain(browse(OFFICER).get(f"/emat/office/rounds/{nine.pk}/"))
    assert told in words
    assert "8 silent" in words or "silent 8" in words


def test_after_the_deadline_the_wishes_stand_to_be_read(nine, browse, clock):
    nine.wish(3, ("s3-bil", "s3-lju"), impossible={"s3-ami": WHY})
    clock(nine.closes)
    words = plain(browse(email(3)).get(page_of(nine)))
    assert WHY in words
    assert 'name="move"' not in text_of(browse(email(3)).get(page_of(nine)))


def test_the_office_reads_equals_and_reasons(nine, browse):
    nine.wish(3, ("s3-bil", "s3-lju"), impossible={"s3-ami": WHY})
    words = plain(browse(OFFICER).get(f"/emat/office/rounds/{nine.pk}/"))
    assert WHY in words
    assert "Not possible:" in words


def test_the_page_costs_the_same_for_one_host_and_for_three(world, at, clock, browse):
    counts = []
    case = nine_students(world, at)
    for seats in ({"s3-lju": (0, 9)}, dict.fromkeys(S3, (0, 9))):
        case.draft(seats=seats)
        case.act("open_round")
        clock(case.opens)
        student = browse(email(3))
        student.get(page_of(case))
        with CaptureQueriesContext(connection) as asked:
            assert student.get(page_of(case)).status_code == 200
        counts.append(len(asked))
        clock(case.closes)
        case.act("close_round", at=case.closes)
        clock(case.opens)
    assert counts[0] == counts[1]
