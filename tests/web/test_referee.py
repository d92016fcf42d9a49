"""The referee's way: a link, an address typed once more, a letter. No account."""

from datetime import timedelta

import pytest
from django.test import Client

from admissions.domain import references
from admissions.models import ReferenceLetter, ReferenceRequest
from consortium.access import acting
from tests.admission_world import CLOSES
from tests.admissions.cases import complete, jpeg, mails, pdf, token_in, upload

SENTENCE = "No request fits this link and this address."
ONE = {"email": "prof-one@uni.example"}


@pytest.fixture
def link(call, world, at):
    complete(world, call, at)
    sent = mails(world, to=ONE["email"], key__startswith="reference.request")[0]
    return f"/emat/reference/{token_in(sent)}/"


@pytest.fixture
def opened(browse, link):
    client = browse()
    assert client.post(link, ONE).url == "/emat/reference/"
    return client


def asked(world):
    with acting(world.system()):
        return ReferenceRequest.objects.get(referee_email=ONE["email"])


def letters(world):
    with acting(world.system()):
        return list(ReferenceLetter.objects.order_by("received_at", "id"))


def test_the_link_says_who_asks_for_what_until_when(browse, link):
    response = browse().get(link)
    text = response.content.decode()
    assert response.status_code == 200
    for words in ("Amina Diallo", "Call for class 1 verdigris", "28 Feb 2027, 22:59 UTC"):
        assert words in text
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"


def test_a_visit_changes_nothing(browse, link, world):
    before = asked(world).state
    client = browse()
    for _ in range(3):
        client.get(link)
        client.head(link)
    assert asked(world).state == before == "sent"
    assert client.get("/emat/reference/").status_code == 404


def test_a_wrong_address_gets_the_sentence_of_a_wrong_link(browse, link, world):
    response = browse().post(link, {"email": "prof-two@uni.example"})
    assert response.status_code == 422
    assert SENTENCE in response.content.decode()
    assert asked(world).state == "sent"
    wrong = browse().get("/emat/reference/" + "x" * 43 + "/")
    assert wrong.status_code == 404
    assert SENTENCE in wrong.content.decode()
    assert wrong["Referrer-Policy"] == "no-referrer"


def test_a_link_holds_in_its_own_consortium_alone(calls, browse, link):
    assert browse().get(link.replace("/emat/", "/arts/")).status_code == 404


def test_the_address_opens_it_whatever_the_case_and_the_token_leaves_the_address_bar(
    browse, link, world
):
    client = browse()
    response = client.post(link, {"email": " PROF-one@Uni.Example "})
    assert response.url == "/emat/reference/"
    assert asked(world).state == "opened"
    assert client.get("/emat/reference/").status_code == 200


def test_a_written_letter_keeps_its_paragraphs(opened, world):
    response = opened.post("/emat/reference/", {"text": "First.\r\n\r\nSecond."})
    assert response.url == "/emat/reference/receipt/"
    assert [each.text for each in letters(world)] == ["First.\n\nSecond."]
    text = opened.get(response.url).content.decode()
    assert "<p>First.</p>" in text
    assert "<p>Second.</p>" in text
    assert len(mails(world, key__startswith="reference.receipt")) == 1
    assert len(mails(world, key__startswith="reference.arrived")) == 1


def test_the_same_letter_twice_is_one(opened, world):
    for _ in range(2):
        opened.post("/emat/reference/", {"text": "The same."})
    assert len(letters(world)) == 1


def test_a_pdf_replaces_the_text_and_can_be_looked_at(opened, world):
    opened.post("/emat/reference/", {"text": "First."})
    opened.post("/emat/reference/", {"text": "First.", "file": upload(pdf(), "letter.pdf")})
    assert [bool(each.replaced_at) for each in letters(world)] == [True, False]
    response = opened.get("/emat/reference/file")
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": ""}, "Write the letter or choose a PDF, one of the two."),
        ({"text": "x" * 20_001}, "At most 20000 characters"),
        ({"text": "kept words", "file": "jpeg"}, "kept words"),
        ({"text": "", "file": "jpeg"}, "field__errors"),
    ],
)
def test_what_is_no_letter_stays_on_the_page(opened, world, sent, words):
    if "file" in sent:
        sent = {**sent, "file": upload(jpeg(), "letter.pdf")}
    response = opened.post("/emat/reference/", sent)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert letters(world) == []


def test_declining_tells_the_applicant_to_look_and_ends_it(opened, world):
    assert opened.get("/emat/reference/refusal/").status_code == 200
    response = opened.post("/emat/reference/refusal/", {"reason": "No time."})
    assert response.url == "/emat/reference/receipt/"
    assert "You declined" in opened.get(response.url).content.decode()
    assert asked(world).state == "declined"
    assert "Send the letter" not in opened.get("/emat/reference/").content.decode()
    assert opened.post("/emat/reference/", {"text": "After all."}).status_code == 409


def test_after_the_deadline_nothing_is_taken_and_the_page_says_so(opened, world, clock, link):
    clock(CLOSES)
    assert "The time for letters is over" in opened.get("/emat/reference/").content.decode()
    response = opened.post("/emat/reference/", {"text": "Late."})
    assert response.status_code == 409
    assert letters(world) == []
    clock(CLOSES + timedelta(days=1))
    assert "The time for letters is over" in opened.get(link).content.decode()


def test_a_new_link_ends_the_session_of_the_old_one(opened, world, at):
    references.resend(asked(world).pk, actor=world.applicant(), at=at)
    assert opened.get("/emat/reference/").status_code == 404


def test_there_is_no_receipt_before_there_is_an_answer(opened):
    assert opened.get("/emat/reference/receipt/").status_code == 404
    assert opened.get("/emat/reference/file").status_code == 404


def test_a_referee_reads_nothing_else(opened, world):
    text = opened.get("/emat/reference/").content.decode()
    for secret in ("I want to.", "prof-two", "UCAD", "Université"):
        assert secret not in text
    assert opened.get("/emat/apply/").status_code == 302


def test_the_form_of_the_landing_passes_where_the_browser_hides_its_origin(link, world):
    """Under `no-referrer` browsers send `Origin: null`; everywhere else that is refused."""
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert strict.post(link, ONE).url == "/emat/reference/"
    assert strict.post("/emat/reference/", {"text": "Forged."}).status_code == 403
    assert letters(world) == []
