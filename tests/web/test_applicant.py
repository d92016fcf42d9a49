"""The applicant's whole way through the pages, and every state they can be in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admissions.domain import dossiers, references
from admissions.models import Document, Dossier, ReferenceRequest
from consortium.access import acting
from consortium.models import OutboxMessage
from tests.admission_world import CLOSES
from tests.admissions.cases import complete, jpeg, mails, pdf, started, upload

SECTIONS = {
    "identity": {"given_names": "Amina", "family_name": "", "birth_date": "2001-05-04"},
    "nationality": {"nationality": "SN", "residence_country": "SN"},
    "education": {
        "degree_title": "BSc Chemistry",
        "degree_institution": "Université Cheikh Anta Diop",
        "degree_country": "SN",
        "final_year": "false",
        "degree_on": "2024-07-01",
    },
    "language": {"english_evidence": "medium"},
    "motivation": {"statement": "I want to.", "essay": "Batteries."},
}
AMINA = "amina@example.org"


@pytest.fixture
def amina(call, browse):
    return browse(AMINA)


def only_dossier(world, name="amina"):
    with acting(world.applicant(name)):
        return Dossier.objects.get()


def home(dossier):
    return f"/emat/apply/{dossier.reference}/"


def text_of(response):
    return response.content.decode()


# -- without a dossier


def test_without_an_account_one_signs_in_first(call, browse):
    response = browse().get("/emat/apply/")
    assert response.status_code == 302
    assert response.url == "/account/login/?next=/emat/apply/"


def test_the_dashboard_invites_to_open_calls_of_this_consortium_alone(calls, amina):
    text = text_of(amina.get("/emat/apply/"))
    assert "Call for class 1 verdigris" in text
    assert "heliotrope" not in text
    assert "44 days" in text


def test_the_dashboard_after_the_deadline_has_nothing_to_start(calls, amina, clock):
    clock(CLOSES)
    text = text_of(amina.get("/emat/apply/"))
    assert "No call is open" in text
    assert "Start a dossier" not in text


# -- from start to receipt


def test_from_start_to_receipt(call, amina, world, clock):
    response = amina.post("/emat/apply/calls/class-1/")
    dossier = only_dossier(world)
    assert response.url == home(dossier)
    assert "0 of 9 sections completed" in text_of(amina.get(home(dossier)))
    for section, values in SECTIONS.items():
        response = amina.post(f"{home(dossier)}{section}/", values)
        assert response.status_code == 302, (section, text_of(response))
    amina.post(f"{home(dossier)}tracks/", {"move": "add:south", "route": "scholarship"})
    for slot in ("passport", "transcript"):
        response = amina.post(f"{home(dossier)}documents/{slot}/", {"file": upload(pdf())})
        assert response.url == f"{home(dossier)}documents/#{slot}"
    for one in ("one", "two"):
        asked = {"name": f"Prof {one}", "email": f"{one}@uni.example", "institution": "Uni"}
        assert amina.post(f"{home(dossier)}referees/", asked).status_code == 302
    response = amina.post(f"{home(dossier)}declaration/", {"declared_true": "on"})
    assert response.url == f"{home(dossier)}check/"
    assert "9 of 9 sections completed" in text_of(amina.get(home(dossier)))
    assert "nothing has been sent" in text_of(amina.get("/emat/apply/"))

    clock(CLOSES - timedelta(seconds=1))
    response = amina.post(f"{home(dossier)}submission/")
    assert response.url == f"{home(dossier)}receipt/"
    receipt = text_of(amina.get(response.url))
    assert dossier.reference in receipt
    assert "Your dossier has arrived" in receipt
    assert only_dossier(world).state == "submitted"
    assert len(mails(world, key__startswith="dossier.receipt")) == 1


def test_a_double_click_submits_once(call, amina, world, at):
    dossier = complete(world, call, at)
    first = amina.post(f"{home(dossier)}submission/")
    second = amina.post(f"{home(dossier)}submission/")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert len(mails(world, key__startswith="dossier.receipt")) == 1


def test_one_second_after_the_deadline_nothing_is_submitted_and_nothing_lost(
    call, amina, world, at, clock
):
    dossier = complete(world, call, at)
    clock(CLOSES + timedelta(seconds=1))
    response = amina.post(f"{home(dossier)}submission/")
    assert response.status_code == 409
    assert "The deadline was" in text_of(response)
    assert "your request arrived on" in text_of(response)
    assert only_dossier(world).state == "draft"
    late = text_of(amina.get(home(dossier)))
    assert "What you entered is kept" in late
    assert "Submit the dossier" not in text_of(amina.get(f"{home(dossier)}check/"))


def test_an_incomplete_dossier_comes_back_with_every_gap(call, amina, world, at):
    dossier = started(world, call, at)
    response = amina.post(f"{home(dossier)}submission/")
    assert response.status_code == 422
    text = text_of(response)
    for words in ("Attach: Passport.", "Rank at least one track.", "Name 2 referees"):
        assert words in text
    assert f"{home(dossier)}documents/?back=check" in text
    assert only_dossier(world).state == "draft"


def test_reopen_and_submit_again(call, amina, world, at):
    dossier = complete(world, call, at)
    amina.post(f"{home(dossier)}submission/")
    assert "Reopen the dossier" in text_of(amina.get(home(dossier)))
    amina.post(f"{home(dossier)}reopening/")
    assert only_dossier(world).state == "draft"
    assert amina.get(f"{home(dossier)}receipt/").status_code == 404


def test_withdrawing_asks_once_more_and_then_counts(call, amina, world, at):
    dossier = started(world, call, at)
    assert amina.get(f"{home(dossier)}withdrawal/").status_code == 200
    assert only_dossier(world).state == "draft"
    amina.post(f"{home(dossier)}withdrawal/", {"reason": "Another plan"})
    assert only_dossier(world).state == "withdrawn"
    assert "Start a dossier" in text_of(amina.get("/emat/apply/"))


def test_a_second_dossier_is_refused_with_the_number_of_the_first(call, amina, world, at):
    dossier = started(world, call, at)
    response = amina.post("/emat/apply/calls/class-1/")
    assert response.status_code == 409
    assert dossier.reference in text_of(response)


# -- whose it is


@pytest.mark.parametrize(
    "page",
    ["", "identity/", "tracks/", "documents/", "referees/", "check/", "receipt/", "withdrawal/"],
)
def test_somebody_elses_dossier_is_not_there(call, browse, world, at, page):
    dossier = complete(world, call, at)
    dossiers.submit(dossier.pk, actor=world.applicant(), at=at)
    assert browse("bela@example.org").get(f"{home(dossier)}{page}").status_code == 404
    assert browse("coordinator@emat.example").get(f"{home(dossier)}{page}").status_code == 404


def test_a_dossier_lives_in_its_own_consortium_alone(calls, amina, world, at):
    dossier = started(world, calls["emat"], at)
    assert amina.get(home(dossier)).status_code == 200
    assert amina.get(f"/arts/apply/{dossier.reference}/").status_code == 404


def test_a_number_is_understood_as_people_type_it(call, amina, world, at):
    dossier = started(world, call, at)
    typed = dossier.reference.lower().replace("-", "")
    assert amina.get(f"/emat/apply/{typed}/").status_code == 200
    assert amina.get("/emat/apply/AAAA-AAAA/").status_code == 404
    assert amina.get("/emat/apply/nonsense/").status_code == 404


# -- sections


def test_a_wrong_value_keeps_what_was_typed(call, amina, world, at):
    dossier = started(world, call, at)
    typed = {"given_names": "阿米娜", "family_name": "ديالو", "birth_date": "2030-01-01"}
    response = amina.post(f"{home(dossier)}identity/", typed)
    text = text_of(response)
    assert response.status_code == 422
    assert "This must be a date in the past." in text
    assert "阿米娜" in text
    assert "ديالو" in text
    assert "<title>Error:" in text
    assert only_dossier(world).given_names == ""


def test_too_many_words_say_how_many(call, amina, world, at):
    dossier = started(world, call, at)
    response = amina.post(f"{home(dossier)}motivation/", {"statement": "word " * 501})
    text = text_of(response)
    assert response.status_code == 422
    assert "At most 500 words; there are 501." in text
    assert text.count("word ") > 400


def test_a_saved_section_counts_its_words_and_names_its_gaps(call, amina, world, at):
    dossier = started(world, call, at)
    amina.post(f"{home(dossier)}motivation/", {"statement": "two words"})
    text = text_of(amina.get(f"{home(dossier)}motivation/"))
    assert "At most 500 words; there are 2." in text
    assert "Still missing here" in text
    assert "words.js" in text


def test_optional_fields_say_so_and_needed_ones_do_not(call, amina, world, at):
    dossier = started(world, call, at)
    text = text_of(amina.get(f"{home(dossier)}identity/"))
    labels = [part.split("</label>")[0] for part in text.split('class="field__label"')[1:]]
    optional = [label for label in labels if "(optional)" in label]
    assert len(labels) == 6
    assert [("amily" in each) or ("passport" in each) or ("hone" in each) for each in optional] == [
        True,
        True,
        True,
    ]


def test_from_the_check_page_a_change_leads_back_to_it(call, amina, world, at):
    dossier = started(world, call, at)
    address = f"{home(dossier)}language/?back=check"
    assert amina.post(address, {"english_evidence": "native"}).url == f"{home(dossier)}check/"


def test_a_section_nobody_knows_is_not_there(call, amina, world, at):
    dossier = started(world, call, at)
    assert amina.get(f"{home(dossier)}hobbies/").status_code == 404


# -- tracks


def wishes(world):
    with acting(world.applicant()):
        preferences = Dossier.objects.get().track_preferences.order_by("rank")
        return list(preferences.values_list("track__code", flat=True))


def test_tracks_are_ranked_by_buttons(call, amina, world, at):
    page = f"{home(started(world, call, at))}tracks/"
    amina.post(page, {"move": "add:north"})
    amina.post(page, {"order": ["north"], "move": "add:south"})
    assert wishes(world) == ["north", "south"]
    amina.post(page, {"order": ["north", "south"], "move": "up:south"})
    assert wishes(world) == ["south", "north"]
    amina.post(page, {"order": ["south", "north"], "move": "drop:north"})
    assert wishes(world) == ["south"]


def test_a_track_of_another_consortium_is_refused(call, amina, world, at):
    page = f"{home(started(world, call, at))}tracks/"
    response = amina.post(page, {"order": ["elsewhere"]})
    assert response.status_code == 422
    assert wishes(world) == []


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
