"""What others than the applicant put in: papers and letters, with their refusals."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.domain import dossiers, references
from admissions.models import Document, ReferenceRequest
from consortium.access import acting
from consortium.models import OutboxMessage
from tests.admissions.cases import complete, jpeg, mails, pdf, started, upload


@pytest.fixture
def amina(call, browse):
    return browse("amina@example.org")


def home(dossier):
    return f"/emat/apply/{dossier.reference}/"


def text_of(response):
    return response.content.decode()


# -- documents


def test_a_wrong_file_stays_on_the_page_with_its_reason(call, amina, world, at):
    page = f"{home(started(world, call, at))}documents/"
    response = amina.post(f"{page}transcript/", {"file": upload(jpeg(), "scan.jpg")})
    text = text_of(response)
    assert response.status_code == 422
    assert text.count("field__errors") == 1
    assert "<title>Error:" in text
    with acting(world.applicant()):
        assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "Choose a file first."),
        ({"file": b""}, "This one is empty: 0 bytes."),
        ({"file": b"%PDF-1.4 nonsense"}, "field__errors"),
    ],
)
def test_no_file_an_empty_one_and_a_broken_one(call, amina, world, at, files, words):
    page = f"{home(started(world, call, at))}documents/passport/"
    sent = {name: upload(data) for name, data in files.items()}
    response = amina.post(page, sent)
    assert response.status_code == 422
    assert words in text_of(response)


def test_attach_look_at_replace_and_remove(call, amina, world, at):
    dossier = started(world, call, at)
    page = f"{home(dossier)}documents/"
    amina.post(f"{page}passport/", {"file": upload(pdf(), "pass \u202egpj.pdf")})
    with acting(world.applicant()):
        first = Document.objects.get()
    response = amina.get(f"{page}{first.pk}/file")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Content-Disposition"].startswith("inline")
    amina.post(f"{page}passport/", {"file": upload(pdf(2), "newer.pdf")})
    text = text_of(amina.get(page))
    assert "newer.pdf" in text
    assert "2 pages" in text
    with acting(world.applicant()):
        current = Document.objects.get(replaced_at__isnull=True)
    amina.post(f"{page}{current.pk}/removal/")
    assert "Removed: newer.pdf." in text_of(amina.get(page))
    assert "newer.pdf" not in text_of(amina.get(page))


def test_a_file_of_somebody_else_is_not_there(call, browse, world, at):
    dossier, other = complete(world, call, at), started(world, call, at, "bela")
    with acting(world.applicant()):
        paper = Document.objects.filter(dossier=dossier).first()
    bela = browse("bela@example.org")
    assert bela.get(f"{home(other)}documents/{paper.pk}/file").status_code == 404
    assert bela.post(f"{home(other)}documents/{paper.pk}/removal/").status_code == 404
    assert bela.get(f"{home(dossier)}documents/{paper.pk}/file").status_code == 404


def test_an_unknown_slot_is_not_there(call, amina, world, at):
    page = f"{home(started(world, call, at))}documents/"
    assert amina.post(f"{page}tattoo/", {"file": upload(pdf())}).status_code == 404


def test_queries_of_the_documents_page_do_not_grow(
    call, amina, world, at, django_assert_num_queries
):
    dossier = started(world, call, at)
    page = f"{home(dossier)}documents/"
    with CaptureQueriesContext(connection) as empty:
        amina.get(page)
    expected = len(empty)
    for slot in ("passport", "transcript"):
        amina.post(f"{page}{slot}/", {"file": upload(pdf())})
    amina.get(page)  # what has just happened is told once
    with django_assert_num_queries(expected):
        amina.get(page)


# -- referees


def requests_of(world):
    with acting(world.applicant()):
        return list(ReferenceRequest.objects.order_by("created_at", "id"))


def named(world, call, at):
    dossier = started(world, call, at)
    dossiers.save_section(
        dossier.pk,
        actor=world.applicant(),
        at=at,
        section="identity",
        values={"given_names": "Amina"},
    )
    return dossier


def ask(world, dossier, at, who="one"):
    return references.request(
        dossier.pk,
        actor=world.applicant(),
        at=at,
        name=f"Prof {who}",
        email=f"{who}@uni.example",
        institution="Uni",
    )


def test_a_referee_must_see_a_name(call, amina, world, at):
    text = text_of(amina.get(f"{home(started(world, call, at))}referees/"))
    assert "Write your name first" in text
    assert "Ask for the letter" not in text


def test_the_mail_is_shown_before_it_leaves_as_it_leaves(call, amina, world, at):
    dossier = named(world, call, at)
    shown = text_of(amina.get(f"{home(dossier)}referees/"))
    ask(world, dossier, at)
    sent = mails(world, key__startswith="reference.request")[0].body.split("\n\n")
    for line in (sent[0], sent[1], sent[3]):
        assert line.replace("“", "“") in shown.replace("&#x27;", "'")


def test_nobody_is_their_own_referee(call, amina, world, at):
    dossier = named(world, call, at)
    typed = {"name": "Me", "email": "Amina@example.org", "institution": ""}
    response = amina.post(f"{home(dossier)}referees/", typed)
    assert response.status_code == 422
    assert "This is your own address." in text_of(response)
    assert requests_of(world) == []


def test_ask_again_at_a_corrected_address(call, amina, world, at):
    dossier = named(world, call, at)
    row = ask(world, dossier, at)
    field = f"a{row.pk.hex}-email"
    address = f"{home(dossier)}referees/{row.pk}/resend/"
    assert amina.post(address, {field: "not an address"}).status_code == 422
    assert amina.post(address, {field: "right@uni.example"}).status_code == 302
    after = requests_of(world)[0]
    assert after.referee_email == "right@uni.example"
    assert after.token_digest != row.token_digest


def test_ask_somebody_else_instead(call, amina, world, at):
    dossier = named(world, call, at)
    row = ask(world, dossier, at)
    address = f"{home(dossier)}referees/{row.pk}/replacement/"
    assert "Prof one" in text_of(amina.get(address))
    other = {"name": "Prof three", "email": "three@uni.example", "institution": ""}
    assert amina.post(address, other).url == f"{home(dossier)}referees/"
    assert sorted(each.state for each in requests_of(world)) == ["replaced", "sent"]


def test_requests_of_somebody_else_cannot_be_touched(call, browse, world, at):
    row = ask(world, named(world, call, at), at)
    other = started(world, call, at, "bela")
    bela = browse("bela@example.org")
    field = {f"a{row.pk.hex}-email": "evil@uni.example"}
    assert bela.post(f"{home(other)}referees/{row.pk}/resend/", field).status_code == 404
    assert bela.get(f"{home(other)}referees/{row.pk}/replacement/").status_code == 404


def test_queries_of_the_referees_page_do_not_grow(
    call, amina, world, at, django_assert_num_queries
):
    dossier = named(world, call, at)
    page = f"{home(dossier)}referees/"
    with CaptureQueriesContext(connection) as nobody:
        amina.get(page)
    expected = len(nobody)
    ask(world, dossier, at, "one")
    ask(world, dossier, at, "two")
    with django_assert_num_queries(expected):
        amina.get(page)


def test_mails_carry_no_name_of_the_applicant(call, amina, world, at):
    ask(world, named(world, call, at), at)
    with acting(world.system()):
        assert not OutboxMessage.objects.filter(body__contains="Amina").exists()
