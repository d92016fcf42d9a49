"""One dossier on one page, and the acts on it; a refusal comes back with what was typed."""

import pytest

from admissions.domain import assignments, documents, dossiers
from admissions.models import Assignment, Document, EligibilityCheck, Offer, ReferenceLetter
from consortium.access import acting
from consortium.models import JournalEntry
from tests.admissions.cases import complete, pdf, sent, upload
from tests.admissions.selection_world import AFTER
from tests.web.desks import COMMITTEE, COORDINATOR, OFFICER, plain, queries, text_of

PAGE = "/emat/office/dossiers/ANNA/"
MET = {"degree": "yes", "english": "yes"}


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


def test_everything_is_on_one_page(emat, officer):
    emat.reviewed({"anna": (4, 5)})
    words = plain(officer.get(PAGE))
    for fact in (
        "Anna verdigris",
        "under review",
        "I like verdigris.",
        "A bachelor of at least 180 ECTS.",
        "reviewer WAW verdigris",
        "fine",
        "Under review",
        "Passport missing",
    ):
        assert fact in words


@pytest.mark.parametrize("ref", ["CORA", "K7QX-4M9T", "nonsense", "K7QX4M9T"])
def test_hidden_and_missing_answer_alike(emat, arts, officer, ref):
    arts.submitted("cora")
    assert officer.get(f"/emat/office/dossiers/{ref}/").status_code == 404


def test_a_number_is_found_in_whatever_way_it_was_typed(emat, officer):
    emat.submitted("anna", reference="K7QX-4M9V")
    for typed in ("K7QX-4M9V", "k7qx4m9v", "K7QX 4M9V"):
        assert officer.get(f"/emat/office/dossiers/{typed}/").status_code == 200


def test_queries_do_not_grow_with_what_is_in_it(emat, officer, world, call, at):
    emat.submitted("anna")
    bare = queries(officer, PAGE)
    full = sent(world, call, at)
    page = f"/emat/office/dossiers/{full.reference}/"
    # One that is full, and one whose reviews show marks: neither asks more than a few.
    assert abs(queries(officer, page) - bare) <= 2
    emat.reviewed({"boris": (3, 4)})
    one = queries(officer, "/emat/office/dossiers/BORIS/")
    for name in ("third", "fourth", "fifth"):
        emat.appoint(name, "WAW")
    assert queries(officer, "/emat/office/dossiers/BORIS/") == one


# -- eligibility


def test_a_ruling_moves_the_dossier(emat, officer):
    emat.submitted("anna")
    assert officer.post(f"{PAGE}eligibility/", MET).url == PAGE
    assert emat.dossier("anna").state == "eligible"
    assert "Ruled by officer verdigris" in plain(officer.get(PAGE))


def test_a_rule_left_open_is_named_beside_it_and_what_was_typed_stays(emat, officer):
    emat.submitted("anna")
    typed = {"degree": "yes", "english-remark": "Certificate of 2019, too old"}
    response = officer.post(f"{PAGE}eligibility/", typed)
    assert response.status_code == 422
    assert "Say whether it is met." in plain(response)
    assert "Certificate of 2019, too old" in text_of(response)
    assert 'value="yes" id="id_degree_0" checked' in text_of(response).replace(
        'name="degree" ', ""
    ) or "checked" in text_of(response)
    with acting(emat.system):
        assert EligibilityCheck.objects.count() == 0


def test_not_met_needs_a_remark(emat, officer):
    emat.submitted("anna")
    response = officer.post(f"{PAGE}eligibility/", {"degree": "yes", "english": "no"})
    assert response.status_code == 422
    assert "Say why it is not met." in plain(response)


def test_the_committee_reads_and_does_not_rule(emat, browse):
    emat.submitted("anna")
    client = browse(COMMITTEE)
    assert "Keep the ruling" not in plain(client.get(PAGE))
    assert client.post(f"{PAGE}eligibility/", MET).status_code == 404
    assert client.post(f"{PAGE}assignments/", {}).status_code == 404
    assert client.post(f"{PAGE}offer/", {}).status_code == 404
    assert emat.dossier("anna").state == "submitted"


def test_a_reload_of_a_refused_form_leads_back_to_the_page(emat, officer):
    emat.submitted("anna")
    for part in ("eligibility", "assignments"):
        assert officer.get(f"{PAGE}{part}/").url == PAGE


# -- assignments


def test_assign_and_take_back(emat, officer):
    emat.eligible("anna")
    pair = [str(emat.member(code).pk) for code in ("waw", "lju")]
    assert officer.post(f"{PAGE}assignments/", {"membership_ids": pair}).url == PAGE
    with acting(emat.system):
        row = Assignment.objects.first()
    address = f"{PAGE}assignments/{row.pk}/withdrawal/"
    assert officer.post(address, {}).status_code == 422
    assert officer.post(address, {"reason": "On leave"}).url == PAGE
    with acting(emat.system):
        assert Assignment.objects.count() == 1


def test_an_assignment_of_another_dossier_is_not_found_here(emat, officer):
    emat.eligible("boris")
    (anna,) = emat.eligible("anna")
    waw = emat.member("waw")
    (row,) = assignments.assign(anna.pk, actor=emat.officer, at=AFTER, membership_ids=[waw.pk])
    address = f"/emat/office/dossiers/BORIS/assignments/{row.pk}/withdrawal/"
    assert officer.post(address, {"reason": "x"}).status_code == 404


def test_two_reviewers_of_one_partner_are_refused_on_the_page(emat, officer):
    emat.eligible("anna")
    pair = [str(emat.member("lju").pk), str(emat.appoint("second", "LJU").pk)]
    response = officer.post(f"{PAGE}assignments/", {"membership_ids": pair})
    assert response.status_code == 409
    assert "at least two partners" in plain(response)
    assert text_of(response).count(" checked") >= 2


# -- offers


def test_an_offer_is_prepared_by_who_may(emat, browse):
    emat.approved({"anna": (5, 5)})
    assert "Prepare the offer" not in plain(browse(OFFICER).get(PAGE))
    coordinator = browse(COORDINATOR)
    assert "Prepare the offer" in plain(coordinator.get(PAGE))
    form = {"track": str(emat.call.tracks["north"]), "route": "scholarship", "conditions": "Grades"}
    assert coordinator.post(f"{PAGE}offer/", form).url == PAGE
    offer = emat.offer("anna")
    assert (offer.track_id, offer.conditions, offer.state) == (
        emat.call.tracks["north"],
        "Grades",
        "prepared",
    )


def test_a_track_of_another_consortium_is_no_choice(emat, arts, browse):
    emat.approved({"anna": (5, 5)})
    form = {"track": str(arts.call.tracks["north"])}
    assert browse(COORDINATOR).post(f"{PAGE}offer/", form).status_code == 422
    with acting(emat.system):
        assert Offer.objects.count() == 0


# -- files


@pytest.fixture
def paper(world, call, at, emat):
    dossier = complete(world, call, at)
    actor = world.applicant("amina")
    file = upload(pdf(), "Diplôme “2020”.pdf")
    made = documents.attach(dossier.pk, actor=actor, at=at, requirement="passport", upload=file)
    dossiers.submit(dossier.pk, actor=actor, at=at)
    return made


def test_a_document_is_harmless_on_its_way_and_the_reading_is_journalled(paper, emat, officer):
    response = officer.get(f"/emat/office/documents/{paper.pk}/file")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''Dipl%C3%B4me")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    with acting(emat.system):
        entry = JournalEntry.objects.get(act="document.read")
        assert (entry.by_name, entry.subject_id) == ("officer verdigris", str(paper.pk))


def test_a_document_can_be_kept(paper, officer):
    response = officer.get(f"/emat/office/documents/{paper.pk}/file?download")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Dipl%C3%B4me")


@pytest.mark.parametrize("email", ["officer@arts.example", "reviewer-lju@emat.example"])
def test_a_document_is_nobody_elses(paper, browse, email):
    for slug in ("emat", "arts"):
        address = f"/{slug}/office/documents/{paper.pk}/file"
        assert browse(email).get(address).status_code == 404


def test_a_letter_in_words_is_plain_text(emat, officer, world, call, at):
    dossier = sent(world, call, at)
    with acting(emat.system):
        asked = dossier.references.first()
        letter = ReferenceLetter.objects.create(
            consortium_id=emat.system.tenant,
            request=asked,
            dossier=dossier,
            text="<script>She is bright.</script>",
            received_at=at,
        )
        assert Document.objects.count() == 2
    response = officer.get(f"/emat/office/letters/{letter.pk}/file")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response.content.decode() == "<script>She is bright.</script>"
    with acting(emat.system):
        assert JournalEntry.objects.filter(act="letter.read").count() == 1
