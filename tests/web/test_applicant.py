"""The applicant's whole way through the pages, and every state they can be in."""

from datetime import timedelta

import pytest

from admissions.domain import dossiers
from admissions.models import Dossier
from consortium.access import acting
from mobility_tracks.models import ProgrammeVersion
from tests.admission_world import CLOSES
from tests.admissions.cases import complete, mails, pdf, started, upload

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
    actor = world.applicant(name)
    with acting(actor):
        return Dossier.objects.for_actor(actor).get()


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
        preferences = only_dossier(world).track_preferences.order_by("rank")
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


def test_a_track_says_whom_it_is_for_where_it_is_ranked(call, amina, world, at):
    page = f"{home(started(world, call, at))}tracks/"
    for_some = {"funding": ["emjm"], "categories": [], "residence": []}
    track = {
        "parts": [],
        "roles": [],
        "only_for": [for_some],
        "specialisations": [],
        "ects": 60,
        "exempt_from": [],
        "degrees": [],
        "perhaps": [],
    }
    facts = {"tracks": {"north": track}}
    with acting(world.system()):
        ProgrammeVersion.objects.filter(consortium=world.consortia["emat"]).update(
            texts={"facts": facts}
        )
    text = amina.get(page).content.decode()
    words = "Only for holders of an Erasmus Mundus scholarship. A shorter way of 60 ECTS."
    assert text.count(words) == 1


def test_a_track_of_another_consortium_is_refused(call, amina, world, at):
    page = f"{home(started(world, call, at))}tracks/"
    response = amina.post(page, {"order": ["elsewhere"]})
    assert response.status_code == 422
    assert wishes(world) == []
