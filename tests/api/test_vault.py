"""The vault through the API: as the pages, with JSON."""

import pytest
from django.test import Client

from admissions.models import Dossier
from consortium.access import acting
from tests.admissions.cases import complete, pdf, upload
from tests.clock import move_to
from tests.sign_in import sign_in
from tests.world import NOON

JSON = "application/json"


@pytest.fixture
def ask(world, settings):
    """(email, method, path, body) -> (status, answer) below /api/v1/emat/."""
    settings.CLOCK = "tests.clock.now"
    move_to(NOON)

    def ask(email: str, method: str, path: str, body: object = None, **more: object):
        client = sign_in(Client(), world.user(email))
        data = {} if body is None else {"data": body}
        response = getattr(client, method)(f"/api/v1/emat/{path}", **data, **more)
        return response.status_code, response.json()

    return ask


@pytest.fixture
def dossier(world, calls, at):
    return complete(world, calls["emat"], at)


AMINA, OFFICER, INCLUSION = "amina@example.org", "officer@emat.example", "inclusion@emat.example"


def test_from_the_answer_to_the_step(ask, dossier):
    own = f"apply/dossiers/{dossier.reference}/"
    assert ask(AMINA, "get", f"{own}needs/")[0] == 404
    said = {"asks": True, "wanted": "A room.", "health": "Deaf."}
    status, told = ask(AMINA, "post", f"{own}needs/", said, content_type=JSON)
    assert (status, told["state"], told["wanted"], told["step"]) == (200, "noted", "A room.", None)
    file = {"requirement": "medical", "file": upload(pdf())}
    assert ask(AMINA, "post", f"{own}needs/evidence/", file)[0] == 201
    assert ask(INCLUSION, "get", "inclusion/cases/")[1]["results"] == []
    assert ask(AMINA, "post", f"{own}submission/", {}, content_type=JSON)[0] == 200

    (line,) = ask(INCLUSION, "get", "inclusion/cases/")[1]["results"]
    assert set(line) == {*("id", "reference", "person_name", "call_title", "state", "requested_at")}
    case = f"inclusion/cases/{line['id']}/"
    told = ask(INCLUSION, "get", case)[1]
    assert (told["wanted"], told["health"]) == ("A room.", "Deaf.")
    assert told["evidence"][0]["requirement"] == "medical"
    assert "name" not in told["evidence"][0]
    wrong = ask(INCLUSION, "post", f"{case}approval/", {"amount": 1}, content_type=JSON)
    assert (wrong[0], list(wrong[1]["error"]["fields"])) == (422, ["amount"])
    right = ask(INCLUSION, "post", f"{case}approval/", {"amount": 6000}, content_type=JSON)
    assert (right[0], right[1]["state"]) == (200, "approved")
    (step,) = ask(OFFICER, "get", "office/needs-steps/")[1]["results"]
    assert (step["reference"], step["amount"]) == (dossier.reference, 6000)
    assert ask(INCLUSION, "post", f"{case}report/", {}, content_type=JSON)[1]["state"] == "reported"
    assert ask(AMINA, "get", f"{own}needs/")[1]["step"]["amount"] == 6000


def test_evidence_is_taken_back(ask, dossier):
    own = f"apply/dossiers/{dossier.reference}/needs/"
    ask(AMINA, "post", own, {"asks": True, "wanted": "A room."}, content_type=JSON)
    file = {"requirement": "medical", "file": upload(pdf())}
    given = ask(AMINA, "post", f"{own}evidence/", file)[1]
    path = f"{own}evidence/{given['id']}/removal/"
    assert ask(AMINA, "post", path, {}, content_type=JSON)[0] == 200
    file = {"requirement": "medical", "file": upload(pdf())}
    plain = f"apply/dossiers/{dossier.reference}/documents/"
    assert ask(AMINA, "post", plain, file)[0] == 422


def test_a_passport_is_given_and_revealed(ask, dossier, world):
    own, office = (f"{who}/dossiers/{dossier.reference}/passport/" for who in ("apply", "office"))
    given = {"number": "QX7654321", "country": "SN", "expires_on": "2033-03-03"}
    assert ask(AMINA, "post", own, given, content_type=JSON)[0] == 409
    with acting(world.system()):
        Dossier.objects.update(state="enrolled", submitted_at=NOON)
    assert ask(OFFICER, "post", office, {"reason": "Visa"}, content_type=JSON)[0] == 422
    assert ask(AMINA, "post", own, given, content_type=JSON) == (200, given)
    assert ask(AMINA, "get", own) == (200, given)
    assert ask(OFFICER, "post", office, {"reason": ""}, content_type=JSON)[0] == 422
    assert ask(OFFICER, "post", office, {"reason": "Visa"}, content_type=JSON) == (200, given)


def test_documents_of_a_dossier_are_those_the_reader_may_open(ask, dossier, world):
    own = f"apply/dossiers/{dossier.reference}/"
    ask(AMINA, "post", f"{own}needs/", {"asks": True, "wanted": "x"}, content_type=JSON)
    file = {"requirement": "medical", "file": upload(pdf())}
    ask(AMINA, "post", f"{own}needs/evidence/", file)
    with acting(world.system()):
        Dossier.objects.update(state="submitted", submitted_at=NOON)

    def codes(email: str, path: str) -> set[str]:
        return {each["requirement"] for each in ask(email, "get", path)[1]["documents"]}

    office = f"office/dossiers/{dossier.reference}/"
    assert codes(AMINA, own) == {"passport", "transcript", "medical"}
    assert codes(OFFICER, office) == {"passport", "transcript"}
    assert codes("committee@emat.example", office) == {"transcript"}
