"""The vault through the pages: asked, ruled on, revealed; and nowhere else to be seen."""

import pytest
from django.urls import reverse

from admissions.domain import dossiers, needs, needs_rulings, passports
from admissions.models import Assignment, Dossier, NeedsCase
from consortium.access import acting
from consortium.models import JournalEntry
from tests.admissions.cases import complete, pdf, upload
from tests.web.desks import COMMITTEE, COORDINATOR, OFFICER, REVIEWER, plain, queries, text_of
from tests.world import NOON

AMINA, INCLUSION = "amina@example.org", "inclusion@emat.example"
ASKED = {"asks": "true", "wanted": "A peppermint room.", "health": "Peppermint deaf."}
GIVEN = {"number": "QX7654321", "country": "SN", "expires_on": "2033-03-03"}
DESK = "/emat/inclusion/"


@pytest.fixture
def draft(world, call, at):
    return complete(world, call, at)


@pytest.fixture
def amina(browse, call):
    return browse(AMINA)


@pytest.fixture
def officer(browse, call):
    return browse(INCLUSION)


def home(dossier) -> str:
    return f"/emat/apply/{dossier.reference}/"


def case_of(world) -> NeedsCase:
    with acting(world.applicant()):
        return NeedsCase.objects.get()


def submitted(world, dossier):
    dossiers.submit(dossier.pk, actor=world.applicant(), at=NOON)
    return dossier


def asked(world, dossier) -> NeedsCase:
    return needs.answer(dossier.pk, actor=world.applicant(), at=NOON, **ASKED)


def move(world, state: str) -> None:
    with acting(world.system()):
        Dossier.objects.update(state=state, submitted_at=NOON)


# -- the applicant


def test_the_section_is_offered_and_nobody_has_to(draft, amina):
    text = plain(amina.get(home(draft)))
    assert "Individual needs" in text
    assert "Optional" in text
    assert "9 of 9 sections completed" in text


def test_the_page_says_who_reads_it_before_it_asks(draft, amina):
    text = plain(amina.get(f"{home(draft)}needs/"))
    told = text.index("The inclusion officer of the consortium")
    assert told < text.index("Would you ask for support")
    assert "No reviewer, no committee, no partner, not the office" in text
    assert "no bearing on whether you are selected" in text


def test_an_answer_is_kept_and_shown_to_oneself_alone(draft, amina, world):
    response = amina.post(f"{home(draft)}needs/", ASKED)
    assert response.status_code == 302
    page = text_of(amina.get(f"{home(draft)}needs/"))
    assert "A peppermint room." in page
    assert "Only you can see it" in page
    assert "Answered" in plain(amina.get(home(draft)))
    assert case_of(world).state == "noted"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"health": "kept text"}, "Answer yes or no"),
        ({"asks": "true", "wanted": " ", "health": "kept text"}, "Say what would help you."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(draft, amina, typed, message):
    response = amina.post(f"{home(draft)}needs/", typed)
    assert response.status_code == 422
    assert message in text_of(response)
    assert "kept text" in text_of(response)


def test_check_and_receipt_keep_it_apart_on_screen_and_on_paper(draft, amina, world):
    asked(world, draft)
    check = text_of(amina.get(f"{home(draft)}check/"))
    assert '<span class="print-only">Kept apart</span>' in check
    assert "Answered, and kept apart." in check
    submitted(world, draft)
    receipt = text_of(amina.get(f"{home(draft)}receipt/"))
    assert "<dd>Kept apart</dd>" in receipt
    for text in (check, receipt):
        assert "eppermint" not in text
        assert "Medical certificate" not in text


def test_evidence_is_attached_opened_and_taken_back(draft, amina, world):
    amina.post(f"{home(draft)}needs/", ASKED)
    page = f"{home(draft)}needs/"
    assert amina.post(f"{page}medical/", {}).status_code == 422
    assert "Choose a file first." in text_of(amina.post(f"{page}medical/", {}))
    sent = {"file": upload(pdf(), "peppermint.pdf")}
    assert amina.post(f"{page}medical/", sent).status_code == 302
    text = text_of(amina.get(page))
    assert "eppermint.pdf" not in text
    file = next(part for part in text.split('"') if part.endswith("/file"))
    assert b"".join(amina.get(file).streaming_content).startswith(b"%PDF")
    removal = next(part for part in text.split('"') if part.endswith("/removal/"))
    assert amina.post(removal).status_code == 302
    assert amina.get(file).status_code == 404


def test_evidence_has_no_place_among_the_documents(draft, amina):
    text = text_of(amina.get(f"{home(draft)}documents/"))
    assert "Medical certificate" not in text
    assert f'href="{home(draft)}needs/"' in text
    sent = {"file": upload(pdf())}
    assert amina.post(f"{home(draft)}documents/medical/", sent).status_code == 404
    assert amina.post(f"{home(draft)}needs/passport/", sent).status_code == 404


def test_without_a_slot_the_page_says_where_evidence_goes(draft, amina, world):
    asked(world, draft)
    with acting(world.system()):
        draft.call.requirements.filter(kind="medical").delete()
    assert "The inclusion officer tells you where" in text_of(amina.get(f"{home(draft)}needs/"))


def test_the_ruling_is_told(draft, amina, world):
    asked(world, draft)
    case = case_of(world)
    submitted(world, draft)
    inclusion = world.inclusion()
    needs_rulings.hold_evidence(case.pk, actor=inclusion, at=NOON, note="Seen.")
    needs_rulings.approve(case.pk, actor=inclusion, at=NOON, amount=6000, reason="For the lift.")
    text = plain(amina.get(f"{home(draft)}needs/"))
    assert "Approved" in text
    assert "EUR 6,000" in text
    assert "For the lift." in text
    assert "Answer no to take it back" not in text


def test_an_ended_dossier_only_says_so(draft, amina, world):
    submitted(world, draft)
    move(world, "not_selected")
    assert "takes part no longer" in plain(amina.get(f"{home(draft)}needs/"))


def test_the_passport_is_asked_once_the_place_was_taken(draft, amina, world):
    page = f"{home(draft)}passport/"
    assert amina.get(page).status_code == 404
    assert amina.post(page, GIVEN).status_code == 404
    move(world, "enrolled")
    assert "Give us your passport details" in plain(amina.get(home(draft)))
    wrong = amina.post(page, {**GIVEN, "expires_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "It has expired." in text_of(wrong)
    assert amina.post(page, GIVEN).status_code == 302
    assert "Give us your passport details" not in plain(amina.get(home(draft)))
    assert "QX7654321" in text_of(amina.get(page))


# -- the inclusion desk


@pytest.fixture
def case(draft, world):
    asked(world, draft)
    submitted(world, draft)
    return case_of(world)


def test_the_desk_shows_names_and_states_and_no_word(case, officer):
    text = text_of(officer.get(DESK))
    assert "Amina Diallo" in text
    assert "waits for evidence" in text
    assert "eppermint" not in text


def test_an_empty_desk_says_so(call, officer):
    assert "Nobody asks for support" in plain(officer.get(DESK))


def test_the_desk_filters_by_state_and_name(case, officer):
    assert "Amina" in text_of(officer.get(f"{DESK}?state=requested&q=amin"))
    assert "No case matches" in plain(officer.get(f"{DESK}?state=approved"))
    for state in ("noted", "withdrawn"):
        assert f'value="{state}"' not in text_of(officer.get(DESK))


def test_queries_of_the_desk_do_not_grow(case, world, officer, emat):
    few = queries(officer, DESK)
    names = [f"more{n}" for n in range(20)]
    for dossier in emat.submitted(*names):
        person = world.applicant(dossier.reference.lower())
        needs.answer(dossier.pk, actor=person, at=NOON, **ASKED)
    assert queries(officer, DESK) == few
    assert text_of(officer.get(DESK)).count("waits for evidence") > 20


def test_opening_a_case_is_written_down_each_time(case, officer, world):
    page = f"{DESK}{case.pk}/"
    for times in (1, 2):
        text = text_of(officer.get(page))
        assert "A peppermint room." in text
        with acting(world.inclusion()):
            assert JournalEntry.objects.filter(act="vault.read").count() == times
    assert plain(officer.get(page)).count("inclusion verdigris") >= 2


def test_from_a_note_to_the_report(case, officer, browse, world):
    page = f"{DESK}{case.pk}/"
    assert "I saw evidence elsewhere" in plain(officer.get(page))
    assert officer.post(f"{page}evidence/", {"note": "At the service."}).status_code == 302
    assert officer.post(f"{page}approval/", {"amount": "6000", "reason": "x"}).status_code == 302
    text = plain(officer.get(page))
    assert "EUR 6,000" in text
    assert "global-minds.eu/special-needs" in text
    assert officer.post(f"{page}report/").status_code == 302
    text = plain(officer.get(page))
    assert "reported" in text
    assert "Refuse the request" not in text
    assert case_of(world).state == "reported"


@pytest.mark.parametrize(
    ("act", "typed", "message"),
    [
        ("approval", {"amount": "6001", "reason": "kept text"}, "Select a valid choice"),
        ("approval", {"amount": "6000", "reason": "kept text"}, "This was not done"),
        ("refusal", {"reason": ""}, "Say why: the applicant reads it."),
        ("evidence", {"note": ""}, "Say where you saw it."),
    ],
)
def test_a_ruling_that_cannot_be_comes_back_on_the_case(case, officer, act, typed, message):
    response = officer.post(f"{DESK}{case.pk}/{act}/", typed)
    assert response.status_code in {409, 422}
    assert message in text_of(response)
    assert typed.get("reason", "") in text_of(response)


def test_reloading_a_form_leads_back_to_the_case(case, officer):
    response = officer.get(f"{DESK}{case.pk}/refusal/")
    assert (response.status_code, response.url) == (302, f"{DESK}{case.pk}/")


def test_the_officer_opens_evidence_and_nobody_else(case, officer, browse, amina, draft, world):
    amina.post(f"{home(draft)}needs/medical/", {"file": upload(pdf())})
    page = text_of(officer.get(f"{DESK}{case.pk}/"))
    file = next(part for part in page.split('"') if part.endswith("/file"))
    response = officer.get(file)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Security-Policy"] == "sandbox"
    for email in (COORDINATOR, REVIEWER, AMINA, "inclusion@arts.example"):
        assert browse(email).get(file).status_code == 404


def test_the_door_leads_to_the_desk(officer):
    assert DESK in text_of(officer.get("/account/"))


# -- the office and the reviewer


def reviewed(world, dossier) -> Assignment:
    move(world, "under_review")
    reviewer = world.reviewer()
    with acting(world.system()):
        return Assignment.objects.create(
            consortium_id=reviewer.tenant,
            dossier=dossier,
            reviewer_id=reviewer.user_id,
            reviewer_name=reviewer.name,
            party_id=min(reviewer.parties),
            state="in_progress",
            assigned_at=NOON,
        )


def test_what_is_kept_apart_stands_there_by_name_whether_it_came_or_not(
    draft, browse, world, amina
):
    submitted(world, draft)
    row = reviewed(world, draft)
    office, review = (f"/emat/office/dossiers/{draft.reference}/", f"/emat/review/{row.pk}/")
    before = {
        email: plain(browse(email).get(office)).count("kept apart")
        for email in (OFFICER, COMMITTEE)
    }
    assert before == {OFFICER: 1, COMMITTEE: 2}
    seen = plain(browse(REVIEWER).get(review))
    assert seen.count("kept apart") == 2
    assert "Transcript of records" in seen
    asked(world, draft)
    amina.post(f"{home(draft)}needs/medical/", {"file": upload(pdf())})
    assert plain(browse(REVIEWER).get(review)) == seen
    for email, count in before.items():
        page = plain(browse(email).get(office))
        assert page.count("kept apart") == count
        assert "medical.pdf" not in page


def test_the_office_reads_a_passport_for_a_reason(draft, browse, world):
    page = f"/emat/office/dossiers/{draft.reference}/passport/"
    officer = browse(OFFICER)
    assert officer.get(page).status_code == 404
    move(world, "enrolled")
    assert "It was not given yet" in plain(officer.get(page))
    passports.give(draft.pk, actor=world.applicant(), at=NOON, values=GIVEN)
    text = text_of(officer.get(page))
    assert "QX7654321" not in text
    assert officer.post(page, {"reason": " "}).status_code == 422
    opened = officer.post(page, {"reason": "Visa letter"})
    assert "QX7654321" in text_of(opened)
    assert opened["Cache-Control"] == "no-store"
    assert "QX7654321" not in text_of(officer.get(page))
    assert "Visa letter" in text_of(officer.get("/emat/office/journal/?looks=only"))
    assert browse(COMMITTEE).get(page).status_code == 404


def test_the_office_learns_the_amount(case, browse, world, draft):
    page = f"/emat/office/dossiers/{draft.reference}/"
    before = plain(browse(OFFICER).get(page))
    inclusion = world.inclusion()
    needs_rulings.hold_evidence(case.pk, actor=inclusion, at=NOON, note="peppermint")
    assert plain(browse(OFFICER).get(page)) == before
    needs_rulings.approve(case.pk, actor=inclusion, at=NOON, amount=6000, reason="peppermint")
    text = plain(browse(OFFICER).get(page))
    assert "EUR 6,000 approved by inclusion verdigris" in text
    assert "peppermint" not in text
    assert "EUR 6,000" not in plain(browse(COMMITTEE).get(page))


# -- nobody else, anywhere


def addresses(dossier, row) -> list[str]:
    return [
        *(f"/emat/office/{part}" for part in ("", "dossiers/", "journal/", "messages/", "people/")),
        *("/emat/office/students/", f"/emat/office/dossiers/{dossier.reference}/"),
        *("/emat/review/", f"/emat/review/{row.pk}/", "/emat/partner/", "/emat/", "/emat/class-1/"),
        *(
            f"/api/v1/emat/{part}"
            for part in (
                *("office/dossiers/", f"office/dossiers/{dossier.reference}/", "office/journal/"),
                *("office/needs-steps/", "review/assignments/"),
                f"review/assignments/{row.pk}/dossier/",
            )
        ),
    ]


@pytest.mark.parametrize(
    "email", [COORDINATOR, OFFICER, COMMITTEE, REVIEWER, "partner-lju@emat.example"]
)
def test_no_page_of_anybody_else_holds_a_word_of_it(case, draft, amina, browse, world, email):
    amina.post(f"{home(draft)}needs/medical/", {"file": upload(pdf(), "peppermint.pdf")})
    row = reviewed(world, draft)
    needs_rulings.read(case.pk, actor=world.inclusion(), at=NOON)
    needs_rulings.refuse(case.pk, actor=world.inclusion(), at=NOON, reason="peppermint")
    client = browse(email)
    opened = 0
    for address in addresses(draft, row):
        response = client.get(address)
        opened += response.status_code == 200
        told = text_of(response).lower()
        assert "peppermint" not in told, address
        assert str(case.pk) not in told, address
        assert "needs case" not in told, address
    assert opened > 1
    assert client.get(f"{DESK}{case.pk}/").status_code == 404
    assert client.get(reverse("api:needs-case", args=["emat", case.pk])).status_code in {403, 404}
